"""The home page, without data: a head, the figures, and places that each role's cards fill."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import cards, skeleton_card
from portal.components.cards import skeleton as waiting
from portal.pages.home.ids import SLOTS, Ids

HEIGHT, HALF = 320, 6


def layout() -> Component:
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=""),
            html.Div(waiting(120), id=Ids.HEAD, className="page-head"),
            html.Div(waiting(110), id=Ids.FIGURES),
            cards(*(html.Div(skeleton_card("…", HEIGHT, HALF), id=slot, className="slot") for slot in SLOTS)),
        ]
    )
