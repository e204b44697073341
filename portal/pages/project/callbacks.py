"""The page of a project: asked of the queries and drawn."""

from dash import Input, Output
from dash.development.base_component import Component

from portal import clock
from portal.auth import callback, current_viewer
from portal.db.engine import reading
from portal.pages.agreed import agreed_card, remembered_on
from portal.pages.downloads import download_path
from portal.pages.history import history_card
from portal.pages.project import coalition, course, together, view
from portal.pages.project.ids import Ids
from portal.pages.project.money import money_cards
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.coalitions.type_checks import type_check_of
from portal.queries.inventory.editable import editable_progress
from portal.queries.inventory.projects import project_detail, project_exists
from portal.queries.meetings.open_work import Concern
from portal.queries.money.lines import project_money

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
    people = [together.participants_card(found, as_of), together.challenges_card(found, as_of)]
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
        changes = together.HISTORY.rows(session, current_viewer(), found)
        as_of = portal_state(session).as_of
    return history_card(together.HISTORY, changes, together.HISTORY.foot(as_of, f"code={found.code}"))
