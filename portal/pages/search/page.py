"""Search: one field, what was found per kind, and lists to narrow it by."""

from datetime import date
from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, dcc, html
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.cards import skeleton
from portal.components.frame import Crumb, page_header
from portal.components.search import narrowing
from portal.db.engine import reading
from portal.pages.filters import offer
from portal.pages.search import view
from portal.pages.search.cards import FILTERS, HITS, Ids, answered
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.search.kinds import Wanted


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callback reads it from a store."""
    field = dbc.Input(id=Ids.TEXT, type="search", value="", debounce=0.35, maxLength=200, autocomplete="off")
    lists = [narrowing(one.control, one.label) for one in FILTERS.keys if one.many]
    open_here: dict[str, Any] = {"data-folds": ""}
    return html.Div(
        [
            *FILTERS.stores(query),
            html.Div(skeleton(24), id=Ids.HEAD, className="search-head"),
            html.Div(
                [
                    html.Label("Zoek in alles", htmlFor=Ids.TEXT, className="quiet"),
                    field,
                    html.Button("Zoek", type="button", className="btn btn-primary"),
                    html.Div(dcc.Input(type="hidden", id=Ids.EXACT, value=""), hidden=True),
                ],
                className="search-field",
                role="search",
                **FILTERS.setting(),
            ),
            html.P(id=Ids.SAID, className="search-said", role="status"),
            html.Div(
                [
                    html.Details([html.Summary("Verfijn"), *lists], open=True, className="narrow-by", **open_here),
                    html.Div(skeleton(420), id=Ids.RESULTS),
                    html.Div(id=Ids.SIDE),
                ],
                className="search-columns",
            ),
            html.Div(id=HITS.source_id),
        ]
    )


FILTERS.write()
offer_choices = offer(FILTERS, {})


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.SAID, "children"),
    Output(Ids.RESULTS, "children"),
    Output(Ids.SIDE, "children"),
    Output(Ids.KINDS, "options"),
    Output(Ids.PARTNERS, "options"),
    Output(Ids.GOING, "options"),
    Output(HITS.source_id, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_found(query: str) -> tuple[Any, ...]:
    wanted = Wanted.from_query(query)
    found = answered(current_viewer(), wanted)
    with reading() as session:
        as_of = portal_state(session).as_of
    lists = ((found.kinds, wanted.kinds), (found.partners, wanted.partners), (found.going, wanted.going))
    shown = (head(as_of), view.story(found), view.results(found), view.side(found))
    foot = HITS.foot(as_of, wanted.query()) if found.total else None
    return *shown, *(view.choices(found, *one) for one in lists), foot


def head(as_of: date) -> Component:
    return page_header("Zoeken", [Crumb("Overzicht", "/"), Crumb("Zoeken")], as_of)
