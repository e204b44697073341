"""What was archived, drawn; and brought back."""

from collections.abc import Container
from typing import Any

import pandas as pd
from dash import dcc
from dash.development.base_component import Component

from portal.clock import REGION_TIME
from portal.components import editing, grids
from portal.components.cards import card
from portal.pages.management.ids import Ids

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
