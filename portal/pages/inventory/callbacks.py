"""The inventory page: its cards, and what is drawn by hand."""

from typing import Any

from dash import ClientsideFunction, Input, Output, State
from dash.development.base_component import Component

from portal.auth import callback, clientside, current_viewer
from portal.components.cards import source_line
from portal.components.tiles import tile_map
from portal.db.engine import reading
from portal.pages.cards import answering, everything
from portal.pages.downloads import download_path
from portal.pages.filters import offer
from portal.pages.given import RowsAsked
from portal.pages.inventory import asks, view
from portal.pages.inventory.cards import CHALLENGES, LISTS, PROJECTS, PUBLISHED, QUESTIONS, challenges_meant
from portal.pages.inventory.filters import FILTERS
from portal.pages.inventory.ids import Ids
from portal.pages.rows import page_asked
from portal.permissions import Permission
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.inventory.filters import ChallengeFilter, ProjectFilter

FILTERS.write()
offer_choices = offer(
    FILTERS,
    {
        Ids.PARTNERS: reference.partner_options,
        Ids.THEMES: reference.theme_options,
        Ids.SERVICES: reference.service_options,
        Ids.DIMENSIONS: reference.dimension_options,
        Ids.ATELIERS: reference.atelier_options,
    },
)
show_published = answering(everything, Input(FILTERS.start, "data"), PUBLISHED)
show_questions = answering(challenges_meant, Input(FILTERS.wanted, "data"), *QUESTIONS)
for _list in LISTS:
    clientside(
        ClientsideFunction("address", "refresh"),
        Output(_list.id, "className"),
        Input(FILTERS.wanted, "data"),
        State(_list.id, "id"),
        prevent_initial_call=True,
    )


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.TILES, "children"),
    Output(Ids.TILES_SOURCE, "children"),
    Input(FILTERS.start, "data"),
)
def show_opening(_: str) -> tuple[Component, Component, Component]:
    totals, rows, as_of = asks.region(current_viewer())
    survey = source_line(view.survey_source(totals), None, download_path(PUBLISHED.page, PUBLISHED.name))
    map_of = tile_map(view.tiles(rows), "Gepubliceerde uitdagingen per gemeente", "uitdagingen")
    return view.opening(totals, as_of), map_of, survey


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.COUNT, "children"),
    Output(Ids.UNKNOWN, "children"),
    *(Output(one.source_id, "children") for one in LISTS),
    Input(FILTERS.wanted, "data"),
)
def show_counts(query: str) -> tuple[Any, ...]:
    wanted = ChallengeFilter.from_query(query), ProjectFilter.from_query(query)
    counted = asks.counted(current_viewer(), *wanted)
    with reading() as session:
        unknown = view.unknown(query, reference.known_codes(session))
        as_of = portal_state(session).as_of
    return view.counted(counted), unknown, *(one.foot(as_of, query) for one in LISTS)


@callback(
    Permission.VIEW_PORTAL,
    Output(CHALLENGES.id, "getRowsResponse"),
    Input(CHALLENGES.id, "getRowsRequest"),
    State(FILTERS.wanted, "data"),
    prevent_initial_call=True,
)
def list_challenges(asked: RowsAsked, query: str) -> dict[str, Any]:
    return asks.challenges(current_viewer(), ChallengeFilter.from_query(query), page_asked(asked))


@callback(
    Permission.VIEW_PORTAL,
    Output(PROJECTS.id, "getRowsResponse"),
    Input(PROJECTS.id, "getRowsRequest"),
    State(FILTERS.wanted, "data"),
    prevent_initial_call=True,
)
def list_projects(asked: RowsAsked, query: str) -> dict[str, Any]:
    return asks.projects(current_viewer(), ProjectFilter.from_query(query), page_asked(asked))
