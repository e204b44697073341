"""Draagvlak: how far each level within a partner is engaged, what it still asks, and what of it a viewer may edit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from portal.db.models import Endorsement, EndorsementCondition, Partner, RoadmapItem
from portal.db.types import bytewise
from portal.entities.coalitions import CONDITION, ENDORSEMENT, ROADMAP_ITEM
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import Labelled, labelled, rows_of
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack


@dataclass(frozen=True, slots=True)
class LevelRow:
    """What is known of a partner's level; one that nobody asked has none."""

    id: int
    version: int
    level: EndorsementLevel
    track: EndorsementTrack
    state: EndorsementState
    on: date | None
    document: str
    note: str
    open_conditions: int


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """What a level still asks."""

    id: int
    version: int
    level: EndorsementLevel
    track: EndorsementTrack
    text: str
    owner: str
    due_on: date | None


def endorsement_of(session: Session, viewer: Viewer, slug: str) -> list[LevelRow]:
    """As the vocabulary orders levels and tracks."""
    still_open = (
        select(EndorsementCondition.endorsement_id, func.count().label("number"))
        .where(EndorsementCondition.resolved_on.is_(None), EndorsementCondition.archived_at.is_(None))
        .group_by(EndorsementCondition.endorsement_id)
        .subquery()
    )
    found = (
        select(Endorsement.id, Endorsement.version, Endorsement.level, Endorsement.track, Endorsement.state)
        .add_columns(Endorsement.on, Endorsement.document, Endorsement.note)
        .add_columns(func.coalesce(still_open.c.number, 0).label("open_conditions"))
        .join(Partner, Partner.id == Endorsement.partner_id)
        .outerjoin(still_open, still_open.c.endorsement_id == Endorsement.id)
        .where(Partner.slug == slug, Endorsement.archived_at.is_(None))
    )
    return sorted((LevelRow(**row) for row in session.execute(found).mappings()), key=_place)


def open_conditions_of(session: Session, viewer: Viewer, slug: str) -> list[ConditionRow]:
    """In the order of `endorsement_of`, soonest due first."""
    found = (
        select(EndorsementCondition.id, EndorsementCondition.version, Endorsement.level, Endorsement.track)
        .add_columns(EndorsementCondition.text, EndorsementCondition.owner, EndorsementCondition.due_on)
        .select_from(Endorsement)
        .join(EndorsementCondition, EndorsementCondition.endorsement_id == Endorsement.id)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .where(Partner.slug == slug, Endorsement.archived_at.is_(None))
        .where(EndorsementCondition.resolved_on.is_(None), EndorsementCondition.archived_at.is_(None))
        .order_by(EndorsementCondition.due_on.is_(None), EndorsementCondition.due_on, EndorsementCondition.id)
    )
    return sorted((ConditionRow(**row) for row in session.execute(found).mappings()), key=_place)


def _place(row: LevelRow | ConditionRow) -> tuple[int, int]:
    return list(EndorsementLevel).index(row.level), list(EndorsementTrack).index(row.track)


def editable_endorsements(session: Session, viewer: Viewer, slug: str = "") -> list[Labelled]:
    """Each level that was asked, of this partner or of all by name, as the vocabulary orders levels and tracks. Nothing
    for who may not edit it."""
    found = _of(rows_of(viewer, ENDORSEMENT, partner=Partner.slug), viewer, slug, Endorsement.partner_id)
    return _in_order(labelled(session, found))


def editable_conditions(session: Session, viewer: Viewer, slug: str = "") -> list[Labelled]:
    """What the levels ask, open before resolved, in the order of the levels, each with its level and track. Nothing for
    who may not edit it."""
    asked = rows_of(viewer, CONDITION, partner=Partner.slug, level=Endorsement.level, track=Endorsement.track)
    asked = asked.join(Endorsement, Endorsement.id == EndorsementCondition.endorsement_id)
    found = _of(asked, viewer, slug, Endorsement.partner_id).where(Endorsement.archived_at.is_(None))
    rows = _in_order(labelled(session, found.order_by(EndorsementCondition.id)))
    return sorted(rows, key=lambda row: row["resolved_on"] is not None)


def editable_roadmap(session: Session, viewer: Viewer, slug: str = "") -> list[Labelled]:
    """The steps of this partner or of all by name, by year, those without one last. Nothing for who may not edit
    them."""
    found = _of(rows_of(viewer, ROADMAP_ITEM, partner=Partner.slug), viewer, slug, RoadmapItem.partner_id)
    return labelled(session, found.order_by(RoadmapItem.year.is_(None), RoadmapItem.year, RoadmapItem.id))


def supported_partners(session: Session, viewer: Viewer) -> list[str]:
    """The partners (slugs) whose draagvlak and roadmap the viewer may edit, by name."""
    found = select(Partner.slug).where(Partner.archived_at.is_(None), _own(viewer, Partner.id))
    return list(session.scalars(found.order_by(bytewise(Partner.title_key), Partner.id)))


def may_edit_endorsement(session: Session, viewer: Viewer, slug: str) -> bool:
    """Of this partner, which is there."""
    found = select(Partner.id).where(Partner.slug == slug, Partner.archived_at.is_(None), _own(viewer, Partner.id))
    return session.scalar(found) is not None


def _own(viewer: Viewer, partner_id: Any) -> ColumnElement[bool]:
    reach = scope(viewer, Permission.EDIT_INVENTORY)
    return true() if reach.partner_ids is None else partner_id.in_(sorted(reach.partner_ids))


def _of(rows: Select[Any], viewer: Viewer, slug: str, partner_id: Any) -> Select[Any]:
    own = rows.join(Partner, Partner.id == partner_id).where(Partner.archived_at.is_(None), _own(viewer, partner_id))
    return (own.where(Partner.slug == slug) if slug else own).order_by(bytewise(Partner.title_key), Partner.id)


def _in_order(rows: list[Labelled]) -> list[Labelled]:
    """By partner, each where it first stands, then by level and track."""
    places = {slug: place for place, slug in enumerate(dict.fromkeys(row["partner"] for row in rows))}
    levels, tracks = list(EndorsementLevel), list(EndorsementTrack)
    return sorted(
        rows, key=lambda row: (places[row["partner"]], levels.index(row["level"]), tracks.index(row["track"]))
    )
