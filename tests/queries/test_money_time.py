"""Spent in time against the plan: the points, the amount on a day, ahead or behind."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal import clock
from portal.permissions import PermissionDenied, Role
from portal.queries.money.grants import grant_amounts, grants
from portal.queries.money.time import (
    MoneyInTime,
    SpentAgainstPlan,
    along,
    amount_on,
    money_in_time,
    month_rows,
    plan_by_year,
    spent_against_plan,
    straight_line,
    time_rows,
)
from portal.vocabulary import BookingKind
from tests.makers import atelier_of, viewer
from tests.money import book, facts_of, make_grant, make_line

ALL = viewer(Role.STEERING)
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
POINTS = ((date(2026, 1, 1), Decimal("0.00")), (date(2026, 1, 11), Decimal("100.00")))


def test_a_mayor_does_not_see_the_course_in_time(session):
    grant = make_grant(session)
    with pytest.raises(PermissionDenied):
        money_in_time(session, viewer(Role.MAYOR), facts_of(session, viewer(Role.MAYOR), grant))


def test_a_lead_sees_the_course_of_the_own_lines(session):
    grant = make_grant(session)
    book(session, make_line(session, grant, "100.00", atelier="II"), "10.00")
    book(session, make_line(session, grant, "900.00", atelier="III"), "500.00")
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "II")])
    with clock.standing_at(NOON):
        money = money_in_time(session, lead, facts_of(session, lead, grant))
        everybody = spent_against_plan(session, lead, facts_of(session, lead, grant))
    assert money.spent[-1][1] == Decimal("10.00")
    assert money.budgeted == Decimal("100.00")
    assert everybody.spent == Decimal("510.00")


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2025, 12, 31), "0.00"),
        (date(2026, 1, 1), "0.00"),
        (date(2026, 1, 4), "30.00"),
        (date(2026, 1, 11), "100.00"),
        (date(2030, 1, 1), "100.00"),
    ],
)
def test_a_line_through_points_is_flat_outside_them(day, amount):
    assert along(POINTS, day) == Decimal(amount)


def test_steps_hold_their_amount_until_the_next():
    assert amount_on(POINTS, date(2026, 1, 10)) == 0
    assert amount_on(POINTS, date(2026, 1, 11)) == 100
    assert amount_on((), date(2026, 1, 11)) == 0


def test_a_third_of_a_cent_is_rounded_in_one_place(session):
    grant = facts_of(session, ALL, make_grant(session))
    points = straight_line(Decimal("1000.00"), replace(grant, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 4)))
    assert along(points, date(2026, 1, 2)) == Decimal("333.33")


def test_the_plan_ends_each_year_at_the_budget_so_far_and_the_last_at_the_end(session):
    grant = facts_of(session, ALL, make_grant(session, starts_on=date(2026, 3, 1), ends_on=date(2027, 6, 30)))
    plan = plan_by_year([(2026, Decimal(300)), (2027, Decimal(200))], grant)
    assert plan == ((date(2026, 3, 1), 0), (date(2026, 12, 31), 300), (date(2027, 6, 30), 500))


def test_budget_for_a_year_outside_the_dates_counts_at_the_nearest(session):
    grant = facts_of(session, ALL, make_grant(session, starts_on=date(2026, 3, 1), ends_on=date(2026, 9, 30)))
    assert plan_by_year([(2025, Decimal(1)), (2028, Decimal(2))], grant) == (
        (date(2026, 3, 1), 1),
        (date(2026, 9, 30), 3),
    )


def test_without_dates_there_is_a_plan_by_year_and_no_straight_line(session):
    grant = facts_of(session, ALL, make_grant(session, starts_on=None, ends_on=None))
    assert plan_by_year([(2026, Decimal(5))], grant) == ((date(2026, 1, 1), 0), (date(2026, 12, 31), 5))
    assert straight_line(Decimal(5), grant) == ()
    assert plan_by_year([], grant) == ()


def test_a_grant_without_lines_is_neither_ahead_nor_behind(session):
    now = spent_against_plan(session, ALL, facts_of(session, ALL, make_grant(session)))
    assert (now.spent, now.planned, now.ahead, now.follows) == (0, None, None, None)


@pytest.mark.parametrize(("spent", "follows"), [("89.99", False), ("90.00", True), ("110.00", True), ("110.01", False)])
def test_the_money_follows_the_plan_up_to_a_tenth(spent, follows):
    assert SpentAgainstPlan(Decimal(spent), Decimal(100)).follows is follows


def test_before_the_plan_begins_nothing_spent_follows_it():
    assert SpentAgainstPlan(Decimal(0), Decimal(0)).follows is True


def test_committed_money_and_bookings_to_come_are_not_spent_yet(session):
    grant = make_grant(session)
    line = make_line(session, grant, "1000.00")
    book(session, line, "100.00", on=date(2026, 2, 1))
    book(session, line, "-40.00", on=date(2026, 3, 1))
    book(session, line, "500.00", on=date(2026, 8, 1))
    book(session, line, "900.00", on=date(2026, 2, 1), kind=BookingKind.COMMITTED)
    with clock.standing_at(NOON):
        money = money_in_time(session, ALL, facts_of(session, ALL, grant))
    assert money.spent == ((date(2026, 2, 1), 100), (date(2026, 3, 1), 60), (date(2026, 8, 1), 560))
    assert money.now.spent == 60
    assert money.straight_now == along(money.straight, date(2026, 7, 1))


def test_the_table_says_nothing_spent_after_today(session):
    grant = make_grant(session)
    book(session, make_line(session, grant, "1000.00"), "100.00", on=date(2026, 2, 1))
    with clock.standing_at(NOON):
        rows = time_rows(money_in_time(session, ALL, facts_of(session, ALL, grant)))
    spent = {row.on: row.spent for row in rows}
    assert spent[date(2026, 7, 1)] == 100
    assert spent[date(2027, 12, 31)] is None
    assert list(spent) == sorted(spent)


def test_the_last_step_is_all_that_was_spent(demo_session):
    for grant in grants(demo_session, ALL):
        money = money_in_time(demo_session, ALL, grant)
        amounts = grant_amounts(demo_session, ALL, grant)
        assert money.spent[-1][1] == amounts.spent
        assert money.plan[-1][1] == money.straight[-1][1] == amounts.budgeted
        assert money.forecast == amounts.forecast


def course(*spent: tuple[date, str], today: date = date(2026, 3, 15)) -> MoneyInTime:
    return MoneyInTime(today, tuple((day, Decimal(amount)) for day, amount in spent), (), (), None)


def test_each_month_is_what_was_booked_in_it_also_when_that_is_nothing_or_a_correction():
    booked = ((date(2025, 11, 30), "10.00"), (date(2026, 1, 1), "25.00"), (date(2026, 2, 28), "24.00"))
    found = [(row.on, row.spent) for row in month_rows(course(*booked))]
    assert found == [
        (date(2025, 11, 1), Decimal("10.00")),
        (date(2025, 12, 1), Decimal("0.00")),
        (date(2026, 1, 1), Decimal("15.00")),
        (date(2026, 2, 1), Decimal("-1.00")),
        (date(2026, 3, 1), Decimal("0.00")),
    ]


def test_a_booking_to_come_is_in_no_month_yet_and_without_a_booking_there_is_no_month():
    later = (date(2026, 3, 20), "30.00")
    assert [row.spent for row in month_rows(course((date(2026, 3, 1), "10.00"), later))] == [Decimal("10.00")]
    assert month_rows(course(later)) == month_rows(course()) == []


def test_the_months_of_the_demo_add_up_to_what_was_spent(demo_session):
    (grant,) = grants(demo_session, ALL)
    money = money_in_time(demo_session, ALL, grant)
    assert sum(row.spent for row in month_rows(money)) == money.now.spent > 0
