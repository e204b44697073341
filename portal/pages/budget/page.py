"""The money of the programme: where it stands, against its ceilings, over time, and the lines behind every total."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import ClientsideFunction, Input, Output, State, dcc, html
from dash.development.base_component import Component

from portal.auth import callback, clientside, current_viewer
from portal.components.cards import cards
from portal.components.filters import Option, choose_list
from portal.components.links import leading
from portal.pages.budget import answers, lines
from portal.pages.budget.cards import (
    BOOKINGS,
    LINES,
    MONTHS,
    TIME,
    TOTALS,
    WHOLE,
    definitions,
    legend,
    months_card,
)
from portal.pages.budget.view import BY_LINK, DIMENSIONS, FILTERS, LINED, OF_A_BAR, Ids, meant
from portal.pages.cards import answering
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.given import Written
from portal.pages.parts import parted
from portal.permissions import Permission


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    draws = {
        "stand": lambda: _body(query, html.Div(id=Ids.FIGURES), *_standing()),
        "verloop": lambda: _body(query, _out_of_sight(_per()), cards(lines.time_card(), months_card())),
        "verdeling": lambda: _body(query, cards(_totals_card())),
        LINED: lambda: _body(query, _out_of_sight(_per()), *lines.details()),
    }
    head = html.Div(id=Ids.HEAD, className="page-head")
    otherwise = LINED if {one.key for one in BY_LINK} & query.keys() else ""
    return parted("budget", query, draws, *FILTERS.stores(query), head, otherwise=otherwise)


def _body(given: Mapping[str, str], *drawn: Component) -> list[Component]:
    """What a part shows of the chosen grant, and where a grant is added."""
    add = add_place("dossiers", refreshes=[FILTERS.start, FILTERS.wanted])
    return [html.Div([_choices(given), *drawn, definitions()], id=Ids.BODY, className="stack"), add]


def _standing() -> list[Component]:
    return [_out_of_sight(_per()), html.Div(id=Ids.SOUND, className="cards"), cards(*lines.grant_cards())]


def _out_of_sight(field: Component) -> Component:
    """Keeps what was chosen in another part."""
    return html.Div(field, hidden=True)


def _per() -> Component:
    per = choose_list(Ids.PER, "Waarover u de bedragen verdeelt", DIMENSIONS)
    return html.Div(per, id=Ids.PER_FIELD, hidden=True)


def _choices(given: Mapping[str, str]) -> Component:
    """The choice of grant, and what links on the page choose."""
    hidden = [dcc.Input(id=one.control, type="hidden", value=given.get(one.key, "")) for one in BY_LINK]
    grant = choose_list(Ids.GRANT, "Subsidiedossier", [Option("", "Subsidiedossier")])
    return html.Div([html.Div(grant, id=Ids.GRANT_FIELD, hidden=True), *hidden], **FILTERS.setting())


def grant_places(code: str) -> tuple[Component, Component]:
    """Where this grant, and how it meets its conditions, are edited."""
    refreshes = [FILTERS.wanted]
    return form_place("dossiers", code, refreshes), grid_place("subsidievoorwaarden", code, refreshes)


def _totals_card() -> Component:
    return TOTALS.card(
        _per(),
        html.P(id=TOTALS.said_id, className="sub", role="status"),
        legend(),
        _leading(TOTALS.chart("Begroot, vastgelegd, uitgegeven en prognose", 406)),
        html.Div(TOTALS.listing(), style=WHOLE),
        flows=True,
    )


def _leading(chart: Component) -> Component:
    """Each bar leads to its lines, for who may see them."""
    return html.Div(chart, **leading(OF_A_BAR) if current_viewer().may(Permission.VIEW_MONEY) else {})


FILTERS.write()
clientside(
    ClientsideFunction("address", "follow"),
    Output(TOTALS.chart_id, "clickData"),
    Input(TOTALS.chart_id, "clickData"),
    State(TOTALS.chart_id, "id"),
    prevent_initial_call=True,
)
show_totals = answering(meant, Input(FILTERS.wanted, "data"), TOTALS)
show_months = answering(meant, Input(FILTERS.wanted, "data"), MONTHS)


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.GRANT, "options"),
    Output(Ids.GRANT, "value"),
    Output(Ids.GRANT_FIELD, "hidden"),
    Output(Ids.PER, "value"),
    Output(Ids.PER_FIELD, "hidden"),
    Input(FILTERS.start, "data"),
)
def offer_choices(start: str) -> tuple[Any, ...]:
    return answers.choices_of(current_viewer(), start)


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.HEAD, "children"),
    Output(Ids.BODY, "hidden"),
    Input(FILTERS.wanted, "data"),
)
def show_opening(query: str) -> tuple[Component, bool]:
    return answers.opening_of(current_viewer(), query)


@callback(Permission.VIEW_MONEY_TOTALS, Output(Ids.FIGURES, "children"), Input(FILTERS.wanted, "data"))
def show_figures(query: str) -> Component | None:
    return answers.figures_of(current_viewer(), query)


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.SUBSIDY, "children"),
    Output(Ids.SUBSIDY_SOURCE, "children"),
    Output(Ids.CONDITIONS, "children"),
    Output(Ids.CONDITIONS_SOURCE, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_subsidy(query: str) -> tuple[Component | str, ...]:
    return answers.subsidy_of(current_viewer(), query)


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.SUBSIDY_EDIT, "children"),
    Output(Ids.CONDITIONS_EDIT, "children"),
    Input(Ids.GRANT, "value"),
)
def place_grant_editing(code: Written) -> tuple[Component | None, Component | None]:
    grant = answers.to_edit(current_viewer(), code)
    return grant_places(grant) if grant else (None, None)


def _placing(name: str) -> Callable[[Written], list[Component] | None]:
    def place_editing(code: Written) -> list[Component] | None:
        grant = answers.to_edit(current_viewer(), code)
        return lines.edit_places(name, grant) if grant else None

    return place_editing


for _place, _name in lines.EDITED.items():
    callback(Permission.VIEW_MONEY, Output(_place, "children"), Input(Ids.GRANT, "value"))(_placing(_name))


@callback(Permission.VIEW_MONEY_TOTALS, Output(Ids.SOUND, "children"), Input(FILTERS.wanted, "data"))
def show_soundness(query: str) -> list[Component]:
    return answers.soundness_of(current_viewer(), query)


@callback(
    Permission.VIEW_MONEY,
    Output(TIME.said_id, "children"),
    Output(TIME.chart_id, "figure"),
    Output(TIME.id, "rowData"),
    Output(TIME.source_id, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_time(query: str) -> tuple[Any, ...]:
    return answers.time_of(current_viewer(), query)


@callback(
    Permission.VIEW_MONEY,
    Output(LINES.said_id, "children"),
    Output(LINES.id, "columnDefs"),
    Output(LINES.id, "rowData"),
    Output(LINES.id, "dashGridOptions"),
    Output(LINES.id, "style"),
    Output(LINES.source_id, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_lines(query: str) -> tuple[Any, ...]:
    return answers.lines_of(current_viewer(), query)


@callback(
    Permission.VIEW_MONEY,
    Output(BOOKINGS.said_id, "children"),
    Output(BOOKINGS.part_id, "hidden"),
    Output(BOOKINGS.id, "rowData"),
    Output(BOOKINGS.id, "dashGridOptions"),
    Output(BOOKINGS.source_id, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_bookings(query: str) -> tuple[Any, ...]:
    return answers.bookings_of(current_viewer(), query)
