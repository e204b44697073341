"""The draagvlak of a partner that a viewer may edit: its levels, their conditions and its roadmap."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, aliased

from portal.db.models import Endorsement, EndorsementCondition, Partner, Project, RoadmapItem
from portal.permissions import Permission, Viewer, scope
from portal.queries.frames import frame
from portal.queries.visible import visible_projects
from portal.vocabulary import EndorsementLevel, EndorsementTrack

LEVELS = ("id", "version", "level", "track", "state", "on", "document", "note")
CONDITIONS = ("id", "version", "level", "track", "text", "owner", "due_on", "resolved_on")
STEPS = ("id", "version", "title", "part", "year", "status", "project", "coach_partner")


def editable_endorsements(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """Each level that was asked, as the vocabulary orders levels and tracks. Nothing for who may not edit it.

    Columns: id, version (int), level, track, state (words), on (date or None), document, note (str).
    """
    found = (
        select(Endorsement)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .where(Partner.slug == slug, Endorsement.archived_at.is_(None), _own(viewer, Endorsement.partner_id))
    )
    rows = sorted(session.scalars(found), key=_place)
    return frame(LEVELS, ((e.id, e.version, e.level, e.track, e.state, e.on, e.document, e.note) for e in rows))


def editable_conditions(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """What the levels ask, open before resolved, in the order of the levels. Nothing for who may not edit it.

    Columns: id, version (int), level, track (words), text, owner (str), due_on, resolved_on (date or None).
    """
    found = (
        select(Endorsement, EndorsementCondition)
        .join(EndorsementCondition, EndorsementCondition.endorsement_id == Endorsement.id)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .where(Partner.slug == slug, Endorsement.archived_at.is_(None), EndorsementCondition.archived_at.is_(None))
        .where(_own(viewer, Endorsement.partner_id))
        .order_by(EndorsementCondition.id)
    )
    rows = sorted(session.execute(found), key=lambda row: (row[1].resolved_on is not None, _place(row[0])))
    return frame(
        CONDITIONS, ((c.id, c.version, e.level, e.track, c.text, c.owner, c.due_on, c.resolved_on) for e, c in rows)
    )


def editable_roadmap(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """The steps by year, those without one last. Nothing for who may not edit them.

    Columns: id, version (int), title (str), part, status (words), year (int or None), project (code or None),
    coach_partner (slug or None).
    """
    coach = aliased(Partner)
    found = (
        select(RoadmapItem.id, RoadmapItem.version, RoadmapItem.title, RoadmapItem.part, RoadmapItem.year)
        .add_columns(RoadmapItem.status, Project.code, coach.slug)
        .join(Partner, Partner.id == RoadmapItem.partner_id)
        .outerjoin(Project, (Project.id == RoadmapItem.project_id) & visible_projects(viewer))
        .outerjoin(coach, coach.id == RoadmapItem.coach_partner_id)
        .where(Partner.slug == slug, RoadmapItem.archived_at.is_(None), _own(viewer, RoadmapItem.partner_id))
        .order_by(RoadmapItem.year.is_(None), RoadmapItem.year, RoadmapItem.id)
    )
    return frame(STEPS, session.execute(found))


def may_edit_endorsement(session: Session, viewer: Viewer, slug: str) -> bool:
    """Of this partner, which is there."""
    found = select(Partner.id).where(Partner.slug == slug, Partner.archived_at.is_(None), _own(viewer, Partner.id))
    return session.scalar(found) is not None


def _own(viewer: Viewer, partner_id: Any) -> ColumnElement[bool]:
    reach = scope(viewer, Permission.EDIT_INVENTORY)
    return true() if reach.partner_ids is None else partner_id.in_(sorted(reach.partner_ids))


def _place(row: Endorsement) -> tuple[int, int]:
    return list(EndorsementLevel).index(row.level), list(EndorsementTrack).index(row.track)
