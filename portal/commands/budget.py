"""The money as a file brings it in: lines, bookings and forecasts, all of them or none."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands import bookings as booking_commands
from portal.commands import budget_lines as line_commands
from portal.commands.base import command
from portal.commands.bookings import BOOKING, add_booking
from portal.commands.budget_lines import LINE, add_line, hold_codes
from portal.commands.codes import codes_after
from portal.commands.editing import many_at_once
from portal.commands.file_rows import Entry, by_code, put_rows
from portal.commands.forecasts import FORECAST, add_forecast
from portal.db.models import Booking, BudgetLine, Forecast
from portal.permissions import Permission, Viewer


@command(Permission.IMPORT_DATA)
def load_budget(
    session: Session,
    by: Viewer,
    *,
    lines: Sequence[Entry] = (),
    bookings: Sequence[Entry] = (),
    forecasts: Sequence[Entry] = (),
) -> None:
    """A booking or forecast may be on a line that is new here; a forecast is named by the line's code and its date.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; then nothing is loaded.
    """
    hold_codes(session)
    line_codes = _codes(session, BudgetLine, line_commands.FIRST, lines)
    booking_codes = _codes(session, Booking, booking_commands.FIRST, bookings)

    def line(one: Entry) -> None:
        add_line(session, by, values=one.values, code=one.key or next(line_codes))

    def booking(one: Entry) -> None:
        add_booking(session, by, values=one.values, code=one.key or next(booking_codes))

    def forecast(one: Entry) -> None:
        named, as_of = one.key
        add_forecast(session, by, values={**one.values, "budget_line": named, "as_of": as_of})

    with many_at_once(session):
        put_rows(session, by, lines, change=LINE.change, add=line, ids=by_code(BudgetLine))
        session.flush()  # what follows holds these lines, and holding reads them anew
        put_rows(session, by, bookings, change=BOOKING.change, add=booking, ids=by_code(Booking))
        put_rows(session, by, forecasts, change=FORECAST.change, add=forecast, ids=_forecasts)


def _codes(session: Session, model: Any, first: str, entries: Sequence[Entry]) -> Iterator[str]:
    return codes_after(session, model, first, also={one.key for one in entries if one.key})


def _forecasts(session: Session) -> Mapping[Any, int]:
    found = select(BudgetLine.code, Forecast.as_of, Forecast.id).join(
        BudgetLine, BudgetLine.id == Forecast.budget_line_id
    )
    return {(line, as_of): row for line, as_of, row in session.execute(found)}
