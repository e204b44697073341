"""The inventory: what municipalities struggle with, and what they do about it."""

from datetime import date
from typing import Any

import pandas as pd
from dash import ClientsideFunction, Input, Output, State, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers as dictionary
from portal.auth import callback, clientside, current_viewer
from portal.components.cards import Tile, card, cards, source_line, tile_map
from portal.components.filters import Option, choose_list, choose_one, choose_some, filter_bar, not_used, search
from portal.components.frame import Crumb, page_header
from portal.components.links import Content
from portal.components.numbers import keyed
from portal.db.engine import reading
from portal.pages import PART
from portal.pages.cards import Card, answering, everything
from portal.pages.columns import page_asked, records
from portal.pages.downloads import download_path
from portal.pages.editing.places import add_place, grid_place
from portal.pages.filters import FilterKey, offer
from portal.pages.given import RowsAsked
from portal.pages.inventory.cards import (
    ANSWERED,
    ANSWERS,
    CHALLENGE_TAB,
    CHALLENGES,
    FILTERS,
    LISTS,
    OF_BOTH,
    OF_CHALLENGES,
    OF_PROJECTS,
    OFFERED,
    PROJECT_TAB,
    PROJECTS,
    PUBLISHED,
    QUESTIONS,
    Ids,
    challenges_meant,
    projects_meant,
    story,
    survey_source,
    title,
)
from portal.pages.inventory.questions import question_cards
from portal.pages.parts import Draw, parted
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.inventory import counts
from portal.queries.inventory.challenges import challenge_rows
from portal.queries.inventory.filters import ChallengeFilter, Known, Page, ProjectFilter
from portal.queries.inventory.not_told import not_told
from portal.queries.inventory.project_rows import project_rows
from portal.text import not_split, number

ROWS_AT_ONCE = 100
LOW = {"rowHeight": 34}


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    draws: dict[str, Draw] = {
        "overzicht": lambda: cards(_tiles_card(), _published_card()),
        "vragen": lambda: [_bar(_lists(), hidden=True), cards(*question_cards())],
        "lijst": lambda: [_bar(), cards(_list_card())],
    }
    head = html.Div(id=Ids.HEAD, className="page-head")
    otherwise = "lijst" if set(FILTERS.names) & query.keys() else ""
    return parted("inventory", query, draws, *FILTERS.stores(query), head, otherwise=otherwise)


def _tiles_card() -> Component:
    return card(
        "Hoeveel werd gemeld, en waar?",
        html.Div(id=Ids.TILES),
        sub="Gepubliceerde telling. Kies een gemeente om haar uitdagingen te zien.",
        foot=html.Div(id=Ids.TILES_SOURCE),
        span=4,
    )


def _published_card() -> Component:
    return PUBLISHED.card(
        PUBLISHED.listing(),
        sub="Gepubliceerd naast wat nu geregistreerd is. De gepubliceerde telling verandert nooit.",
        span=8,
    )


def _bar(*more: Component, hidden: bool = False) -> Component:
    """The fields of both lists; where the lists themselves are not, their fields keep what was chosen, out of sight."""
    shared = [_choice(one) for one in OF_BOTH]
    bar = filter_bar(search(Ids.TEXT), *shared, count_id=Ids.COUNT, clear_href="/inventaris")
    kept = [html.Div(list(more), hidden=hidden)] if more else []
    return html.Div([bar, html.Div(id=Ids.UNKNOWN), *kept], className="filter-card", **FILTERS.setting())


def _choice(one: FilterKey) -> Component:
    return choose_some(one.control, one.label, OFFERED.get(Ids(one.control), []), one.everything)


def _list_filters() -> Component:
    """The fields that count for one of the two lists; the style sheet shows those of the chosen tab."""
    only = [
        *((CHALLENGE_TAB, _choice(one)) for one in OF_CHALLENGES),
        *((PROJECT_TAB, _choice(one)) for one in OF_PROJECTS),
        (CHALLENGE_TAB, choose_one(Ids.COVERED, ANSWERED.label, ANSWERS, ANSWERED.everything)),
    ]
    shown = [html.Div(control, className=f"for-{name}") for name, control in only]
    return html.Div(shown, className="filters list-filters")


def _list_card() -> Component:
    listed = (_listed(CHALLENGES), _listed(PROJECTS))
    return card("Alle uitdagingen en projecten", _lists(), *listed, flows=True)


def _lists() -> Component:
    lists = [Option(CHALLENGE_TAB, "Uitdagingen"), Option(PROJECT_TAB, "Projecten")]
    return html.Div([choose_list(Ids.TAB, "Welke lijst", lists), _list_filters()])


def _listed(shown: Card[Any]) -> Component:
    """The list; and for who may, a way to add a row, and every own row in a grid that stands in place of the list."""
    edit = [place(shown.name, refreshes=[FILTERS.wanted]) for place in (add_place, grid_place)]
    rows = html.Div(
        [shown.grid(height=560, page=ROWS_AT_ONCE), html.Div(id=shown.source_id)], className="while-reading"
    )
    return html.Div([*edit, rows], className=f"for-{shown.name} edit-scope")


