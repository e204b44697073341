"""Changes to the inventory's challenges, one at a time; each keeps up to date which challenges are alike."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, changed, command
from portal.commands.codes import free_code, next_code
from portal.commands.editing import Pointer, Shape, Values, columns_of, edit, filled, hold, put
from portal.commands.known import knows_of
from portal.commands.likeness import keep_likeness
from portal.db.models import Challenge, Dimension, Partner, Service, Theme
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope

SHAPE = Shape(
    columns=frozenset(
        {"title", "description", "urgency", "status", "visibility", "raised_by", "inventoried_on"},
    ),
    pointers={
        "theme": Pointer("theme_id", Theme),
        "dimension": Pointer("dimension_id", Dimension),
        "service": Pointer("service_id", Service),
    },
    required=frozenset({"title", "theme", "dimension", "service", "urgency", "status", "visibility"}),
)
COMPARED = frozenset({"title", "description", "theme", "service", "visibility"})
MAY_BE_EMPTY = frozenset({"description", "raised_by"})
NEEDED = ("title", "theme", "dimension", "service", "urgency")


@command(Permission.EDIT_INVENTORY)
def change_challenge(
    session: Session, by: Viewer, *, challenge_id: int, version: int, values: Values, alike: bool = True
) -> Challenge:
    """Keys of `values`: those of SHAPE. `alike=False` leaves the likeness to whoever changes many at once."""
    row = _own(session, by, challenge_id)
    if edit(session, row, version, _checked(values), SHAPE) and alike and COMPARED & values.keys():
        keep_likeness(session, challenge_ids=[row.id])
    return row


@command(Permission.EDIT_INVENTORY)
def add_challenge(
    session: Session, by: Viewer, *, partner: str, values: Values, code: str | None = None, alike: bool = True
) -> Challenge:
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
    complete = dict.fromkeys(NEEDED) | {"inventoried_on": clock.today()} | dict(values)
    put(row, columns_of(session, _checked(complete), SHAPE))
    session.add(row)
    if alike:
        session.flush()
        keep_likeness(session, challenge_ids=[row.id])
    return row


@command(Permission.EDIT_INVENTORY)
def archive_challenge(session: Session, by: Viewer, *, challenge_id: int, version: int) -> Challenge:
    """Out of every list and count, with its links to projects kept; `restore_challenge` brings it back."""
    row = _own(session, by, challenge_id)
    edit(session, row, version, {}, SHAPE)
    changed(row, archived_at=clock.now())
    keep_likeness(session, challenge_ids=[row.id])
    return row


@command(Permission.EDIT_INVENTORY)
def restore_challenge(session: Session, by: Viewer, *, challenge_id: int) -> Challenge:
    row = session.get(Challenge, challenge_id, with_for_update={"key_share": True}, populate_existing=True)
    if row is None or not scope(by, Permission.EDIT_INVENTORY).has_partner(row.partner_id):
        raise RowNotFound(f"challenge {challenge_id}")
    changed(row, archived_at=None)
    keep_likeness(session, challenge_ids=[row.id])
    return row


def _own(session: Session, by: Viewer, challenge_id: int) -> Challenge:
    """Held. Another's internal row does not exist for this person; another's visible row may not be touched."""
    row = hold(session, Challenge, challenge_id)
    if not knows_of(by, row):
        raise RowNotFound(f"challenge {challenge_id}")
    if not scope(by, Permission.EDIT_INVENTORY).has_partner(row.partner_id):
        raise PermissionDenied(Permission.EDIT_INVENTORY, row.code)
    return row


def _checked(values: Values) -> Values:
    """Empty texts as the columns have them. Raises Refused for an urgency that is none."""
    if "urgency" in values and values["urgency"] not in {1, 2, 3, None}:
        raise Refused("Urgentie is 1, 2 of 3; er is niets gewijzigd.")
    return filled(values, MAY_BE_EMPTY)


def _next_code(session: Session, owner: Partner) -> str:
    """U-<partner>-<number>, as the partner's other challenges have it; the partner is held."""
    beside = select(Challenge.code).where(Challenge.partner_id == owner.id)
    return next_code(session, Challenge, beside, f"U-{owner.slug[:3].upper()}")
