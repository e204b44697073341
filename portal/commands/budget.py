"""The money as a file brings it in: lines, bookings and forecasts, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands import bookings as booking_commands
from portal.commands import budget_lines as line_commands
from portal.commands.base import command
from portal.commands.bookings import BOOKING, add_booking
from portal.commands.budget_lines import LINE, add_line, hold_codes
from portal.commands.codes import codes_after
from portal.commands.editing import Values, many_at_once
from portal.commands.forecasts import FORECAST, add_forecast
from portal.db.models import Booking, BudgetLine, Forecast
from portal.permissions import Permission, RowNotFound, Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """A row by its key: the code of a line or booking (None: the next one), the line's code and the date of a forecast.

    `version` is the one that was seen, None for a new row; `values` are only those to set, by the keys of the command
    that sets them.
    """

    key: Any
    values: Values
    version: int | None = None


@command(Permission.IMPORT_DATA)
def load_budget(
    session: Session,
    by: Viewer,
    *,
    lines: Sequence[Entry] = (),
    bookings: Sequence[Entry] = (),
    forecasts: Sequence[Entry] = (),
) -> None:
    """A booking or forecast may be on a line that is new here.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; then nothing is loaded.
    """
    hold_codes(session)
    with many_at_once(session):
        _put_lines(session, by, lines)
        session.flush()  # what follows holds these lines, and holding reads them anew
        _put_bookings(session, by, bookings)
        _put_forecasts(session, by, forecasts)


def _put_lines(session: Session, by: Viewer, entries: Sequence[Entry]) -> None:
    ids = _ids(session, BudgetLine, entries)
    codes = codes_after(session, BudgetLine, line_commands.FIRST, also={one.key for one in entries if one.key})
    for one in entries:
        if one.version is None:
            add_line(session, by, values=one.values, code=one.key or next(codes))
        else:
            LINE.change(session, by, row_id=_known(ids, one), version=one.version, values=one.values)


def _put_bookings(session: Session, by: Viewer, entries: Sequence[Entry]) -> None:
    ids = _ids(session, Booking, entries)
    codes = codes_after(session, Booking, booking_commands.FIRST, also={one.key for one in entries if one.key})
    for one in entries:
        if one.version is None:
            add_booking(session, by, values=one.values, code=one.key or next(codes))
        else:
            BOOKING.change(session, by, row_id=_known(ids, one), version=one.version, values=one.values)


def _put_forecasts(session: Session, by: Viewer, entries: Sequence[Entry]) -> None:
    found = select(BudgetLine.code, Forecast.as_of, Forecast.id).join(
        BudgetLine, BudgetLine.id == Forecast.budget_line_id
    )
    changing = any(one.version is not None for one in entries)
    ids = {(line, as_of): row for line, as_of, row in session.execute(found)} if changing else {}
    for one in entries:
        if one.version is None:
            line, as_of = one.key
            add_forecast(session, by, values={**one.values, "budget_line": line, "as_of": as_of})
        else:
            FORECAST.change(session, by, row_id=_known(ids, one), version=one.version, values=one.values)


def _ids(session: Session, model: Any, entries: Sequence[Entry]) -> dict[Any, int]:
    """Of the rows that are there, by code: one question, however many rows."""
    if all(one.version is None for one in entries):
        return {}
    found = session.execute(select(model.code, model.id).where(model.archived_at.is_(None)))
    return {row.code: row.id for row in found}


def _known(ids: dict[Any, int], one: Entry) -> int:
    if one.key not in ids:
        raise RowNotFound(str(one.key))
    return ids[one.key]
