"""Budget lines: added, changed, archived and brought back, each within the ateliers that the person answers for."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands.acts import acts
from portal.commands.amounts import exact_amounts, shared_project
from portal.commands.base import Refused, command
from portal.commands.codes import codes_after, free_code
from portal.commands.editing import Values, columns_of, hold, put
from portal.db.models import Booking, BudgetLine, Grant
from portal.entities import money
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope

SHAPE = money.BUDGET_LINE.shape
FIRST = "L-001"


@command(Permission.EDIT_MONEY)
def add_line(session: Session, by: Viewer, *, values: Values, code: str | None = None) -> BudgetLine:
    """Without a code it gets the next one; without an atelier the only one of who answers for one."""
    if code is None:
        hold_codes(session)
    code = free_code(session, BudgetLine, code) if code else next(codes_after(session, BudgetLine, FIRST))
    row = BudgetLine(code=code)
    complete = SHAPE.needed | dict(values)
    put(row, columns_of(session, _checked(session, complete), SHAPE))
    own = scope(by, Permission.EDIT_MONEY).atelier_ids
    if row.atelier_id is None and own and len(own) == 1:
        row.atelier_id = next(iter(own))
    _stays_own(session, by, row)
    session.add(row)
    session.flush()
    return row


def line_named(session: Session, by: Viewer, code: object) -> BudgetLine:
    """Held. Raises Refused for a code that means no line of this person's ateliers."""
    found = select(BudgetLine).where(BudgetLine.code == str(code), BudgetLine.archived_at.is_(None))
    row = session.scalars(found.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if row is None or not _is_own(by, row):
        raise Refused(f"Budgetlijn ‘{code or ''}’ bestaat niet; kies er een uit de lijst.")
    return row


def hold_codes(session: Session) -> None:
    """Until the command ends nobody else gives out a code of a line or a booking. Taken before any line is held."""
    session.execute(select(Grant.id).order_by(Grant.id).with_for_update(key_share=True)).all()


def _is_own(by: Viewer, row: BudgetLine) -> bool:
    return scope(by, Permission.EDIT_MONEY).has_atelier(row.atelier_id)


def own_line(session: Session, by: Viewer, line_id: int, archived: bool = False) -> BudgetLine:
    """Held. A line of another atelier does not exist for who may not read it either."""
    row = hold(session, BudgetLine, line_id, archived=archived)
    if not _is_own(by, row):
        raise RowNotFound(f"budget_line {line_id}")
    return row


def _stays_own(_: Session, by: Viewer, row: BudgetLine, *__: object) -> None:
    """A line stays within the person's own ateliers."""
    if _is_own(by, row):
        return
    if row.atelier_id is None:
        raise Refused("Atelier mag niet leeg zijn: kies een van uw ateliers; er is niets gewijzigd.")
    raise PermissionDenied(Permission.EDIT_MONEY, row.code)


def _checked(session: Session, values: Values) -> Values:
    """Raises Refused for an amount or a project that cannot be."""
    shared_project(session, values)
    exact_amounts("budget_line", values, ("amount",))
    return values


def _is_not_booked(session: Session, _: Viewer, row: BudgetLine) -> None:
    """What is spent does not disappear from a total by a click on something else."""
    booked = session.scalar(select(func.count()).where(Booking.budget_line_id == row.id, Booking.archived_at.is_(None)))
    if booked:
        raise Refused(f"Op lijn {row.code} is al geboekt ({booked} keer); archiveer of verplaats eerst die boekingen.")


LINE = acts(
    *("line", Permission.EDIT_MONEY, SHAPE, own_line),
    checked=lambda session, _, __, values: _checked(session, values),
    settled=_stays_own,
    leaves=_is_not_booked,
)
"""Archived, a line is out of every list and total, with its forecasts; not while money is booked on it."""
