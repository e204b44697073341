"""Changes to the inventory's challenges, one at a time; each keeps up to date which challenges are alike."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import acts
from portal.commands.base import Refused, command
from portal.commands.codes import free_code, next_code
from portal.commands.editing import Values, columns_of, hold, put
from portal.commands.known import knows_of
from portal.commands.likeness import alike_again
from portal.db.models import Challenge, Partner
from portal.entities import inventory
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope

SHAPE = inventory.CHALLENGE.shape
COMPARED = frozenset({"title", "description", "theme", "service", "visibility"})


@command(Permission.EDIT_INVENTORY)
def add_challenge(session: Session, by: Viewer, *, partner: str, values: Values, code: str | None = None) -> Challenge:
    """A challenge of the partner with this slug; without a code it gets the partner's next one."""
    owner = session.scalars(
        select(Partner).where(Partner.slug == partner, Partner.archived_at.is_(None)).with_for_update(key_share=True)
    ).one_or_none()
    if owner is None:
        raise Refused(f"Partner ‘{partner}’ bestaat niet; kies er een uit de lijst.")
    if not scope(by, Permission.EDIT_INVENTORY).has_partner(owner.id):
        raise PermissionDenied(Permission.EDIT_INVENTORY, partner)
    row = Challenge(
        code=free_code(session, Challenge, code) if code else _next_code(session, owner),
        partner_id=owner.id,
    )
    complete = SHAPE.needed | {"inventoried_on": clock.today()} | dict(values)
    put(row, columns_of(session, complete, SHAPE))
    session.add(row)
    alike_again(session, row)
    return row


def _next_code(session: Session, owner: Partner) -> str:
    """U-<partner>-<number>, as the partner's other challenges have it; the partner is held."""
    beside = select(Challenge.code).where(Challenge.partner_id == owner.id)
    return next_code(session, Challenge, beside, f"U-{owner.slug[:3].upper()}")


def _own(session: Session, by: Viewer, challenge_id: int, archived: bool) -> Challenge:
    """Held. Another's internal row does not exist for this person; another's visible row may not be touched."""
    row = hold(session, Challenge, challenge_id, archived=archived)
    if not knows_of(by, row):
        raise RowNotFound(f"challenge {challenge_id}")
    if not scope(by, Permission.EDIT_INVENTORY).has_partner(row.partner_id):
        if archived:  # it is in no list of theirs
            raise RowNotFound(f"challenge {challenge_id}")
        raise PermissionDenied(Permission.EDIT_INVENTORY, row.code)
    return row


def _alike(session: Session, _: Viewer, row: Challenge, values: Values, __: object) -> None:
    if COMPARED & values.keys():
        alike_again(session, row)


def _again_alike(session: Session, _: Viewer, row: Challenge) -> None:
    alike_again(session, row)


CHALLENGE = acts(
    *("challenge", Permission.EDIT_INVENTORY, SHAPE, _own),
    settled=_alike,
    leaves=_again_alike,
    returns=_again_alike,
)
"""Archived, a challenge is out of every list and count, with its links to projects kept."""