def tiles(rows: pd.DataFrame) -> list[Tile]:
    """A tile per municipality with a place on the map, from the frame of `published_against_now`."""
    return [
        Tile(
            slug=row["slug"],
            name=row["partner"],
            row=row["tile_row"],
            col=row["tile_col"],
            value=row["challenges_published"],
            href=f"/inventaris?{PART}=lijst&gemeente={row['slug']}",
            number=dictionary.PUBLISHED_CHALLENGES,
        )
        for row in records(rows)
        if row["tile_row"] is not None and row["tile_col"] is not None
    ]


def unknown(query: str, known: Known) -> Component | None:
    read = ChallengeFilter.from_query(query, known), ProjectFilter.from_query(query, known)
    return not_used(sorted({phrase for one in read for phrase in one.unknown}))


@remembered
def region(session: Session, viewer: Viewer) -> tuple[counts.InventoryTotals, pd.DataFrame, date]:
    """The totals, the rows of `published_against_now` and the date they are true for."""
    rows = counts.published_against_now(session, viewer)
    return counts.inventory_totals(session, viewer), rows, portal_state(session).as_of


@remembered
def counted(session: Session, viewer: Viewer, challenges: ChallengeFilter, projects: ProjectFilter) -> Content:
    """How many rows of each list the filters leave, of how many, and what of those cannot be told apart."""
    totals, left_out = counts.inventory_totals(session, viewer), not_told(session, viewer, challenges.partners)
    left, kept = counts.count_challenges(session, viewer, challenges), counts.count_projects(session, viewer, projects)
    of, of_all = dictionary.CHALLENGES.at(totals.challenges), dictionary.ALL_PROJECTS.at(totals.all_projects)
    reported, shared = dictionary.PROJECTS.at(totals.projects), dictionary.SHARED_PROJECTS.at(totals.shared_projects)
    rest = f" · {not_split(left_out.rows)}" if left_out.rows else ""
    return [
        *(html.B(number(left)), " van ", keyed(of), " uitdagingen · "),
        *(html.B(number(kept)), " van ", keyed(of_all), " projecten (", keyed(reported), " gemeld, "),
        *(keyed(shared), f" gedeeld){rest}"),
    ]


@remembered
def challenges(session: Session, viewer: Viewer, wanted: ChallengeFilter, page: Page) -> dict[str, Any]:
    """A page of the list of challenges, as the grid takes it."""
    rows = challenge_rows(session, viewer, wanted, page)
    return {"rowData": records(rows), "rowCount": counts.count_challenges(session, viewer, wanted)}


@remembered
def projects(session: Session, viewer: Viewer, wanted: ProjectFilter, page: Page) -> dict[str, Any]:
    """A page of the list of projects, as the grid takes it."""
    rows = project_rows(session, viewer, wanted, page)
    return {"rowData": records(rows), "rowCount": counts.count_projects(session, viewer, wanted)}


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


@callback(Permission.VIEW_PORTAL, Output(Ids.HEAD, "children"), Input(FILTERS.start, "data"))
def show_opening(_: str) -> Component:
    totals, _rows, as_of = region(current_viewer())
    crumbs = [Crumb("Overzicht", "/"), Crumb("Inventaris")]
    return page_header(title(totals), crumbs, as_of, story(totals))


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.TILES, "children"),
    Output(Ids.TILES_SOURCE, "children"),
    Input(FILTERS.start, "data"),
)
def show_tiles(_: str) -> tuple[Component, Component]:
    totals, rows, _as_of = region(current_viewer())
    survey = source_line(survey_source(totals), None, download_path(PUBLISHED.page, PUBLISHED.name))
    return tile_map(tiles(rows), "Gepubliceerde uitdagingen per gemeente", "uitdagingen"), survey


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.COUNT, "children"),
    Output(Ids.UNKNOWN, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_counts(query: str) -> tuple[Content, Component | None]:
    viewer = current_viewer()
    count = counted(viewer, ChallengeFilter.from_query(query), ProjectFilter.from_query(query))
    return count, not_known(viewer, query)


@remembered
def not_known(session: Session, _: Viewer, query: str) -> Component | None:
    return unknown(query, reference.known_codes(session))


@callback(Permission.VIEW_PORTAL, *(Output(one.source_id, "children") for one in LISTS), Input(FILTERS.wanted, "data"))
def show_sources(query: str) -> tuple[Component, Component]:
    viewer = current_viewer()
    with reading() as session:
        of_challenges = CHALLENGES.whole_foot(session, viewer, challenges_meant(session, viewer, query))
        of_projects = PROJECTS.whole_foot(session, viewer, projects_meant(session, viewer, query))
    return of_challenges, of_projects


@callback(
    Permission.VIEW_PORTAL,
    Output(CHALLENGES.id, "getRowsResponse"),
    Input(CHALLENGES.id, "getRowsRequest"),
    State(FILTERS.wanted, "data"),
    prevent_initial_call=True,
)
def list_challenges(asked: RowsAsked, query: str) -> dict[str, Any]:
    return challenges(current_viewer(), ChallengeFilter.from_query(query), page_asked(asked))


@callback(
    Permission.VIEW_PORTAL,
    Output(PROJECTS.id, "getRowsResponse"),
    Input(PROJECTS.id, "getRowsRequest"),
    State(FILTERS.wanted, "data"),
    prevent_initial_call=True,
)
def list_projects(asked: RowsAsked, query: str) -> dict[str, Any]:
    return projects(current_viewer(), ProjectFilter.from_query(query), page_asked(asked))
