"""Every place for editing, on whatever page: drawn for who may edit, saved cell by cell or as a form."""

from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Input, Output, State, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, clientside, current_viewer
from portal.pages.editing import view
from portal.pages.editing.places import Mode, Part, every
from portal.pages.editing.posting import Posted
from portal.pages.editing.saving import CellEdit, Sent, save_cell
from portal.pages.editing.view import Asked, answer_to, fault_in, place_in, twins_of
from portal.pages.given import Value, Written, pressed_id
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer

FIELD = {"what": MATCH, "of": MATCH, "mode": MATCH, "field": MATCH}
GRID = {"type": Part.GRID.value, "what": MATCH, "of": MATCH, "mode": MATCH}

clientside(
    ClientsideFunction("editing", "collect"),
    Output(every(Part.SENT), "data"),
    Input(GRID, "cellValueChanged"),
    Input(GRID, "cellRendererData"),
    Input(every(Part.UNDO), "n_clicks"),
    State(every(Part.ASKED), "data"),
    State(GRID, "id"),
    prevent_initial_call=True,
)
clientside(
    ClientsideFunction("editing", "apply"),
    Output(every(Part.UNDO), "disabled"),
    Input(every(Part.ANSWER), "data"),
    State(GRID, "id"),
    prevent_initial_call=True,
)
clientside(
    ClientsideFunction("editing", "choose"),
    Output(every(Part.CLASH), "children", allow_duplicate=True),
    Input(every(Part.KEEP), "n_clicks"),
    Input(every(Part.TAKE), "n_clicks"),
    State(GRID, "id"),
    prevent_initial_call=True,
)
FORM = (
    State({**every(Part.FIELD), "field": ALL}, "value"),
    State({**every(Part.FIELD), "field": ALL}, "id"),
    State(every(Part.SEEN), "data"),
    State(every(Part.ASKED), "data"),
)
clientside(
    ClientsideFunction("editing", "post"),
    Output(every(Part.POSTED), "data"),
    Input(every(Part.POST), "n_clicks"),
    *FORM,
    prevent_initial_call=True,
)
clientside(
    ClientsideFunction("editing", "join"),
    Output(every(Part.POSTED), "data", allow_duplicate=True),
    Input({**every(Part.JOIN), "field": ALL}, "n_clicks"),
    *FORM,
    prevent_initial_call=True,
)
clientside(
    ClientsideFunction("editing", "reload"),
    Output(every(Part.POSTED), "data", allow_duplicate=True),
    Input(every(Part.RELOAD), "n_clicks"),
    State(every(Part.ASKED), "data"),
    prevent_initial_call=True,
)


@callback(Permission.VIEW_PORTAL, Output(every(Part.PLACE), "children"), Input(every(Part.ASKED), "data"))
def show_place(asked: Asked) -> Component | None:
    what, of, mode = place_in(asked)
    if view.stands_open(what, mode):
        return view.body(current_viewer(), what, of, mode)
    return closed_place(current_viewer(), what, of, mode)


@remembered
def closed_place(_: Session, viewer: Viewer, what: str, of: str, mode: Mode) -> Component | None:
    return view.place(viewer, what, of, mode)


@callback(
    Permission.VIEW_PORTAL,
    Output(every(Part.BODY), "children"),
    Input(every(Part.SWITCH), "value"),
    State(every(Part.ASKED), "data"),
    prevent_initial_call=True,
)
def open_place(on: bool | None, asked: Asked) -> Component | None:
    return view.body(current_viewer(), *place_in(asked)) if on else None


@callback(
    Permission.VIEW_PORTAL,
    Output(every(Part.BODY), "children", allow_duplicate=True),
    Input(every(Part.OPENER), "n_clicks"),
    State(every(Part.ASKED), "data"),
    prevent_initial_call=True,
)
def open_form(presses: int, asked: Asked) -> Any:
    """Made when it is first opened; closed and opened again it keeps what was typed."""
    return view.body(current_viewer(), *place_in(asked)) if presses == 1 else no_update


@callback(
    Permission.VIEW_PORTAL,
    Output(every(Part.ANSWER), "data"),
    Output(every(Part.SAID), "children"),
    Output(every(Part.SAID), "className"),
    Output(every(Part.CLASH), "children"),
    Input(every(Part.SENT), "data"),
    prevent_initial_call=True,
)
def save(sent: Sent) -> tuple[dict[str, Any], str, str, Component | None]:
    edit = CellEdit.sent(sent)
    answer = save_cell(current_viewer(), edit)
    told = {"number": edit.number, "state": answer.state, "said": answer.said, "row": answer.row}
    return told, answer.said, f"edit-said {answer.state}", view.clash(answer, edit.what, edit.of)


@callback(
    Permission.VIEW_PORTAL,
    Output(every(Part.FORM), "children"),
    Input(every(Part.POSTED), "data"),
    prevent_initial_call=True,
)
def post_form(posted: Posted) -> list[Component]:
    return view.form(current_viewer(), answer_to(current_viewer(), posted))


@callback(
    Permission.VIEW_PORTAL,
    Output({"type": Part.FAULT.value, **FIELD}, "children"),
    Input({"type": Part.FIELD.value, **FIELD}, "value"),
    prevent_initial_call=True,
)
def check_while_typing(value: Value) -> str:
    return fault_in(current_viewer(), pressed_id(), value)


@callback(
    Permission.VIEW_PORTAL,
    Output(every(Part.TWINS), "children"),
    Input({**every(Part.FIELD), "field": "title"}, "value"),
    prevent_initial_call=True,
)
def show_twins(title: Written) -> list[Component]:
    field = pressed_id()
    return view.twins(twins_of(current_viewer(), field, title), *place_in(field))
