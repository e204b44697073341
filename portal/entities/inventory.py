"""The inventory: challenges and projects."""

from portal.db.models import Challenge, Project
from portal.entities.fields import Entity, Heard
from portal.snapshots import work as rules
from portal.snapshots.lines import Topic
from portal.snapshots.state import Kind
from portal.values import Day, Line, Whole, Words, YesNo
from portal.vocabulary import Health

CHALLENGE = Entity(
    Challenge,
    "uitdagingen",
    once="partner",
    typed="title description theme dimension service urgency status visibility raised_by inventoried_on",
    heard=Heard(
        kind=Kind.CHALLENGE,
        topic=Topic.INVENTORY,
        fields="code title partner=partner.title status urgency",
        also="slug=partner.slug",
        what="{partner} · {code} {title}",
        path="/uitdaging/{code}",
        rules=rules.CHALLENGE,
    ),
)
PROJECT = Entity(
    Project,
    "projecten",
    told="code end_first_planned_on",
    once="reported_by",
    typed="title description scope phase visibility start_on end_expected_on ended_on theme dimension service atelier"
    " collaboration_type aspect aspect_year assignment deviation_reason funding service_effect external_lead",
    heard=Heard(
        kind=Kind.PROJECT,
        topic=Topic.PROJECTS,
        fields="code title scope atelier=atelier.code phase health signal why progress lead partners"
        " reported_by=reported_by.title start_on end_first_planned_on end_expected_on ended_on last_seen quiet",
        silent="end_first_planned_on",
        made={
            "signal": ("Berekend", Words(Health)),
            "why": ("Waarom", Line()),
            "lead": ("Trekker", Line()),
            "partners": ("Partners", Whole()),
            "last_seen": ("Laatste teken", Day()),
            "quiet": ("Stil", YesNo()),
        },
        headings={"health": "Gemeld"},
        what="{code} {title}",
        path="/project/{code}",
        rules=rules.PROJECT,
    ),
)
