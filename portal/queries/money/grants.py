"""The subsidy files and their four amounts, and the money that a viewer may edit."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import (
    Booking,
    BudgetLine,
    Forecast,
    Grant,
    GrantCondition,
    Partner,
    Project,
    SubsidyCall,
    SubsidyCondition,
)
from portal.db.types import CENT, bytewise
from portal.entities.money import BOOKING, BUDGET_LINE, FORECAST, GRANT, GRANT_CONDITION
from portal.permissions import Permission, Viewer, require, scope
from portal.queries.editable_rows import Labelled, labelled, rows_of
from portal.queries.money.rows import ZERO, MoneyFilter, in_reach, is_far_over, line_money, summed, sums
from portal.queries.reference import Option, atelier_options, own_atelier_options
from portal.queries.visible import is_shared, visible_projects
from portal.vocabulary import Visibility


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """A subsidy file. `subsidy_rate` is a share; `holder` is None for who sees totals only. Unknown is None."""

    id: int
    code: str
    title: str
    call: str
    ceiling: Decimal
    requested: Decimal | None
    awarded: Decimal | None
    subsidy_rate: Decimal | None
    starts_on: date | None
    ends_on: date | None
    holder: str | None

    @property
    def total_budget(self) -> Decimal | None:
        """What the award carries at its rate, to the cent: 80 % of it is the award. None when either is unknown."""
        if self.awarded is None or not self.subsidy_rate:
            return None
        return (self.awarded / self.subsidy_rate).quantize(CENT, rounding=ROUND_HALF_UP)

    def days_left(self, today: date) -> int | None:
        """Negative once it ended; None without an end date."""
        return (self.ends_on - today).days if self.ends_on else None


@dataclass(frozen=True, slots=True)
class Amounts:
    """The four amounts over a number of lines. `forecast` adds up the lines that have one, and is None when none has:
    a missing forecast is counted in `without_forecast`, never filled in."""

    lines: int = 0
    budgeted: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO
    forecast: Decimal | None = None
    without_forecast: int = 0
    budgeted_with_forecast: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        return self.budgeted - self.spent

    @property
    def left_at_end(self) -> Decimal | None:
        """Budgeted less forecast, over the lines that have a forecast; negative when it will not do."""
        return None if self.forecast is None else self.budgeted_with_forecast - self.forecast


@dataclass(frozen=True, slots=True)
class GrantMoney:
    """A grant in one line. `far_over` counts the lines whose forecast is over budget by more than a tenth, among those
    whose details the viewer may know; None for who sees totals only. `last_booked` is the date the amounts run to."""

    code: str
    title: str
    awarded: Decimal | None
    total_budget: Decimal | None
    amounts: Amounts
    far_over: int | None
    last_booked: date | None
    days_left: int | None


def grants(session: Session, viewer: Viewer) -> tuple[GrantFacts, ...]:
    """Every grant; those that run today first, then the latest to start, then by code."""
    require(viewer, Permission.VIEW_MONEY_TOTALS)
    found = session.execute(
        select(Grant, SubsidyCall.title, SubsidyCall.ceiling, Partner.title)
        .join(SubsidyCall, SubsidyCall.id == Grant.subsidy_call_id)
        .outerjoin(Partner, Partner.id == Grant.holder_id)
        .where(Grant.archived_at.is_(None))
        .order_by(Grant.id)
    ).all()
    open_to_all = not viewer.may(Permission.VIEW_MONEY)
    facts = [_facts(grant, call, ceiling, None if open_to_all else holder) for grant, call, ceiling, holder in found]
    return tuple(sorted(facts, key=_order))


def _facts(grant: Grant, call: str, ceiling: Decimal, holder: str | None) -> GrantFacts:
    return GrantFacts(
        *(grant.id, grant.code, grant.title, call, ceiling, grant.requested, grant.awarded, grant.subsidy_rate),
        *(grant.starts_on, grant.ends_on, holder),
    )


def _order(grant: GrantFacts) -> tuple[bool, int, str]:
    today = clock.today()
    runs = (grant.starts_on or date.min) <= today <= (grant.ends_on or date.max)
    return not runs, -(grant.starts_on or date.min).toordinal(), grant.code


def chosen_grant(session: Session, viewer: Viewer, wanted: MoneyFilter) -> GrantFacts | None:
    """The grant that is asked for; the first there is when none is named or it does not exist; None without any."""
    known = grants(session, viewer)
    return next((grant for grant in known if grant.code == wanted.grant), known[0] if known else None)


def grant_amounts(session: Session, viewer: Viewer, grant: GrantFacts) -> Amounts:
    """Over all lines of the grant, whoever asks."""
    require(viewer, Permission.VIEW_MONEY_TOTALS)
    lines = line_money()
    row = session.execute(select(*sums(lines.c)).where(lines.c.grant_id == grant.id)).one()
    return Amounts(*summed(row))


def last_booked_on(session: Session, viewer: Viewer, grant: GrantFacts) -> date | None:
    """The day of the newest booking on any line of the grant."""
    require(viewer, Permission.VIEW_MONEY_TOTALS)
    lines = line_money()
    newest: date | None = session.scalar(select(func.max(lines.c.last_booked)).where(lines.c.grant_id == grant.id))
    return newest


def money_in_one_line(session: Session, viewer: Viewer) -> tuple[GrantMoney, ...]:
    """Every grant in the order of `grants`, for the first page."""
    return tuple(_in_one_line(session, viewer, grant) for grant in grants(session, viewer))


def _in_one_line(session: Session, viewer: Viewer, grant: GrantFacts) -> GrantMoney:
    lines = line_money()
    far_over = None
    if viewer.may(Permission.VIEW_MONEY):
        own = session.execute(
            select(lines.c.budgeted, lines.c.forecast).where(lines.c.grant_id == grant.id, in_reach(viewer, lines.c))
        )
        far_over = sum(is_far_over(budgeted, forecast) for budgeted, forecast in own)
    return GrantMoney(
        *(grant.code, grant.title, grant.awarded, grant.total_budget, grant_amounts(session, viewer, grant)),
        *(far_over, last_booked_on(session, viewer, grant), grant.days_left(clock.today())),
    )


def editable_lines(session: Session, viewer: Viewer, grant: str = "") -> list[Labelled]:
    """By code. Keys: those of `rows_of`."""
    query = _on_lines(rows_of(viewer, BUDGET_LINE), BudgetLine, viewer, grant)
    return labelled(session, query.order_by(bytewise(BudgetLine.code)))


def editable_bookings(session: Session, viewer: Viewer, grant: str = "") -> list[Labelled]:
    """Newest first, then by code. Keys: those of `rows_of`; a correction has a negative amount."""
    query = _on_lines(rows_of(viewer, BOOKING), Booking, viewer, grant)
    return labelled(session, query.order_by(Booking.on.desc(), bytewise(Booking.code)))


def editable_forecasts(session: Session, viewer: Viewer, grant: str = "") -> list[Labelled]:
    """Newest first, then by line. Keys: those of `rows_of`."""
    query = _on_lines(rows_of(viewer, FORECAST), Forecast, viewer, grant)
    return labelled(session, query.order_by(Forecast.as_of.desc(), bytewise(BudgetLine.code)))


def editable_grants(session: Session, viewer: Viewer, grant: str = "") -> list[Labelled]:
    """By code. Keys: those of `rows_of`; the rate is a share."""
    query = rows_of(viewer, GRANT).where(_of_all(viewer), _in_grant(grant))
    return labelled(session, query.order_by(bytewise(Grant.code)))


def editable_conditions(session: Session, viewer: Viewer, grant: str = "") -> list[Labelled]:
    """In the order of the subsidy. Keys: those of `rows_of`, and the code and title (str) of the condition."""
    query = (
        rows_of(viewer, GRANT_CONDITION, code=SubsidyCondition.code, title=SubsidyCondition.title)
        .join(Grant, Grant.id == GrantCondition.grant_id)
        .join(SubsidyCondition, SubsidyCondition.id == GrantCondition.subsidy_condition_id)
        .where(_of_all(viewer), _in_grant(grant))
        .order_by(bytewise(Grant.code), SubsidyCondition.position, SubsidyCondition.id)
    )
    return labelled(session, query)


def may_edit_grants(viewer: Viewer) -> bool:
    return scope(viewer, Permission.EDIT_MONEY).everything


def grant_options(session: Session, _: Viewer | None = None) -> list[Option]:
    found = select(Grant.code, Grant.title).where(Grant.archived_at.is_(None)).order_by(bytewise(Grant.code))
    return [Option(*row) for row in session.execute(found)]


def call_options(session: Session, _: Viewer | None = None) -> list[Option]:
    found = select(SubsidyCall.code, SubsidyCall.title).order_by(bytewise(SubsidyCall.code))
    return [Option(*row) for row in session.execute(found)]


def money_projects(session: Session, viewer: Viewer) -> list[Option]:
    """What money may be for, by code: the shared projects that everybody may know of, also those that ended; and what
    it is for already, where the viewer may know of it. A project that is shared no more keeps its money until somebody
    says otherwise."""
    open_to_all = and_(Project.archived_at.is_(None), is_shared(), Project.visibility != Visibility.INTERNAL)
    named = or_(
        *(Project.id.in_(select(of.project_id).where(of.project_id.is_not(None))) for of in (BudgetLine, Grant))
    )
    known = or_(open_to_all, and_(named, visible_projects(viewer)))
    found = select(Project.code, Project.title).where(known).order_by(bytewise(Project.code))
    return [Option(*row) for row in session.execute(found)]


def editable_ateliers(session: Session, viewer: Viewer) -> list[Option]:
    """The ateliers whose lines this viewer may edit, in their order."""
    return atelier_options(session) if may_edit_grants(viewer) else own_atelier_options(session, viewer)


def _on_lines(rows: Select[Any], model: Any, viewer: Viewer, grant: str) -> Select[Any]:
    """Those on lines of the ateliers that the viewer answers for, within this file."""
    if model is not BudgetLine:
        rows = rows.join(BudgetLine, BudgetLine.id == model.budget_line_id)
    reach = scope(viewer, Permission.EDIT_MONEY)
    own = true() if reach.atelier_ids is None else BudgetLine.atelier_id.in_(sorted(reach.atelier_ids))
    in_grant = rows.join(Grant, Grant.id == BudgetLine.grant_id)
    return in_grant.where(BudgetLine.archived_at.is_(None), own, _in_grant(grant))


def _of_all(viewer: Viewer) -> ColumnElement[bool]:
    return true() if may_edit_grants(viewer) else false()


def _in_grant(grant: str) -> ColumnElement[bool]:
    return and_(Grant.archived_at.is_(None), Grant.code == grant if grant else true())
