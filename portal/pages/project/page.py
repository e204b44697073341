"""One project: its coalition, its course, its money."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

import pandas as pd
from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, current_viewer
from portal.components.cards import card, skeleton, skeleton_card
from portal.db.engine import reading
from portal.exports.workbook import About, Column, Table
from portal.pages.agreed import SOURCE, agreed_card, agreed_on, agreed_tables, remembered_on
from portal.pages.cards import Meant, offering
from portal.pages.coalitions import rules
from portal.pages.coalitions.rules import RULES
from portal.pages.columns import in_book
from portal.pages.downloads import Download, Made, download_path
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.history import history_card
from portal.pages.linking import link_place
from portal.pages.project import coalition, course, view
from portal.pages.project.course import HISTORY
from portal.pages.project.view import MONEY, Ids, money_cards
from portal.pages.reports import report_rows
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions.type_checks import type_check_of
from portal.queries.inventory.editable import editable_progress
from portal.queries.inventory.projects import ProjectDetail, project_detail, project_exists
from portal.queries.meetings.open_work import Concern
from portal.queries.money.lines import project_money


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
            skeleton_card("Wie doet mee?", 330, span=7),
            skeleton_card("Welke uitdagingen beantwoordt het?", 250, span=5),
        ),
        html.Div(_coalition_card(code), className="cards for-editors"),
        _row(
            Ids.COALITION,
            skeleton_card("Past de coalitie bij haar type?", 320, span=6),
            skeleton_card("Wie wordt er beter van?", 320, span=6),
        ),
        _row(
            Ids.COURSE,
            skeleton_card("Welke mijlpalen zijn er?", 280, span=7),
            skeleton_card("Wat werd het laatst gerapporteerd?", 280, span=5),
        ),
        html.Div(_milestones_card(code), className="cards for-editors"),
        html.Div(id=Ids.AGREED, className="cards", hidden=True),
        _row(Ids.HISTORY, skeleton_card("Wat veranderde er?", 400)),
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


def _row(row_id: Ids, *cards: Component) -> Component:
    return html.Div(list(cards), id=row_id, className="cards")


Rows = Callable[[Session, Viewer, ProjectDetail], pd.DataFrame]


def meant(session: Session, viewer: Viewer, query: str) -> Meant[ProjectDetail]:
    """The project that an address names. Raises RowNotFound for one the viewer may not know of."""
    found = project_detail(session, viewer, dict(parse_qsl(query)).get("code", ""))
    return Meant(found, f"code={found.code}", (f"project: {found.code} {found.title}",))


def _of_project(title: str, columns: tuple[Column, ...], rows: Rows) -> Download:
    """A download of the project that the address names; 404 for one the viewer may not know of."""

    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        found = project_detail(session, viewer, query.get("code", ""))
        what = f"project: {found.code} {found.title}"
        about = About(title, "projecten in het portaal", portal_state(session).as_of, (what,))
        return about, (Table(title, columns, rows(session, viewer, found)),)

    return Download(Permission.VIEW_PORTAL, make)


def rule(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    """The finding, and the places of the region it rests on. 404 as the others."""
    check = type_check_of(session, viewer, query.get("code", ""))
    about = About("Regel van het type", RULES, portal_state(session).as_of, (f"project: {check.code} {check.title}",))
    places = Table("Plaatsen", coalition.PLACES_EXPORT, rules.place_rows([check]))
    return about, (Table("Regel", coalition.RULE_EXPORT, rules.rule_rows([check])), places)


def agreed(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    """404 as the others."""
    project = project_detail(session, viewer, query.get("code", ""))
    found = agreed_on(session, viewer, Concern(project=project.code))
    about = About(view.AGREED, SOURCE, found.as_of, (f"project: {project.code} {project.title}",))
    return about, agreed_tables(found)


DOWNLOADS = {
    "afspraken": Download(Permission.VIEW_PORTAL, agreed),
    "deelnemers": _of_project(
        "Deelnemers", in_book(course.PARTICIPANTS), lambda s, v, found: found.participants_over_time
    ),
    "beslissingen": _of_project(
        "Beslissingen", coalition.DECISIONS_EXPORT, lambda s, v, found: coalition.decided(found.participants)
    ),
    "regel": Download(Permission.VIEW_PORTAL, rule),
    "uitdagingen": _of_project("Uitdagingen", in_book(course.CHALLENGES), lambda s, v, found: found.challenges),
    "mijlpalen": _of_project("Mijlpalen", in_book(course.MILESTONES), lambda s, v, found: found.milestones),
    "verslagen": _of_project(
        "Voortgangsverslagen", in_book(course.REPORTS), lambda s, v, found: report_rows(found.reports)
    ),
    **offering(meant, MONEY, HISTORY),
}


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
        may_report = not editable_progress(session, current_viewer(), code).empty
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
    shown = agreed_card(view.AGREED, found, download, [Ids.CODE], itself=str(code))
    return shown, shown is None


@callback(Permission.VIEW_PORTAL, Output(Ids.HISTORY, "children"), Input(Ids.CODE, "data"))
def show_history(code: str) -> Component:
    with reading() as session:
        found = project_detail(session, current_viewer(), code)
        changes = course.HISTORY.rows(session, current_viewer(), found)
        as_of = portal_state(session).as_of
    return history_card(course.HISTORY, changes, course.HISTORY.foot(as_of, f"code={found.code}"))
