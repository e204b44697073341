"""What was put away, and how it comes back."""

from collections.abc import Container
from typing import Any

import pandas as pd
from dash import Input, Output, dcc, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, current_viewer
from portal.clock import REGION_TIME
from portal.commands.tables import ACTS, bring_back
from portal.components import editing, grids
from portal.components.cards import card
from portal.components.editing import said_class
from portal.components.grids import height_of
from portal.db.engine import reading
from portal.pages.given import Pressed, Written, row_number
from portal.pages.management.ids import Ids
from portal.pages.outcome import Told, attempt
from portal.permissions import Permission, Viewer
from portal.queries.trace.archive import archived_rows

EMPTY = "Er is niets gearchiveerd."
COLUMNS = [
    grids.text("what", "Wat", grow=4, width=240),
    grids.text("when", "Gearchiveerd", width=150),
    grids.text("who", "Door", grow=1, width=160),
    grids.text(
        "id", "", width=120, colId="_back", sortable=False, cellRenderer="RowButton",
        cellRendererParams={"label": "Haal terug", "onlyIf": "open"},
    ) | {"tooltipField": "what"},
]  # fmt: skip


def section() -> Component:
    return card(
        "Wat staat in het archief?",
        editing.said_place(Ids.ARCHIVE_SAID),
        grids.grid(Ids.ARCHIVE, COLUMNS, label="Archief", height=150, options=grids.says_when_empty(EMPTY)),
        dcc.Store(id=Ids.ARCHIVE_NOW),
        sub="Gearchiveerd telt nergens mee en is nergens te zien. Niets is weg: haal het hier terug.",
    )


def rows(archived: pd.DataFrame, restorable: Container[str]) -> list[dict[str, Any]]:
    """The frame of `archived_rows` as the grid has it; its ids name kind and row."""
    return [
        {
            "id": f"{row['entity']}.{row['entity_id']}",
            "what": row["what"][:1].upper() + row["what"][1:],
            "when": f"{row['archived_at'].astimezone(REGION_TIME):%d/%m/%Y %H:%M}",
            "who": row["who"],
            "open": row["entity"] in restorable,
        }
        for row in archived.to_dict("records")
    ]


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.ARCHIVE, "rowData"),
    Output(Ids.ARCHIVE, "style"),
    Input(Ids.ARCHIVE_NOW, "data"),
)
def list_archive(_: Written) -> tuple[list[dict[str, Any]], dict[str, str]]:
    with reading() as session:
        listed = rows(archived_rows(session, current_viewer()), ACTS)
    return listed, height_of(len(listed))


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
        bring_back(session, viewer, entity=entity, row_id=row_number(row_id))
        return Told("Teruggehaald: het staat weer op zijn plaats.")

    return attempt(act)
