"""Brings a row back from the archive, whatever its kind: by its own subject's command, with that command's right."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from portal.commands.actions import ACTION
from portal.commands.agenda import restore_item
from portal.commands.base import command
from portal.commands.bookings import BOOKING
from portal.commands.budget_lines import LINE
from portal.commands.challenges import CHALLENGE
from portal.commands.decisions import DECISION
from portal.commands.endorsements import CONDITION
from portal.commands.forecasts import FORECAST
from portal.commands.meetings import restore_meeting
from portal.commands.milestones import MILESTONE
from portal.commands.projects import PROJECT
from portal.commands.roadmap import STEP
from portal.permissions import Permission, RowNotFound, Viewer

RESTORE: Mapping[str, Callable[..., object]] = {
    "action": ACTION.restore,
    "agenda_item": restore_item,
    "booking": BOOKING.restore,
    "budget_line": LINE.restore,
    "challenge": CHALLENGE.restore,
    "decision": DECISION.restore,
    "endorsement_condition": CONDITION.restore,
    "forecast": FORECAST.restore,
    "meeting": restore_meeting,
    "milestone": MILESTONE.restore,
    "project": PROJECT.restore,
    "roadmap_item": STEP.restore,
}
"""The command per kind of row; what is not here cannot be brought back from the list."""


@command(Permission.VIEW_AUDIT)
def bring_back(session: Session, by: Viewer, *, entity: str, row_id: int) -> None:
    """Raises RowNotFound for a kind of row that has no such command, and whatever its command raises."""
    restore = RESTORE.get(entity)
    if restore is None:
        raise RowNotFound(f"{entity} {row_id}")
    restore(session, by, row_id)
