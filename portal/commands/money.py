"""Changes to the money: amounts exact, in cents; a project that everybody may know of. Subsidy files with their
conditions, budget lines, the money committed or spent on a line (a correction is a negative booking), and what it will
cost in the end, as seen on a date."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands.acts import Acts, Before, acts, add_of, change_of
from portal.commands.base import Refused, command
from portal.commands.codes import code_meant, codes_after, own_or_next
from portal.commands.editing import Values, columns_of, hold, put
from portal.db.base import day
from portal.db.models import (
    Booking,
    BudgetLine,
    Forecast,
    Grant,
    GrantCondition,
    Project,
    SubsidyCall,
    SubsidyCondition,
)
from portal.db.types import CENT
from portal.entities import money as described
from portal.field_labels import field_label
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.text import sentence
from portal.vocabulary import SHARED_SCOPES, Visibility

TOO_MUCH = Decimal(10) ** 12


def exact_amounts(of: str, values: Values, keys: Iterable[str], *, least: Decimal | None = None) -> None:
    """Of a row of the table `of`. Raises Refused for an amount with more than two decimals, too large to be kept, or
    below `least`; TypeError for a float, which is never an amount."""
    for key in keys:
        amount = values.get(key)
        if amount is not None:
            _exact(field_label(key, of), amount, least)


def shared_project(session: Session, values: Values) -> None:
    """Raises Refused for a `project` that is local or internal: money is read by who may not know of such a one."""
    if code := values.get("project"):
        named = select(Project.id).where(Project.code == str(code), Project.archived_at.is_(None))
        open_to_all = Project.scope.in_(sorted(SHARED_SCOPES)) & (Project.visibility != Visibility.INTERNAL)
        if session.scalar(named.where(open_to_all)) is None:
            raise Refused(f"Project ‘{code}’ bestaat niet of is geen gedeeld project; kies er een uit de lijst.")


def _exact(label: str, amount: object, least: Decimal | None) -> None:
    named = sentence(label)
    if not isinstance(amount, Decimal):
        raise TypeError(f"{label}: an amount is a Decimal, never a {type(amount).__name__}")
    if not amount.is_finite() or abs(amount) >= TOO_MUCH:
        raise Refused(f"{named} is te groot; er is niets gewijzigd.")
    if amount != amount.quantize(CENT):
        raise Refused(f"{named} heeft meer dan twee decimalen; er is niets gewijzigd.")
    if least is not None and amount < least:
        raise Refused(f"{named} kan niet negatief zijn; er is niets gewijzigd.")


RIGHT = Permission.EDIT_MONEY
FIRST_GRANT = "D-1"
WHOLE, HUNDREDTH_OF_PERCENT = Decimal(1), Decimal("0.0001")


def _begun_grant(session: Session, by: Viewer, values: Values) -> tuple[Grant, Values]:
    """With the next code, and every condition of the subsidy still to be looked at."""
    _refuse_part(by, "new")
    session.execute(select(SubsidyCall.id).order_by(SubsidyCall.id).with_for_update(key_share=True)).all()
    return Grant(code=next(codes_after(session, Grant, FIRST_GRANT))), values


def _refuse_part(by: Viewer, what: str) -> None:
    """The file is everybody's to read and only theirs to change who answer for every atelier."""
    if not scope(by, RIGHT).everything:
        raise PermissionDenied(RIGHT, f"subsidy file {what}")


def _checked_grant(session: Session, _: Viewer, __: Grant, values: Values) -> Values:
    """Raises Refused for an amount below zero, for a rate that is no share and for a project that is not shared."""
    shared_project(session, values)
    exact_amounts("subsidy_grant", values, ("requested", "awarded"), least=Decimal(0))
    rate = values.get("subsidy_rate")
    if rate is None:
        return values
    if not isinstance(rate, Decimal):
        raise TypeError(f"subsidy_rate is a Decimal, never a {type(rate).__name__}")
    if not 0 <= rate <= WHOLE or rate != rate.quantize(HUNDREDTH_OF_PERCENT):
        raise Refused("Subsidiepercentage ligt tussen 0 en 100 %, met hoogstens twee decimalen; er is niets gewijzigd.")
    return values


def _settled_grant(session: Session, _: Viewer, row: Grant, __: Values, before: Before) -> None:
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise Refused("Het einde ligt voor de start; er is niets gewijzigd.")
    if not before:
        session.flush()
        known = session.scalars(select(SubsidyCondition.id).order_by(SubsidyCondition.position, SubsidyCondition.id))
        session.add_all([GrantCondition(grant_id=row.id, subsidy_condition_id=condition) for condition in known])


def _own_grant(session: Session, by: Viewer, grant_id: int, _: bool) -> Grant:
    row = hold(session, Grant, grant_id)
    _refuse_part(by, row.code)
    return row


def _own_condition(session: Session, by: Viewer, condition_id: int, _: bool) -> GrantCondition:
    row = hold(session, GrantCondition, condition_id)
    _refuse_part(by, f"condition {condition_id}")
    return row


change_grant = change_of("grant", RIGHT, described.GRANT, _own_grant, checked=_checked_grant, settled=_settled_grant)
add_grant = add_of("add_grant", RIGHT, described.GRANT, _begun_grant, checked=_checked_grant, settled=_settled_grant)
GRANT = Acts(described.GRANT, RIGHT, change_grant, add=add_grant)
change_grant_condition = change_of("grant_condition", RIGHT, described.GRANT_CONDITION, _own_condition)
CONDITION = Acts(described.GRANT_CONDITION, RIGHT, change_grant_condition)


