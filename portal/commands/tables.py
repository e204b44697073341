"""What people do with a row of each table that they may put away and bring back, each by its own right."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.commands.acts import Acts
from portal.commands.base import command
from portal.commands.coalitions.endorsements import CONDITION, STEP
from portal.commands.inventory.challenges import CHALLENGE
from portal.commands.inventory.projects import PROJECT
from portal.commands.meetings.agreed import ACTION, DECISION, ITEM
from portal.commands.meetings.meetings import MEETING
from portal.commands.money.lines import BOOKING, FORECAST, LINE
from portal.commands.results import MILESTONE
from portal.commands.risks import RISK
from portal.permissions import Permission, RowNotFound, Viewer

ACTS: Mapping[str, Acts[Any]] = {
    "action": ACTION,
    "agenda_item": ITEM,
    "booking": BOOKING,
    "budget_line": LINE,
    "challenge": CHALLENGE,
    "decision": DECISION,
    "endorsement_condition": CONDITION,
    "forecast": FORECAST,
    "meeting": MEETING,
    "milestone": MILESTONE,
    "project": PROJECT,
    "risk": RISK,
    "roadmap_item": STEP,
}


@command(Permission.VIEW_AUDIT)
def bring_back(session: Session, by: Viewer, *, entity: str, row_id: int) -> None:
    """Raises RowNotFound for a kind of row that is never put away, and whatever its command raises."""
    acts = ACTS.get(entity)
    if acts is None:
        raise RowNotFound(f"{entity} {row_id}")
    acts.restore(session, by, row_id)
