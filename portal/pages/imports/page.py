"""Excel there and back: a workbook out, a file in."""

import json
from dataclasses import replace
from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, Output, State, dcc, html
from dash.development.base_component import Component

from data_loaders.load import Outcome, kinds_for
from portal.auth import callback, current_viewer
from portal.auth.callbacks import clientside
from portal.components.cards import card, cards
from portal.components.editing import button
from portal.components.grids import WRAPS, grid, old_new, text
from portal.config import settings
from portal.pages.given import Clicks, Written
from portal.pages.imports import view
from portal.pages.imports.view import Ids, Year, kind_named, looked_into, sent_file, sent_year, workbook_of
from portal.permissions import Permission

MEGABYTE = 1024 * 1024
LEAD = "Download, wijzig in Excel, en breng het bestand terug. U ziet eerst wat er zou wijzigen."
AGAIN = "Na het herladen heeft de pagina het bestand niet meer: kies het opnieuw om het te schrijven."
CHANGES = [
    text("cell", "Cel", width=150),
    text("step", "Wat", width=110),
    text("row", "Rij", width=260, grow=2, **WRAPS),
    text("field", "Veld", width=150),
    old_new("new", "Waarde", "old", width=320, grow=3, **WRAPS),
]


def layout(**_: str) -> Component:
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=""),
            *(dcc.Store(id=store) for store in (Ids.AGREED, Ids.WHO)),
            # what was shown last, for after a reload
            *(dcc.Store(id=store, storage_type="session") for store in (Ids.KEPT, Ids.KEPT_KIND)),
            html.Div([html.H1("Excel"), html.P(LEAD, className="sub")], className="page-head"),
            cards(_choose(), _bring()),
            html.Div(cards(_plan()), id=Ids.PLAN, hidden=True),
        ]
    )


def _choose() -> Component:
    kinds = dbc.RadioItems(id=Ids.KIND, options=[], value=None)
    year = dbc.Input(id=Ids.YEAR, type="number", min=2000, max=2100, step=1)
    return card(
        "Wat wilt u bijwerken?",
        html.Fieldset([html.Legend("Soort gegevens", className="quiet"), kinds], className="import-kinds"),
        html.P(id=Ids.ABOUT, className="sub"),
        html.Div(
            [
                html.Label("Jaar van het veldwerk", htmlFor=Ids.YEAR),
                year,
                html.Small("Alleen als het bestand het niet zelf noemt.", className="hint"),
            ],
            id=Ids.YEAR_FIELD,
            className="field",
            hidden=True,
        ),
        html.Div(
            [
                button(Ids.CURRENT, "Download wat er nu staat", main=True),
                button(Ids.EMPTY, "Download een leeg formulier"),
            ],
            className="buttons",
        ),
        dcc.Download(id=Ids.CURRENT_FILE),
        dcc.Download(id=Ids.EMPTY_FILE),
        span=5,
    )


def _bring() -> Component:
    most = settings().max_upload_mb
    inside = [html.Button("Kies een bestand", className="btn btn-outline-primary btn-sm", type="button")]
    upload = dcc.Upload(
        [*inside, html.Span(f" of sleep het hierheen (.xlsx, hoogstens {most} MB)")],
        id=Ids.UPLOAD,
        className="upload",
        className_active="upload over",
        max_size=most * MEGABYTE,
        multiple=False,
    )
    place = html.Div([upload, html.Div(className="fault", role="alert")], className="upload-place", **_for_script(most))
    return card(
        "Breng een bestand terug",
        place,
        html.P(id=Ids.READING, className="busy", role="status", hidden=True),
        html.Div(id=Ids.ANSWER, className="import-answer", role="status"),
        span=7,
    )


def _plan() -> Component:
    return card(
        "Wat zou er wijzigen?",
        grid(Ids.ROWS, CHANGES, label="Wat er zou wijzigen", height=420),
        html.Div(
            dbc.Checkbox(id=Ids.OVERWRITE, label="", value=False),
            id=Ids.OVERWRITE_FIELD,
            className="field",
            hidden=True,
        ),
        html.Div(button(Ids.CONFIRM, "Bevestig en schrijf", main=True, disabled=True), className="buttons"),
        html.P(AGAIN, id=Ids.AGAIN, className="sub"),
        html.P(id=Ids.WRITING, className="busy", role="status", hidden=True),
        sub="Er is nog niets geschreven. Kijk het na en bevestig.",
        flows=True,
    )


def _for_script(megabytes: int) -> dict[str, Any]:
    """For the page's script: a larger file is refused before it is sent, and another file clears what was said."""
    clears = {Ids.ANSWER: {"children": ""}, Ids.PLAN: {"hidden": True}}
    most = {"data-most": str(megabytes * MEGABYTE), "data-most-said": f"{megabytes} MB"}
    return most | {"data-clears": json.dumps(clears)}


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
    by_browser=True,
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


KIND = State(Ids.KIND, "value")


@callback(RIGHT, Output(Ids.CURRENT_FILE, "data"), Input(Ids.CURRENT, "n_clicks"), KIND, prevent_initial_call=True)
def send_current(_: Clicks, name: Written) -> dict[str, Any]:
    return workbook_of(current_viewer(), kind_named(current_viewer(), name), empty=False)


@callback(RIGHT, Output(Ids.EMPTY_FILE, "data"), Input(Ids.EMPTY, "n_clicks"), KIND, prevent_initial_call=True)
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