FIRST_LINE, FIRST_BOOKING = "L-001", "B-0001"


def _begun_line(session: Session, _: Viewer, values: Values, *, code: str | None = None) -> tuple[BudgetLine, Values]:
    return BudgetLine(code=own_or_next(session, BudgetLine, code, FIRST_LINE, hold_codes)), values


def line_named(session: Session, by: Viewer, code: object) -> BudgetLine:
    """Held. Raises Refused for a code that means no line of this person's ateliers."""
    row = _held(session, str(code))
    if row is None and (meant := code_meant(session, BudgetLine.code, code, BudgetLine.archived_at.is_(None))):
        row = _held(session, meant)
    if row is None or not _is_own(by, row):
        raise Refused(f"Budgetlijn ‘{code or ''}’ bestaat niet; kies er een uit de lijst.")
    return row


def _held(session: Session, code: str) -> BudgetLine | None:
    found = select(BudgetLine).where(BudgetLine.code == code, BudgetLine.archived_at.is_(None))
    return session.scalars(found.with_for_update().execution_options(populate_existing=True)).one_or_none()


def hold_codes(session: Session) -> None:
    """Until the command ends nobody else gives out a code of a line or a booking. Taken before any line is held."""
    session.execute(select(Grant.id).order_by(Grant.id).with_for_update(key_share=True)).all()


def _is_own(by: Viewer, row: BudgetLine) -> bool:
    return scope(by, RIGHT).has_atelier(row.atelier_id)


def own_line(session: Session, by: Viewer, line_id: int, archived: bool = False) -> BudgetLine:
    """Held. A line of another atelier does not exist for who may not read it either."""
    row = hold(session, BudgetLine, line_id, archived=archived)
    if not _is_own(by, row):
        raise RowNotFound(f"budget_line {line_id}")
    return row


def _stays_own(_: Session, by: Viewer, row: BudgetLine, *__: object) -> None:
    """A line stays within the person's own ateliers; a new one without an atelier is of the only one of who answers for
    one."""
    own = scope(by, RIGHT).atelier_ids
    if row.id is None and row.atelier_id is None and own and len(own) == 1:
        row.atelier_id = next(iter(own))
    if _is_own(by, row):
        return
    if row.atelier_id is None:
        raise Refused("Atelier mag niet leeg zijn: kies een van uw ateliers; er is niets gewijzigd.")
    raise PermissionDenied(RIGHT, row.code)


def _checked_line(session: Session, _: Viewer, __: BudgetLine, values: Values) -> Values:
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
    *("line", RIGHT, described.BUDGET_LINE, own_line, _begun_line),
    checked=_checked_line,
    settled=_stays_own,
    leaves=_is_not_booked,
)
"""Archived, a line is out of every list and total, with its forecasts; not while money is booked on it."""
add_line = LINE.add


def _begun_booking(session: Session, _: Viewer, values: Values, *, code: str | None = None) -> tuple[Booking, Values]:
    return Booking(code=own_or_next(session, Booking, code, FIRST_BOOKING, hold_codes)), values


def _own_booking(session: Session, by: Viewer, booking_id: int, archived: bool) -> Booking:
    """Held. A booking on another's line does not exist for who may not read it either."""
    row = hold(session, Booking, booking_id, archived=archived)
    line = own_line(session, by, row.budget_line_id, archived)
    if line.archived_at is not None:
        raise Refused(f"Lijn {line.code} van deze boeking is gearchiveerd; haal eerst de lijn terug.")
    return row


def _to_own_line(session: Session, by: Viewer, row: Booking | Forecast, values: Values) -> Values:
    """The money is on the line of key `budget_line`, of an own atelier."""
    exact_amounts(row.__tablename__, values, ("amount",))
    if values.get("budget_line"):
        line_named(session, by, values["budget_line"])
    return values


BOOKING = acts("booking", RIGHT, described.BOOKING, _own_booking, _begun_booking, checked=_to_own_line)
"""A booking is archived for what was typed by mistake; what was paid back is a negative one."""
add_booking = BOOKING.add


@command(RIGHT)
def add_forecast(session: Session, by: Viewer, *, values: Values) -> Forecast:
    """For the line of key `budget_line`. Where it had an archived forecast of that date, that one comes back with this
    amount; raises Refused when it has one that counts."""
    exact_amounts("forecast", values, ("amount",))
    shape = described.FORECAST.shape
    columns = columns_of(session, shape.needed | dict(values), shape)
    line = line_named(session, by, values["budget_line"])
    row = _of(session, line, columns["as_of"]) or Forecast()
    if row.id is not None and row.archived_at is None:
        raise Refused(_already(line, row))
    put(row, columns | {"archived_at": None})
    session.add(row)
    session.flush()
    return row


def _own_forecast(session: Session, by: Viewer, forecast_id: int, archived: bool) -> Forecast:
    """Held. It does not exist while its line is archived, or is another's."""
    row = hold(session, Forecast, forecast_id, archived=archived)
    own_line(session, by, row.budget_line_id)
    return row


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


FORECAST = replace(
    acts("forecast", RIGHT, described.FORECAST, _own_forecast, checked=_to_own_line, settled=_only_one),
    add=add_forecast,
)
"""Archived, the line's forecast before it counts again."""
