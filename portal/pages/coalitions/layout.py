"""The coalitions page, without data: where everything stands before the callbacks fill it."""

import json
from typing import Any

from dash import html
from dash.development.base_component import Component
from dash_ag_grid import AgGrid

from portal.components.cards import cards, skeleton
from portal.components.filters import choose_some, filter_bar
from portal.components.grids import grid
from portal.components.tags import marks_legend
from portal.pages.coalitions.cards import CANDIDATES, EACH, LEADS, MATRIX, PAIRS, RULES
from portal.pages.coalitions.filters import FILTERS
from portal.pages.coalitions.ids import Ids

AGAIN: dict[str, Any] = {"data-refreshes": json.dumps([FILTERS.wanted, FILTERS.start])}
UPRIGHT = {"headerHeight": 118, "rowHeight": 48, "suppressFieldDotNotation": True}


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    return html.Div(
        [
            *FILTERS.stores(query),
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
    shown = [choose_some(one.control, one.label, [], one.everything) for one in FILTERS.keys]
    bar = filter_bar(*shown, count_id=Ids.COUNT, clear_href="/coalities")
    return html.Div([bar, html.Div(id=Ids.UNKNOWN)], className="filter-card", **FILTERS.setting())


def _matrix_card() -> Component:
    return MATRIX.card(
        html.Div(id=Ids.INVITE, className="edit-place", **AGAIN),
        html.Div(_matrix(), className="matrix unbroken"),
        html.Div([marks_legend(), html.Small("Leeg: niet bekend. Beter voor: ja, nee of ? van wie meedoet.")]),
        sub="Niet deelnemen is een legitieme keuze: het traject gaat verder met wie er beter van wordt.",
        flows=True,
    )


def _matrix() -> Component:
    """On a narrow screen the first column gives the partners room."""
    framed = grid(MATRIX.id, [], label="Trajecten en partners", height=None, row_id="code", options=UPRIGHT)
    table = framed.children
    assert isinstance(table, AgGrid)
    table.eventListeners = {event: ["giveRoom(params)"] for event in ("gridSizeChanged", "displayedColumnsChanged")}
    return framed


def _leads_card() -> Component:
    sub = "Type 1: de tweede van de regio trekt de groep naar het niveau van de eerste."
    return LEADS.card(html.Div(skeleton(280), id=Ids.LEADS), sub=sub)


def _candidates_card() -> Component:
    return CANDIDATES.card(
        CANDIDATES.grid("Kandidaat-coalities", height=590),
        sub="Kandidaat-coalities: open uitdagingen die op elkaar lijken en waarop geen regionaal traject antwoordt. "
        "Van de hele regio, los van de filters.",
        span=6,
    )


def _rules_card() -> Component:
    return RULES.card(
        html.Div(RULES.grid("Coalities en de regel van hun type", row_id="code"), className="unbroken"),
        sub="Wie afwijkt, mag dat: het is een opmerking met plaats voor een reden, nooit een slot.",
        flows=True,
    )


def _each_card() -> Component:
    return EACH.card(
        EACH.grid("Coalities per partner", row_id="slug", options={"rowHeight": 36}),
        sub="Van de lopende lokale projecten: hoeveel er bij een ander bestuur ook loopt. Los van de filters.",
        span=6,
    )


def _pairs_card() -> Component:
    return PAIRS.card(
        PAIRS.grid("Projecten naast elkaar", height=460, row_id="pair"),
        sub="Lopende lokale projecten van twee besturen die op elkaar lijken. Los van de filters.",
    )
