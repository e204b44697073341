"""The inventory page: what is wanted, asked of the queries and drawn."""

from typing import Any

from dash import ClientsideFunction, Input, Output, Patch, State
from dash.development.base_component import Component

from portal.auth import callback, clientside, current_viewer
from portal.components.cards import source_line
from portal.components.filters import Option
from portal.components.tiles import tile_map
from portal.db.engine import reading
from portal.pages.downloads import download_path
from portal.pages.given import RowsAsked
from portal.pages.inventory import answers, fields, view
from portal.pages.inventory.ids import Ids
from portal.pages.rows import page_asked
from portal.permissions import Permission
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.filters import ChallengeFilter, ProjectFilter

LISTS = (
    (Ids.PARTNERS, reference.partner_options),
    (Ids.THEMES, reference.theme_options),
    (Ids.SERVICES, reference.service_options),
    (Ids.DIMENSIONS, reference.dimension_options),
    (Ids.ATELIERS, reference.atelier_options),
)

clientside(
    ClientsideFunction("address", "write"),
    Output(Ids.WANTED, "data"),
    *(Input(field.control, "value") for field in fields.ALL),
    State(Ids.KEYS, "data"),
    State(Ids.WANTED, "data"),
    prevent_initial_call=True,
)
for _list in (Ids.CHALLENGES, Ids.PROJECTS):
    clientside(
        ClientsideFunction("address", "refresh"),
        Output(_list, "className"),
        Input(Ids.WANTED, "data"),
        State(_list, "id"),
        prevent_initial_call=True,
    )


@callback(
    Permission.VIEW_PORTAL,
    *(Output(control, "options") for control, _ in LISTS),
    *(Output(field.control, "value") for field in fields.ALL),
    Input(Ids.START, "data"),
)
def offer_choices(start: str) -> tuple[Any, ...]:
    with reading() as session:
        offered = [[Option(*option)._asdict() for option in options(session)] for _, options in LISTS]
    return *offered, *fields.values_in(start)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.TILES, "children"),
    Output(Ids.TILES_SOURCE, "children"),
    Input(Ids.START, "data"),
)
def show_opening(_: str) -> tuple[Component, Component, Component]:
    totals, rows, as_of = answers.region(current_viewer())
    survey = source_line(view.survey_source(totals), None, download_path("inventory", "telling"))
    map_of = tile_map(view.tiles(rows), "Gepubliceerde uitdagingen per gemeente", "uitdagingen")
    return view.opening(totals, as_of), map_of, survey


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.PUBLISHED, "rowData"),
    Output(Ids.PUBLISHED, "dashGridOptions"),
    Output(Ids.PUBLISHED_SOURCE, "children"),
    Input(Ids.START, "data"),
)
def show_published(_: str) -> tuple[list[dict[str, object]], Patch, Component]:
    _totals, rows, as_of = answers.region(current_viewer())
    source = source_line(f"{view.SURVEY} en {view.REGISTERED}", as_of, download_path("inventory", "telling"))
    options = Patch()
    options["pinnedBottomRowData"] = [view.published_total(rows)]
    return view.published_rows(rows), options, source


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.THEME_CHART, "figure"),
    Output(Ids.THEME_TABLE, "rowData"),
    Output(Ids.SHARED_CHART, "figure"),
    Output(Ids.SHARED_TABLE, "rowData"),
    Output(Ids.COVERAGE_CHART, "figure"),
    Output(Ids.COVERAGE_TABLE, "rowData"),
    Output(Ids.COVERAGE_SENTENCE, "children"),
    Input(Ids.WANTED, "data"),
)
def show_questions(query: str) -> tuple[Any, ...]:
    return answers.questions(current_viewer(), ChallengeFilter.from_query(query))


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.COUNT, "children"),
    Output(Ids.UNKNOWN, "children"),
    *(Output(place, "children") for place in view.SOURCES),
    Input(Ids.WANTED, "data"),
)
def show_counts(query: str) -> tuple[Any, ...]:
    wanted = ChallengeFilter.from_query(query), ProjectFilter.from_query(query)
    counted = answers.counted(current_viewer(), *wanted)
    with reading() as session:
        unknown = view.unknown(query, reference.known_codes(session))
        as_of = portal_state(session).as_of
    return view.counted(counted), unknown, *view.sources(as_of, query)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.CHALLENGES, "getRowsResponse"),
    Input(Ids.CHALLENGES, "getRowsRequest"),
    State(Ids.WANTED, "data"),
    prevent_initial_call=True,
)
def list_challenges(asked: RowsAsked, query: str) -> dict[str, Any]:
    return answers.challenges(current_viewer(), ChallengeFilter.from_query(query), page_asked(asked))


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.PROJECTS, "getRowsResponse"),
    Input(Ids.PROJECTS, "getRowsRequest"),
    State(Ids.WANTED, "data"),
    prevent_initial_call=True,
)
def list_projects(asked: RowsAsked, query: str) -> dict[str, Any]:
    return answers.projects(current_viewer(), ProjectFilter.from_query(query), page_asked(asked))
