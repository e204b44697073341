"""Excel there and back: what stands on the page before a file comes in, and where what it says is drawn."""

import json
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import card, cards
from portal.components.editing import button, labelled, posted, said_place
from portal.components.grids import WRAPS, grid, old_new, text
from portal.config import settings
from portal.pages.imports.ids import Ids

MEGABYTE = 1024 * 1024
LEAD = "Download en wijzig, of breng uw eigen lijst mee zoals ze is. U ziet eerst wat er zou wijzigen."
AGAIN = "Na het herladen heeft de pagina het bestand niet meer: kies het opnieuw om het te schrijven."
CHANGES = [
    text("cell", "Cel", width=150),
    text("step", "Wat", width=110),
    text("row", "Rij", width=260, grow=2, **WRAPS),
    text("field", "Veld", width=150),
    old_new("new", "Waarde", "old", width=320, grow=3, **WRAPS),
]


def layout(soort: str = "", **_: str) -> Component:
    """`soort`: the kind of data to begin with, as a link names it."""
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=soort),
            *(dcc.Store(id=store) for store in (Ids.AGREED, Ids.WHO, Ids.PROPOSED, Ids.CHOSEN, Ids.SEEN, Ids.RUN)),
            # what was shown last, for after a reload
            *(dcc.Store(id=store, storage_type="session") for store in (Ids.KEPT, Ids.KEPT_KIND)),
            html.Div(
                [
                    html.Div([html.H1("Excel"), html.P(LEAD, className="sub")], className="page-head"),
                    html.Div(button(Ids.OTHER, "Ander bestand"), id=Ids.OTHER_PLACE, hidden=True),
                ],
                className="import-head",
            ),
            html.Div(cards(_choose(), _bring(), _lists()), id=Ids.BEGIN),
            html.P(id=Ids.READING, className="busy", role="status", hidden=True),
            html.Div(id=Ids.ANSWER, className="import-answer", role="status"),
            html.Div(button(Ids.UNDO, "Maak ongedaan"), id=Ids.UNDO_PLACE, className="import-again", hidden=True),
            html.Div(id=Ids.STEPS, className="import-steps"),
            html.Div(cards(_plan()), id=Ids.PLAN, hidden=True),
            html.Div(button(Ids.LEFT, "Download wat weggelaten is"), hidden=True),
            dcc.Download(id=Ids.LEFT_FILE),
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
        [*inside, html.Span(f" of sleep het hierheen (Excel, ods of csv, hoogstens {most} MB)")],
        id=Ids.UPLOAD,
        className="upload",
        className_active="upload over",
        max_size=most * MEGABYTE,
        multiple=False,
    )
    place = html.Div([upload, html.Div(className="fault", role="alert")], className="upload-place", **_for_script(most))
    paste = dbc.Textarea(id=Ids.PASTE, value="", rows=2, placeholder="Klik hier en plak (Ctrl V)")
    return card(
        "Breng een bestand of een tabel",
        place,
        labelled(Ids.PASTE, "Of plak een tabel uit Excel, Word of een webpagina", paste, wide=True),
        sub="Ook uw eigen lijst, met uw eigen koppen en woorden: u zegt wat wat is, en het portaal onthoudt het.",
        span=7,
    )


def _lists() -> Component:
    """How this person explained files before."""
    chosen = dbc.Select(id=Ids.LIST, options=[], value=None)
    name = dbc.Input(id=Ids.LIST_NAME, type="text", value="", maxLength=300)
    form = posted(
        "Uw onthouden lijsten",
        (labelled(Ids.LIST, "Lijst", chosen), labelled(Ids.LIST_NAME, "Naam", name)),
        said_place(Ids.LIST_TOLD),
        button(Ids.LIST_RENAME, "Bewaar de naam"),
        button(Ids.LIST_FORGET, "Vergeet deze lijst"),
    )
    about = "Brengt u een bestand met dezelfde koppen, dan leest het portaal het zoals u toen koos."
    says = html.P(id=Ids.LIST_SAYS, className="quiet")
    inside = card("Uw onthouden lijsten", form, says, sub=about)
    return html.Div(inside, id=Ids.LISTS, className="import-lists", hidden=True)


def _plan() -> Component:
    return card(
        "Wat zou er wijzigen?",
        html.Dl(id=Ids.COUNTS, className="plan-counts"),
        html.Div(
            dbc.Checkbox(id=Ids.OVERWRITE, label="", value=False),
            id=Ids.OVERWRITE_FIELD,
            className="import-overwrite",
            hidden=True,
        ),
        html.Div(button(Ids.CONFIRM, "Bevestig en schrijf", main=True, disabled=True), className="buttons"),
        html.P(AGAIN, id=Ids.AGAIN, className="sub"),
        html.P(id=Ids.WRITING, className="busy", role="status", hidden=True),
        grid(Ids.ROWS, CHANGES, label="Wat er zou wijzigen", height=420),
        sub="Er is nog niets geschreven. Kijk het na en bevestig.",
        flows=True,
    )


def _for_script(megabytes: int) -> dict[str, Any]:
    """For the page's script: a larger file is refused before it is sent, and another file clears what was said."""
    clears: dict[str, Any] = {Ids.ANSWER: {"children": ""}, Ids.PLAN: {"hidden": True}}
    most = {"data-most": str(megabytes * MEGABYTE), "data-most-said": f"{megabytes} MB"}
    return most | {"data-clears": json.dumps(clears)}
