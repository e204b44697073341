"""What a meeting decides: taken at an item of its agenda, corrected or withdrawn until the meeting is frozen."""

from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import acts
from portal.commands.base import command
from portal.commands.editing import Values, columns_of, put
from portal.commands.meeting_rules import (
    RIGHT,
    check_about,
    hold_agreed,
    hold_open,
    inherited,
    item_of,
    refuse_frozen,
    require_own,
)
from portal.db.models import Decision
from portal.entities import meetings
from portal.permissions import Viewer

SHAPE = meetings.DECISION.shape


@command(RIGHT)
def take_decision(
    session: Session, by: Viewer, *, meeting_id: int, item_id: int | None = None, values: Values
) -> Decision:
    """Keys of `values`: those of SHAPE. It is taken on the day of the meeting unless it says otherwise, and concerns
    what its item is about unless it names a project or a result."""
    meeting = hold_open(session, meeting_id)
    taken_on = values.get("taken_on") or min(meeting.held_on or meeting.planned_on, clock.today())
    columns = columns_of(session, {"text": None} | dict(values) | {"taken_on": taken_on}, SHAPE)
    row = Decision(meeting_id=meeting.id)
    put(row, columns)
    inherited(row, item_of(session, meeting, item_id))
    _settled(session, by, row, values)
    session.add(row)
    session.flush()
    return row


def _own(session: Session, by: Viewer, decision_id: int, archived: bool) -> Decision:
    row, meeting = hold_agreed(session, Decision, decision_id, archived=archived)
    require_own(session, by, row)
    refuse_frozen(meeting)
    return row


def _settled(session: Session, by: Viewer, row: Decision, values: Values, *_: object) -> None:
    check_about(session, by, row, values)


DECISION = acts("decision", RIGHT, SHAPE, _own, settled=_settled)
"""Archived, it was not decided after all."""
