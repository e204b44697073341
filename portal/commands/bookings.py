"""Money committed or spent on a line: booked, changed, archived, brought back. A correction is a negative booking."""

from sqlalchemy.orm import Session

from portal.commands.acts import acts
from portal.commands.amounts import exact_amounts
from portal.commands.base import Refused, command
from portal.commands.budget_lines import hold_codes, line_named, own_line
from portal.commands.codes import codes_after, free_code
from portal.commands.editing import Values, columns_of, hold, put
from portal.db.models import Booking
from portal.entities import money
from portal.permissions import Permission, Viewer

SHAPE = money.BOOKING.shape
FIRST = "B-0001"


@command(Permission.EDIT_MONEY)
def add_booking(session: Session, by: Viewer, *, values: Values, code: str | None = None) -> Booking:
    """On the line of key `budget_line`; without a code it gets the next one."""
    if code is None:
        hold_codes(session)
    columns = columns_of(session, _checked(SHAPE.needed | dict(values)), SHAPE)
    line_named(session, by, values["budget_line"])
    row = Booking(code=free_code(session, Booking, code) if code else next(codes_after(session, Booking, FIRST)))
    put(row, columns)
    session.add(row)
    session.flush()
    return row


def _own(session: Session, by: Viewer, booking_id: int, archived: bool) -> Booking:
    """Held. A booking on another's line does not exist for who may not read it either."""
    row = hold(session, Booking, booking_id, archived=archived)
    line = own_line(session, by, row.budget_line_id, archived)
    if line.archived_at is not None:
        raise Refused(f"Lijn {line.code} van deze boeking is gearchiveerd; haal eerst de lijn terug.")
    return row


def _changeable(session: Session, by: Viewer, _: Booking, values: Values) -> Values:
    """Another `budget_line` moves the money to that line, of an own atelier."""
    if values.get("budget_line"):
        line_named(session, by, values["budget_line"])
    return _checked(values)


def _checked(values: Values) -> Values:
    """Raises Refused for an amount that cannot be."""
    exact_amounts("booking", values, ("amount",))
    return values


BOOKING = acts("booking", Permission.EDIT_MONEY, SHAPE, _own, checked=_changeable)
"""A booking is archived for what was typed by mistake; what was paid back is a negative one."""
