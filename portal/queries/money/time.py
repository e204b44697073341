"""Spent over time, against a straight line to the grant's end and against the plan: the budget by year."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Booking
from portal.db.types import CENT
from portal.permissions import Permission, Viewer, require
from portal.queries.money.grants import GrantFacts
from portal.queries.money.rows import ZERO, Columns, in_reach, line_money
from portal.vocabulary import BookingKind

Points = tuple[tuple[date, Decimal], ...]
FOLLOWS_WITHIN = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A day: what is spent by then, None after today, beside the plan and the straight line where there are any."""

    on: date
    spent: Decimal | None
    plan: Decimal | None
    straight: Decimal | None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What was spent in the month that begins on this day; less than nothing where a correction was larger."""

    on: date
    spent: Decimal


@dataclass(frozen=True, slots=True)
class SpentAgainstPlan:
    """Spent until today, and what the plan had foreseen by then; `planned` None without a plan."""

    spent: Decimal
    planned: Decimal | None

    @property
    def ahead(self) -> Decimal | None:
        """Spent above what was planned; negative when behind."""
        return None if self.planned is None else self.spent - self.planned

    @property
    def follows(self) -> bool | None:
        """Within a tenth of what was planned by today."""
        if self.planned is None or self.ahead is None:
            return None
        return abs(self.ahead) <= self.planned * FOLLOWS_WITHIN


@dataclass(frozen=True, slots=True)
class MoneyInTime:
    """Cumulative points in order of time: `spent` a step per day of booking, `plan` and `straight` from nothing to the
    whole budget. `plan` is empty without lines, `straight` without dates."""

    today: date
    spent: Points
    plan: Points
    straight: Points
    forecast: Decimal | None

    @property
    def straight_now(self) -> Decimal | None:
        return along(self.straight, self.today) if self.straight else None

    @property
    def budgeted(self) -> Decimal:
        return self.plan[-1][1] if self.plan else ZERO

    @property
    def now(self) -> SpentAgainstPlan:
        return SpentAgainstPlan(amount_on(self.spent, self.today), along(self.plan, self.today) if self.plan else None)


def money_in_time(session: Session, viewer: Viewer, grant: GrantFacts) -> MoneyInTime:
    """Over the lines whose details the viewer may know. `forecast` adds up the lines that have one."""
    require(viewer, Permission.VIEW_MONEY)
    return _in_time(session, grant, lambda lines: in_reach(viewer, lines))


def spent_against_plan(session: Session, viewer: Viewer, grant: GrantFacts) -> SpentAgainstPlan:
    """Over all lines of the grant: two totals, for everybody."""
    require(viewer, Permission.VIEW_MONEY_TOTALS)
    return _in_time(session, grant, lambda _: true()).now


def _in_time(session: Session, grant: GrantFacts, reach_of: Callable[[Columns], ColumnElement[bool]]) -> MoneyInTime:
    table = line_money()
    lines, reach = table.c, reach_of(table.c)
    years = _rows(
        session, select(lines.year, func.sum(lines.budgeted)).where(lines.grant_id == grant.id, reach), lines.year
    )
    days = _rows(
        session,
        select(Booking.on, func.sum(Booking.amount))
        .join(table, lines.id == Booking.budget_line_id)
        .where(lines.grant_id == grant.id, reach, Booking.archived_at.is_(None), Booking.kind == BookingKind.SPENT),
        Booking.on,
    )
    total = sum((amount for _, amount in years), ZERO)
    forecast = session.scalar(select(func.sum(lines.forecast)).where(lines.grant_id == grant.id, reach))
    return MoneyInTime(
        clock.today(), cumulative(days), plan_by_year(years, grant), straight_line(total, grant), forecast
    )


def time_rows(money: MoneyInTime) -> list[TimeRow]:
    """Every day on which something was booked or planned, and today."""
    days = {day for points in (money.spent, money.plan, money.straight) for day, _ in points} | {money.today}
    return [
        TimeRow(
            day,
            amount_on(money.spent, day) if day <= money.today else None,
            along(money.plan, day) if money.plan else None,
            along(money.straight, day) if money.straight else None,
        )
        for day in sorted(days)
    ]


def month_rows(money: MoneyInTime) -> list[MonthRow]:
    """From the month of the first booking up to today's, also those in which nothing was spent."""
    if not money.spent or money.spent[0][0] > money.today:
        return []
    last = money.today.year * 12 + money.today.month
    first = money.spent[0][0].year * 12 + money.spent[0][0].month
    months = [date((at - 1) // 12, (at - 1) % 12 + 1, 1) for at in range(first, last + 2)]
    until = [amount_on(money.spent, min(month - timedelta(1), money.today)) for month in months[1:]]
    return [MonthRow(on, now - before) for on, before, now in zip(months, [ZERO, *until], until, strict=False)]


def _rows(session: Session, wanted: Any, by: Any) -> list[tuple[Any, Decimal]]:
    return [(key, amount) for key, amount in session.execute(wanted.group_by(by).order_by(by))]


def cumulative(days: Sequence[tuple[date, Decimal]]) -> Points:
    return tuple(zip((day for day, _ in days), accumulate(amount for _, amount in days), strict=True))


def plan_by_year(years: Sequence[tuple[int, Decimal]], grant: GrantFacts) -> Points:
    """Nothing at the start, and at the end of each year the budget of the years so far. What is budgeted for years
    outside the grant's dates counts at the date that is nearest."""
    if not years:
        return ()
    start = grant.starts_on or date(years[0][0], 1, 1)
    end = grant.ends_on or max(date(years[-1][0], 12, 31), start)
    points = {start: ZERO}
    for (year, _), so_far in zip(years, accumulate(amount for _, amount in years), strict=True):
        points[min(max(date(year, 12, 31), start), end)] = so_far
    return tuple(sorted(points.items()))


def straight_line(total: Decimal, grant: GrantFacts) -> Points:
    if grant.starts_on is None or grant.ends_on is None or grant.starts_on >= grant.ends_on:
        return ()
    return ((grant.starts_on, ZERO), (grant.ends_on, total))


def amount_on(points: Points, day: date) -> Decimal:
    """The last amount on or before the day: 0.00 before the first."""
    place = bisect_right([at for at, _ in points], day)
    return points[place - 1][1] if place else ZERO


def along(points: Points, day: date) -> Decimal:
    """The amount on a line through the points, to the cent; flat before the first and after the last."""
    place = bisect_right([at for at, _ in points], day)
    if place == 0:
        return points[0][1]
    if place == len(points):
        return points[-1][1]
    (before, low), (after, high) = points[place - 1], points[place]
    return (low + (high - low) * (day - before).days / (after - before).days).quantize(CENT)
