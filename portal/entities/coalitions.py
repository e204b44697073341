"""Who takes part, and what supports it within a partner: participations, draagvlak and roadmap."""

from portal.db.models import Endorsement, EndorsementCondition, Participation, RoadmapItem
from portal.entities.fields import Entity, Heard
from portal.snapshots import coalitions as rules
from portal.snapshots.lines import Topic
from portal.snapshots.state import Kind

PARTICIPATION = Entity(
    Participation,
    "deelnames",
    told="asked_on",
    once="project partner",
    typed="state since expected_on reason improvement improvement_note"
    " decision_organ decision_on decision_url decision_status",
    telling="partner state",
    heard=Heard(
        kind=Kind.PARTICIPATION,
        topic=Topic.COALITIONS,
        fields="project_code=project.code project=project.title atelier=project.atelier.code partner=partner.title"
        " state since expected_on reason improvement",
        also="row=id slug=partner.slug",
        silent="since",
        under="project",
        id="project_id partner_id",
        what="{partner} · {project}",
        path="/project/{project_code}",
        rules=rules.PARTICIPATION,
    ),
)
ENDORSEMENT = Entity(
    Endorsement,
    "draagvlak",
    told="",
    once="level track",
    typed="state on document note",
    telling="partner level track state",
    heard=Heard(
        kind=Kind.ENDORSEMENT,
        topic=Topic.COALITIONS,
        fields="partner=partner.title level track on state",
        also="slug=partner.slug",
        silent="level track",
        what="{partner} · draagvlak {level} ({track})",
        path="/gemeente/{slug}",
        rules=rules.ENDORSEMENT,
    ),
)
CONDITION = Entity(
    EndorsementCondition,
    "voorwaarden",
    told="",
    typed="text owner due_on resolved_on",
    heard=Heard(  # whose it is stays on the partner's page: a person's name
        kind=Kind.CONDITION,
        topic=Topic.COALITIONS,
        fields="partner=endorsement.partner.title level=endorsement.level text due_on resolved_on",
        also="slug=endorsement.partner.slug",
        under="endorsement",
        what="{partner} · voorwaarde van {level}",
        path="/gemeente/{slug}",
        rules=rules.CONDITION,
    ),
)
ROADMAP_ITEM = Entity(
    RoadmapItem,
    "roadmap",
    told="",
    typed="title part year status project coach_partner",
    telling="title year",
)
