"""The page of the ateliers, without data."""

import json
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import card, cards, skeleton, skeleton_card
from portal.components.filters import choose_list
from portal.components.grids import grid
from portal.pages.ateliers import fields, grids
from portal.pages.ateliers.ids import Ids
from portal.pages.ateliers.view import URGENT_QUESTION
from portal.pages.editing.places import add_place, grid_place

EVERYTHING = (Ids.OPENED, Ids.WANTED)  # a result or a milestone counts in every card


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from the store `WANTED`."""
    wanted = urlencode({key: text for key, text in query.items() if key in fields.KEYS})
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=wanted),
            dcc.Store(id=Ids.WANTED, data=wanted),
            dcc.Store(id=Ids.OPENED, data=wanted),
            dcc.Store(id=Ids.KEYS, data=fields.KEYS),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            html.Div(skeleton_card(URGENT_QUESTION, 300), id=Ids.URGENT, className="cards"),
            cards(_overview_card()),
            _choice_card(),
            cards(_results_card(), _time_card()),
            html.Div(cards(_partners_card()), id=Ids.PARTNERS_PART),
            html.Div(id=Ids.AGREED, className="cards", hidden=True),
        ]
    )


def _overview_card() -> Component:
    return card(
        "Hoe ver staat elk atelier?",
        grid(Ids.OVERVIEW, grids.OVERVIEW, label="Resultaten per atelier", height=None, row_id="code"),
        sub="Resultaten naar stand, met hun mijlpalen; die van projecten tellen hier niet mee. Kies een atelier.",
        foot=html.Div(id=Ids.OVERVIEW_SOURCE),
    )


def _choice_card() -> Component:
    choice = html.Div(choose_list(Ids.ATELIER, "Welk atelier", [fields.ALL]), className="filters")
    said = html.P(id=Ids.CHOSEN, className="sub", role="status")
    script: dict[str, Any] = {"data-fields": json.dumps(fields.SCRIPT)}
    return html.Div([choice, said, html.Div(id=Ids.UNKNOWN)], className="filter-card", **script)


def _results_card() -> Component:
    return card(
        "Hoe ver staat elk resultaat?",
        grid_place("resultaten", refreshes=EVERYTHING),
        html.Div(grid(Ids.RESULTS, grids.RESULTS, label="Resultaten", height=None), className="while-reading"),
        sub="De laatste mijlpaal bepaalt wanneer een resultaat er is. Een partner telt mee wanneer die het bereikte.",
        foot=html.Div(id=Ids.RESULTS_SOURCE),
        flows=True,
    )


def _time_card() -> Component:
    table = grid(Ids.TIME_TABLE, grids.STEPS, label="Alle mijlpalen", height=420)
    behind = html.Details([html.Summary("Toon als tabel"), table], className="as-table")
    drawn = [
        html.P(id=Ids.TIME_SAID, className="sub"),
        html.Div(skeleton(560), id=Ids.TIME),
        html.Div(behind, id=Ids.TIME_BEHIND),
    ]
    return card(
        "Halen we de mijlpalen op tijd?",
        add_place("mijlpalen", refreshes=EVERYTHING),
        grid_place("mijlpalen", refreshes=EVERYTHING),
        html.Div(drawn, className="while-reading"),
        foot=html.Div(id=Ids.TIME_SOURCE),
        flows=True,
    )


def _partners_card() -> Component:
    return card(
        "Welke partners zijn er al?",
        grid_place("vinkjes", refreshes=EVERYTHING),
        html.Div(
            grid(Ids.PARTNERS, grids.PARTNERS, label="Partners per resultaat", height=None), className="while-reading"
        ),
        sub="Voor de resultaten die per partner geteld worden.",
        foot=html.Div(id=Ids.PARTNERS_SOURCE),
    )
