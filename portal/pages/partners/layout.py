"""The page of all partners, without data."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import card, cards, skeleton
from portal.pages.partners.cards import PARTNERS
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
                PARTNERS.card(
                    PARTNERS.grid("Alle besturen", row_id="slug"),
                    sub="Gemeenten en intergemeentelijke besturen, geteld op wat u kunt zien.",
                    span=7,
                ),
            ),
        ]
    )
