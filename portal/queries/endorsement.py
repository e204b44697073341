"""Draagvlak: how far each level within a partner is engaged, and what it still asks."""

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db.models import Endorsement, EndorsementCondition, Partner
from portal.permissions import Viewer
from portal.queries.frames import frame
from portal.vocabulary import EndorsementLevel, EndorsementTrack


def endorsement_of(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """What is known of a partner's levels, as the vocabulary orders levels and tracks. Python values.

    Columns: id, version (int), level, level_label, track, track_label, state, state_label (str), on (date or None),
    document, note (str), open_conditions (int). A level nobody asked has no row.
    """
    still_open = (
        select(EndorsementCondition.endorsement_id, func.count().label("number"))
        .where(EndorsementCondition.resolved_on.is_(None), EndorsementCondition.archived_at.is_(None))
        .group_by(EndorsementCondition.endorsement_id)
        .subquery()
    )
    found = (
        select(Endorsement, func.coalesce(still_open.c.number, 0))
        .select_from(Endorsement)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .outerjoin(still_open, still_open.c.endorsement_id == Endorsement.id)
        .where(Partner.slug == slug, Endorsement.archived_at.is_(None))
    )
    rows = sorted(session.execute(found), key=lambda row: _place(row[0]))
    columns = (
        *("id", "version", "level", "level_label", "track", "track_label", "state", "state_label"),
        *("on", "document", "note", "open_conditions"),
    )
    return frame(
        columns,
        (
            (
                *(e.id, e.version, e.level.value, e.level.label, e.track.value, e.track.label),
                *(e.state.value, e.state.label, e.on, e.document, e.note, number),
            )
            for e, number in rows
        ),
    )


def open_conditions_of(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """What a partner's levels still ask, in the order of `endorsement_of`, soonest due first. Python values.

    Columns: id, version (int), level, level_label, track, track_label, text, owner (str), due_on (date or None).
    """
    found = (
        select(Endorsement, EndorsementCondition)
        .select_from(Endorsement)
        .join(EndorsementCondition, EndorsementCondition.endorsement_id == Endorsement.id)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .where(Partner.slug == slug, Endorsement.archived_at.is_(None))
        .where(EndorsementCondition.resolved_on.is_(None), EndorsementCondition.archived_at.is_(None))
        .order_by(EndorsementCondition.due_on.is_(None), EndorsementCondition.due_on, EndorsementCondition.id)
    )
    rows = sorted(session.execute(found), key=lambda row: _place(row[0]))
    columns = ("id", "version", "level", "level_label", "track", "track_label", "text", "owner", "due_on")
    return frame(
        columns,
        (
            (
                *(c.id, c.version, e.level.value, e.level.label, e.track.value, e.track.label),
                *(c.text, c.owner, c.due_on),
            )
            for e, c in rows
        ),
    )


def _place(row: Endorsement) -> tuple[int, int]:
    return list(EndorsementLevel).index(row.level), list(EndorsementTrack).index(row.track)
