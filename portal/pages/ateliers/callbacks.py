"""The page of the ateliers: asked of the queries and drawn."""

from typing import Any

from dash import ClientsideFunction, Input, Output, Patch, State
from dash.development.base_component import Component

from portal.auth import callback, clientside, current_viewer
from portal.components.cards import source_line
from portal.pages.agreed import agreed_card, remembered_on
from portal.pages.ateliers import answers, fields, rows, view
from portal.pages.ateliers.ids import Ids
from portal.pages.downloads import download_path
from portal.pages.rows import records
from portal.permissions import Permission
from portal.queries.concerning import Concern

clientside(
    ClientsideFunction("address", "write"),
    Output(Ids.WANTED, "data"),
    Input(Ids.ATELIER, "value"),
    State(Ids.KEYS, "data"),
    State(Ids.WANTED, "data"),
    prevent_initial_call=True,
)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.ATELIER, "options"),
    Output(Ids.ATELIER, "value"),
    Input(Ids.START, "data"),
)
def offer_ateliers(start: str) -> tuple[list[dict[str, str]], str]:
    return fields.options(answers.offered(current_viewer())), fields.code_in(start)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.URGENT, "children"),
    Output(Ids.OVERVIEW, "rowData"),
    Output(Ids.OVERVIEW, "dashGridOptions"),
    Output(Ids.OVERVIEW_SOURCE, "children"),
    Input(Ids.OPENED, "data"),
)
def show_opening(_: str) -> tuple[Any, ...]:
    calendar, urgent, ateliers, as_of = answers.opening(current_viewer())
    options = Patch()
    options["pinnedBottomRowData"] = [view.overview_total(ateliers)]
    source = source_line(view.SOURCE, as_of, download_path("ateliers", "stand"))
    said = view.opening(ateliers, urgent, calendar, as_of)
    return said, view.urgent_card(urgent, calendar, as_of), view.overview_rows(ateliers), options, source


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.CHOSEN, "children"),
    Output(Ids.UNKNOWN, "children"),
    Output(Ids.RESULTS, "rowData"),
    Output(Ids.PARTNERS, "rowData"),
    Output(Ids.PARTNERS_PART, "hidden"),
    *(Output(place, "children") for place in view.SOURCES),
    Input(Ids.WANTED, "data"),
)
def show_results(query: str) -> tuple[Any, ...]:
    choice = fields.choice_in(query, answers.offered(current_viewer()))
    results, as_of = answers.results(current_viewer(), choice.code)
    said = view.chosen(choice, results), view.unknown(choice)
    counted = records(rows.partner_rows(results))
    return *said, records(results), counted, not counted, *view.sources(choice, as_of)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.TIME, "children"),
    Output(Ids.TIME_TABLE, "rowData"),
    Output(Ids.TIME_SAID, "children"),
    Output(Ids.TIME_BEHIND, "hidden"),
    Input(Ids.WANTED, "data"),
)
def show_timeline(query: str) -> tuple[list[Component], list[dict[str, Any]], str, bool]:
    offered = answers.offered(current_viewer())
    drawn, behind, said = answers.timeline(current_viewer(), fields.choice_in(query, offered).code)
    return view.timelines(drawn, dict(offered)), behind, said, not behind


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.AGREED, "children"),
    Output(Ids.AGREED, "hidden"),
    Input(Ids.WANTED, "data"),
)
def show_agreed(query: str) -> tuple[Component | None, bool]:
    choice = fields.choice_in(query, answers.offered(current_viewer()))
    found = remembered_on(current_viewer(), Concern(results_of=choice.code or ""), undone=True)
    shown = agreed_card(view.AGREED, found, download_path("ateliers", "afspraken", choice.query), [Ids.WANTED])
    return shown, shown is None
