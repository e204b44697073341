"""The page of the ateliers: its cards, and what is drawn by hand."""

from dash import Input, Output
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.pages.agreed import showing_agreed
from portal.pages.ateliers import asks, filters, view
from portal.pages.ateliers.cards import AGREED, OVERVIEW, PARTNERS, RESULTS, STEPS, agreed_about
from portal.pages.ateliers.filters import FILTERS, chosen
from portal.pages.ateliers.ids import Ids
from portal.pages.cards import answering, everything
from portal.permissions import Permission

FILTERS.write()
show_overview = answering(everything, Input(Ids.OPENED, "data"), OVERVIEW)
show_results = answering(chosen, Input(FILTERS.wanted, "data"), RESULTS, PARTNERS, STEPS)
show_agreed = showing_agreed(AGREED, chosen, agreed_about, Ids.AGREED, FILTERS.wanted)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.ATELIER, "options"),
    Output(Ids.ATELIER, "value"),
    Input(FILTERS.start, "data"),
)
def offer_ateliers(start: str) -> tuple[list[dict[str, str]], str]:
    (value,) = FILTERS.values(start)
    return filters.options(asks.offered(current_viewer())), value


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.URGENT, "children"),
    Input(Ids.OPENED, "data"),
)
def show_opening(_: str) -> tuple[Component, Component]:
    calendar, urgent, ateliers, as_of = asks.opening(current_viewer())
    return view.opening(ateliers, urgent, calendar, as_of), view.urgent_card(urgent, calendar, as_of)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.TIME, "children"),
    Output(Ids.TIME_SAID, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_timeline(query: str) -> tuple[list[Component], str]:
    offered = asks.offered(current_viewer())
    drawn, said = asks.timeline(current_viewer(), filters.choice_in(query, offered).code)
    return view.timelines(drawn, dict(offered)), said
