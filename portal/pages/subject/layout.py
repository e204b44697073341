"""The page of a subject, without data: the cards as they will stand."""

import json
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import skeleton, skeleton_card
from portal.pages.subject.ids import Ids


def layout(number: str = "", **_: str) -> Component:
    again: dict[str, Any] = {"data-refreshes": json.dumps([Ids.NUMBER.value])}
    rows = [
        html.Div(skeleton_card("Welke uitdagingen lijken op elkaar?", 330), id=Ids.MEMBERS, className="cards"),
        html.Div(
            [html.Div(id=Ids.SAID), html.Div(id=Ids.ACTS, className="cards", hidden=True)], className="acts", **again
        ),
        html.Div(
            [skeleton_card("Hoe kan het samen?", 200, span=6), skeleton_card("Wat beantwoordt dit al?", 200, span=6)],
            id=Ids.TOGETHER,
            className="cards",
        ),
    ]
    head = html.Div(skeleton(120), id=Ids.HEAD, className="page-head")
    return html.Div([dcc.Store(id=Ids.NUMBER, data=number), head, html.Div(rows, id=Ids.BODY)])
