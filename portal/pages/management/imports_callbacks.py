"""The files that came in: listed, and taken back."""

from typing import Any

from dash import ClientsideFunction, Input, Output, State, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, clientside, current_viewer
from portal.commands.imports import undo_import
from portal.components.editing import said_class
from portal.components.grids import height_of
from portal.db.engine import reading
from portal.pages.given import Clicks, Pressed, Written, number
from portal.pages.management import imports
from portal.pages.management.ids import Ids
from portal.pages.told import Told, attempt
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.trace.archive import import_runs

clientside(
    ClientsideFunction("management", "showRun"),
    Output(Ids.TRACE_RUN, "value"),
    Input(Ids.RUNS, "cellRendererData"),
    prevent_initial_call=True,
)


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.RUNS, "rowData"),
    Output(Ids.RUNS, "style"),
    Input(Ids.RUNS_NOW, "data"),
)
def list_runs(_: Written) -> tuple[list[dict[str, Any]], dict[str, str]]:
    with reading() as session:
        rows = imports.rows(import_runs(session, current_viewer()))
    return rows, height_of(len(rows))


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.RUN, "children"),
    Output(Ids.RUN_SAID, "children"),
    Input(Ids.RUNS, "cellRendererData"),
    prevent_initial_call=True,
)
def ask_first(pressed: Pressed) -> tuple[Component | None, str]:
    if pressed["colId"] != imports.UNDO:
        return None, ""
    wanted = number(pressed["value"])
    run = next((row for row in list_runs(None)[0] if row["id"] == wanted), None)
    if run is None:
        raise RowNotFound("import")
    return imports.confirm(run), ""


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.RUN, "children", allow_duplicate=True),
    Input(Ids.LEAVE, "n_clicks"),
    prevent_initial_call=True,
)
def leave(clicks: Clicks) -> Any:
    return None if clicks else no_update


@callback(
    Permission.IMPORT_DATA,
    Output(Ids.RUN, "children", allow_duplicate=True),
    Output(Ids.RUN_SAID, "children", allow_duplicate=True),
    Output(Ids.RUN_SAID, "className"),
    Output(Ids.RUNS_NOW, "data"),
    Input(Ids.UNDO, "n_clicks"),
    State(Ids.RUN_ASKED, "data"),
    prevent_initial_call=True,
)
def undo(clicks: Clicks, run_id: int) -> tuple[Any, ...]:
    if not clicks:
        return (no_update,) * 4
    done = take_back(current_viewer(), run_id)
    return None, done.said, said_class(refused=done.refused), clock.now().isoformat()


def take_back(viewer: Viewer, run_id: int) -> Told:
    def act(session: Session) -> Told:
        run = undo_import(session, viewer, run_id=run_id)
        return Told(f"‘{run.file_name}’ is ongedaan gemaakt.")

    return attempt(act)
