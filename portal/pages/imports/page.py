"""Excel there and back: a workbook out, a file in."""

from dataclasses import replace
from typing import Any

from dash import ClientsideFunction, Input, Output, State

from data_loaders.load import Asked, Outcome, kinds_for
from portal.auth import callback, current_viewer
from portal.auth.callbacks import clientside
from portal.pages.given import Clicks, Tick, Written
from portal.pages.imports import lists, steps, view
from portal.pages.imports.ids import Ids
from portal.pages.imports.layout import layout
from portal.pages.imports.view import Year, kind_named, looked_into, sent_file, sent_year, workbook_of
from portal.permissions import Permission

__all__ = ["layout"]
RIGHT = Permission.IMPORT_DATA
ANSWERS = {
    "answer": (Ids.ANSWER, "children"),
    "rows": (Ids.ROWS, "rowData"),
    "closed": (Ids.PLAN, "hidden"),
    "agreed": (Ids.AGREED, "data"),
    "writing": (Ids.WRITING, "children"),
    "overwrites": (Ids.OVERWRITE, "label"),
    "overwrite": (Ids.OVERWRITE, "value"),
    "asks_nothing": (Ids.OVERWRITE_FIELD, "hidden"),
    "counts": (Ids.COUNTS, "children"),
    "seen": (Ids.SEEN, "data"),
    "run": (Ids.RUN, "data"),
    "stays": (Ids.UNDO_PLACE, "hidden"),
}
SENT = (
    State(Ids.UPLOAD, "contents"),
    State(Ids.UPLOAD, "filename"),
    State(Ids.KIND, "value"),
    State(Ids.YEAR, "value"),
)


@callback(
    RIGHT,
    Output(Ids.KIND, "options"),
    Output(Ids.KIND, "value"),
    Output(Ids.WHO, "data"),
    Input(Ids.START, "data"),
    State(Ids.KEPT_KIND, "data"),
    by_browser=True,
)
def show_kinds(named: str, kept: Written) -> tuple[Any, ...]:
    kinds = [kind.name for kind in kinds_for(current_viewer())]
    offered = [{"value": kind.name, "label": kind.called} for kind in kinds_for(current_viewer())]
    chosen = next((one for one in (named, kept, *kinds) if one in kinds), None)
    return offered, chosen, current_viewer().user_id


@callback(
    RIGHT,
    Output(Ids.ABOUT, "children"),
    Output(Ids.YEAR_FIELD, "hidden"),
    Input(Ids.KIND, "value"),
    prevent_initial_call=True,
)
def show_about(name: Written) -> tuple[str, bool]:
    kind = kind_named(current_viewer(), name)
    return view.about(kind), not kind.asks_year


KIND = State(Ids.KIND, "value")


@callback(RIGHT, Output(Ids.CURRENT_FILE, "data"), Input(Ids.CURRENT, "n_clicks"), KIND, prevent_initial_call=True)
def send_current(_: Clicks, name: Written) -> dict[str, Any]:
    return workbook_of(current_viewer(), kind_named(current_viewer(), name), empty=False)


@callback(RIGHT, Output(Ids.EMPTY_FILE, "data"), Input(Ids.EMPTY, "n_clicks"), KIND, prevent_initial_call=True)
def send_empty(_: Clicks, name: Written) -> dict[str, Any]:
    return workbook_of(current_viewer(), kind_named(current_viewer(), name), empty=True)


@callback(
    RIGHT,
    Output(Ids.PROPOSED, "data"),
    Input(Ids.UPLOAD, "contents"),
    *SENT[1:],
    prevent_initial_call=True,
    running=[(Output(Ids.READING, "hidden"), False, True), (Output(Ids.UPLOAD, "disabled"), True, False)],
)
def propose(contents: Written, name: Written, kind: Written, year: Year) -> dict[str, Any] | None:
    """What of the file is likely what; the browser asks at once what that would do."""
    if contents is None:
        return None
    viewer = current_viewer()
    asked = sent_year(year)
    return view.first_look(viewer, kind_named(viewer, kind), sent_file(contents, name), asked)


@callback(
    RIGHT,
    *(Output(*place) for place in ANSWERS.values()),
    Input(Ids.CHOSEN, "data"),
    *SENT,
    prevent_initial_call=True,
    running=[(Output(Ids.READING, "hidden"), False, True)],
)
def read_file(chosen: Written, contents: Written, name: Written, kind: Written, year: Year) -> tuple[Any, ...]:
    if contents is None or chosen is None:
        return None, [], True, None, "", "", False, True, [], None, None, True
    viewer = current_viewer()
    file, of = sent_file(contents, name), kind_named(viewer, kind)
    return _drawn(file.name, looked_into(viewer, of, file, _asked(year, chosen)), of.name)


def _asked(year: Year, chosen: Written) -> Asked:
    return replace(sent_year(year), mapped=steps.explained(chosen), look=True)


