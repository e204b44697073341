"""Brings a row back from the archive, whatever its kind: by its own subject's command, with that command's right."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from portal.commands.actions import restore_action
from portal.commands.agenda import restore_item
from portal.commands.base import command
from portal.commands.bookings import restore_booking
from portal.commands.budget_lines import restore_line
from portal.commands.challenges import restore_challenge
from portal.commands.decisions import restore_decision
from portal.commands.endorsements import restore_condition
from portal.commands.forecasts import restore_forecast
from portal.commands.meetings import restore_meeting
from portal.commands.milestones import restore_milestone
from portal.commands.projects import restore_project
from portal.commands.roadmap import restore_roadmap_item
from portal.permissions import Permission, RowNotFound, Viewer

RESTORE: Mapping[str, Callable[[Session, Viewer, int], object]] = {
    "action": lambda session, by, row_id: restore_action(session, by, action_id=row_id),
    "agenda_item": lambda session, by, row_id: restore_item(session, by, item_id=row_id),
    "booking": lambda session, by, row_id: restore_booking(session, by, booking_id=row_id),
    "budget_line": lambda session, by, row_id: restore_line(session, by, line_id=row_id),
    "challenge": lambda session, by, row_id: restore_challenge(session, by, challenge_id=row_id),
    "decision": lambda session, by, row_id: restore_decision(session, by, decision_id=row_id),
    "endorsement_condition": lambda session, by, row_id: restore_condition(session, by, condition_id=row_id),
    "forecast": lambda session, by, row_id: restore_forecast(session, by, forecast_id=row_id),
    "meeting": lambda session, by, row_id: restore_meeting(session, by, meeting_id=row_id),
    "milestone": lambda session, by, row_id: restore_milestone(session, by, milestone_id=row_id),
    "project": lambda session, by, row_id: restore_project(session, by, project_id=row_id),
    "roadmap_item": lambda session, by, row_id: restore_roadmap_item(session, by, item_id=row_id),
}
"""The command per kind of row; what is not here cannot be brought back from the list."""


@command(Permission.VIEW_AUDIT)
def bring_back(session: Session, by: Viewer, *, entity: str, row_id: int) -> None:
    """Raises RowNotFound for a kind of row that has no such command, and whatever its command raises."""
    restore = RESTORE.get(entity)
    if restore is None:
        raise RowNotFound(f"{entity} {row_id}")
    restore(session, by, row_id)
