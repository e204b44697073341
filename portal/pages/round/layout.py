"""The page of the progress round, without data. The address names the project whose screen is open."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import skeleton, skeleton_card
from portal.pages.round.ids import Ids
from portal.pages.round.words import STILL


def layout(project: str = "", **_: str) -> Component:
    screen, listed = skeleton_card("Hoe staat het project ervoor?", 420), skeleton_card(STILL, 420)
    return html.Div(
        [
            dcc.Store(id=Ids.CHOSEN, data=project),
            *(dcc.Store(id=store) for store in (Ids.SAVED, Ids.GO, Ids.GONE)),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            html.Div(
                [
                    html.Div(screen if project else None, id=Ids.SCREEN, className="slot"),
                    html.Div(None if project else listed, id=Ids.LIST, className="slot"),
                    html.Div(skeleton_card("Klaar in deze ronde", 160), id=Ids.DONE, className="slot"),
                ],
                className="cards",
            ),
        ]
    )
