"""The agenda of a meeting that is not frozen: its points in their order, and how far the meeting is with each."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import acts
from portal.commands.base import Refused, changed, command
from portal.commands.editing import Values, edit, hold, put
from portal.commands.meetings.meetings import (
    RIGHT,
    check_about,
    hold_agreed,
    hold_open,
    refuse_frozen,
    require_own,
)
from portal.db.models import Action, AgendaConcern, AgendaItem, AgendaLink, AgendaMove, Decision, Meeting
from portal.db.models.meetings import CONCERNS
from portal.entities import meetings
from portal.permissions import Viewer
from portal.vocabulary import ItemState, MeetingState


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


def settle(item: AgendaItem, state: ItemState) -> None:
    """The meeting is this far with it: its time stops."""
    changed(item, state=state, **_stopped(item))


def _stopped(item: AgendaItem) -> dict[str, object]:
    if item.began_at is None:
        return {}
    took = (clock.now() - item.began_at).total_seconds()
    return {"began_at": None, "seconds_used": item.seconds_used + max(0, round(took))}


@command(RIGHT)
def begin_item(session: Session, by: Viewer, *, item_id: int, version: int) -> AgendaItem:
    """The meeting is at this point: its time runs, and that of any other stops. Refused once it is settled."""
    row = _seen(session, by, item_id, version)
    if row.state is not ItemState.OPEN:
        raise Refused(f"Dit punt is al {row.state.label}; er is niets gewijzigd.")
    for other in _items(session, row.meeting_id):
        if other is not row:
            changed(other, **_stopped(other))
    if row.began_at is None:
        changed(row, began_at=clock.now())
    return row


@command(RIGHT)
def discuss_item(session: Session, by: Viewer, *, item_id: int, version: int) -> AgendaItem:
    """It was treated, and asks no decision."""
    row = _seen(session, by, item_id, version)
    if row.state is not ItemState.OPEN:
        raise Refused(f"Dit punt is al {row.state.label}; er is niets gewijzigd.")
    settle(row, ItemState.DISCUSSED)
    return row


@command(RIGHT)
def note_item(session: Session, by: Viewer, *, item_id: int, text: str) -> AgendaItem:
    """What is said is put below what was noted before, so that two who write at once lose nothing."""
    row = _own_item(session, by, item_id)
    if not text.strip():
        raise Refused("Schrijf eerst wat er besproken werd; er is niets gewijzigd.")
    put(row, {"note": "\n".join(filter(None, (row.note, text.strip())))})
    return row


CARRIED = ("title", "kind", "atelier_id", "project_id", "deliverable_id", *meetings.BRIEF.split())


@command(RIGHT)
def postpone_item(session: Session, by: Viewer, *, item_id: int, version: int, why: str = "") -> AgendaItem:
    """To the next meeting of the same body, last on its agenda, with its dossier; here it stays, as postponed. `why` is
    kept as its note. Refused where no later meeting is planned, and for what is settled."""
    row = _seen(session, by, item_id, version)
    if row.state is not ItemState.OPEN:
        raise Refused(f"Dit punt is al {row.state.label}; er is niets gewijzigd.")
    later = hold(session, Meeting, _next_meeting(session, session.get_one(Meeting, row.meeting_id)))
    carried = {name: getattr(row, name) for name in CARRIED}
    copy = AgendaItem(meeting_id=later.id, position=len(_items(session, later.id)) + 1, **carried)
    session.add(copy)
    session.flush()
    _carry(session, row, copy)
    session.add(AgendaMove(agenda_item_id=row.id, next_item_id=copy.id))
    if why.strip():
        changed(row, note=why.strip())
    settle(row, ItemState.POSTPONED)
    return copy


def _next_meeting(session: Session, meeting: Meeting) -> int:
    found = session.scalar(
        select(Meeting.id)
        .where(Meeting.body == meeting.body, Meeting.planned_on > meeting.planned_on)
        .where(Meeting.state != MeetingState.FROZEN, Meeting.archived_at.is_(None))
        .order_by(Meeting.planned_on, Meeting.id)
        .limit(1)
    )
    if found is None:
        raise Refused(
            f"Er is geen volgende {meeting.body.label} gepland; plan ze eerst in de kalender. Er is niets gewijzigd."
        )
    return found


def _carry(session: Session, row: AgendaItem, copy: AgendaItem) -> None:
    links = select(AgendaLink).where(AgendaLink.agenda_item_id == row.id, AgendaLink.archived_at.is_(None))
    concerns = select(AgendaConcern).where(AgendaConcern.agenda_item_id == row.id)
    for link in session.scalars(links.order_by(AgendaLink.id)):
        session.add(AgendaLink(agenda_item_id=copy.id, title=link.title, url=link.url))
    for concern in session.scalars(concerns.order_by(AgendaConcern.id)):
        same = {name: getattr(concern, name) for name in CONCERNS}
        session.add(AgendaConcern(agenda_item_id=copy.id, **same))


@command(RIGHT)
def reopen_item(session: Session, by: Viewer, *, item_id: int, version: int) -> AgendaItem:
    """It is to be treated after all; what was postponed comes back from the agenda it went to. Refused where something
    was decided at it, here or there."""
    row = _seen(session, by, item_id, version)
    if row.state is ItemState.DECIDED:
        raise Refused("Bij dit punt is beslist; trek eerst de beslissing in. Er is niets gewijzigd.")
    if row.state is ItemState.POSTPONED:
        _fetch_back(session, by, row)
    settle(row, ItemState.OPEN)
    return row


def _fetch_back(session: Session, by: Viewer, row: AgendaItem) -> None:
    move = session.scalars(select(AgendaMove).where(AgendaMove.agenda_item_id == row.id)).one_or_none()
    copy = session.get(AgendaItem, move.next_item_id) if move else None
    if move is not None:
        session.delete(move)
    if copy is not None and copy.archived_at is None:
        refuse_frozen(hold(session, Meeting, copy.meeting_id))
        if copy.state is not ItemState.OPEN:
            raise Refused(f"Het punt is intussen {copy.state.label} op een latere vergadering; er is niets gewijzigd.")
        _closes_up(session, by, copy)
        changed(copy, archived_at=clock.now())


def _seen(session: Session, by: Viewer, item_id: int, version: int) -> AgendaItem:
    """Held, and as it was on the screen."""
    row = _own_item(session, by, item_id)
    edit(session, row, version, {}, meetings.AGENDA_ITEM.shape)
    return row
