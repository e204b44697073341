"""Which files came in, drawn; and taking one back."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from data_loaders.load import KINDS
from portal.clock import REGION_TIME
from portal.components import editing, grids
from portal.components.cards import card
from portal.pages.management.ids import Ids
from portal.text import day, number

CHANGES, UNDO = "_changes", "_undo"
SHORT = 10
EMPTY = "Er kwam nog geen bestand binnen."
BUTTON: dict[str, Any] = {"cellRenderer": "RowButton", "sortable": False}
COLUMNS = [
    grids.text("when", "Wanneer", width=145),
    grids.text("kind", "Soort", width=105),
    grids.text("file", "Bestand", grow=3, width=160),
    grids.text("counts", "Wat", grow=3, width=160),
    grids.text("who", "Wie", grow=2, width=140),
    grids.text("sha", "Vingerafdruk", width=108) | {"tooltipField": "sha256"},
    grids.text("id", "", width=110, colId=CHANGES, cellRendererParams={"label": "Wijzigingen"}, **BUTTON)
    | {"tooltipField": "file"},
    grids.text(
        "id",
        "",
        width=165,
        colId=UNDO,
        cellRendererParams={"label": "Maak ongedaan", "onlyIf": "open", "else": "undone"},
        **BUTTON,
    )
    | {"tooltipField": "undone"},
]


def section() -> Component:
    return card(
        "Welke bestanden kwamen binnen?",
        html.Div(id=Ids.RUN),
        editing.said_place(Ids.RUN_SAID),
        grids.grid(Ids.RUNS, COLUMNS, label="Imports", height=150, options=grids.says_when_empty(EMPTY)),
        dcc.Store(id=Ids.RUNS_NOW),
        sub="Een import kan ongedaan gemaakt worden zolang niemand iets wijzigde van wat hij bracht.",
    )


def rows(runs: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame of `import_runs` as the grid has it."""
    return [
        {
            "id": row["id"],
            "when": _moment(row["at"]),
            "kind": KINDS[row["kind"]].called if row["kind"] in KINDS else row["kind"],
            "file": row["file"],
            "counts": counted(row["counts"]),
            "who": row["who"],
            "sha": f"{row['sha256'][:SHORT]}…",
            "sha256": row["sha256"],
            "undone": f"ongedaan {day(row['undone_at'].astimezone(REGION_TIME).date())}" if row["undone_at"] else "",
            "open": not row["undone_at"],
        }
        for row in runs.to_dict("records")
    ]


def counted(counts: Mapping[str, int]) -> str:
    """ "3 nieuw, 12 gewijzigd": what is 0 is not said."""
    return ", ".join(f"{number(count)} {word}" for word, count in counts.items() if count) or "niets"


def confirm(run: Mapping[str, Any]) -> Component:
    """Asks before an import is taken back."""
    question = (
        f"‘{run['file']}’ van {run['when']} ongedaan maken? Wat de import wijzigde krijgt zijn oude waarde terug; "
        "wat hij toevoegde verdwijnt. In het logboek blijft alles staan."
    )
    choices = [editing.button(Ids.LEAVE, "Laat staan"), editing.button(Ids.UNDO, "Ja, maak ongedaan", main=True)]
    asked = dcc.Store(id=Ids.RUN_ASKED, data=run["id"])
    box = [asked, html.P(html.B(question)), html.Div(choices, className="edit-choices")]
    return html.Div(box, className="clash", role="alert")


def _moment(at: Any) -> str:
    return f"{at.astimezone(REGION_TIME):%d/%m/%Y %H:%M}"
