"""Changes to the results promised: how far each is, and which partners reached it. What was promised stays a fact."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.acts import change_of
from portal.commands.base import Clash, Conflict, Refused, command
from portal.commands.editing import Values, hold, last_change, put
from portal.db.models import Deliverable, DeliverablePartner, Part, Partner
from portal.entities import results
from portal.permissions import Permission, PermissionDenied, Viewer, scope
from portal.vocabulary import TargetKind

SHAPE = results.DELIVERABLE.shape
HUNDRED = 100


@command(Permission.EDIT_DELIVERABLES)
def tick_partner(
    session: Session, by: Viewer, *, deliverable_id: int, partner: str, reached_on: date, seen: date | None
) -> DeliverablePartner | None:
    """The partner (its slug) reached the result on this day; `seen` is the day that stood there for this person.

    What already is so stays so. Raises Conflict when another day stands there than was seen.
    """
    return _set(session, _own(session, by, deliverable_id, False), partner, reached_on, seen)


@command(Permission.EDIT_DELIVERABLES)
def untick_partner(
    session: Session, by: Viewer, *, deliverable_id: int, partner: str, seen: date | None
) -> DeliverablePartner | None:
    """The partner has not reached the result after all: it is counted, and not yet there. Else as `tick_partner`."""
    return _set(session, _own(session, by, deliverable_id, False), partner, None, seen)


def _number(row: Deliverable, value: object) -> float | None:
    if value is None:
        return None
    if row.target_kind is TargetKind.PARTNERS:
        raise Refused("Dit resultaat telt partners: vink aan wie het bereikte. Er is niets gewijzigd.")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Refused("Bereikte waarde is een getal; er is niets gewijzigd.")
    number = round(float(value), 2)
    most = HUNDRED if row.target_kind is TargetKind.PERCENTAGE else 10**11
    if not 0 <= number <= most:
        limit = "ligt tussen 0 en 100" if most == HUNDRED else "is niet kleiner dan 0, en niet zo groot"
        raise Refused(f"Bereikte waarde {limit}; er is niets gewijzigd.")
    return number


def _set(
    session: Session, result: Deliverable, slug: str, reached_on: date | None, seen: date | None
) -> DeliverablePartner | None:
    """None when there was no tick and none is asked. The result is held, so that two never make one tick twice."""
    partner = session.scalars(select(Partner).where(Partner.slug == slug, Partner.archived_at.is_(None))).one_or_none()
    if partner is None:
        raise Refused(f"Partner ‘{slug}’ bestaat niet; kies er een uit de lijst.")
    row = session.scalars(
        select(DeliverablePartner)
        .filter_by(deliverable_id=result.id, partner_id=partner.id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    present = row.reached_on if row else None
    if present == reached_on:
        return row
    if present != seen:
        who, at = last_change(session, row) if row else ("Portaal", None)
        raise Conflict.between((Clash(slug, present, reached_on),), who=who, at=at, version=0)
    if row is None:
        row = DeliverablePartner(deliverable_id=result.id, partner_id=partner.id)
        put(row, {"reached_on": reached_on})
        session.add(row)
        session.flush()
    else:
        put(row, {"reached_on": reached_on})
    return row


def _own(session: Session, by: Viewer, deliverable_id: int, _: bool) -> Deliverable:
    """Held. Everybody knows the results, so one of another atelier is forbidden, not unknown."""
    row = hold(session, Deliverable, deliverable_id)
    if not scope(by, Permission.EDIT_DELIVERABLES).has_atelier(session.get_one(Part, row.part_id).atelier_id):
        raise PermissionDenied(Permission.EDIT_DELIVERABLES, row.code)
    return row


def _checked(_: Session, __: Viewer, row: Deliverable, values: Values) -> Values:
    """Raises Refused for a number that is not counted here; two decimals are kept."""
    number = {"reached_value": _number(row, values["reached_value"])} if "reached_value" in values else {}
    return {**values, **number}


change_deliverable = change_of("deliverable", Permission.EDIT_DELIVERABLES, SHAPE, _own, checked=_checked)
