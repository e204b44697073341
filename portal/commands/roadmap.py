"""The steps of a partner's roadmap, which it follows at its own speed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.acts import acts
from portal.commands.base import Refused, command
from portal.commands.editing import Values, columns_of, hold, put
from portal.db.models import Partner, RoadmapItem
from portal.entities import coalitions
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope

SHAPE = coalitions.ROADMAP_ITEM.shape


@command(Permission.EDIT_INVENTORY)
def add_roadmap_item(session: Session, by: Viewer, *, partner: str, values: Values) -> RoadmapItem:
    found = select(Partner.id).where(Partner.slug == partner, Partner.archived_at.is_(None))
    partner_id = session.scalar(found)
    if partner_id is None:
        raise RowNotFound(f"partner {partner}")
    _require_own(by, partner_id)
    row = RoadmapItem(partner_id=partner_id)
    put(row, columns_of(session, SHAPE.needed | dict(values), SHAPE))
    _no_own_coach(session, by, row)
    session.add(row)
    session.flush()
    return row


def _no_own_coach(_: Session, __: Viewer, row: RoadmapItem, *___: object) -> None:
    if row.coach_partner_id is not None and row.coach_partner_id == row.partner_id:
        raise Refused("Een partner begeleidt niet zichzelf; kies een andere begeleider of laat ze leeg.")


def _require_own(by: Viewer, partner_id: int) -> None:
    if not scope(by, Permission.EDIT_INVENTORY).has_partner(partner_id):
        raise PermissionDenied(Permission.EDIT_INVENTORY, "roadmap of another")


def _own(session: Session, by: Viewer, item_id: int, archived: bool) -> RoadmapItem:
    row = hold(session, RoadmapItem, item_id, archived=archived)
    _require_own(by, row.partner_id)
    return row


STEP = acts(
    *("roadmap_item", Permission.EDIT_INVENTORY, SHAPE, _own),
    settled=_no_own_coach,
)
