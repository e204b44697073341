"""The lists that somebody explained before: which there are, kept, named otherwise, forgotten."""

from typing import Any

from dash import Input, Output, State

from data_loaders.load import KINDS, File, Kind, Outcome
from portal.auth import callback, current_viewer
from portal.commands.remembered import forget_list, remember_list, rename_list
from portal.db.engine import reading, writing
from portal.pages.given import Clicks, Written, row_number
from portal.pages.imports import steps
from portal.pages.imports.ids import Ids
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.remembered import Remembered, remembered_lists


def kept_lists(viewer: Viewer, kind: str = "") -> tuple[Remembered, ...]:
    with reading() as session:
        return remembered_lists(session, viewer, kind)


def keep_explained(viewer: Viewer, kind: Kind, file: File, outcome: Outcome) -> None:
    """How the file was explained is kept once it is written, where it is not as the portal gives it."""
    looked = outcome.reading.looked if outcome.reading else None
    if not outcome.written or looked is None or steps.is_plain(looked):
        return
    shape = steps.shape(looked.mapped)
    with writing() as session:
        remember_list(session, viewer, kind=kind.name, shape=shape, name=file.stem, mapped=looked.mapped.kept())


def offered(viewer: Viewer, chosen: str | None = None) -> tuple[list[dict[str, str]], str | None, bool]:
    """The options to choose from, the one that is chosen (else the first), and whether there are none to show."""
    kept = kept_lists(viewer)
    options = [{"value": str(one.id), "label": f"{one.name} ({KINDS[one.kind].called})"} for one in kept]
    values = [one["value"] for one in options]
    return options, chosen if chosen in values else next(iter(values), None), not kept


def chosen_list(viewer: Viewer, chosen: str | None) -> Remembered | None:
    return next((one for one in kept_lists(viewer) if str(one.id) == chosen), None)


def renamed(viewer: Viewer, chosen: str | None, name: str) -> tuple[Any, ...]:
    with writing() as session:
        rename_list(session, viewer, list_id=_id(chosen), name=name)
    return offered(viewer, chosen)


def forgotten(viewer: Viewer, chosen: str | None) -> tuple[Any, ...]:
    with writing() as session:
        forget_list(session, viewer, list_id=_id(chosen))
    return offered(viewer)


def _id(chosen: str | None) -> int:
    if not chosen:
        raise RowNotFound("remembered list")
    return row_number(chosen)


RIGHT = Permission.IMPORT_DATA
FORGOTTEN = "Vergeten. Een bestand met die koppen legt u de volgende keer opnieuw uit."
LISTS = (
    Output(Ids.LIST, "options", allow_duplicate=True),
    Output(Ids.LIST, "value", allow_duplicate=True),
    Output(Ids.LISTS, "hidden", allow_duplicate=True),
    Output(Ids.LIST_TOLD, "children"),
)


@callback(
    RIGHT,
    Output(Ids.LIST, "options"),
    Output(Ids.LIST, "value"),
    Output(Ids.LISTS, "hidden"),
    Input(Ids.START, "data"),
    Input(Ids.UPLOAD, "contents"),
    by_browser=True,
)
def show_lists(_: str, contents: Written) -> tuple[Any, ...]:
    return offered(current_viewer())


@callback(
    RIGHT,
    Output(Ids.LIST_SAYS, "children"),
    Output(Ids.LIST_NAME, "value"),
    Input(Ids.LIST, "value"),
    prevent_initial_call=True,
)
def show_list(chosen: Written) -> tuple[str, str]:
    kept = chosen_list(current_viewer(), chosen)
    return (steps.said_of(kept), kept.name) if kept else ("", "")


CHOSEN = State(Ids.LIST, "value")
NAME = State(Ids.LIST_NAME, "value")


@callback(RIGHT, *LISTS, Input(Ids.LIST_RENAME, "n_clicks"), CHOSEN, NAME, prevent_initial_call=True)
def rename(_: Clicks, chosen: Written, name: Written) -> tuple[Any, ...]:
    return *renamed(current_viewer(), chosen, name or ""), "Bewaard."


@callback(
    RIGHT,
    *(Output(one.component_id, one.component_property, allow_duplicate=True) for one in LISTS),
    Input(Ids.LIST_FORGET, "n_clicks"),
    CHOSEN,
    prevent_initial_call=True,
)
def forget(_: Clicks, chosen: Written) -> tuple[Any, ...]:
    return *forgotten(current_viewer(), chosen), FORGOTTEN
