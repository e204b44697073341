"""Who takes part, and what supports it within a partner: participations, draagvlak and roadmap."""

from portal.db.models import Endorsement, EndorsementCondition, Participation, RoadmapItem
from portal.entities.fields import Entity

PARTICIPATION = Entity(
    Participation,
    "deelnames",
    told="asked_on",
    once="project partner",
    typed="state since expected_on reason improvement improvement_note"
    " decision_organ decision_on decision_url decision_status",
)
ENDORSEMENT = Entity(Endorsement, "draagvlak", told="", once="level track", typed="state on document note")
CONDITION = Entity(EndorsementCondition, "voorwaarden", told="", typed="text owner due_on resolved_on")
ROADMAP_ITEM = Entity(RoadmapItem, "roadmap", told="", typed="title part year status project coach_partner")
