"""What a meeting decides: taken at an item of its agenda, corrected or withdrawn until the meeting is frozen."""

from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, changed, command
from portal.commands.editing import Shape, Values, columns_of, edit, put
from portal.commands.meeting_rules import (
    ABOUT,
    PARTNER,
    RIGHT,
    check_about,
    hold_agreed,
    hold_open,
    inherited,
    item_of,
    refuse_frozen,
    require_own,
)
from portal.db.base import day
from portal.db.models import Decision
from portal.permissions import Viewer

SHAPE = Shape(
    columns=frozenset({"text", "taken_on"}),
    pointers={"partner": PARTNER} | ABOUT,
    required=frozenset({"text", "taken_on"}),
)


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
    _refuse_future(row)
    check_about(session, by, row, values)
    session.add(row)
    session.flush()
    return row


@command(RIGHT)
def change_decision(session: Session, by: Viewer, *, decision_id: int, version: int, values: Values) -> Decision:
    """Keys of `values`: those of SHAPE."""
    row = _own(session, by, decision_id)
    edit(session, row, version, values, SHAPE)
    _refuse_future(row)
    check_about(session, by, row, values)
    return row


@command(RIGHT)
def withdraw_decision(session: Session, by: Viewer, *, decision_id: int, version: int) -> Decision:
    """It was not decided after all; `restore_decision` brings it back."""
    row = _own(session, by, decision_id)
    edit(session, row, version, {}, SHAPE)
    changed(row, archived_at=clock.now())
    return row


@command(RIGHT)
def restore_decision(session: Session, by: Viewer, *, decision_id: int) -> Decision:
    row = _own(session, by, decision_id, archived=True)
    changed(row, archived_at=None)
    return row


def _own(session: Session, by: Viewer, decision_id: int, *, archived: bool = False) -> Decision:
    row, meeting = hold_agreed(session, Decision, decision_id, archived=archived)
    require_own(session, by, row)
    refuse_frozen(meeting)
    return row


def _refuse_future(row: Decision) -> None:
    if row.taken_on > clock.today():
        raise Refused(f"{day(row.taken_on)} moet nog komen; vul in wanneer het beslist is. Er is niets gewijzigd.")
