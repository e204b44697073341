"""Meetings that were held, and kept what they saw."""

from typing import Any

from sqlalchemy.orm import Session

from portal.commands.meetings.meetings import freeze_meeting
from portal.db.models import Meeting
from portal.permissions import Role
from portal.queries.meetings.meetings import live_report
from tests.makers import make_meeting, viewer


def make_frozen_meeting(session: Session, **given: Any) -> Meeting:
    """As it is now; without a day it was planned on the makers' day."""
    row = make_meeting(session, **given)
    return freeze_meeting(
        session,
        viewer(Role.COORDINATOR),
        meeting_id=row.id,
        version=row.version,
        see=lambda session, row, held_on: live_report(session, row, frozen_on=held_on),
    )
