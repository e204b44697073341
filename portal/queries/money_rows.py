"""The four amounts of each budget line, and which lines a viewer may know of. Every read of money passes through here.

Totals per atelier are everybody's. A line, its bookings, and any other way of adding up are for those whose VIEW_MONEY
reaches the line's atelier; a line without one is for those who reach all. Archived rows are for nobody.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, and_, case, func, select, true
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement

from portal.db.models import Booking, BudgetLine, Forecast, Grant
from portal.permissions import Permission, Viewer, scope
from portal.vocabulary import BookingKind

Columns = ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]
ZERO: Final = Decimal("0.00")
TENTH: Final = Decimal("0.1")


def in_reach(viewer: Viewer, row: Any) -> ColumnElement[bool]:
    """Holds for the lines (a table or subquery with `atelier_id`) whose details the viewer may know."""
    reach = scope(viewer, Permission.VIEW_MONEY)
    if reach.atelier_ids is None:
        return true()
    return row.atelier_id.in_(sorted(reach.atelier_ids))  # type: ignore[no-any-return]


def sees_everything(viewer: Viewer) -> bool:
    return scope(viewer, Permission.VIEW_MONEY).everything


def project_of_line() -> ColumnElement[int]:
    """The id of the project that a line is for: its own, else its grant's; so it counts for one project, once."""
    return func.coalesce(BudgetLine.project_id, Grant.project_id)


def line_money() -> FromClause:
    """A row per line: its own columns, with `project_of_line` as `project_id`, and `grant_code`, `budgeted`,
    `committed`, `spent`, `forecast`, `forecast_as_of`, `last_booked`. What was never booked or forecast is null. Made
    anew each time: within one query, ask it once."""
    booked = (
        select(
            Booking.budget_line_id,
            func.sum(case((Booking.kind == BookingKind.COMMITTED, Booking.amount))).label("committed"),
            func.sum(case((Booking.kind == BookingKind.SPENT, Booking.amount))).label("spent"),
            func.max(Booking.on).label("last_booked"),
        )
        .where(Booking.archived_at.is_(None))
        .group_by(Booking.budget_line_id)
        .subquery()
    )
    newest = (
        select(Forecast.budget_line_id, func.max(Forecast.as_of).label("as_of"))
        .where(Forecast.archived_at.is_(None))
        .group_by(Forecast.budget_line_id)
        .subquery()
    )
    is_newest = and_(Forecast.budget_line_id == newest.c.budget_line_id, Forecast.as_of == newest.c.as_of)
    foreseen = select(Forecast.budget_line_id, Forecast.amount, Forecast.as_of).join(newest, is_newest).subquery()
    own = [column for column in BudgetLine.__table__.columns if column.name not in {"amount", "version", "project_id"}]
    return (
        select(
            *own,
            Grant.code.label("grant_code"),
            project_of_line().label("project_id"),
            BudgetLine.amount.label("budgeted"),
            *(booked.c.committed, booked.c.spent, booked.c.last_booked),
            foreseen.c.amount.label("forecast"),
            foreseen.c.as_of.label("forecast_as_of"),
        )
        .join(Grant, Grant.id == BudgetLine.grant_id)
        .outerjoin(booked, booked.c.budget_line_id == BudgetLine.id)
        .outerjoin(foreseen, foreseen.c.budget_line_id == BudgetLine.id)
        .where(BudgetLine.archived_at.is_(None), Grant.archived_at.is_(None))
        .subquery("line_money")
    )


def sums(lines: Columns) -> tuple[Any, ...]:
    """What `select` takes to add up the lines with these columns; `summed` reads the row it gives."""
    return (
        func.count(lines.id),
        *(func.sum(lines.budgeted), func.sum(lines.committed), func.sum(lines.spent), func.sum(lines.forecast)),
        func.count(lines.id) - func.count(lines.forecast),
        func.sum(lines.budgeted).filter(lines.forecast.is_not(None)),
    )


def summed(row: Sequence[Any]) -> tuple[Any, ...]:
    """The fields of `money.Amounts`: what nobody booked is 0.00, what nobody forecast stays None."""
    lines, budgeted, committed, spent, forecast, without, with_forecast = row
    return lines, budgeted or ZERO, committed or ZERO, spent or ZERO, forecast, without, with_forecast or ZERO


def overrun(budgeted: Decimal, forecast: Decimal | None) -> Decimal | None:
    """By how much the forecast exceeds the budget; 0.00 when it does not, None without a forecast."""
    return None if forecast is None else max(forecast - budgeted, ZERO)


def is_far_over(budgeted: Decimal, forecast: Decimal | None) -> bool:
    """The forecast exceeds the budget by more than a tenth: a red line. Exactly a tenth is not."""
    over = overrun(budgeted, forecast)
    return over is not None and over > abs(budgeted) * TENTH
