"""The money of projects: what their lines say of the computed signal, and the lines behind it.

A line's project is its own, else its grant's (`money_rows.line_money`): no line counts twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import inf

import pandas as pd
from sqlalchemy import FromClause, and_, func, select
from sqlalchemy.orm import Session

from portal.db.models import Booking, BudgetLine, Grant, Project
from portal.permissions import Permission, Viewer
from portal.queries.frames import frame
from portal.queries.money import Amounts
from portal.queries.money_lines import LINE_COLUMNS, line_tuples
from portal.queries.money_rows import in_reach, line_money, project_of_line, sees_everything, summed, sums
from portal.queries.visible import visible_projects
from portal.vocabulary import BookingKind


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """What the lines of a project say to its signal. `over_budget` is a share of what was budgeted (0.146: 14,6 %
    over), over the lines with a forecast; None where none has one."""

    over_budget: float | None = None
    spent_after_end: bool = False


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """The lines of a project whose details the viewer may know (columns: `money_lines.LINE_COLUMNS`), and their sum.
    `whole`: the viewer may know of every line."""

    lines: pd.DataFrame
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


def project_money(session: Session, viewer: Viewer, code: str) -> ProjectMoney | None:
    """By year, then code. None for who sees totals only, and where no line in the viewer's reach is of the project."""
    if not viewer.may(Permission.VIEW_MONEY):
        return None
    lines = line_money()
    of_project = select(Project.id).where(Project.code == code, visible_projects(viewer)).scalar_subquery()
    mine = and_(lines.c.project_id == of_project, in_reach(viewer, lines.c))
    rows = frame(LINE_COLUMNS, line_tuples(session, viewer, lines, mine))
    if rows.empty:
        return None
    summing = line_money()
    added = select(*sums(summing.c)).where(summing.c.project_id == of_project, in_reach(viewer, summing.c))
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
