"""Draagvlak within a partner, what each level asks before it is engaged, and the steps of its roadmap."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import Acts, acts, add_of, change_of
from portal.commands.base import Refused
from portal.commands.editing import Values, hold
from portal.db.models import Endorsement, EndorsementCondition, Partner, RoadmapItem
from portal.entities import coalitions
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack

RIGHT = Permission.EDIT_INVENTORY
NOT_ASKED = EndorsementState.NOT_ASKED


def _begun(
    session: Session, by: Viewer, values: Values, *, partner: str, level: EndorsementLevel, track: EndorsementTrack
) -> tuple[Endorsement, Values]:
    """What a level that was not yet asked says, on one track; each level stands once on each track."""
    whose = _held(session, by, partner)
    if _of(session, whose.id, level, track) is not None:
        raise Refused(f"{level.label} ({track.label}) staat er al; wijzig die stand. Nu is er niets gewijzigd.")
    return Endorsement(partner_id=whose.id, level=level, track=track, state=NOT_ASKED), {"state": NOT_ASKED} | dict(
        values
    )


def _begun_condition(
    session: Session, by: Viewer, values: Values, *, partner: str, level: EndorsementLevel, track: EndorsementTrack
) -> tuple[EndorsementCondition, Values]:
    """What a level asks; a level that was not yet asked stands at "voorwaarden" from today."""
    whose = _held(session, by, partner)
    asked = _of(session, whose.id, level, track) or add_endorsement(
        session, by, partner=partner, level=level, track=track, values={"state": EndorsementState.CONDITIONS}
    )
    return EndorsementCondition(endorsement_id=asked.id), values


def _dated(_: Session, __: Viewer, row: Endorsement, values: Values) -> Values:
    """Another state is dated today, unless a date is given."""
    dated = dict(values)
    if dated.get("state", row.state) != row.state and dated.get("on") is None:
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
    if not scope(by, RIGHT).has_partner(partner_id):
        raise PermissionDenied(RIGHT, "draagvlak or roadmap of another")


def _own_condition(session: Session, by: Viewer, condition_id: int, archived: bool) -> EndorsementCondition:
    row = hold(session, EndorsementCondition, condition_id, archived=archived)
    _require_own(by, session.get_one(Endorsement, row.endorsement_id).partner_id)
    return row


CONDITION = acts("condition", RIGHT, coalitions.CONDITION, _own_condition, _begun_condition)
add_condition = CONDITION.add


def _own(session: Session, by: Viewer, endorsement_id: int, _: bool) -> Endorsement:
    row = hold(session, Endorsement, endorsement_id)
    _require_own(by, row.partner_id)
    return row


change_endorsement = change_of("endorsement", RIGHT, coalitions.ENDORSEMENT, _own, checked=_dated)
add_endorsement = add_of("add_endorsement", RIGHT, coalitions.ENDORSEMENT, _begun, checked=_dated)
ENDORSEMENT = Acts(coalitions.ENDORSEMENT, RIGHT, change_endorsement, add=add_endorsement)


def _begun_step(session: Session, by: Viewer, values: Values, *, partner: str) -> tuple[RoadmapItem, Values]:
    found = select(Partner.id).where(Partner.slug == partner, Partner.archived_at.is_(None))
    partner_id = session.scalar(found)
    if partner_id is None:
        raise RowNotFound(f"partner {partner}")
    _require_own(by, partner_id)
    return RoadmapItem(partner_id=partner_id), values


NO_OWN_COACH = "Een partner begeleidt niet zichzelf; kies een andere begeleider of laat ze leeg."


def _no_own_coach(_: Session, __: Viewer, row: RoadmapItem, *___: object) -> None:
    if row.coach_partner_id is not None and row.coach_partner_id == row.partner_id:
        raise Refused(NO_OWN_COACH)


def _own_step(session: Session, by: Viewer, item_id: int, archived: bool) -> RoadmapItem:
    row = hold(session, RoadmapItem, item_id, archived=archived)
    _require_own(by, row.partner_id)
    return row


STEP = acts("roadmap_item", RIGHT, coalitions.ROADMAP_ITEM, _own_step, _begun_step, settled=_no_own_coach)
add_roadmap_item = STEP.add
