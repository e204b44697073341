"""What a partner promises at a meeting. An action lives on after its meeting is frozen, until it is closed."""

from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import acts
from portal.commands.base import Refused, command
from portal.commands.editing import Values, columns_of, edit, hold, put
from portal.commands.meeting_rules import (
    RIGHT,
    check_about,
    hold_agreed,
    hold_open,
    inherited,
    item_of,
    require_own,
)
from portal.db.base import day
from portal.db.models import Action, Meeting
from portal.entities import meetings
from portal.entities.fields import shape
from portal.permissions import Permission, PermissionDenied, Viewer, scope
from portal.vocabulary import MeetingState

SHAPE = meetings.ACTION.shape
CLOSING = shape(Action, "done_on done_note")


@command(RIGHT)
def add_action(session: Session, by: Viewer, *, meeting_id: int, item_id: int | None = None, values: Values) -> Action:
    """Keys of `values`: those of SHAPE; `owner_partner` does it. It concerns what its item is about unless it names a
    project or a result."""
    meeting = hold_open(session, meeting_id)
    columns = columns_of(session, SHAPE.needed | dict(values), SHAPE)
    row = Action(meeting_id=meeting.id)
    put(row, columns)
    inherited(row, item_of(session, meeting, item_id))
    check_about(session, by, row, values)
    session.add(row)
    session.flush()
    return row


@command(Permission.CLOSE_ACTIONS)
def close_action(session: Session, by: Viewer, *, action_id: int, version: int, note: str) -> Action:
    """Done, today; `note` says in one sentence what came of it. Everybody who may close one knows them all, so
    another's is forbidden, not unknown."""
    row = hold(session, Action, action_id)
    if not scope(by, Permission.CLOSE_ACTIONS).has_partner(row.owner_partner_id):
        raise PermissionDenied(Permission.CLOSE_ACTIONS, f"action {action_id}")
    _refuse_closed(row)
    sentence = " ".join(note.split())
    if not sentence:
        raise Refused("Zeg in één zin wat er gedaan is; de actie blijft open.")
    edit(session, row, version, {"done_on": clock.today(), "done_note": sentence}, CLOSING)
    return row


@command(Permission.FREEZE_MEETINGS)
def reopen_action(session: Session, by: Viewer, *, action_id: int, version: int) -> Action:
    """It was not done after all; the sentence with which it was closed stays in the trace."""
    row = hold(session, Action, action_id)
    if row.done_on is None:
        raise Refused("Deze actie staat nog open; er is niets gewijzigd.")
    edit(session, row, version, {"done_on": None, "done_note": ""}, CLOSING)
    return row


def _refuse_after(by: Viewer, meeting: Meeting) -> None:
    if meeting.state is MeetingState.FROZEN and not by.may(Permission.FREEZE_MEETINGS):
        raise Refused(
            f"{meeting.body.label} {meeting.number} is vastgelegd; vraag de projectcoördinator de actie te wijzigen. "
            "Er is niets gewijzigd."
        )


def _refuse_closed(row: Action) -> None:
    if row.done_on is not None:
        raise Refused(f"Deze actie is al afgesloten op {day(row.done_on)}; er is niets gewijzigd.")


def _own(session: Session, by: Viewer, action_id: int, archived: bool) -> Action:
    """Refused once it is closed; after its meeting is frozen for who plans alone."""
    row, meeting = hold_agreed(session, Action, action_id, archived=archived)
    require_own(session, by, row)
    _refuse_after(by, meeting)
    if not archived:
        _refuse_closed(row)
    return row


def _settled(session: Session, by: Viewer, row: Action, values: Values, _: object) -> None:
    check_about(session, by, row, values)


ACTION = acts("action", RIGHT, SHAPE, _own, settled=_settled)
"""Archived, nobody has to do it any more."""
