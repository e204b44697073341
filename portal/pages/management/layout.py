"""The page for whoever looks after the portal, without data: which parts there are depends on who asks."""

from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import skeleton
from portal.pages.management import fields
from portal.pages.management.ids import Ids


def layout(**query: str) -> Component:
    """`query` is what the address carries: what is sought in the trace."""
    wanted = urlencode({key: text for key, text in query.items() if key in fields.KEYS})
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=wanted),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            html.Div(skeleton(600), id=Ids.BODY, className="stack"),
        ]
    )
