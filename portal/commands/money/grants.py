"""Money as commands take it: amounts exact, in cents; a project that everybody may know of."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.acts import Acts, Before, add_of, change_of
from portal.commands.base import Refused
from portal.commands.codes import codes_after
from portal.commands.editing import Values, hold
from portal.db.models import Grant, GrantCondition, Project, SubsidyCall, SubsidyCondition
from portal.db.types import CENT
from portal.entities import money
from portal.field_labels import field_label
from portal.permissions import Permission, PermissionDenied, Viewer, scope
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
FIRST = "D-1"
WHOLE, HUNDREDTH_OF_PERCENT = Decimal(1), Decimal("0.0001")


def _begun(session: Session, by: Viewer, values: Values) -> tuple[Grant, Values]:
    """With the next code, and every condition of the subsidy still to be looked at."""
    _refuse_part(by, "new")
    session.execute(select(SubsidyCall.id).order_by(SubsidyCall.id).with_for_update(key_share=True)).all()
    return Grant(code=next(codes_after(session, Grant, FIRST))), values


def _refuse_part(by: Viewer, what: str) -> None:
    """The file is everybody's to read and only theirs to change who answer for every atelier."""
    if not scope(by, RIGHT).everything:
        raise PermissionDenied(RIGHT, f"subsidy file {what}")


def _checked(session: Session, _: Viewer, __: Grant, values: Values) -> Values:
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


def _settled(session: Session, _: Viewer, row: Grant, __: Values, before: Before) -> None:
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise Refused("Het einde ligt voor de start; er is niets gewijzigd.")
    if not before:
        session.flush()
        known = session.scalars(select(SubsidyCondition.id).order_by(SubsidyCondition.position, SubsidyCondition.id))
        session.add_all([GrantCondition(grant_id=row.id, subsidy_condition_id=condition) for condition in known])


def _own(session: Session, by: Viewer, grant_id: int, _: bool) -> Grant:
    row = hold(session, Grant, grant_id)
    _refuse_part(by, row.code)
    return row


def _own_condition(session: Session, by: Viewer, condition_id: int, _: bool) -> GrantCondition:
    row = hold(session, GrantCondition, condition_id)
    _refuse_part(by, f"condition {condition_id}")
    return row


change_grant = change_of("grant", RIGHT, money.GRANT, _own, checked=_checked, settled=_settled)
add_grant = add_of("add_grant", RIGHT, money.GRANT, _begun, checked=_checked, settled=_settled)
GRANT = Acts(money.GRANT, RIGHT, change_grant, add=add_grant)
change_grant_condition = change_of("grant_condition", RIGHT, money.GRANT_CONDITION, _own_condition)
CONDITION = Acts(money.GRANT_CONDITION, RIGHT, change_grant_condition)
