"""The coalitions page, without data: where everything stands before the callbacks fill it."""

import json
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component
from dash_ag_grid import AgGrid

from portal.components.cards import card, cards, skeleton
from portal.components.filters import choose_some, filter_bar
from portal.components.grids import grid
from portal.components.links import setting
from portal.components.tags import marks_legend
from portal.pages.coalitions import fields, grids
from portal.pages.coalitions.ids import Ids

AGAIN: dict[str, Any] = {"data-refreshes": json.dumps([Ids.WANTED.value, Ids.START.value])}
LOW = {"rowHeight": 36}
UPRIGHT = {"headerHeight": 118, "rowHeight": 48, "suppressFieldDotNotation": True}


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from the store `WANTED`."""
    wanted = urlencode({key: text for key, text in query.items() if key in fields.KEYS}, safe=",")
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=wanted),
            dcc.Store(id=Ids.WANTED, data=wanted),
            dcc.Store(id=Ids.KEYS, data=fields.KEYS),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            _filter_card(),
            cards(_matrix_card()),
            cards(_leads_card()),
            cards(_rules_card()),
            cards(_each_card(), _candidates_card()),
            cards(_pairs_card()),
        ]
    )


def _filter_card() -> Component:
    shown = [choose_some(field.control, field.label, [], field.everything) for field in fields.ALL]
    bar = filter_bar(*shown, count_id=Ids.COUNT, clear_href="/coalities")
    return html.Div([bar, html.Div(id=Ids.UNKNOWN)], className="filter-card", **setting(fields.SCRIPT))


def _matrix_card() -> Component:
    return card(
        "Wie doet waar mee?",
        html.Div(id=Ids.INVITE, className="edit-place", **AGAIN),
        html.Div(_matrix(), className="matrix unbroken"),
        html.Div([marks_legend(), html.Small("Leeg: niet bekend. Beter voor: ja, nee of ? van wie meedoet.")]),
        sub="Niet deelnemen is een legitieme keuze: het traject gaat verder met wie er beter van wordt.",
        foot=html.Div(id=Ids.MATRIX_SOURCE),
        flows=True,
    )


def _matrix() -> Component:
    """On a narrow screen the first column gives the partners room."""
    framed = grid(Ids.MATRIX, [], label="Trajecten en partners", height=None, row_id="code", options=UPRIGHT)
    table = framed.children
    assert isinstance(table, AgGrid)
    table.eventListeners = {event: ["giveRoom(params)"] for event in ("gridSizeChanged", "displayedColumnsChanged")}
    return framed


def _leads_card() -> Component:
    return card(
        "Klopt de trekker?",
        html.Div(skeleton(280), id=Ids.LEADS),
        sub="Type 1: de tweede van de regio trekt de groep naar het niveau van de eerste.",
        foot=html.Div(id=Ids.LEADS_SOURCE),
    )


def _candidates_card() -> Component:
    return card(
        "Wat kunnen we nog samen doen?",
        grid(Ids.CANDIDATES, grids.CANDIDATES, label="Kandidaat-coalities", height=590),
        sub="Kandidaat-coalities: open uitdagingen die op elkaar lijken en waarop geen regionaal traject antwoordt. "
        "Van de hele regio, los van de filters.",
        foot=html.Div(id=Ids.CANDIDATES_SOURCE),
        span=6,
    )


def _rules_card() -> Component:
    rules = grid(Ids.RULES, grids.RULES, label="Coalities en de regel van hun type", height=None, row_id="code")
    return card(
        "Past elke coalitie bij haar type?",
        html.Div(rules, className="unbroken"),
        sub="Wie afwijkt, mag dat: het is een opmerking met plaats voor een reden, nooit een slot.",
        foot=html.Div(id=Ids.RULES_SOURCE),
        flows=True,
    )


def _each_card() -> Component:
    return card(
        "Wie werkt samen, en wie nog alleen?",
        grid(Ids.EACH, grids.EACH, label="Coalities per partner", height=None, row_id="slug", options=LOW),
        sub="Van de lopende lokale projecten: hoeveel er bij een ander bestuur ook loopt. Los van de filters.",
        foot=html.Div(id=Ids.EACH_SOURCE),
        span=6,
    )


def _pairs_card() -> Component:
    return card(
        "Welke lokale projecten lopen naast elkaar?",
        grid(Ids.PAIRS, grids.PAIRS, label="Projecten naast elkaar", height=460, row_id="pair"),
        sub="Lopende lokale projecten van twee besturen die op elkaar lijken. Los van de filters.",
        foot=html.Div(id=Ids.PAIRS_SOURCE),
    )
