"""The steps of a partner's roadmap, which it follows at its own speed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, changed, command
from portal.commands.editing import Pointer, Shape, Values, columns_of, edit, hold, put
from portal.db.models import Partner, Project, RoadmapItem
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope

SHAPE = Shape(
    columns=frozenset({"title", "part", "year", "status"}),
    pointers={
        "project": Pointer("project_id", Project),
        "coach": Pointer("coach_partner_id", Partner, "slug"),
    },
    required=frozenset({"title", "part", "status"}),
)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@command(Permission.EDIT_INVENTORY)
def change_roadmap_item(session: Session, by: Viewer, *, item_id: int, version: int, values: Values) -> RoadmapItem:
    row = hold(session, RoadmapItem, item_id)
    _require_own(by, row.partner_id)
    edit(session, row, version, _possible(values), SHAPE)
    _refuse_own_coach(row)
    return row


@command(Permission.EDIT_INVENTORY)
def add_roadmap_item(session: Session, by: Viewer, *, partner: str, values: Values) -> RoadmapItem:
    found = select(Partner.id).where(Partner.slug == partner, Partner.archived_at.is_(None))
    partner_id = session.scalar(found)
    if partner_id is None:
        raise RowNotFound(f"partner {partner}")
    _require_own(by, partner_id)
    row = RoadmapItem(partner_id=partner_id)
    put(row, columns_of(session, _possible({"title": None, "part": None} | dict(values)), SHAPE))
    _refuse_own_coach(row)
    session.add(row)
    session.flush()
    return row


@command(Permission.EDIT_INVENTORY)
def archive_roadmap_item(session: Session, by: Viewer, *, item_id: int, version: int) -> RoadmapItem:
    row = hold(session, RoadmapItem, item_id)
    _require_own(by, row.partner_id)
    edit(session, row, version, {}, SHAPE)
    changed(row, archived_at=clock.now())
    return row


@command(Permission.EDIT_INVENTORY)
def restore_roadmap_item(session: Session, by: Viewer, *, item_id: int) -> RoadmapItem:
    row = session.get(RoadmapItem, item_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise RowNotFound(f"roadmap_item {item_id}")
    _require_own(by, row.partner_id)
    changed(row, archived_at=None)
    return row


def _possible(values: Values) -> Values:
    year = values.get("year")
    if isinstance(year, int) and not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"Jaar {year} kan niet; er is niets gewijzigd.")
    return values


def _refuse_own_coach(row: RoadmapItem) -> None:
    if row.coach_partner_id is not None and row.coach_partner_id == row.partner_id:
        raise Refused("Een partner begeleidt niet zichzelf; kies een andere begeleider of laat ze leeg.")


def _require_own(by: Viewer, partner_id: int) -> None:
    if not scope(by, Permission.EDIT_INVENTORY).has_partner(partner_id):
        raise PermissionDenied(Permission.EDIT_INVENTORY, "roadmap of another")
