"""What was promised: results, and the dated steps towards them and in projects."""

from portal.db.models import Deliverable, Milestone
from portal.entities.fields import Entity

DELIVERABLE = Entity(
    Deliverable,
    "resultaten",
    told="code title target_kind target_value target_unit",
    typed="done_on reached_value owner_after_grant note",
)
MILESTONE = Entity(Milestone, "mijlpalen", told="code due_first", typed="title due_expected done_on")
