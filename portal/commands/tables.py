"""What people do with a row of each table that they may put away and bring back."""

from collections.abc import Mapping
from typing import Any

from portal.commands.actions import ACTION
from portal.commands.acts import Acts
from portal.commands.agenda import ITEM
from portal.commands.bookings import BOOKING
from portal.commands.budget_lines import LINE
from portal.commands.challenges import CHALLENGE
from portal.commands.decisions import DECISION
from portal.commands.endorsements import CONDITION
from portal.commands.forecasts import FORECAST
from portal.commands.meetings import MEETING
from portal.commands.milestones import MILESTONE
from portal.commands.projects import PROJECT
from portal.commands.roadmap import STEP

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
    "roadmap_item": STEP,
}
