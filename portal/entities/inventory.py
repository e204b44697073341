"""The inventory: challenges and projects."""

from portal.db.models import Challenge, Project
from portal.entities.fields import Entity

CHALLENGE = Entity(
    Challenge,
    "uitdagingen",
    once="partner",
    typed="title description theme dimension service urgency status visibility raised_by inventoried_on",
)
PROJECT = Entity(
    Project,
    "projecten",
    told="code end_first_planned_on",
    once="reported_by",
    typed="title description scope phase visibility start_on end_expected_on ended_on theme dimension service atelier"
    " collaboration_type aspect assignment deviation_reason funding service_effect external_lead",
)
