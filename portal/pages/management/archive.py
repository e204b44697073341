"""What came in from a file and what was put away, and how each is taken back."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from data_loaders.load import KINDS
from portal import clock
from portal.auth import callback, current_viewer
from portal.clock import REGION_TIME
from portal.commands.imports import undo_import
from portal.commands.tables import ACTS, bring_back
from portal.components import editing, grids
from portal.components.cards import card
from portal.components.editing import said_class
from portal.components.grids import height_of
from portal.db.engine import reading
from portal.pages.given import Clicks, Pressed, Written, row_number
from portal.pages.management import Ids
from portal.pages.outcome import Told, attempt
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.trace.history import ArchivedRow, RunRow, archived_rows, import_runs
from portal.text import day, number

UNDO = "_undo"
CHANGES = "/beheer?deel=logboek&import="  # what a run changed, in the trace
SHORT = 10
BUTTON: dict[str, Any] = {"cellRenderer": "RowButton", "sortable": False}
UNDONE = {"label": "Maak ongedaan", "onlyIf": "open", "else": "undone"}
BACK = {"label": "Haal terug", "onlyIf": "open"}
RUNS = [
    grids.text("when", "Wanneer", width=145),
    grids.text("kind", "Soort", width=105),
    grids.text("file", "Bestand", grow=3, width=160),
    grids.text("counts", "Wat", grow=3, width=160),
    grids.text("who", "Wie", grow=2, width=140),
    grids.text("sha", "Vingerafdruk", width=108) | {"tooltipField": "sha256"},
    grids.link("changes", "Wijzigingen", CHANGES, code_field="id", width=120, sortable=False),
    grids.text("id", "Terugdraaien", width=165, colId=UNDO, cellRendererParams=UNDONE, **BUTTON)
    | {"tooltipField": "undone"},
]


def imports_section() -> Component:
    return card(
        "Welke bestanden kwamen binnen?",
        html.Div(id=Ids.RUN),
        editing.said_place(Ids.RUN_SAID),
        _list(Ids.RUNS, RUNS, "Imports", "Er kwam nog geen bestand binnen."),
        dcc.Store(id=Ids.RUNS_NOW),
        sub="Een import kan ongedaan gemaakt worden zolang niemand iets wijzigde van wat hij bracht.",
    )


def _list(place: Ids, columns: Sequence[grids.ColumnDef], label: str, empty: str) -> Component:
    return grids.grid(place, columns, label=label, height=150, options=grids.says_when_empty(empty))


def run_rows(runs: Sequence[RunRow]) -> list[dict[str, Any]]:
    """As the grid has them."""
    return [
        {
            "id": run.id,
            "when": run.when,
            "kind": KINDS[run.kind].called if run.kind in KINDS else run.kind,
            "file": run.file,
            "counts": counted(run.counts),
            "who": run.who,
            "sha": f"{run.sha256[:SHORT]}…",
            "sha256": run.sha256,
            "changes": "Wijzigingen",
            "undone": f"ongedaan {day(run.undone_at.astimezone(REGION_TIME).date())}" if run.undone_at else "",
            "open": not run.undone_at,
        }
        for run in runs
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


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.RUNS, "rowData"),
    Output(Ids.RUNS, "style"),
    Input(Ids.RUNS_NOW, "data"),
)
def list_runs(_: Written) -> tuple[list[dict[str, Any]], dict[str, str]]:
    with reading() as session:
        listed = run_rows(import_runs(session, current_viewer()))
    return listed, height_of(len(listed))


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.RUN, "children"),
    Output(Ids.RUN_SAID, "children"),
    Input(Ids.RUNS, "cellRendererData"),
    prevent_initial_call=True,
)
def ask_first(pressed: Pressed) -> tuple[Component, str]:
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


ARCHIVE = [
    grids.text("what", "Wat", grow=4, width=240),
    grids.text("when", "Gearchiveerd", width=150),
    grids.text("who", "Door", grow=1, width=160),
    grids.text("id", "Terughalen", width=120, colId="_back", cellRendererParams=BACK, **BUTTON)
    | {"tooltipField": "what"},
]


def archive_section() -> Component:
    return card(
        "Wat staat in het archief?",
        editing.said_place(Ids.ARCHIVE_SAID),
        _list(Ids.ARCHIVE, ARCHIVE, "Archief", "Er is niets gearchiveerd."),
        dcc.Store(id=Ids.ARCHIVE_NOW),
        sub="Gearchiveerd telt nergens mee en is nergens te zien. Niets is weg: haal het hier terug.",
    )


def rows(archived: Sequence[ArchivedRow], restorable: Container[str]) -> list[dict[str, Any]]:
    """As the grid has them; their ids name kind and row."""
    return [
        {
            "id": row.id,
            "what": row.what[:1].upper() + row.what[1:],
            "when": row.when,
            "who": row.who,
            "open": row.entity in restorable,
        }
        for row in archived
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
