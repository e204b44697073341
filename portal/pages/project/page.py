"""One project: its coalition, its course, its money."""

from urllib.parse import parse_qsl, urlencode

from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, current_viewer
from portal.components.cards import card, cards
from portal.components.frame import missing
from portal.pages import risks
from portal.pages.agreed import agreed_card, agreed_download, remembered_on
from portal.pages.cards import Meant, answering, offered_by_hand, offering
from portal.pages.coalitions.rules import RULES_SOURCE
from portal.pages.downloads import download_path
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.history import history_card
from portal.pages.linking import link_place
from portal.pages.parts import Draw, parted
from portal.pages.project import course, view
from portal.pages.project.course import (
    CHALLENGES,
    DECISIONS,
    HISTORY,
    MILESTONES,
    PARTICIPANTS,
    RULE,
    rule_tables,
)
from portal.pages.project.view import AGREED, MONEY, REPORTS, Ids, money_cards, query_of
from portal.pages.remembered import remembered
from portal.pages.risks import LOW, risks_card
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions.type_rules import type_check_of
from portal.queries.inventory.editable import editable_progress
from portal.queries.inventory.projects import ProjectDetail, project_detail, project_exists
from portal.queries.meetings.open_work import Concern
from portal.queries.money.lines import project_money
from portal.queries.results.risks import risk_rows


def layout(code: str = "", **query: str) -> Component:
    again = [Ids.CODE]  # the cards around an editor are drawn anew after each change
    coalition = [(add_place, "deelnames"), (grid_place, "deelnames"), (form_place, "eigen-deelname")]
    links = [link_place(side, code, refreshes=again) for side in ("project", "serving")]
    edits = [form_place("projecten", code, refreshes=again), *links]
    changes = [place(name, code, refreshes=again) for place, name in coalition]
    steps = [place("mijlpalen-van", code, refreshes=again) for place in (add_place, grid_place)]
    draws: dict[str, list[Component]] = {
        "kern": [cards(id=Ids.ABOUT), *edits],
        "verloop": [
            cards(id=Ids.COURSE),
            cards(id=Ids.COSTS),
            _for_editors("Wat verandert er aan de mijlpalen?", steps),
        ],
        "deelname": [
            cards(id=Ids.TOGETHER),
            _for_editors("Wie verandert van stand?", changes),
            cards(id=Ids.COALITION),
        ],
        "risicos": [
            cards(risks.drawn(RISKS, *risks.edit_places("risicos-van", code, again), height=LOW)),
            html.Div(id=Ids.AGREED, className="cards", hidden=True),
        ],
        "geschiedenis": [cards(id=Ids.HISTORY)],
    }
    above = dcc.Store(id=Ids.CODE, data=code), html.Div(id=Ids.HEAD, className="page-head")
    return parted("project", query, {name: _body(rows) for name, rows in draws.items()}, *above)


def _body(rows: list[Component]) -> Draw:
    return lambda: html.Div(rows, id=Ids.BODY)


def _for_editors(question: str, places: list[Component]) -> Component:
    return html.Div(card(question, *places), className="cards for-editors")


def meant(session: Session, viewer: Viewer, query: str) -> Meant[ProjectDetail]:
    """The project that an address names. Raises RowNotFound for one the viewer may not know of."""
    found = project_detail(session, viewer, dict(parse_qsl(query)).get("code", ""))
    return Meant(found, query_of(found), (f"project: {found.code} {found.title}",))


def _named(session: Session, viewer: Viewer, code: str) -> Meant[ProjectDetail]:
    return meant(session, viewer, urlencode({"code": code}))


RISKS = risks_card(
    *("project", lambda session, viewer, project: risk_rows(session, viewer, of=project.code), "Wat kan er misgaan?"),
    height=LOW,
)


def agreed_about(project: ProjectDetail) -> Concern:
    return Concern(project=project.code)


DOWNLOADS = {
    **offering(meant, PARTICIPANTS, DECISIONS, CHALLENGES, MILESTONES, REPORTS, MONEY, HISTORY, RISKS),
    RULE.name: offered_by_hand(meant, RULE.right, RULE.question, RULES_SOURCE, rule_tables),
    "afspraken": agreed_download(AGREED, meant, agreed_about, undone=False),
}
show_risks = answering(_named, Input(Ids.CODE, "data"), RISKS)


