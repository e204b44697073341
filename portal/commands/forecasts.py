"""What a line will cost in the end, as seen on a date: added, changed, archived and brought back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.amounts import exact_amounts
from portal.commands.base import Refused, changed, command
from portal.commands.budget_lines import line_named, own_line
from portal.commands.editing import Pointer, Shape, Values, columns_of, edit, hold, put
from portal.db.base import day
from portal.db.models import BudgetLine, Forecast
from portal.permissions import Permission, RowNotFound, Viewer

SHAPE = Shape(
    columns=frozenset({"as_of", "amount"}),
    pointers={"budget_line": Pointer("budget_line_id", BudgetLine)},
    required=frozenset({"budget_line", "as_of", "amount"}),
)


@command(Permission.EDIT_MONEY)
def change_forecast(session: Session, by: Viewer, *, forecast_id: int, version: int, values: Values) -> Forecast:
    """Keys of `values`: those of SHAPE. Raises Refused when the line has another forecast of that date."""
    row = hold(session, Forecast, forecast_id)
    line = own_line(session, by, row.budget_line_id)
    exact_amounts(values, ("amount",))
    if values.get("budget_line"):
        line = line_named(session, by, values["budget_line"])
    with session.no_autoflush:  # another forecast of that date is told in words, not by the database
        edit(session, row, version, values, SHAPE)
        other = _of(session, line, row.as_of)
    if other is not None and other.id != row.id:
        raise Refused(_already(line, other))
    return row


@command(Permission.EDIT_MONEY)
def add_forecast(session: Session, by: Viewer, *, values: Values) -> Forecast:
    """For the line of key `budget_line`. Where it had an archived forecast of that date, that one comes back with this
    amount; raises Refused when it has one that counts."""
    exact_amounts(values, ("amount",))
    complete = dict.fromkeys(sorted(SHAPE.required)) | dict(values)
    columns = columns_of(session, complete, SHAPE)
    line = line_named(session, by, values["budget_line"])
    row = _of(session, line, columns["as_of"]) or Forecast()
    if row.id is not None and row.archived_at is None:
        raise Refused(_already(line, row))
    put(row, columns | {"archived_at": None})
    session.add(row)
    session.flush()
    return row


@command(Permission.EDIT_MONEY)
def archive_forecast(session: Session, by: Viewer, *, forecast_id: int, version: int) -> Forecast:
    """The line's forecast before it counts again."""
    row = hold(session, Forecast, forecast_id)
    own_line(session, by, row.budget_line_id)
    edit(session, row, version, {}, SHAPE)
    changed(row, archived_at=clock.now())
    return row


@command(Permission.EDIT_MONEY)
def restore_forecast(session: Session, by: Viewer, *, forecast_id: int) -> Forecast:
    """Raises RowNotFound while its line is archived."""
    row = session.get(Forecast, forecast_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise RowNotFound(f"forecast {forecast_id}")
    own_line(session, by, row.budget_line_id)
    changed(row, archived_at=None)
    return row


def _of(session: Session, line: BudgetLine, as_of: object) -> Forecast | None:
    """The line's forecast of that date, archived or not; the line is held, so that no other comes in."""
    return session.scalars(
        select(Forecast).where(Forecast.budget_line_id == line.id, Forecast.as_of == as_of).with_for_update()
    ).one_or_none()


def _already(line: BudgetLine, there: Forecast) -> str:
    if there.archived_at is not None:
        return f"Lijn {line.code} heeft een gearchiveerde prognose van {day(there.as_of)}; voeg ze opnieuw toe."
    return f"Lijn {line.code} heeft al een prognose van {day(there.as_of)}; wijzig die."
