"""The money of the programme: where it stands, against its ceilings, over time, and the lines behind every total."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import ClientsideFunction, Input, Output, State, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, clientside, current_viewer
from portal.components.cards import cards
from portal.components.filters import Option, choose_list
from portal.components.links import leading
from portal.components.tables import facts
from portal.db.engine import reading
from portal.figures.money_in_time import spent_in_time
from portal.pages.budget import lines, view
from portal.pages.budget.cards import (
    BOOKINGS,
    LINES,
    MONTHS,
    TIME,
    TOTALS,
    WHOLE,
    definitions,
    foot,
    legend,
    months_card,
)
from portal.pages.budget.view import BY_LINK, DIMENSIONS, FILTERS, LINED, OF_A_BAR, Ids, asked, meant
from portal.pages.cards import answering, pinned
from portal.pages.columns import money_records, on_screen
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.given import Written
from portal.pages.parts import parted
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.money.grants import chosen_grant, grant_amounts, grants
from portal.queries.money.lines import booking_rows, line_rows, line_signals
from portal.queries.money.rows import MoneyFilter
from portal.queries.money.time import money_in_time, spent_against_plan, time_rows
from portal.queries.money.totals import checks, conditions, settled, totals_per


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
    viewer = current_viewer()
    with reading() as session:
        known = grants(session, viewer)
        _, wanted = settled(session, viewer, start)
    return *view.grant_choice(known, wanted), wanted.per.value, not viewer.may(Permission.VIEW_MONEY)


@remembered
def opening_of(session: Session, viewer: Viewer, query: str) -> tuple[Component, bool]:
    as_of, (grant, _) = portal_state(session).as_of, settled(session, viewer, query)
    if grant is None:
        return view.nothing_yet(as_of), True
    amounts, plan = grant_amounts(session, viewer, grant), spent_against_plan(session, viewer, grant)
    return view.opening(grant, amounts, plan, as_of), False


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.HEAD, "children"),
    Output(Ids.BODY, "hidden"),
    Input(FILTERS.wanted, "data"),
)
def show_opening(query: str) -> tuple[Component, bool]:
    return opening_of(current_viewer(), query)


@remembered
def figures_of(session: Session, viewer: Viewer, query: str) -> Component | None:
    grant, _ = settled(session, viewer, query)
    return view.figures(grant, grant_amounts(session, viewer, grant)) if grant else None


@callback(Permission.VIEW_MONEY_TOTALS, Output(Ids.FIGURES, "children"), Input(FILTERS.wanted, "data"))
def show_figures(query: str) -> Component | None:
    return figures_of(current_viewer(), query)


@remembered
def subsidy_of(session: Session, viewer: Viewer, query: str) -> tuple[Component | str, ...]:
    found = asked(session, viewer, query)
    drawn = facts(lines.subsidy_facts(found.grant)), lines.condition_list(conditions(session, viewer, found.grant))
    return drawn[0], lines.grant_source(found), drawn[1], lines.grant_source(found)


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.SUBSIDY, "children"),
    Output(Ids.SUBSIDY_SOURCE, "children"),
    Output(Ids.CONDITIONS, "children"),
    Output(Ids.CONDITIONS_SOURCE, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_subsidy(query: str) -> tuple[Component | str, ...]:
    return subsidy_of(current_viewer(), query)


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.SUBSIDY_EDIT, "children"),
    Output(Ids.CONDITIONS_EDIT, "children"),
    Input(Ids.GRANT, "value"),
)
def place_grant_editing(code: Written) -> tuple[Component | None, Component | None]:
    grant = _to_edit(code)
    return grant_places(grant) if grant else (None, None)


def _to_edit(code: Written) -> str | None:
    """The code of the chosen grant, for who may edit its money."""
    with reading() as session:
        grant = chosen_grant(session, current_viewer(), MoneyFilter(grant=code or ""))
    return grant.code if grant and current_viewer().may(Permission.EDIT_MONEY) else None


def _placing(name: str) -> Callable[[Written], list[Component] | None]:
    def place_editing(code: Written) -> list[Component] | None:
        grant = _to_edit(code)
        return lines.edit_places(name, grant) if grant else None

    return place_editing


for _place, _name in lines.EDITED.items():
    callback(Permission.VIEW_MONEY, Output(_place, "children"), Input(Ids.GRANT, "value"))(_placing(_name))


@remembered
def soundness_of(session: Session, viewer: Viewer, query: str) -> list[Component]:
    found = asked(session, viewer, query)
    amounts = grant_amounts(session, viewer, found.grant)
    compared = checks(session, viewer, found.grant)
    signals = line_signals(session, viewer, found.grant) if found.sees_lines else None
    return [lines.checks_card(compared, found), lines.signals_card(found, amounts, signals, clock.today())]


@callback(Permission.VIEW_MONEY_TOTALS, Output(Ids.SOUND, "children"), Input(FILTERS.wanted, "data"))
def show_soundness(query: str) -> list[Component]:
    return soundness_of(current_viewer(), query)


@callback(
    Permission.VIEW_MONEY,
    Output(TIME.said_id, "children"),
    Output(TIME.chart_id, "figure"),
    Output(TIME.id, "rowData"),
    Output(TIME.source_id, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_time(query: str) -> tuple[Any, ...]:
    with reading() as session:
        found = asked(session, current_viewer(), query)
        money = money_in_time(session, current_viewer(), found.grant)
    drawn = spent_in_time(
        *(money.spent, money.plan, money.straight),
        forecast=money.forecast,
        budgeted=money.budgeted,
        today=money.today,
    )
    said = lines.time_said(money, whole=found.sees_all)
    return said, drawn, money_records(time_rows(money)), foot(TIME, found)


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
    viewer = current_viewer()
    with reading() as session:
        found = asked(session, viewer, query)
        rows = line_rows(session, viewer, found.grant, found.wanted)
        named = view.name_of(totals_per(session, viewer, found.grant, found.wanted.per), found.wanted)
    return (
        *(lines.lines_said(found.wanted, rows, named), on_screen(LINES.columns_of(found))),
        *(money_records(rows), *lines.line_options(rows), foot(LINES, found)),
    )


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
    viewer = current_viewer()
    with reading() as session:
        found = asked(session, viewer, query)
        known = line_rows(session, viewer, found.grant, found.wanted)
        rows = booking_rows(session, viewer, found.grant, found.wanted)
    shown = rows if found.wanted.line else []
    said = lines.bookings_said(found.wanted, known, shown)
    return said, not shown, money_records(shown), pinned(lines.booking_total(shown)), foot(BOOKINGS, found)
