"""The subsidy files and their four amounts: in total, per atelier, and told apart by what the viewer may know."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Grant, Partner, SubsidyCall
from portal.db.types import CENT
from portal.permissions import Permission, Viewer, require
from portal.queries.money_filter import MoneyFilter
from portal.queries.money_rows import ZERO, in_reach, is_far_over, line_money, summed, sums


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
