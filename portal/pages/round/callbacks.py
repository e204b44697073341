"""The progress round: what is left, one screen a project, and a click that confirms."""

from typing import Any

from dash import ALL, ClientsideFunction, Input, Output, State, no_update
from dash.development.base_component import Component

from portal.auth import callback, clientside, current_viewer
from portal.db.engine import reading
from portal.pages.given import Clicks, Written
from portal.pages.round import acts, screen, view
from portal.pages.round.ids import Ids, Parts, Row, row_id
from portal.pages.rows import records
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.inventory.editable import editable_progress
from portal.queries.meetings.rounds import reports_of, round_now, round_projects

clientside(
    ClientsideFunction("round", "go"),
    Output(Ids.GONE, "data"),
    Input(Ids.GO, "data"),
    prevent_initial_call=True,
)


@callback(
    Permission.EDIT_PROJECTS,
    Output(Ids.HEAD, "children"),
    Output(Ids.DONE, "children"),
    Input(Ids.CHOSEN, "data"),
    Input(row_id(Row.MARK, ALL), "data"),
)
def show_round(_: str, __: list[int]) -> tuple[Component, Component]:
    with reading() as session:
        current = round_now(session, current_viewer())
        rows = round_projects(session, current_viewer())
        as_of = portal_state(session).as_of
    return view.head(current, rows, as_of), view.done_card(rows, as_of)


@callback(Permission.EDIT_PROJECTS, Output(Ids.LIST, "children"), Input(Ids.CHOSEN, "data"))
def show_list(chosen: str) -> Component | None:
    if chosen:  # its screen takes the place of the list
        return None
    with reading() as session:
        rows = round_projects(session, current_viewer())
        return view.list_card(rows, portal_state(session).as_of)


@callback(Permission.EDIT_PROJECTS, Output(Ids.SCREEN, "children"), Input(Ids.CHOSEN, "data"))
def show_screen(code: str) -> Component | None:
    if not code:
        return None
    with reading() as session:
        found = records(editable_progress(session, current_viewer(), str(code)))
        if not found:
            return screen.missing(str(code))
        reports = reports_of(session, current_viewer(), str(code))
        as_of = portal_state(session).as_of
    left = acts.codes_left(current_viewer())
    return screen.screen(found[0], reports, acts.after(left, str(code)), len(left), as_of)


@callback(
    Permission.EDIT_PROJECTS,
    Output(row_id(Row.ROW), "children"),
    Input(row_id(Row.CONFIRM), "n_clicks"),
    State(row_id(Row.CONFIRM), "value"),
    prevent_initial_call=True,
)
def confirm_row(clicks: Clicks, seen: str) -> Any:
    if not clicks:  # a button that came anew is not a click
        return no_update
    told = acts.confirm(current_viewer(), acts.Seen.sent(seen))
    return view.row_after(acts.rows_now(current_viewer()), told)


@callback(
    Permission.EDIT_PROJECTS,
    Output(Ids.LIST, "children", allow_duplicate=True),
    Input(Parts.PICKED, "n_clicks"),
    State(row_id(Row.PICK, ALL), "value"),
    State(row_id(Row.CONFIRM, ALL), "value"),
    prevent_initial_call=True,
)
def confirm_picked(clicks: Clicks, picked: list[bool | None], shown: list[str]) -> Any:
    if not clicks:
        return no_update
    told = acts.confirm_picked(current_viewer(), picked, shown)
    with reading() as session:
        rows = round_projects(session, current_viewer())
        return view.list_card(rows, portal_state(session).as_of, told)


@callback(
    Permission.EDIT_PROJECTS,
    Output(Ids.GO, "data", allow_duplicate=True),
    Output(Parts.SAID, "children"),
    Input(Parts.CONFIRM, "n_clicks"),
    State(Parts.CONFIRM, "value"),
    State(Parts.NEXT, "data"),
    prevent_initial_call=True,
)
def confirm_here(clicks: Clicks, seen: str, following: str) -> Any:
    if not clicks:
        return no_update, no_update
    told = acts.confirm(current_viewer(), acts.Seen.sent(seen))
    return (acts.onward(current_viewer(), following), "") if told.done else (no_update, told.said)


@callback(
    Permission.EDIT_PROJECTS,
    Output(Ids.GO, "data"),
    Input(Ids.SAVED, "data"),
    State(Parts.NEXT, "data"),
    prevent_initial_call=True,
)
def go_on(_: Written, following: str) -> str:
    return acts.onward(current_viewer(), following)
