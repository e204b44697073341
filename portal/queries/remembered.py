"""How a person explained files of their own."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import REGION_TIME
from portal.db.models import RememberedList
from portal.permissions import Permission, Viewer, require


@dataclass(frozen=True, slots=True)
class Remembered:
    id: int
    kind: str
    name: str
    mapped: str
    saved_on: date


def remembered_lists(session: Session, viewer: Viewer, kind: str = "") -> tuple[Remembered, ...]:
    """The viewer's own, of one kind or of all (""): the one that was saved last first."""
    require(viewer, Permission.IMPORT_DATA)
    own = select(RememberedList).where(RememberedList.user_id == viewer.user_id)
    if kind:
        own = own.where(RememberedList.kind == kind)
    found = session.scalars(own.order_by(RememberedList.saved_at.desc(), RememberedList.id))
    return tuple(
        Remembered(row.id, row.kind, row.name, row.mapped, row.saved_at.astimezone(REGION_TIME).date()) for row in found
    )
