"""The meetings: their calendar, agenda, decisions and actions."""

from dataclasses import replace
from functools import cache

from portal.db.models import (
    Action,
    AgendaItem,
    AgendaLink,
    Decision,
    Meeting,
    MeetingNote,
    ProgressReport,
)
from portal.entities.fields import Entity, Heard
from portal.snapshots import work as rules
from portal.snapshots.lines import Topic
from portal.snapshots.state import Kind

OF_MEETING = "body=meeting.body number=meeting.number"
ABOUT = "project_code=project.code result_code=deliverable.code"
PAGE = "/stuurgroep?vergadering={body}-{number}"

MEETING = Entity(
    Meeting,
    "vergaderingen",
    told="",
    once="body",
    typed="planned_on starts_at ends_at place state",
    heard=Heard(
        kind=Kind.MEETING,
        topic=Topic.AGREED,
        fields="body number planned_on held_on state",
        silent="body number state",
        what="{body} {number}",
        path=PAGE,
        rules=rules.MEETING,
    ),
)
BRIEF = "proposal why_now options cost asked minutes"
AGENDA_ITEM = Entity(
    AgendaItem,
    "agendapunten",
    told="position state",
    typed=f"title kind note atelier project deliverable {BRIEF}",
)


@cache
def brief_entity() -> Entity:
    """What is prepared of a point: its dossier alone."""
    return replace(AGENDA_ITEM, typed=BRIEF, told="")


AGENDA_LINK = Entity(AgendaLink, "stukken", told="", typed="title url")
DECISION = Entity(
    Decision,
    "beslissingen",
    told="",
    typed="text outcome taken_on partner project deliverable",
    heard=Heard(
        kind=Kind.DECISION,
        topic=Topic.AGREED,
        fields=f"{OF_MEETING} serial taken_on text outcome {ABOUT} partner=partner.title",
        also="met_on=meeting.held_on|meeting.planned_on slug=partner.slug item=agenda_item.position",
        silent="serial",
        what="{body} {number}",
        path=PAGE,
        rules=rules.DECISION,
    ),
)
ACTION = Entity(
    Action,
    "acties",
    told="",
    typed="text owner_partner due_on project deliverable",
    heard=Heard(
        kind=Kind.ACTION,
        topic=Topic.AGREED,
        fields=f"{OF_MEETING} serial partner=owner_partner.title text due_on done_on done_note {ABOUT}",
        also="met_on=meeting.held_on|meeting.planned_on slug=owner_partner.slug item=agenda_item.position",
        silent="serial done_note",
        what="{partner}",
        path=PAGE,
        rules=rules.ACTION,
    ),
)
MEETING_NOTE = Entity(MeetingNote, "nota's", told="", typed="text", named="meeting")
PROGRESS_REPORT = Entity(
    ProgressReport,
    "voortgangsverslagen",
    told="health progress",
    typed="done next blocked",
    named="project meeting",
    telling="health progress",
)
