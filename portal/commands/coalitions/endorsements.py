"""Draagvlak within a partner, what each level asks before it is engaged, and the steps of its roadmap."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import acts, change_of
from portal.commands.base import Refused, command
from portal.commands.editing import Values, columns_of, hold, put
from portal.db.models import Endorsement, EndorsementCondition, Partner, RoadmapItem
from portal.entities import coalitions
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack

LEVELS = coalitions.ENDORSEMENT.shape
CONDITIONS = coalitions.CONDITION.shape
NOT_ASKED = EndorsementState.NOT_ASKED


@command(Permission.EDIT_INVENTORY)
def add_endorsement(
    session: Session,
    by: Viewer,
    *,
    partner: str,
    level: EndorsementLevel,
    track: EndorsementTrack,
    values: Values,
) -> Endorsement:
    """What a level that was not yet asked says, on one track; each level stands once on each track."""
    whose = _held(session, by, partner)
    if _of(session, whose.id, level, track) is not None:
        raise Refused(f"{level.label} ({track.label}) staat er al; wijzig die stand. Nu is er niets gewijzigd.")
    return _begun(session, whose.id, level, track, values)


@command(Permission.EDIT_INVENTORY)
def add_condition(
    session: Session,
    by: Viewer,
    *,
    partner: str,
    level: EndorsementLevel,
    track: EndorsementTrack,
    values: Values,
) -> EndorsementCondition:
    """What a level asks; a level that was not yet asked stands at "voorwaarden" from today."""
    whose = _held(session, by, partner)
    level_row = _of(session, whose.id, level, track)
    if level_row is None:
        level_row = _begun(session, whose.id, level, track, {"state": EndorsementState.CONDITIONS})
    row = EndorsementCondition(endorsement_id=level_row.id)
    put(row, columns_of(session, {"text": None} | dict(values), CONDITIONS))
    session.add(row)
    session.flush()
    return row


def _begun(
    session: Session, partner_id: int, level: EndorsementLevel, track: EndorsementTrack, values: Values
) -> Endorsement:
    row = Endorsement(partner_id=partner_id, level=level, track=track)
    put(row, columns_of(session, _dated(NOT_ASKED, {"state": NOT_ASKED} | dict(values)), LEVELS))
    session.add(row)
    session.flush()
    return row


def _dated(before: EndorsementState, values: Values) -> dict[str, Any]:
    """The values, and today's date beside a new state without one. Raises Refused for a day that is still to come."""
    dated = dict(values)
    if dated.get("state", before) != before and dated.get("on") is None:
        dated["on"] = clock.today() if dated["state"] != NOT_ASKED else None
    return dated


def _of(session: Session, partner_id: int, level: EndorsementLevel, track: EndorsementTrack) -> Endorsement | None:
    found = select(Endorsement).where(
        Endorsement.partner_id == partner_id, Endorsement.level == level, Endorsement.track == track
    )
    return session.scalars(found).one_or_none()


def _held(session: Session, by: Viewer, slug: str) -> Partner:
    """The partner; whoever adds to its draagvlak at the same moment waits."""
    row = session.scalars(
        select(Partner).where(Partner.slug == slug, Partner.archived_at.is_(None)).with_for_update()
    ).one_or_none()
    if row is None:
        raise RowNotFound(f"partner {slug}")
    _require_own(by, row.id)
    return row


def _require_own(by: Viewer, partner_id: int) -> None:
    if not scope(by, Permission.EDIT_INVENTORY).has_partner(partner_id):
        raise PermissionDenied(Permission.EDIT_INVENTORY, "draagvlak or roadmap of another")


def _own_condition(session: Session, by: Viewer, condition_id: int, archived: bool) -> EndorsementCondition:
    row = hold(session, EndorsementCondition, condition_id, archived=archived)
    _require_own(by, session.get_one(Endorsement, row.endorsement_id).partner_id)
    return row


CONDITION = acts("condition", Permission.EDIT_INVENTORY, CONDITIONS, _own_condition)


def _own(session: Session, by: Viewer, endorsement_id: int, _: bool) -> Endorsement:
    row = hold(session, Endorsement, endorsement_id)
    _require_own(by, row.partner_id)
    return row


change_endorsement = change_of(
    *("endorsement", Permission.EDIT_INVENTORY, LEVELS, _own),
    checked=lambda _, __, row, values: _dated(row.state, values),
)
"""Another state is dated today, unless a date is given."""


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


def _own_step(session: Session, by: Viewer, item_id: int, archived: bool) -> RoadmapItem:
    row = hold(session, RoadmapItem, item_id, archived=archived)
    _require_own(by, row.partner_id)
    return row


STEP = acts("roadmap_item", Permission.EDIT_INVENTORY, SHAPE, _own_step, settled=_no_own_coach)
