"""What the page of the budget says, asked once for everybody with the same rights until something changes."""

from typing import Any

from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.components.tables import facts
from portal.figures.money_in_time import spent_in_time
from portal.pages.budget import lines, view
from portal.pages.budget.cards import BOOKINGS, LINES, TIME, foot
from portal.pages.budget.view import asked
from portal.pages.cards import pinned
from portal.pages.columns import money_records, on_screen
from portal.pages.given import Written
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.money.grants import chosen_grant, grant_amounts, grants
from portal.queries.money.lines import booking_rows, line_rows, line_signals
from portal.queries.money.rows import MoneyFilter
from portal.queries.money.time import money_in_time, spent_against_plan, time_rows
from portal.queries.money.totals import checks, conditions, settled, totals_per


@remembered
def choices_of(session: Session, viewer: Viewer, start: str) -> tuple[Any, ...]:
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


@remembered
def figures_of(session: Session, viewer: Viewer, query: str) -> Component | None:
    grant, _ = settled(session, viewer, query)
    return view.figures(grant, grant_amounts(session, viewer, grant)) if grant else None


@remembered
def subsidy_of(session: Session, viewer: Viewer, query: str) -> tuple[Component | str, ...]:
    found = asked(session, viewer, query)
    drawn = facts(lines.subsidy_facts(found.grant)), lines.condition_list(conditions(session, viewer, found.grant))
    return drawn[0], lines.grant_source(found), drawn[1], lines.grant_source(found)


@remembered
def to_edit(session: Session, viewer: Viewer, code: Written) -> str | None:
    """The code of the chosen grant, for who may edit its money."""
    grant = chosen_grant(session, viewer, MoneyFilter(grant=code or ""))
    return grant.code if grant and viewer.may(Permission.EDIT_MONEY) else None


@remembered
def soundness_of(session: Session, viewer: Viewer, query: str) -> list[Component]:
    found = asked(session, viewer, query)
    amounts = grant_amounts(session, viewer, found.grant)
    compared = checks(session, viewer, found.grant)
    signals = line_signals(session, viewer, found.grant) if found.sees_lines else None
    return [lines.checks_card(compared, found), lines.signals_card(found, amounts, signals, clock.today())]


@remembered
def time_of(session: Session, viewer: Viewer, query: str) -> tuple[Any, ...]:
    found = asked(session, viewer, query)
    money = money_in_time(session, viewer, found.grant)
    drawn = spent_in_time(
        *(money.spent, money.plan, money.straight),
        forecast=money.forecast,
        budgeted=money.budgeted,
        today=money.today,
    )
    said = lines.time_said(money, whole=found.sees_all)
    return said, drawn, money_records(time_rows(money)), foot(TIME, found)


@remembered
def lines_of(session: Session, viewer: Viewer, query: str) -> tuple[Any, ...]:
    found = asked(session, viewer, query)
    rows = line_rows(session, viewer, found.grant, found.wanted)
    named = view.name_of(totals_per(session, viewer, found.grant, found.wanted.per), found.wanted)
    return (
        *(lines.lines_said(found.wanted, rows, named), on_screen(LINES.columns_of(found))),
        *(money_records(rows), *lines.line_options(rows), foot(LINES, found)),
    )


@remembered
def bookings_of(session: Session, viewer: Viewer, query: str) -> tuple[Any, ...]:
    found = asked(session, viewer, query)
    known = line_rows(session, viewer, found.grant, found.wanted)
    rows = booking_rows(session, viewer, found.grant, found.wanted)
    shown = rows if found.wanted.line else []
    said = lines.bookings_said(found.wanted, known, shown)
    return said, not shown, money_records(shown), pinned(lines.booking_total(shown)), foot(BOOKINGS, found)
