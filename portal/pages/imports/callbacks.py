"""The page for Excel: asked of the loaders, drawn by the view. The file is sent again with the confirmation."""

from dataclasses import replace
from typing import Any

from dash import ClientsideFunction, Input, Output, State

from data_loaders.load import Outcome, kinds_for
from portal.auth import callback, current_viewer
from portal.auth.callbacks import clientside
from portal.pages.given import Clicks, Written
from portal.pages.imports import view
from portal.pages.imports.files import Year, kind_named, looked_into, sent_file, sent_year, workbook_of
from portal.pages.imports.ids import Ids
from portal.permissions import Permission

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
}
SENT = (
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
)
def show_kinds(_: str, kept: Written) -> tuple[Any, ...]:
    kinds = [kind.name for kind in kinds_for(current_viewer())]
    offered = [{"value": kind.name, "label": kind.called} for kind in kinds_for(current_viewer())]
    return offered, kept if kept in kinds else next(iter(kinds), None), current_viewer().user_id


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


@callback(
    RIGHT,
    Output(Ids.CURRENT_FILE, "data"),
    Input(Ids.CURRENT, "n_clicks"),
    State(Ids.KIND, "value"),
    prevent_initial_call=True,
)
def send_current(_: Clicks, name: Written) -> dict[str, Any]:
    return workbook_of(current_viewer(), kind_named(current_viewer(), name), empty=False)


@callback(
    RIGHT,
    Output(Ids.EMPTY_FILE, "data"),
    Input(Ids.EMPTY, "n_clicks"),
    State(Ids.KIND, "value"),
    prevent_initial_call=True,
)
def send_empty(_: Clicks, name: Written) -> dict[str, Any]:
    return workbook_of(current_viewer(), kind_named(current_viewer(), name), empty=True)


@callback(
    RIGHT,
    *(Output(*place) for place in ANSWERS.values()),
    Input(Ids.UPLOAD, "contents"),
    *SENT,
    prevent_initial_call=True,
    running=[(Output(Ids.READING, "hidden"), False, True), (Output(Ids.UPLOAD, "disabled"), True, False)],
)
def read_file(contents: Written, name: Written, kind: Written, year: Year) -> tuple[Any, ...]:
    if contents is None:
        return None, [], True, None, "", "", False, True
    viewer = current_viewer()
    file = sent_file(contents, name)
    return _drawn(file.name, looked_into(viewer, kind_named(viewer, kind), file, sent_year(year)))


@callback(
    RIGHT,
    *(Output(*place, allow_duplicate=True) for place in ANSWERS.values()),
    Input(Ids.CONFIRM, "n_clicks"),
    State(Ids.OVERWRITE, "value"),
    State(Ids.AGREED, "data"),
    State(Ids.UPLOAD, "contents"),
    *SENT,
    prevent_initial_call=True,
    running=[(Output(Ids.WRITING, "hidden"), False, True), (Output(Ids.CONFIRM, "disabled"), True, False)],
)
def write_file(  # noqa: PLR0917 - one for each part of the form
    _: Clicks, overwrite: bool | None, agreed: Written, contents: Written, name: Written, kind: Written, year: Year
) -> tuple[Any, ...]:
    viewer = current_viewer()
    file = sent_file(contents, name)
    asked = replace(sent_year(year), overwrite=bool(overwrite))
    outcome = looked_into(viewer, kind_named(viewer, kind), file, asked, agreed or "")
    return _drawn(file.name, outcome, confirmed=True)


def _drawn(name: str, outcome: Outcome, *, confirmed: bool = False) -> tuple[Any, ...]:
    agreed = view.agreed(outcome)
    said = view.answer(name, outcome, confirmed=confirmed)
    asks = view.overwrites(outcome)
    return said, view.changes(outcome), agreed is None, agreed, view.busy_writing(outcome), asks, False, not asks


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
