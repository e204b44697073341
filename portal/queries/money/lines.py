"""The budget lines that add up to every total, the bookings that add up to a line, and the lines of a project."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import inf
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, func, select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Booking, BudgetLine, Grant, Partner, Project
from portal.permissions import Permission, Viewer, require
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.money.grants import Amounts, GrantFacts
from portal.queries.money.rows import (
    ZERO,
    MoneyFilter,
    Show,
    in_reach,
    is_far_over,
    line_money,
    overrun,
    project_of_line,
    sees_everything,
    summed,
    sums,
)
from portal.queries.money.totals import lines_of
from portal.queries.visible import visible_projects
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState, Standing


@dataclass(frozen=True, slots=True)
class LineRow:
    """A budget line. `project` is the code of the line's project, None also where the viewer may not know of it;
    `quiet`: nothing was booked on it for two meetings."""

    code: str
    description: str
    atelier: str | None
    partner: str | None
    partner_slug: str | None
    project: str | None
    year: int
    cost_kind: CostKind
    funding: FundingSource
    funding_state: FundingState
    budgeted: Decimal
    committed: Decimal
    spent: Decimal
    forecast: Decimal | None
    forecast_as_of: date | None
    last_booked: date | None
    quiet: bool

    @property
    def over(self) -> Decimal | None:
        """Forecast above budgeted, 0.00 or None."""
        return overrun(self.budgeted, self.forecast)

    @property
    def standing(self) -> Standing:
        return standing_of(self.budgeted, self.forecast)

    @property
    def what(self) -> str:
        """What it is for, in one."""
        paid = f"{self.funding.label} ({self.funding_state.label})"
        return joined(self.description, self.partner, self.project, self.cost_kind.label, paid)

    @property
    def place(self) -> str:
        return joined(self.atelier, str(self.year))


def joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking on a line; the amount of a correction is negative."""

    code: str
    line: str
    on: date
    kind: BookingKind
    amount: Decimal
    description: str
    reference: str

    @property
    def committed(self) -> Decimal | None:
        return self.amount if self.kind is BookingKind.COMMITTED else None

    @property
    def spent(self) -> Decimal | None:
        return self.amount if self.kind is BookingKind.SPENT else None


@dataclass(frozen=True, slots=True)
class LineSignals:
    """What stands out among lines. `quiet` is None while there have not been two meetings (`quiet_since` None)."""

    lines: int
    over: int
    far_over: int
    quiet: int | None
    quiet_since: date | None
    without_forecast: int
    last_booked: date | None


def standing_of(budgeted: Decimal, forecast: Decimal | None) -> Standing:
    over = overrun(budgeted, forecast)
    if over is None:
        return Standing.UNKNOWN
    if is_far_over(budgeted, forecast):
        return Standing.FAR_OVER
    return Standing.OVER if over else Standing.WITHIN


def is_quiet_line(year: int, left: Decimal, last_booked: date | None, calendar: SteeringCalendar) -> bool:
    """Nothing booked since the last meeting but one, though the line is of this year or before and not spent out."""
    since = calendar.quiet_since
    if since is None or year > calendar.today.year or left <= 0:
        return False
    return last_booked is None or last_booked <= since


def line_rows(session: Session, viewer: Viewer, grant: GrantFacts, wanted: MoneyFilter) -> list[LineRow]:
    """The lines that the filter leaves, of those whose details the viewer may know; by year, then code."""
    require(viewer, Permission.VIEW_MONEY)
    lines = line_money()
    these = and_(lines.c.grant_id == grant.id, in_reach(viewer, lines.c), lines_of(lines.c, wanted))
    return [row for row in _lines(session, viewer, lines, these) if _shown(row, wanted.show)]


def _lines(session: Session, viewer: Viewer, lines: FromClause, these: ColumnElement[bool]) -> list[LineRow]:
    """The rows of these `line_money`, by year, then code."""
    calendar = steering_calendar(session, viewer)
    told = {"atelier": Atelier.code, "partner": Partner.title, "partner_slug": Partner.slug, "project": Project.code}
    found = session.execute(
        select(lines, *(column.label(name) for name, column in told.items()))
        .outerjoin(Atelier, Atelier.id == lines.c.atelier_id)
        .outerjoin(Partner, Partner.id == lines.c.partner_id)
        .outerjoin(Project, and_(Project.id == lines.c.project_id, visible_projects(viewer)))
        .where(these)
        .order_by(lines.c.year, lines.c.code)
    )
    return [_line(row, calendar) for row in found]


def _line(row: Any, calendar: SteeringCalendar) -> LineRow:
    spent = row.spent or ZERO
    return LineRow(
        *(row.code, row.description, row.atelier, row.partner, row.partner_slug, row.project, row.year),
        *(row.cost_kind, row.funding, row.funding_state, row.budgeted, row.committed or ZERO, spent),
        *(row.forecast, row.forecast_as_of, row.last_booked),
        quiet=is_quiet_line(row.year, row.budgeted - spent, row.last_booked, calendar),
    )


