"""Money committed or spent on a line: booked, changed, archived, brought back. A correction is a negative booking."""

from sqlalchemy.orm import Session

from portal import clock
from portal.commands.amounts import exact_amounts
from portal.commands.base import Refused, changed, command
from portal.commands.budget_lines import hold_codes, line_named, own_line
from portal.commands.codes import codes_after, free_code
from portal.commands.editing import Pointer, Shape, Values, columns_of, edit, filled, hold, put
from portal.db.models import Booking, BudgetLine
from portal.permissions import Permission, RowNotFound, Viewer, scope

SHAPE = Shape(
    columns=frozenset({"kind", "on", "amount", "description", "reference"}),
    pointers={"budget_line": Pointer("budget_line_id", BudgetLine)},
    required=frozenset({"budget_line", "kind", "on", "amount"}),
)
FIRST = "B-0001"


@command(Permission.EDIT_MONEY)
def change_booking(session: Session, by: Viewer, *, booking_id: int, version: int, values: Values) -> Booking:
    """Keys of `values`: those of SHAPE. Another `budget_line` moves the money to that line, of an own atelier."""
    row = _own(session, by, booking_id)
    values = _checked(values)
    if values.get("budget_line"):
        line_named(session, by, values["budget_line"])
    edit(session, row, version, values, SHAPE)
    return row


@command(Permission.EDIT_MONEY)
def add_booking(session: Session, by: Viewer, *, values: Values, code: str | None = None) -> Booking:
    """On the line of key `budget_line`; without a code it gets the next one."""
    if code is None:
        hold_codes(session)
    complete = dict.fromkeys(sorted(SHAPE.required)) | dict(values)
    columns = columns_of(session, _checked(complete), SHAPE)
    line_named(session, by, values["budget_line"])
    row = Booking(code=free_code(session, Booking, code) if code else next(codes_after(session, Booking, FIRST)))
    put(row, columns)
    session.add(row)
    session.flush()
    return row


@command(Permission.EDIT_MONEY)
def archive_booking(session: Session, by: Viewer, *, booking_id: int, version: int) -> Booking:
    """Out of every list and total, for what was typed by mistake; what was paid back is a negative booking."""
    row = _own(session, by, booking_id)
    edit(session, row, version, {}, SHAPE)
    changed(row, archived_at=clock.now())
    return row


@command(Permission.EDIT_MONEY)
def restore_booking(session: Session, by: Viewer, *, booking_id: int) -> Booking:
    """Raises Refused while its line is archived."""
    row = session.get(Booking, booking_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise RowNotFound(f"booking {booking_id}")
    line = session.get_one(BudgetLine, row.budget_line_id, with_for_update=True, populate_existing=True)
    if not scope(by, Permission.EDIT_MONEY).has_atelier(line.atelier_id):
        raise RowNotFound(f"booking {booking_id}")
    if line.archived_at is not None:
        raise Refused(f"Lijn {line.code} van deze boeking is gearchiveerd; haal eerst de lijn terug.")
    changed(row, archived_at=None)
    return row


def _own(session: Session, by: Viewer, booking_id: int) -> Booking:
    """Held. A booking on another's line does not exist for who may not read it either."""
    row = hold(session, Booking, booking_id)
    own_line(session, by, row.budget_line_id)
    return row


def _checked(values: Values) -> Values:
    """Empty texts as the columns have them. Raises Refused for an amount that cannot be."""
    exact_amounts(values, ("amount",))
    return filled(values, ("description", "reference"))
