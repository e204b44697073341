"""The frame, without data: who is signed in and what counts comes by callback."""

import dash
from dash import html
from dash.development.base_component import Component

from portal.components.cards import nothing_found
from portal.components.frame import shell
from portal.pages.shell.ids import Ids
from portal.problems import problem_place


def layout() -> Component:
    return shell(
        Ids.RAIL,
        html.Div(id=Ids.BANNER),
        html.Div([problem_place(), dash.page_container]),
        html.Div(id=Ids.FOOT),
    )


def not_found(**_: str) -> Component:
    """For an address inside the portal that leads nowhere."""
    return html.Div([html.H1("Niet gevonden"), nothing_found("pagina op dit adres", "Kies een pagina in het menu.")])