@callback(
    RIGHT,
    *(Output(*place, allow_duplicate=True) for place in ANSWERS.values()),
    Input(Ids.CONFIRM, "n_clicks"),
    State(Ids.OVERWRITE, "value"),
    State(Ids.AGREED, "data"),
    State(Ids.CHOSEN, "data"),
    *SENT,
    prevent_initial_call=True,
    running=[(Output(Ids.WRITING, "hidden"), False, True), (Output(Ids.CONFIRM, "disabled"), True, False)],
)
def write_file(  # noqa: PLR0917 - one for each part of the form
    _: Clicks, tick: Tick, agreed: Written, chosen: Written, contents: Written, name: Written, kind: Written, year: Year
) -> tuple[Any, ...]:
    viewer = current_viewer()
    file, of = sent_file(contents, name), kind_named(viewer, kind)
    asked = replace(_asked(year, chosen), overwrite=bool(tick))
    outcome = looked_into(viewer, of, file, asked, agreed or "")
    lists.keep_explained(viewer, of, file, outcome)
    return _drawn(file.name, outcome, of.name, confirmed=True)


def _drawn(name: str, outcome: Outcome, kind: str, *, confirmed: bool = False) -> tuple[Any, ...]:
    agreed = view.agreed(outcome)
    said = view.answer(name, outcome, confirmed=confirmed)
    asks = view.overwrites(outcome)
    seen = None if confirmed and outcome.written else steps.seen(outcome, lists.kept_lists(current_viewer(), kind))
    busy, counted, run = view.busy_writing(outcome), view.counts(outcome), outcome.run_id
    shown = said, view.changes(outcome), agreed is None, agreed, busy, asks, False, not asks, counted, seen
    return *shown, run, run is None


@callback(
    RIGHT,
    Output(Ids.ANSWER, "children", allow_duplicate=True),
    Output(Ids.UNDO_PLACE, "hidden", allow_duplicate=True),
    Input(Ids.UNDO, "n_clicks"),
    State(Ids.RUN, "data"),
    prevent_initial_call=True,
)
def undo(_: Clicks, run: int | None) -> tuple[Any, bool]:
    return view.taken_back(current_viewer(), run)


@callback(
    RIGHT,
    Output(Ids.LEFT_FILE, "data"),
    Input(Ids.LEFT, "n_clicks"),
    State(Ids.CHOSEN, "data"),
    *SENT,
    prevent_initial_call=True,
)
def send_left(
    _: Clicks, chosen: Written, contents: Written, name: Written, kind: Written, year: Year
) -> dict[str, Any]:
    viewer = current_viewer()
    return view.left_of(viewer, kind_named(viewer, kind), sent_file(contents, name), _asked(year, chosen))


clientside(
    ClientsideFunction("mapping", "begin"),
    Output(Ids.CHOSEN, "data"),
    Input(Ids.PROPOSED, "data"),
    prevent_initial_call=True,
)
clientside(
    ClientsideFunction("mapping", "draw"),
    Output(Ids.STEPS, "title"),
    Input(Ids.SEEN, "data"),
    prevent_initial_call=True,
)
clientside(
    ClientsideFunction("mapping", "begun"),
    Output(Ids.BEGIN, "hidden"),
    Output(Ids.OTHER_PLACE, "hidden"),
    Input(Ids.UPLOAD, "contents"),
)
clientside(
    ClientsideFunction("mapping", "again"),
    Output(Ids.UPLOAD, "contents", allow_duplicate=True),
    Input(Ids.OTHER, "n_clicks"),
    prevent_initial_call=True,
)
# another kind of data is another file
clientside(
    ClientsideFunction("upload", "forget"),
    Output(Ids.UPLOAD, "contents"),
    Input(Ids.KIND, "value"),
    State(Ids.KEPT_KIND, "data"),
    prevent_initial_call=True,
)
# what was shown stays after a reload, for who saw it and for nobody else in this browser
SHOWN = (Ids.ANSWER, "children"), (Ids.ROWS, "rowData"), (Ids.PLAN, "hidden")
clientside(
    ClientsideFunction("upload", "keep"),
    Output(Ids.KEPT, "data"),
    Output(Ids.KEPT_KIND, "data"),
    *(Input(*place) for place in SHOWN),
    State(Ids.KIND, "value"),
    State(Ids.WHO, "data"),
    prevent_initial_call=True,
)
clientside(
    ClientsideFunction("upload", "bringBack"),
    *(Output(*place, allow_duplicate=True) for place in SHOWN),
    Input(Ids.WHO, "data"),
    State(Ids.KEPT, "data"),
    prevent_initial_call=True,
)
clientside(
    ClientsideFunction("upload", "ready"),
    Output(Ids.CONFIRM, "disabled"),
    Output(Ids.AGAIN, "hidden"),
    Input(Ids.UPLOAD, "contents"),
)
clientside(
    ClientsideFunction("upload", "busy"),
    Output(Ids.READING, "children"),
    Input(Ids.UPLOAD, "contents"),
    State(Ids.UPLOAD, "filename"),
    prevent_initial_call=True,
)
