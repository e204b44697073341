"""One project: its coalition, its course, its money."""

from urllib.parse import parse_qsl, urlencode

from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, current_viewer
from portal.components.cards import card, skeleton, skeleton_card
from portal.db.engine import reading
from portal.pages import risks
from portal.pages.agreed import agreed_card, agreed_download, remembered_on
from portal.pages.cards import Meant, answering, offered_by_hand, offering
from portal.pages.coalitions.rules import RULES
from portal.pages.downloads import download_path
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.history import history_card
from portal.pages.linking import link_place
from portal.pages.project import coalition, course, view
from portal.pages.project.coalition import BETTER, DECISIONS, RULE, rule_tables
from portal.pages.project.course import CHALLENGES, HISTORY, MILESTONES, PARTICIPANTS, REPORTS
from portal.pages.project.view import AGREED, MONEY, Ids, money_cards, query_of
from portal.pages.risks import LOW, risks_card
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions.type_checks import type_check_of
from portal.queries.inventory.editable import editable_progress
from portal.queries.inventory.projects import ProjectDetail, project_detail, project_exists
from portal.queries.meetings.open_work import Concern
from portal.queries.money.lines import project_money
from portal.queries.results.risks import RiskRow, risk_rows


def layout(code: str = "", **_: str) -> Component:
    rows = [
        _row(
            Ids.ABOUT,
            skeleton_card("Waarover gaat het?", 360, span=4),
            skeleton_card("Waar staat het?", 280, span=4),
            skeleton_card("Hoe wordt er samengewerkt?", 280, span=4),
        ),
        _row(
            Ids.TOGETHER,
            skeleton_card(PARTICIPANTS.question, 330, span=7),
            skeleton_card(CHALLENGES.question, 250, span=5),
        ),
        html.Div(_coalition_card(code), className="cards for-editors"),
        _row(
            Ids.COALITION,
            skeleton_card(RULE.question, 320, span=6),
            skeleton_card(BETTER, 320, span=6),
        ),
        _row(
            Ids.COURSE,
            skeleton_card(MILESTONES.question, 280, span=7),
            skeleton_card(REPORTS.question, 280, span=5),
        ),
        html.Div(_milestones_card(code), className="cards for-editors"),
        html.Div(_risks_card(code), className="cards"),
        html.Div(id=Ids.AGREED, className="cards", hidden=True),
        _row(Ids.HISTORY, skeleton_card(HISTORY.question, 400)),
    ]
    head = html.Div(skeleton(120), id=Ids.HEAD, className="page-head")
    edit = form_place("projecten", code, refreshes=[Ids.CODE])
    link = link_place("project", code, refreshes=[Ids.CODE])
    return html.Div([dcc.Store(id=Ids.CODE, data=code), head, edit, link, html.Div(rows, id=Ids.BODY)])


def _coalition_card(code: str) -> Component:
    """For who may: the states of the partners, or the own one; the cards around it are drawn anew after each change."""
    places = [(add_place, "deelnames"), (grid_place, "deelnames"), (form_place, "eigen-deelname")]
    return card("Wie verandert van stand?", *(place(name, code, refreshes=[Ids.CODE]) for place, name in places))


def _milestones_card(code: str) -> Component:
    """For who may: every milestone of the project, which the card above draws anew after each change."""
    places = [place("mijlpalen-van", code, refreshes=[Ids.CODE]) for place in (add_place, grid_place)]
    return card("Wat verandert er aan de mijlpalen?", *places)


def _risks_card(code: str) -> Component:
    return risks.drawn(RISKS, *risks.edit_places("risicos-van", code, [Ids.CODE]), height=LOW)


def _row(row_id: Ids, *cards: Component) -> Component:
    return html.Div(list(cards), id=row_id, className="cards")


def meant(session: Session, viewer: Viewer, query: str) -> Meant[ProjectDetail]:
    """The project that an address names. Raises RowNotFound for one the viewer may not know of."""
    found = project_detail(session, viewer, dict(parse_qsl(query)).get("code", ""))
    return Meant(found, query_of(found), (f"project: {found.code} {found.title}",))


def _named(session: Session, viewer: Viewer, code: str) -> Meant[ProjectDetail]:
    return meant(session, viewer, urlencode({"code": code}))


def _risks(session: Session, viewer: Viewer, project: ProjectDetail) -> list[RiskRow]:
    return risk_rows(session, viewer, of=project.code)


RISKS = risks_card("project", _risks, "Wat kan er misgaan?", height=LOW)


def agreed_about(project: ProjectDetail) -> Concern:
    return Concern(project=project.code)


DOWNLOADS = {
    **offering(meant, PARTICIPANTS, DECISIONS, CHALLENGES, MILESTONES, REPORTS, MONEY, HISTORY, RISKS),
    RULE.name: offered_by_hand(meant, RULE.right, RULE.question, RULES, rule_tables),
    "afspraken": agreed_download(AGREED, meant, agreed_about, undone=False),
}
show_risks = answering(_named, Input(Ids.CODE, "data"), RISKS)


Cards = list[Component]


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.ABOUT, "children"),
    Output(Ids.TOGETHER, "children"),
    Output(Ids.COURSE, "children"),
    Output(Ids.BODY, "hidden"),
    Input(Ids.CODE, "data"),
)
def show_project(code: str) -> tuple[Component, Cards, Cards, Cards, bool]:
    with reading() as session:
        as_of = portal_state(session).as_of
        if not project_exists(session, current_viewer(), code):
            return view.missing(as_of), [], [], [], True
        found = project_detail(session, current_viewer(), code)
        money = project_money(session, current_viewer(), code)
        may_report = bool(editable_progress(session, current_viewer(), code))
    about = [view.about_card(found), view.course_card(found), view.together_card(found)]
    people = [course.participants_card(found, as_of), course.challenges_card(found, as_of)]
    steps = [course.milestones_card(found, as_of), course.reports_card(found, as_of, may_report=may_report)]
    steps += money_cards(found, money, as_of)
    return view.opening(found, clock.today(), as_of), about, people, steps, False


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.COALITION, "children"),
    Output(Ids.COALITION, "hidden"),
    Input(Ids.CODE, "data"),
)
def show_coalition(code: str) -> tuple[Cards, bool]:
    with reading() as session:
        if not project_exists(session, current_viewer(), code):
            return [], True
        found = project_detail(session, current_viewer(), code)
        check = type_check_of(session, current_viewer(), code)
        as_of = portal_state(session).as_of
    shown = coalition.coalition_cards(found, check, as_of)
    return shown, not shown


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
    with reading() as session:
        found = project_detail(session, current_viewer(), code)
        changes = HISTORY.rows(session, current_viewer(), found)
        as_of = portal_state(session).as_of
    return history_card(HISTORY, changes, HISTORY.foot(as_of, query_of(found)))