Cards = list[Component]


@remembered
def opening_of(session: Session, viewer: Viewer, code: str) -> tuple[Component, bool]:
    as_of = portal_state(session).as_of
    if not project_exists(session, viewer, code):
        return missing(view.CRUMBS, as_of, "project", "Zoek het op in de inventaris."), True
    return view.opening(project_detail(session, viewer, code), clock.today(), as_of), False


@remembered
def about(session: Session, viewer: Viewer, code: str) -> Cards:
    found = project_detail(session, viewer, code)
    return [view.about_card(found), view.course_card(found), view.together_card(found)]


@remembered
def together(session: Session, viewer: Viewer, code: str) -> Cards:
    found, as_of = project_detail(session, viewer, code), portal_state(session).as_of
    return [course.participants_card(found, as_of), course.challenges_card(found, as_of)]


@remembered
def course_of(session: Session, viewer: Viewer, code: str) -> Cards:
    found, as_of = project_detail(session, viewer, code), portal_state(session).as_of
    may_report = bool(editable_progress(session, viewer, code))
    return [course.milestones_card(found, as_of), view.reports_card(found, as_of, may_report=may_report)]


@remembered
def costs(session: Session, viewer: Viewer, code: str) -> Cards:
    found, as_of = project_detail(session, viewer, code), portal_state(session).as_of
    return money_cards(found, project_money(session, viewer, code), as_of)


@remembered
def coalition(session: Session, viewer: Viewer, code: str) -> tuple[Cards, bool]:
    if not project_exists(session, viewer, code):
        return [], True
    found = project_detail(session, viewer, code)
    if not found.is_shared:
        return [], True
    check, as_of = type_check_of(session, viewer, code), portal_state(session).as_of
    rest = [course.better_card(found, as_of), course.decisions_card(found, as_of)]
    return [course.rule_card(found, check, as_of), *rest], False


@remembered
def history(session: Session, viewer: Viewer, code: str) -> Component:
    found = project_detail(session, viewer, code)
    foot = HISTORY.foot(portal_state(session).as_of, query_of(found))
    return history_card(HISTORY, HISTORY.rows(session, viewer, found), foot)


@callback(Permission.VIEW_PORTAL, Output(Ids.HEAD, "children"), Output(Ids.BODY, "hidden"), Input(Ids.CODE, "data"))
def show_project(code: str) -> tuple[Component, bool]:
    return opening_of(current_viewer(), code)


@callback(Permission.VIEW_PORTAL, Output(Ids.ABOUT, "children"), Input(Ids.CODE, "data"))
def show_about(code: str) -> Cards:
    return about(current_viewer(), code)


@callback(Permission.VIEW_PORTAL, Output(Ids.TOGETHER, "children"), Input(Ids.CODE, "data"))
def show_together(code: str) -> Cards:
    return together(current_viewer(), code)


@callback(Permission.VIEW_PORTAL, Output(Ids.COURSE, "children"), Input(Ids.CODE, "data"))
def show_course(code: str) -> Cards:
    return course_of(current_viewer(), code)


@callback(Permission.VIEW_PORTAL, Output(Ids.COSTS, "children"), Input(Ids.CODE, "data"))
def show_costs(code: str) -> Cards:
    return costs(current_viewer(), code)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.COALITION, "children"),
    Output(Ids.COALITION, "hidden"),
    Input(Ids.CODE, "data"),
)
def show_coalition(code: str) -> tuple[Cards, bool]:
    return coalition(current_viewer(), code)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.AGREED, "children"),
    Output(Ids.AGREED, "hidden"),
    Input(Ids.CODE, "data"),
)
def show_agreed(code: str) -> tuple[Component | None, bool]:
    found = remembered_on(current_viewer(), Concern(project=str(code)))
    download = download_path("project", "afspraken", f"code={code}")
    shown = agreed_card(AGREED, found, download, [Ids.CODE], itself=str(code))
    return shown, shown is None


@callback(Permission.VIEW_PORTAL, Output(Ids.HISTORY, "children"), Input(Ids.CODE, "data"))
def show_history(code: str) -> Component:
    return history(current_viewer(), code)
