"""The archive: listed, and brought back."""

from typing import Any

from dash import Input, Output, no_update
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, current_viewer
from portal.commands.tables import ACTS, bring_back
from portal.components.editing import said_class
from portal.components.grids import height_of
from portal.db.engine import reading
from portal.pages.given import Pressed, Written, number
from portal.pages.management import archive
from portal.pages.management.ids import Ids
from portal.pages.told import Told, attempt
from portal.permissions import Permission, Viewer
from portal.queries.trace.archive import archived_rows


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.ARCHIVE, "rowData"),
    Output(Ids.ARCHIVE, "style"),
    Input(Ids.ARCHIVE_NOW, "data"),
)
def list_archive(_: Written) -> tuple[list[dict[str, Any]], dict[str, str]]:
    with reading() as session:
        rows = archive.rows(archived_rows(session, current_viewer()), ACTS)
    return rows, height_of(len(rows))


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.ARCHIVE_SAID, "children"),
    Output(Ids.ARCHIVE_SAID, "className"),
    Output(Ids.ARCHIVE_NOW, "data"),
    Input(Ids.ARCHIVE, "cellRendererData"),
    prevent_initial_call=True,
)
def restore(pressed: Pressed) -> tuple[Any, ...]:
    done = restored(current_viewer(), pressed["value"])
    return done.said, said_class(refused=done.refused), no_update if done.refused else clock.now().isoformat()


def restored(viewer: Viewer, row: str) -> Told:
    """The row that the list's id names ("challenge.12")."""
    entity, _, row_id = row.rpartition(".")

    def act(session: Session) -> Told:
        bring_back(session, viewer, entity=entity, row_id=number(row_id))
        return Told("Teruggehaald: het staat weer op zijn plaats.")

    return attempt(act)
