"""What can be edited of a meeting: itself, its agenda, decisions and actions."""

from typing import Any

from sqlalchemy.orm import Session

from portal.commands.meetings import agenda, agreed, dossiers, meetings, minutes
from portal.commands.meetings.meetings import add_note
from portal.entities.meetings import MEETING_NOTE, brief_entity
from portal.pages.editing.columns import NEW, editable, fields, some
from portal.pages.editing.kinds import Added, Editable, Field, RowAt, Values
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.meetings.dossiers import editable_briefs, editable_links, preparable
from portal.queries.meetings.editable import (
    Spot,
    closable_actions,
    closed_actions,
    discussable_ateliers,
    discussable_projects,
    discussable_results,
    editable_actions,
    editable_decisions,
    editable_items,
    editable_meetings,
    frozen_spot,
    noted_at,
    open_spot,
    presence_rows,
    spot_named,
)
from portal.text import long_day
from portal.values import Words
from portal.vocabulary import Attendance, MeetingState


def may_add(session: Session, viewer: Viewer, of: str) -> bool:
    return open_spot(session, viewer, of) is not None


def spot_of(session: Session, viewer: Viewer, of: str) -> Spot:
    """Raises RowNotFound; whether anything may be added there, the command says."""
    spot = spot_named(session, viewer, of)
    if spot is None:
        raise RowNotFound(of)
    return spot


def _meeting(session: Session, by: Viewer, of: str) -> Values:
    return {"meeting_id": spot_of(session, by, of).meeting.id}


def _spot(session: Session, by: Viewer, of: str) -> Values:
    spot = spot_of(session, by, of)
    return {"meeting_id": spot.meeting.id, "item_id": spot.item_id}


ABOUT: Any = {
    "project": {"choices": discussable_projects, "width": 220},
    "deliverable": {"choices": discussable_results, "width": 220},
}
AGENDA = editable(
    agenda.ITEM,
    editable_items,
    fields(
        agenda.ITEM.entity,
        told="position",
        position={"label": "Nr.", "pinned": True, "width": 70},
        keys="title kind minutes atelier project deliverable note",
        title={"wraps": True, "width": 300},
        atelier={"choices": discussable_ateliers},
        **ABOUT,
    ),
    name="agenda",
    place=_meeting,
    told=lambda row, *_: Added(row.title),
    may_add=may_add,
    archive=None,
    restore=None,
    switch="Agendapunten bewerken",
)
DOSSIER = Editable(
    name="agendadossiers",
    one="dossier",
    right=Permission.EDIT_BRIEFS,
    fields=fields(brief_entity()),
    rows=editable_briefs,
    change=dossiers.change_brief,
    opened=True,
    send="Bewaar het dossier",
)


def _link_place(session: Session, by: Viewer, of: str) -> Values:
    item_id = preparable(session, by, of)
    if item_id is None:
        raise RowNotFound(of)
    return {"item_id": item_id}


LINKS = editable(
    dossiers.LINK,
    editable_links,
    place=_link_place,
    told=lambda row, *_: Added(row.title),
    may_add=lambda session, viewer, of: preparable(session, viewer, of) is not None,
    switch="Stukken wijzigen",
    opener="Stuk toevoegen",
)


def _note_presence(session: Session, by: Viewer, row: RowAt, seen: Values, values: Values) -> object:
    """What is said of the partner with this id at the meeting of the place."""
    meeting_id, partner = noted_at(session, by, row.of, row.id)
    stood, now = seen.get("attendance"), values.get("attendance")
    words = {word.value: word for word in Attendance}
    said = {"attendance": words.get(str(now)), "seen": words.get(str(stood))}
    return minutes.note_presence(session, by, meeting_id=meeting_id, partner=partner, **said)


