"""Which steering group comes next: the round that runs ends there. Queries and commands ask it alike."""

from datetime import date

from sqlalchemy import Select, select

from portal.db.models import Meeting
from portal.vocabulary import MeetingBody, MeetingState


def coming_steering_group(today: date) -> Select[Meeting]:
    """The first that is planned or open, today or later; no row when none is."""
    return (
        select(Meeting)
        .where(Meeting.body == MeetingBody.STEERING, Meeting.archived_at.is_(None))
        .where(Meeting.state != MeetingState.FROZEN, Meeting.planned_on >= today)
        .order_by(Meeting.planned_on, Meeting.id)
        .limit(1)
    )
