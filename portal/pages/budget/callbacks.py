"""The budget page: what is wanted, asked of the queries and drawn."""

from typing import Any

from dash import ClientsideFunction, Input, Output, State
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from portal import clock
from portal.auth import callback, clientside, current_viewer
from portal.components.tables import facts
from portal.db.engine import reading
from portal.figures import money as figures
from portal.pages.budget import dossier, fields, grids, layout, lines, view
from portal.pages.budget.ids import Ids
from portal.pages.budget.reads import asked, totals
from portal.pages.given import Written
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.money import chosen_grant, grant_amounts, grants
from portal.queries.money_checks import checks, conditions
from portal.queries.money_filter import MoneyFilter
from portal.queries.money_lines import booking_rows, line_rows, line_signals
from portal.queries.money_time import money_in_time, spent_against_plan, time_rows
from portal.queries.money_totals import settled, totals_per

clientside(
    ClientsideFunction("address", "write"),
    Output(Ids.WANTED, "data"),
    *(Input(control, "value") for control in fields.CONTROLS.values()),
    State(Ids.KEYS, "data"),
    State(Ids.WANTED, "data"),
    prevent_initial_call=True,
)


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.GRANT, "options"),
    Output(Ids.GRANT, "value"),
    Output(Ids.GRANT_FIELD, "hidden"),
    Output(Ids.PER, "value"),
    Output(Ids.PER_FIELD, "hidden"),
    Input(Ids.START, "data"),
)
def offer_choices(start: str) -> tuple[Any, ...]:
    viewer = current_viewer()
    with reading() as session:
        known = grants(session, viewer)
        _, wanted = settled(session, viewer, start)
    return *view.grant_choice(known, wanted), wanted.per.value, not viewer.may(Permission.VIEW_MONEY)


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.HEAD, "children"),
    Output(Ids.FIGURES, "children"),
    Output(Ids.BODY, "hidden"),
    Input(Ids.WANTED, "data"),
)
def show_opening(query: str) -> tuple[Component, Component | None, bool]:
    viewer = current_viewer()
    with reading() as session:
        as_of = portal_state(session).as_of
        grant, _ = settled(session, viewer, query)
        if grant is None:
            return view.nothing_yet(as_of), None, True
        amounts = grant_amounts(session, viewer, grant)
        plan = spent_against_plan(session, viewer, grant)
    return view.opening(grant, amounts, plan, as_of), view.figures(amounts), False


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.SUBSIDY, "children"),
    Output(Ids.SUBSIDY_SOURCE, "children"),
    Output(Ids.CONDITIONS, "children"),
    Output(Ids.CONDITIONS_SOURCE, "children"),
    Input(Ids.WANTED, "data"),
)
def show_subsidy(query: str) -> tuple[Component | str, ...]:
    viewer = current_viewer()
    with reading() as session:
        found = asked(session, viewer, query)
        rules = conditions(session, viewer, found.grant)
    drawn = facts(dossier.subsidy_facts(found.grant)), dossier.condition_list(rules)
    return drawn[0], dossier.grant_source(found), drawn[1], dossier.grant_source(found)


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.SUBSIDY_EDIT, "children"),
    Output(Ids.CONDITIONS_EDIT, "children"),
    Input(Ids.GRANT, "value"),
)
def place_grant_editing(code: Written) -> tuple[Component | None, Component | None]:
    with reading() as session:
        grant = chosen_grant(session, current_viewer(), MoneyFilter(grant=code or ""))
    may = grant is not None and current_viewer().may(Permission.EDIT_MONEY)
    return layout.grant_places(grant.code) if grant and may else (None, None)


@callback(
    Permission.VIEW_MONEY,
    Output(Ids.TIME_EDIT, "children"),
    Output(Ids.LINES_EDIT, "children"),
    Output(Ids.BOOKINGS_EDIT, "children"),
    Input(Ids.GRANT, "value"),
)
def place_editing(code: Written) -> tuple[list[Component] | None, ...]:
    with reading() as session:
        grant = chosen_grant(session, current_viewer(), MoneyFilter(grant=code or ""))
    may = grant is not None and current_viewer().may(Permission.EDIT_MONEY)
    return layout.detail_places(grant.code) if grant and may else (None, None, None)