PRESENCE = Editable(
    name="aanwezigheden",
    one="aanwezigheid",
    right=Permission.EDIT_MEETINGS,
    fields=(
        Field("partner", "Partner", width=220, fixed=True, pinned=True),
        Field("attendance", "Aanwezigheid", kind=Words(Attendance), width=220),
    ),
    rows=presence_rows,
    change_seen=_note_presence,
    switch="Aanwezigheid noteren",
)
ITEM = Field("item", "Agendapunt", width=200, fixed=True, empty="de vergadering")
TEXT = {"wraps": True, "width": 340}
DECISIONS = editable(
    agreed.DECISION,
    editable_decisions,
    (ITEM, *fields(agreed.DECISION.entity, text=TEXT, taken_on={"required": False}, **ABOUT)),
    place=_spot,
    told=lambda *_: Added("De beslissing"),
    may_add=may_add,
    switch="Beslissingen bewerken",
)


def _close(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    note = str(values.get("done_note") or "")
    return agreed.close_action(session, by, action_id=row_id, version=version, note=note)


def _reopen(session: Session, by: Viewer, row_id: int, version: int, _: Values) -> object:
    return agreed.reopen_action(session, by, action_id=row_id, version=version)


ACTIONS = editable(
    agreed.ACTION,
    editable_actions,
    (ITEM, *fields(agreed.ACTION.entity, text=TEXT, **ABOUT)),
    place=_spot,
    told=lambda *_: Added("De actie"),
    may_add=may_add,
    switch="Acties bewerken",
)
CLOSE_ACTION = Editable(
    name="actie-sluiten",
    one="actie",
    right=Permission.CLOSE_ACTIONS,
    fields=fields(agreed.ACTION.entity, "done_note", done_note={"label": "Wat is er gedaan?", "required": True}),
    rows=closable_actions,
    change=_close,
    opened=True,
    opener="Sluit af",
    send="Sluit de actie af",
)
REOPEN_ACTION = Editable(
    name="actie-heropenen",
    one="actie",
    right=Permission.FREEZE_MEETINGS,
    fields=fields(agreed.ACTION.entity, "done_note", done_note={"fixed": True}),
    rows=closed_actions,
    change=_reopen,
    opened=True,
    opener="Heropen",
    send="Heropen de actie",
)


STATES = some(MeetingState.PLANNED, MeetingState.OPEN)
"""A meeting is frozen by its own button."""


def _add_note(session: Session, by: Viewer, of: str, values: Values) -> Added:
    add_note(session, by, meeting_id=spot_of(session, by, of).meeting.id, text=str(values.get("text") or ""))
    return Added("De nota")


MEETINGS = editable(
    meetings.MEETING,
    editable_meetings,
    (
        Field("name", "Vergadering", width=200, fixed=True, pinned=True),
        *fields(meetings.MEETING.entity, body=NEW, state=STATES, place={"width": 260}),
    ),
    told=lambda row, *_: Added(f"{row.body.label} {row.number} van {long_day(row.planned_on)}"),
    switch="Vergaderingen bewerken",
    opener="Vergadering plannen",
)
MEETING = Editable(
    name="vergadering",
    one="vergadering",
    right=Permission.EDIT_MEETINGS,
    fields=fields(meetings.MEETING.entity, "planned_on starts_at ends_at place", place={"width": 260}),
    rows=editable_meetings,
    change=meetings.MEETING.change,
    switch="Dag, uur en plaats wijzigen",
)
NOTE = Editable(
    name="vergadernota",
    one="nota",
    right=Permission.FREEZE_MEETINGS,
    fields=fields(MEETING_NOTE),
    rows=lambda *_: [],  # a note is never changed: a correction of it is one more note
    add=_add_note,
    may_add=lambda session, viewer, of: frozen_spot(session, viewer, of) is not None,
)
EDITABLES = (MEETINGS, MEETING, NOTE, AGENDA, DOSSIER, LINKS, PRESENCE, DECISIONS, ACTIONS, CLOSE_ACTION, REOPEN_ACTION)
