"""What can be edited of a meeting: itself, its agenda, decisions and actions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.commands.meetings import agreed, meetings
from portal.commands.meetings.freezing import add_note
from portal.entities import meetings as described
from portal.pages.editing.columns import NEW, fields
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.editable_rows import Labelled
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
    open_spot,
    spot_named,
)
from portal.text import long_day
from portal.values import Ref
from portal.vocabulary import MeetingBody, MeetingState

RIGHT = Permission.EDIT_MEETINGS


def may_add(session: Session, viewer: Viewer, of: str) -> bool:
    return open_spot(session, viewer, of) is not None


def spot_of(session: Session, viewer: Viewer, of: str) -> Spot:
    """Raises RowNotFound; whether anything may be added there, the command says."""
    spot = spot_named(session, viewer, of)
    if spot is None:
        raise RowNotFound(of)
    return spot


def _add_item(session: Session, by: Viewer, of: str, values: Values) -> Added:
    meeting = spot_of(session, by, of).meeting
    return Added(agreed.add_item(session, by, meeting_id=meeting.id, values=values).title)


def _take(session: Session, by: Viewer, of: str, values: Values) -> Added:
    spot = spot_of(session, by, of)
    agreed.take_decision(session, by, meeting_id=spot.meeting.id, item_id=spot.item_id, values=values)
    return Added("De beslissing")


ABOUT: Any = {
    "project": {"choices": discussable_projects, "width": 220},
    "deliverable": {"choices": discussable_results, "width": 220},
}
AGENDA = Editable(
    name="agenda",
    one="agendapunt",
    right=RIGHT,
    fields=fields(
        described.AGENDA_ITEM,
        told="position",
        position={"label": "Nr.", "pinned": True, "width": 70},
        title={"wraps": True, "width": 300},
        atelier={"choices": discussable_ateliers},
        **ABOUT,
    ),
    rows=editable_items,
    change=agreed.ITEM.change,
    add=_add_item,
    may_add=may_add,
    switch="Agendapunten bewerken",
)
DECISIONS = Editable(
    name="beslissingen",
    one="beslissing",
    right=RIGHT,
    fields=(
        Field("item", "Agendapunt", width=200, fixed=True, empty="de vergadering"),
        *fields(described.DECISION, text={"wraps": True, "width": 340}, taken_on={"required": False}, **ABOUT),
    ),
    rows=editable_decisions,
    change=agreed.DECISION.change,
    add=_take,
    archive=agreed.DECISION.archive,
    restore=agreed.DECISION.restore,
    may_add=may_add,
    switch="Beslissingen bewerken",
)


def _add(session: Session, by: Viewer, of: str, values: Values) -> Added:
    spot = spot_of(session, by, of)
    agreed.add_action(session, by, meeting_id=spot.meeting.id, item_id=spot.item_id, values=values)
    return Added("De actie")


def _close(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    note = str(values.get("done_note") or "")
    return agreed.close_action(session, by, action_id=row_id, version=version, note=note)


def _reopen(session: Session, by: Viewer, row_id: int, version: int, _: Values) -> object:
    return agreed.reopen_action(session, by, action_id=row_id, version=version)


ACTIONS = Editable(
    name="acties",
    one="actie",
    right=RIGHT,
    fields=(
        Field("item", "Agendapunt", width=200, fixed=True, empty="de vergadering"),
        *fields(described.ACTION, text={"wraps": True, "width": 340}, **ABOUT),
    ),
    rows=editable_actions,
    change=agreed.ACTION.change,
    add=_add,
    archive=agreed.ACTION.archive,
    restore=agreed.ACTION.restore,
    may_add=may_add,
    switch="Acties bewerken",
)
CLOSE_ACTION = Editable(
    name="actie-sluiten",
    one="actie",
    right=Permission.CLOSE_ACTIONS,
    fields=fields(described.ACTION, "done_note", done_note={"label": "Wat is er gedaan?", "required": True}),
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
    fields=fields(described.ACTION, "done_note", done_note={"fixed": True}),
    rows=closed_actions,
    change=_reopen,
    opened=True,
    opener="Heropen",
    send="Heropen de actie",
)


def _states(_: Session, __: Viewer) -> Sequence[tuple[str, str]]:
    """A meeting is frozen by its own button."""
    return [(state.value, state.label) for state in (MeetingState.PLANNED, MeetingState.OPEN)]


def _plan(session: Session, by: Viewer, _: str, values: Values) -> Added:
    rest = {key: value for key, value in values.items() if key != "body"}
    row = meetings.plan_meeting(session, by, body=MeetingBody(str(values["body"])), values=rest)
    return Added(f"{row.body.label} {row.number} van {long_day(row.planned_on)}")


def _no_notes(_: Session, __: Viewer, ___: str) -> list[Labelled]:
    """A note is never changed: a correction of it is one more note."""
    return []


def _add_note(session: Session, by: Viewer, of: str, values: Values) -> Added:
    spot = spot_named(session, by, of)
    if spot is None:
        raise RowNotFound(of)
    add_note(session, by, meeting_id=spot.meeting.id, text=str(values.get("text") or ""))
    return Added("De nota")


def _may_add_note(session: Session, viewer: Viewer, of: str) -> bool:
    return frozen_spot(session, viewer, of) is not None


MEETINGS = Editable(
    name="vergaderingen",
    one="vergadering",
    right=Permission.FREEZE_MEETINGS,
    fields=(
        Field("name", "Vergadering", width=200, fixed=True, pinned=True),
        *fields(described.MEETING, body=NEW, state={"kind": Ref(), "choices": _states}, place={"width": 260}),
    ),
    rows=editable_meetings,
    change=meetings.MEETING.change,
    add=_plan,
    archive=meetings.MEETING.archive,
    restore=meetings.MEETING.restore,
    switch="Vergaderingen bewerken",
    opener="Vergadering plannen",
)
MEETING = Editable(
    name="vergadering",
    one="vergadering",
    right=Permission.EDIT_MEETINGS,
    fields=fields(described.MEETING, "planned_on place", place={"width": 260}),
    rows=editable_meetings,
    change=meetings.MEETING.change,
    switch="Dag en plaats wijzigen",
)
NOTE = Editable(
    name="vergadernota",
    one="nota",
    right=Permission.FREEZE_MEETINGS,
    fields=fields(described.MEETING_NOTE),
    rows=_no_notes,
    add=_add_note,
    may_add=_may_add_note,
)
EDITABLES = (MEETINGS, MEETING, NOTE, AGENDA, DECISIONS, ACTIONS, CLOSE_ACTION, REOPEN_ACTION)
