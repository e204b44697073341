"""The ateliers: their results, milestones, projects and what was agreed."""

from dash import Input, Output, dcc, html
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.cards import cards, skeleton, skeleton_card
from portal.components.filters import choose_list
from portal.pages import risks
from portal.pages.agreed import showing_agreed
from portal.pages.ateliers import filters, view
from portal.pages.ateliers.cards import AGREED, OVERVIEW, PARTNERS, RESULTS, RISKS, STEPS, URGENT, agreed_about
from portal.pages.ateliers.filters import ALL, FILTERS, Ids, chosen
from portal.pages.cards import answering, everything
from portal.pages.editing.places import add_place, grid_place
from portal.permissions import Permission

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
            cards(_risks_card()),
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


def _risks_card() -> Component:
    return risks.drawn(RISKS, *risks.edit_places("risicos", "", EVERYTHING))


FILTERS.write()
show_overview = answering(everything, Input(Ids.OPENED, "data"), OVERVIEW)
show_results = answering(chosen, Input(FILTERS.wanted, "data"), RESULTS, PARTNERS, STEPS)
show_risks = answering(chosen, Input(FILTERS.wanted, "data"), RISKS)
show_agreed = showing_agreed(AGREED, chosen, agreed_about, Ids.AGREED, FILTERS.wanted)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.ATELIER, "options"),
    Output(Ids.ATELIER, "value"),
    Input(FILTERS.start, "data"),
)
def offer_ateliers(start: str) -> tuple[list[dict[str, str]], str]:
    (value,) = FILTERS.values(start)
    return filters.options(view.offered(current_viewer())), value


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.URGENT, "children"),
    Input(Ids.OPENED, "data"),
)
def show_opening(_: str) -> tuple[Component, Component]:
    calendar, urgent, ateliers, as_of = view.opening_of(current_viewer())
    return view.opening(ateliers, urgent, calendar, as_of), view.urgent_card(urgent, calendar, as_of)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.TIME, "children"),
    Output(Ids.TIME_SAID, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_timeline(query: str) -> tuple[list[Component], str]:
    offered = view.offered(current_viewer())
    drawn, said = view.timeline(current_viewer(), filters.choice_in(query, offered).code)
    return view.timelines(drawn, dict(offered)), said
