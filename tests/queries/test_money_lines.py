"""Which lines stand out: over budget, quiet, without a forecast."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal import clock
from portal.permissions import Role
from portal.queries.meetings.calendar import SteeringCalendar
from portal.queries.money.lines import is_quiet_line, line_rows, line_signals, standing_of
from portal.queries.money.rows import MoneyFilter, Show
from portal.vocabulary import MeetingState, Standing
from tests.makers import make_meeting, viewer
from tests.money import book, facts_of, foresee, make_grant, make_line

ALL = viewer(Role.COORDINATOR)
CALENDAR = SteeringCalendar(date(2026, 11, 22), (date(2026, 10, 20), date(2026, 9, 8), date(2026, 7, 28)), None, None)
NO_MEETINGS = SteeringCalendar(date(2026, 11, 22), (date(2026, 10, 20),), None, None)


@pytest.mark.parametrize(
    ("forecast", "standing"),
    [
        (None, Standing.UNKNOWN),
        ("100.00", Standing.WITHIN),
        ("100.01", Standing.OVER),
        ("110.00", Standing.OVER),
        ("110.01", Standing.FAR_OVER),
    ],
)
def test_a_line_stands_to_its_budget_as_its_forecast_does(forecast, standing):
    assert standing_of(Decimal(100), None if forecast is None else Decimal(forecast)) is standing


@pytest.mark.parametrize(
    ("year", "left", "last", "quiet"),
    [
        (2026, "10.00", None, True),
        (2026, "10.00", date(2026, 9, 8), True),
        (2026, "10.00", date(2026, 9, 9), False),
        (2025, "10.00", date(2025, 12, 1), True),
        (2027, "10.00", None, False),
        (2026, "0.00", date(2026, 1, 5), False),
        (2026, "-1.00", date(2026, 1, 5), False),
    ],
)
def test_a_line_is_quiet_when_nothing_was_booked_since_the_last_meeting_but_one(year, left, last, quiet):
    assert is_quiet_line(year, Decimal(left), last, CALENDAR) is quiet


def test_nothing_is_quiet_before_there_were_two_meetings():
    assert not is_quiet_line(2026, Decimal(10), None, NO_MEETINGS)


def test_each_number_that_stands_out_counts_the_lines_it_leads_to(session):
    with clock.standing_at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        for day in (date(2026, 9, 8), date(2026, 10, 20)):
            make_meeting(session, planned_on=day, held_on=day, state=MeetingState.FROZEN)
        grant = make_grant(session)
        book(session, make_line(session, grant, "100.00"), "1.00", on=date(2026, 11, 1))
        foresee(session, make_line(session, grant, "100.00"), "105.00")
        foresee(session, make_line(session, grant, "100.00", year=2027), "200.00")
        facts = facts_of(session, ALL, grant)
        signals = line_signals(session, ALL, facts)
        shown = {show: len(line_rows(session, ALL, facts, MoneyFilter(show=show))) for show in Show}
    assert (signals.lines, signals.over, signals.far_over, signals.quiet) == (3, 2, 1, 1)
    assert signals.without_forecast == 1
    assert signals.quiet_since == date(2026, 9, 8)
    assert signals.last_booked == date(2026, 11, 1)
    assert shown == {Show.ALL: 3, Show.OVER: 2, Show.FAR_OVER: 1, Show.QUIET: 1, Show.NO_FORECAST: 1}


def test_a_grant_without_lines_has_nothing_that_stands_out(session):
    signals = line_signals(session, ALL, facts_of(session, ALL, make_grant(session)))
    assert (signals.lines, signals.over, signals.without_forecast, signals.last_booked) == (0, 0, 0, None)


def test_lines_come_by_year_and_code_with_their_amounts_as_decimals(session):
    grant = make_grant(session)
    later = make_line(session, grant, "10.00", year=2027, code="A-LATER")
    first = make_line(session, grant, "20.00", code="Z-EERST")
    rows = line_rows(session, ALL, facts_of(session, ALL, grant), MoneyFilter())
    assert [row.code for row in rows] == [first.code, later.code]
    assert {type(amount) for row in rows for amount in (row.budgeted, row.committed, row.spent)} == {Decimal}
    assert [row.forecast for row in rows] == [None, None]
