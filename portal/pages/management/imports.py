"""Which files came in, and how one is taken back."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import ClientsideFunction, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from data_loaders.load import KINDS
from portal import clock
from portal.auth import callback, clientside, current_viewer
from portal.clock import REGION_TIME
from portal.commands.imports import undo_import
from portal.components import editing, grids
from portal.components.cards import card
from portal.components.editing import said_class
from portal.components.grids import height_of
from portal.db.engine import reading
from portal.pages.given import Clicks, Pressed, Written, row_number
from portal.pages.management.ids import Ids
from portal.pages.outcome import Told, attempt
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.trace.archive import import_runs
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
        listed = rows(import_runs(session, current_viewer()))
    return listed, height_of(len(listed))


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.RUN, "children"),
    Output(Ids.RUN_SAID, "children"),
    Input(Ids.RUNS, "cellRendererData"),
    prevent_initial_call=True,
)
def ask_first(pressed: Pressed) -> tuple[Component | None, str]:
    if pressed["colId"] != UNDO:
        return None, ""
    wanted = row_number(pressed["value"])
    run = next((row for row in list_runs(None)[0] if row["id"] == wanted), None)
    if run is None:
        raise RowNotFound("import")
    return confirm(run), ""


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
