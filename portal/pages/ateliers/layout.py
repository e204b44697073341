"""The page of the ateliers, without data."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import cards, skeleton, skeleton_card
from portal.components.filters import choose_list
from portal.pages.ateliers.cards import OVERVIEW, PARTNERS, RESULTS, STEPS, URGENT
from portal.pages.ateliers.filters import ALL, FILTERS
from portal.pages.ateliers.ids import Ids
from portal.pages.editing.places import add_place, grid_place

EVERYTHING = (Ids.OPENED, FILTERS.wanted)  # a result or a milestone counts in every card


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    return html.Div(
        [
            *FILTERS.stores(query),
            dcc.Store(id=Ids.OPENED, data=""),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            html.Div(skeleton_card(URGENT.question, 300), id=Ids.URGENT, className="cards"),
            cards(_overview_card()),
            _choice_card(),
            cards(_results_card(), _time_card()),
            html.Div(cards(_partners_card()), id=PARTNERS.part_id),
            html.Div(id=Ids.AGREED, className="cards", hidden=True),
        ]
    )


def _overview_card() -> Component:
    sub = "Resultaten naar stand, met hun mijlpalen; die van projecten tellen hier niet mee. Kies een atelier."
    return OVERVIEW.card(OVERVIEW.grid("Resultaten per atelier", row_id="code"), sub=sub)


def _choice_card() -> Component:
    choice = html.Div(choose_list(Ids.ATELIER, "Welk atelier", [ALL]), className="filters")
    said = html.Div(id=RESULTS.said_id, role="status")
    return html.Div([choice, said], className="filter-card", **FILTERS.setting())


def _results_card() -> Component:
    return RESULTS.card(
        grid_place("resultaten", refreshes=EVERYTHING),
        html.Div(RESULTS.grid("Resultaten"), className="while-reading"),
        sub="De laatste mijlpaal bepaalt wanneer een resultaat er is. Een partner telt mee wanneer die het bereikte.",
        flows=True,
    )


def _time_card() -> Component:
    drawn = [
        html.P(id=Ids.TIME_SAID, className="sub"),
        html.Div(skeleton(560), id=Ids.TIME),
        html.Div(STEPS.behind("Alle mijlpalen", height=420), id=STEPS.part_id),
    ]
    return STEPS.card(
        add_place("mijlpalen", refreshes=EVERYTHING),
        grid_place("mijlpalen", refreshes=EVERYTHING),
        html.Div(drawn, className="while-reading"),
        flows=True,
    )


def _partners_card() -> Component:
    return PARTNERS.card(
        grid_place("vinkjes", refreshes=EVERYTHING),
        html.Div(PARTNERS.grid("Partners per resultaat"), className="while-reading"),
        sub="Voor de resultaten die per partner geteld worden.",
    )
