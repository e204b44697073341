"""The page of all partners, without data."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import card, cards, skeleton
from portal.components.grids import grid
from portal.pages.partners.grids import LIST
from portal.pages.partners.ids import Ids


def layout(**_: str) -> Component:
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=""),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            cards(
                card(
                    "In hoeveel coalities zit elke gemeente?",
                    html.Div(skeleton(420), id=Ids.TILES),
                    sub="Regionale en bovenregionale trajecten die lopen. Kies een gemeente om haar pagina te openen.",
                    foot=html.Div(id=Ids.TILES_SOURCE),
                    span=5,
                ),
                card(
                    "Waar staat elk bestuur?",
                    grid(Ids.LIST, LIST, label="Alle besturen", height=None, row_id="slug"),
                    sub="Gemeenten en intergemeentelijke besturen, geteld op wat u kunt zien.",
                    foot=html.Div(id=Ids.LIST_SOURCE),
                    span=7,
                ),
            ),
        ]
    )
