"""The words that mean the same, drawn: the list and the form that adds or changes one."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.components import editing, grids
from portal.components.cards import card
from portal.pages.management.ids import Ids

REMOVE, CHANGE = "_remove", "term"
COLUMNS = [
    grids.text("term", "Woord", grow=2, width=150, cellRenderer="RowButton"),
    grids.text("meaning", "Betekent", grow=2, width=150),
    grids.number("challenges", "In uitdagingen", width=130),
    grids.text(
        "id", "", width=130, colId=REMOVE, sortable=False, cellRenderer="RowButton",
        cellRendererParams={"label": "Verwijder"},
    ) | {"tooltipField": "term"},
]  # fmt: skip


def section() -> Component:
    form = editing.posted(
        "Synoniem",
        [
            editing.typed(Ids.TERM, "Woord", most=300, hint="Zoals partners het schrijven, bijvoorbeeld ‘e-depot’."),
            editing.typed(Ids.MEANING, "Betekent", most=300, hint="Het woord waaronder het telt."),
        ],
        editing.said_place(Ids.WORD_SAID),
        editing.button(Ids.KEEP, "Bewaar", main=True),
    )
    return card(
        "Welke woorden betekenen hetzelfde?",
        html.Div(form, className="editing"),
        grids.grid(Ids.WORDS, COLUMNS, label="Synoniemen", height=400),
        dcc.Store(id=Ids.WORDS_NOW),
        dcc.Store(id=Ids.SEEN, data={}),
        sub="Met deze lijst herkent het portaal gelijke uitdagingen. Na elke wijziging wordt de gelijkenis herrekend. "
        "Kies een woord om het te wijzigen.",
    )
