"""What can be edited of the meetings: their days and places, the notes beside what was frozen, and what is agreed."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy.orm import Session

from portal.commands.meetings import meetings
from portal.commands.meetings.freezing import add_note
from portal.entities import meetings as described
from portal.pages.editing.derived import NEW, fields
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.pages.steering.editing_actions import ACTIONS, CLOSE_ACTION, REOPEN_ACTION
from portal.pages.steering.editing_agenda import AGENDA, DECISIONS
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.meetings.editable import editable_meetings, frozen_spot, spot_named
from portal.text import long_day
from portal.values import Ref
from portal.vocabulary import MeetingBody, MeetingState


def _states(_: Session, __: Viewer) -> Sequence[tuple[str, str]]:
    """A meeting is frozen by its own button."""
    return [(state.value, state.label) for state in (MeetingState.PLANNED, MeetingState.OPEN)]


def _plan(session: Session, by: Viewer, _: str, values: Values) -> Added:
    rest = {key: value for key, value in values.items() if key != "body"}
    row = meetings.plan_meeting(session, by, body=MeetingBody(str(values["body"])), values=rest)
    return Added(f"{row.body.label} {row.number} van {long_day(row.planned_on)}")


def _no_notes(_: Session, __: Viewer, ___: str) -> pd.DataFrame:
    """A note is never changed: a correction of it is one more note."""
    return pd.DataFrame(columns=["id", "version", "text"])


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
    name_of="name",
)
MEETING = Editable(
    name="vergadering",
    one="vergadering",
    right=Permission.EDIT_MEETINGS,
    fields=fields(described.MEETING, "planned_on place", place={"width": 260}),
    rows=editable_meetings,
    change=meetings.MEETING.change,
    switch="Dag en plaats wijzigen",
    name_of="planned_on",
)
NOTE = Editable(
    name="vergadernota",
    one="nota",
    right=Permission.FREEZE_MEETINGS,
    fields=fields(described.MEETING_NOTE),
    rows=_no_notes,
    add=_add_note,
    may_add=_may_add_note,
    name_of="text",
)
EDITABLES = (MEETINGS, MEETING, NOTE, AGENDA, DECISIONS, ACTIONS, CLOSE_ACTION, REOPEN_ACTION)