@callback(Permission.VIEW_MONEY_TOTALS, Output(Ids.SOUND, "children"), Input(Ids.WANTED, "data"))
def show_soundness(query: str) -> list[Component]:
    viewer = current_viewer()
    with reading() as session:
        found = asked(session, viewer, query)
        amounts = grant_amounts(session, viewer, found.grant)
        compared = checks(session, viewer, found.grant)
        signals = line_signals(session, viewer, found.grant) if found.sees_lines else None
    return [dossier.checks_card(compared, found), dossier.signals_card(found, amounts, signals, clock.today())]


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.TOTALS_SUB, "children"),
    Output(Ids.TOTALS_CHART, "figure"),
    Output(Ids.TOTALS, "columnDefs"),
    Output(Ids.TOTALS, "rowData"),
    Output(Ids.TOTALS, "dashGridOptions"),
    Output(Ids.TOTALS_SOURCE, "children"),
    Input(Ids.WANTED, "data"),
)
def show_totals(query: str) -> tuple[Any, ...]:
    with reading() as session:
        found = asked(session, current_viewer(), query)
        rows = totals(session, current_viewer(), found.grant, found.wanted.per)
    columns = grids.totals(view.TITLES[found.wanted.per], view.row_path(found.wanted) if found.sees_lines else None)
    total = view.pinned(view.total_of(rows, "Totaal", "name"))
    return (
        *(view.chosen(found, rows), figures.four_amounts(rows)),
        *(columns, view.money_records(rows), total, view.source(found, "totalen")),
    )


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.OF, "value"),
    Output(Ids.SHOW, "value"),
    Output(Ids.LINE, "value"),
    Input(Ids.TOTALS_CHART, "clickData"),
    prevent_initial_call=True,
)
def choose_bar(click: view.Click | None) -> tuple[str, str, str]:
    code = view.clicked(click)
    if not code or not current_viewer().may(Permission.VIEW_MONEY):
        raise PreventUpdate
    return code, "", ""


@callback(
    Permission.VIEW_MONEY_TOTALS,
    Output(Ids.TIME, "children"),
    Output(Ids.DETAILS, "children"),
    Input(Ids.START, "data"),
)
def place_details(_: str) -> tuple[Component | None, list[Component]]:
    return layout.details() if current_viewer().may(Permission.VIEW_MONEY) else (None, [])


@callback(
    Permission.VIEW_MONEY,
    Output(Ids.TIME_SUB, "children"),
    Output(Ids.TIME_CHART, "figure"),
    Output(Ids.TIME_TABLE, "rowData"),
    Output(Ids.TIME_SOURCE, "children"),
    Input(Ids.WANTED, "data"),
)
def show_time(query: str) -> tuple[Any, ...]:
    with reading() as session:
        found = asked(session, current_viewer(), query)
        money = money_in_time(session, current_viewer(), found.grant)
    drawn = figures.spent_in_time(
        *(money.spent, money.plan, money.straight),
        forecast=money.forecast,
        budgeted=money.budgeted,
        today=money.today,
    )
    table = view.money_records(time_rows(money))
    return lines.time_said(money, whole=found.sees_all), drawn, table, view.source(found, "verloop")


@callback(
    Permission.VIEW_MONEY,
    Output(Ids.LINES_SUB, "children"),
    Output(Ids.LINES, "columnDefs"),
    Output(Ids.LINES, "rowData"),
    Output(Ids.LINES, "dashGridOptions"),
    Output(Ids.LINES, "style"),
    Output(Ids.LINES_SOURCE, "children"),
    Input(Ids.WANTED, "data"),
)
def show_lines(query: str) -> tuple[Any, ...]:
    viewer = current_viewer()
    with reading() as session:
        found = asked(session, viewer, query)
        rows = line_rows(session, viewer, found.grant, found.wanted)
        named = view.name_of(totals_per(session, viewer, found.grant, found.wanted.per), found.wanted)
    return (
        *(lines.lines_said(found.wanted, rows, named), grids.lines(view.line_path(found.wanted))),
        *(lines.line_records(rows), *lines.line_options(rows), view.source(found, "lijnen")),
    )


@callback(
    Permission.VIEW_MONEY,
    Output(Ids.BOOKINGS_SUB, "children"),
    Output(Ids.BOOKINGS_PLACE, "hidden"),
    Output(Ids.BOOKINGS, "rowData"),
    Output(Ids.BOOKINGS, "dashGridOptions"),
    Output(Ids.BOOKINGS_SOURCE, "children"),
    Input(Ids.WANTED, "data"),
)
def show_bookings(query: str) -> tuple[Any, ...]:
    viewer = current_viewer()
    with reading() as session:
        found = asked(session, viewer, query)
        known = line_rows(session, viewer, found.grant, found.wanted)
        rows = booking_rows(session, viewer, found.grant, found.wanted)
    shown = rows if found.wanted.line else rows.head(0)
    said = lines.bookings_said(found.wanted, known, shown)
    total = view.pinned(lines.booking_total(shown))
    return said, shown.empty, lines.booking_records(shown), total, view.source(found, "boekingen")