def _shown(row: LineRow, show: Show) -> bool:
    match show:
        case Show.OVER:
            return row.standing in {Standing.OVER, Standing.FAR_OVER}
        case Show.FAR_OVER:
            return row.standing is Standing.FAR_OVER
        case Show.QUIET:
            return row.quiet
        case Show.NO_FORECAST:
            return row.forecast is None
        case _:
            return True


def line_signals(session: Session, viewer: Viewer, grant: GrantFacts) -> LineSignals:
    """Over the lines whose details the viewer may know."""
    lines = line_rows(session, viewer, grant, MoneyFilter())
    since = steering_calendar(session, viewer).quiet_since
    standings = [row.standing for row in lines]
    far_over = standings.count(Standing.FAR_OVER)
    return LineSignals(
        lines=len(lines),
        over=far_over + standings.count(Standing.OVER),
        far_over=far_over,
        quiet=None if since is None else sum(row.quiet for row in lines),
        quiet_since=since,
        without_forecast=standings.count(Standing.UNKNOWN),
        last_booked=max((row.last_booked for row in lines if row.last_booked is not None), default=None),
    )


def booking_rows(session: Session, viewer: Viewer, grant: GrantFacts, wanted: MoneyFilter) -> list[BookingRow]:
    """The bookings on `line_rows`, or on its one line that the filter names; newest first. Nothing for a line that
    does not exist or is not for this viewer."""
    known = line_rows(session, viewer, grant, wanted)
    codes, lines = [row.code for row in known if not wanted.line or row.code == wanted.line], line_money()
    found = session.execute(
        select(Booking, lines.c.code.label("line"))
        .join(lines, lines.c.id == Booking.budget_line_id)
        .where(lines.c.code.in_(codes), Booking.archived_at.is_(None))
        .order_by(Booking.on.desc(), Booking.code)
    )
    return [BookingRow(b.code, line, b.on, b.kind, b.amount, b.description, b.reference) for b, line in found]


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """What the lines of a project say to its signal. `over_budget` is a share of what was budgeted (0.146: 14,6 %
    over), over the lines with a forecast; None where none has one."""

    over_budget: float | None = None
    spent_after_end: bool = False


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """The lines of a project, or of several, whose details the viewer may know, and their sum. `whole`: the viewer may
    know of every line."""

    lines: list[LineRow]
    amounts: Amounts
    whole: bool


def money_facts(session: Session, project_ids: Iterable[int]) -> dict[int, MoneyFacts]:
    """Of each of these projects; the same for every viewer, as the signal is.

    Spent after the end is what was booked as spent, corrections taken off, after the day that the project ended or is
    expected to end.
    """
    ids = sorted(project_ids)
    late = _spent_after_end(ids)
    lines = line_money()
    found = session.execute(
        select(
            lines.c.project_id,
            func.sum(lines.c.forecast),
            func.sum(lines.c.budgeted).filter(lines.c.forecast.is_not(None)),
            func.max(late.c.amount),
        )
        .outerjoin(late, late.c.project_id == lines.c.project_id)
        .where(lines.c.project_id.in_(ids))
        .group_by(lines.c.project_id)
    )
    return dict.fromkeys(ids, MoneyFacts()) | {
        project_id: MoneyFacts(share_over(budgeted, forecast), after is not None and after > 0)
        for project_id, forecast, budgeted, after in found
    }


def share_over(budgeted: Decimal | None, forecast: Decimal | None) -> float | None:
    """The share by which the forecast exceeds the budget, below 0 when it stays under; infinite over a budget of
    nothing, None without a forecast."""
    if forecast is None or budgeted is None:
        return None
    if not budgeted:
        return inf if forecast > 0 else 0.0
    return float((forecast - budgeted) / abs(budgeted))


def project_money(session: Session, viewer: Viewer, *codes: str) -> ProjectMoney | None:
    """Of these projects together; by year, then code. None for who sees totals only, and where no line in the viewer's
    reach is of one of them."""
    if not viewer.may(Permission.VIEW_MONEY):
        return None
    lines = line_money()
    of_project = select(Project.id).where(Project.code.in_(codes), visible_projects(viewer))
    mine = and_(lines.c.project_id.in_(of_project), in_reach(viewer, lines.c))
    rows = _lines(session, viewer, lines, mine)
    if not rows:
        return None
    summing = line_money()
    added = select(*sums(summing.c)).where(summing.c.project_id.in_(of_project), in_reach(viewer, summing.c))
    return ProjectMoney(rows, Amounts(*summed(session.execute(added).one())), sees_everything(viewer))


def _spent_after_end(project_ids: list[int]) -> FromClause:
    """By project the sum of what was booked as spent after its end."""
    end = func.coalesce(Project.ended_on, Project.end_expected_on)
    return (
        select(Project.id.label("project_id"), func.sum(Booking.amount).label("amount"))
        .select_from(Booking)
        .join(BudgetLine, BudgetLine.id == Booking.budget_line_id)
        .join(Grant, Grant.id == BudgetLine.grant_id)
        .join(Project, Project.id == project_of_line())
        .where(Project.id.in_(project_ids), Booking.kind == BookingKind.SPENT, Booking.on > end)
        .where(Booking.archived_at.is_(None), BudgetLine.archived_at.is_(None), Grant.archived_at.is_(None))
        .group_by(Project.id)
        .subquery("spent_after_end")
    )
