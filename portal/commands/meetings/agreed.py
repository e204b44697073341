"""What a meeting that is not frozen decides, and what partners promise there: an action lives on until it is closed.

Both are numbered in their meeting; a number is given once.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import acts
from portal.commands.base import Refused, command
from portal.commands.editing import Values, edit, hold
from portal.commands.meetings.agenda import settle
from portal.commands.meetings.meetings import (
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
from portal.db.models import Action, AgendaItem, Decision, Meeting
from portal.entities import meetings
from portal.entities.fields import shape
from portal.permissions import Permission, PermissionDenied, Viewer, scope
from portal.vocabulary import ItemState, MeetingState


def _begun_decision(
    session: Session, _: Viewer, values: Values, *, meeting_id: int, item_id: int | None = None
) -> tuple[Decision, Values]:
    """It is taken on the day of the meeting unless it says otherwise, and concerns what its item is about unless it
    names a project or a result."""
    meeting = hold_open(session, meeting_id)
    taken_on = values.get("taken_on") or min(meeting.held_on or meeting.planned_on, clock.today())
    row = Decision(meeting_id=meeting.id, agenda_item_id=item_id, serial=_next_serial(session, Decision, meeting))
    item = item_of(session, meeting, item_id)
    if item is not None:
        settle(item, ItemState.DECIDED)
    return row, {**inherited(row, item, values), "taken_on": taken_on}


def _next_serial(session: Session, model: type[Decision] | type[Action], meeting: Meeting) -> int:
    """The meeting is held: nobody else takes the same."""
    return (session.scalar(select(func.max(model.serial)).where(model.meeting_id == meeting.id)) or 0) + 1


def _own_decision(session: Session, by: Viewer, decision_id: int, archived: bool) -> Decision:
    row, meeting = hold_agreed(session, Decision, decision_id, archived=archived)
    require_own(session, by, row)
    refuse_frozen(meeting)
    return row


def _undecided(session: Session, _: Viewer, row: Decision) -> None:
    """The point is to be treated again, unless something else was decided at it."""
    others = select(func.count()).where(
        Decision.agenda_item_id == row.agenda_item_id, Decision.id != row.id, Decision.archived_at.is_(None)
    )
    if row.agenda_item_id is not None and not session.scalar(others):
        settle(session.get_one(AgendaItem, row.agenda_item_id), ItemState.OPEN)


def _decided(session: Session, _: Viewer, row: Decision) -> None:
    if row.agenda_item_id is not None:
        settle(session.get_one(AgendaItem, row.agenda_item_id), ItemState.DECIDED)


DECISION = acts(
    *("decision", RIGHT, meetings.DECISION, _own_decision, _begun_decision),
    adds="take_decision",
    settled=check_about,
    leaves=_undecided,
    returns=_decided,
)
"""Archived, it was not decided after all."""
take_decision = DECISION.add
CLOSING = shape(Action, "done_on done_note")


def _begun_action(
    session: Session, _: Viewer, values: Values, *, meeting_id: int, item_id: int | None = None
) -> tuple[Action, Values]:
    """`owner_partner` does it. It concerns what its item is about unless it names a project or a result."""
    meeting = hold_open(session, meeting_id)
    item = item_of(session, meeting, item_id)
    row = Action(meeting_id=meeting_id, agenda_item_id=item_id, serial=_next_serial(session, Action, meeting))
    return row, inherited(row, item, values)


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


def _own_action(session: Session, by: Viewer, action_id: int, archived: bool) -> Action:
    """Refused once it is closed; after its meeting is frozen for who plans alone."""
    row, meeting = hold_agreed(session, Action, action_id, archived=archived)
    require_own(session, by, row)
    _refuse_after(by, meeting)
    if not archived:
        _refuse_closed(row)
    return row


ACTION = acts("action", RIGHT, meetings.ACTION, _own_action, _begun_action, settled=check_about)
"""Archived, nobody has to do it any more."""
add_action = ACTION.add
