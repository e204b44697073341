"""What a line will cost in the end, as seen on a date: added, changed, archived and brought back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.acts import acts
from portal.commands.amounts import exact_amounts
from portal.commands.base import Refused, command
from portal.commands.budget_lines import line_named, own_line
from portal.commands.editing import Values, columns_of, hold, put
from portal.db.base import day
from portal.db.models import BudgetLine, Forecast
from portal.entities import money
from portal.permissions import Permission, Viewer

SHAPE = money.FORECAST.shape


@command(Permission.EDIT_MONEY)
def add_forecast(session: Session, by: Viewer, *, values: Values) -> Forecast:
    """For the line of key `budget_line`. Where it had an archived forecast of that date, that one comes back with this
    amount; raises Refused when it has one that counts."""
    exact_amounts("forecast", values, ("amount",))
    columns = columns_of(session, SHAPE.needed | dict(values), SHAPE)
    line = line_named(session, by, values["budget_line"])
    row = _of(session, line, columns["as_of"]) or Forecast()
    if row.id is not None and row.archived_at is None:
        raise Refused(_already(line, row))
    put(row, columns | {"archived_at": None})
    session.add(row)
    session.flush()
    return row


def _own(session: Session, by: Viewer, forecast_id: int, archived: bool) -> Forecast:
    """Held. It does not exist while its line is archived, or is another's."""
    row = hold(session, Forecast, forecast_id, archived=archived)
    own_line(session, by, row.budget_line_id)
    return row


def _changeable(session: Session, by: Viewer, _: Forecast, values: Values) -> Values:
    exact_amounts("forecast", values, ("amount",))
    if values.get("budget_line"):
        line_named(session, by, values["budget_line"])
    return values


def _only_one(session: Session, _: Viewer, row: Forecast, *__: object) -> None:
    """Raises Refused when the line has another forecast of that date."""
    line = session.get_one(BudgetLine, row.budget_line_id)
    other = _of(session, line, row.as_of)
    if other is not None and other.id != row.id:
        raise Refused(_already(line, other))


def _of(session: Session, line: BudgetLine, as_of: object) -> Forecast | None:
    """The line's forecast of that date, archived or not; the line is held, so that no other comes in."""
    return session.scalars(
        select(Forecast).where(Forecast.budget_line_id == line.id, Forecast.as_of == as_of).with_for_update()
    ).one_or_none()


def _already(line: BudgetLine, there: Forecast) -> str:
    if there.archived_at is not None:
        return f"Lijn {line.code} heeft een gearchiveerde prognose van {day(there.as_of)}; voeg ze opnieuw toe."
    return f"Lijn {line.code} heeft al een prognose van {day(there.as_of)}; wijzig die."


FORECAST = acts("forecast", Permission.EDIT_MONEY, SHAPE, _own, checked=_changeable, settled=_only_one)
"""Archived, the line's forecast before it counts again."""
