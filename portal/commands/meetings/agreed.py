"""The agenda of a meeting that is not frozen, what it decides, and what partners promise there: an action lives on
until it is closed."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import acts
from portal.commands.base import Refused, changed, command
from portal.commands.editing import Values, edit, hold
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
from portal.vocabulary import MeetingState


def _begun_item(session: Session, _: Viewer, values: Values, *, meeting_id: int) -> tuple[AgendaItem, Values]:
    """The last of the agenda; it is about an atelier, a project or a result."""
    others = _items(session, hold_open(session, meeting_id).id)
    _put_in_order(others)
    return AgendaItem(meeting_id=meeting_id, position=len(others) + 1), values


@command(RIGHT)
def move_item(session: Session, by: Viewer, *, item_id: int, version: int, to: int) -> AgendaItem:
    """To this place in the order; those between shift by one, and have to be the own ones too."""
    row = _own_item(session, by, item_id)
    edit(session, row, version, {}, meetings.AGENDA_ITEM.shape)
    items = _items(session, row.meeting_id)
    if not 1 <= to <= len(items):
        raise Refused(f"De plaats ligt tussen 1 en {len(items)}; er is niets gewijzigd.")
    place = items.index(row) + 1
    for other in items[min(place, to) - 1 : max(place, to)]:
        require_own(session, by, other)
    items.remove(row)
    items.insert(to - 1, row)
    _put_in_order(items)
    return row


def _own_item(session: Session, by: Viewer, item_id: int, archived: bool = False) -> AgendaItem:
    row, meeting = hold_agreed(session, AgendaItem, item_id, archived=archived)
    require_own(session, by, row)
    refuse_frozen(meeting)
    return row


def _items(session: Session, meeting_id: int) -> list[AgendaItem]:
    """In their order; the meeting is held, so nobody else moves them."""
    found = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.archived_at.is_(None))
        .order_by(AgendaItem.position, AgendaItem.id)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(found))


def _put_in_order(items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        changed(item, position=position)


def _closes_up(session: Session, _: Viewer, row: AgendaItem) -> None:
    """Refused when anything was agreed at it."""
    for model in (Decision, Action):
        found = select(func.count()).where(model.agenda_item_id == row.id, model.archived_at.is_(None))
        if session.scalar(found):
            raise Refused("Bij dit punt staan beslissingen of acties; trek die eerst in. Er is niets gewijzigd.")
    _put_in_order([item for item in _items(session, row.meeting_id) if item is not row])


def _comes_last(session: Session, _: Viewer, row: AgendaItem) -> None:
    _put_in_order([*(item for item in _items(session, row.meeting_id) if item is not row), row])


ITEM = acts(
    *("item", RIGHT, meetings.AGENDA_ITEM, _own_item, _begun_item),
    settled=check_about,
    leaves=_closes_up,
    returns=_comes_last,
)
"""Archived, it is off the agenda and the others close up; back, it is the last."""
add_item = ITEM.add


def _begun_decision(
    session: Session, _: Viewer, values: Values, *, meeting_id: int, item_id: int | None = None
) -> tuple[Decision, Values]:
    """It is taken on the day of the meeting unless it says otherwise, and concerns what its item is about unless it
    names a project or a result."""
    meeting = hold_open(session, meeting_id)
    taken_on = values.get("taken_on") or min(meeting.held_on or meeting.planned_on, clock.today())
    row = Decision(meeting_id=meeting.id, agenda_item_id=item_id)
    return row, {**inherited(row, item_of(session, meeting, item_id), values), "taken_on": taken_on}


def _own_decision(session: Session, by: Viewer, decision_id: int, archived: bool) -> Decision:
    row, meeting = hold_agreed(session, Decision, decision_id, archived=archived)
    require_own(session, by, row)
    refuse_frozen(meeting)
    return row


DECISION = acts(
    *("decision", RIGHT, meetings.DECISION, _own_decision, _begun_decision), adds="take_decision", settled=check_about
)
"""Archived, it was not decided after all."""
take_decision = DECISION.add
CLOSING = shape(Action, "done_on done_note")


def _begun_action(
    session: Session, _: Viewer, values: Values, *, meeting_id: int, item_id: int | None = None
) -> tuple[Action, Values]:
    """`owner_partner` does it. It concerns what its item is about unless it names a project or a result."""
    item = item_of(session, hold_open(session, meeting_id), item_id)
    row = Action(meeting_id=meeting_id, agenda_item_id=item_id)
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
