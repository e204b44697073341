"""Changes to the agenda of a meeting that is not frozen: its items, and their order from 1 to the last."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands.acts import acts
from portal.commands.base import Refused, changed, command
from portal.commands.editing import Values, columns_of, edit, put
from portal.commands.meeting_rules import (
    RIGHT,
    check_about,
    hold_agreed,
    hold_open,
    refuse_frozen,
    require_own,
)
from portal.db.models import Action, AgendaItem, Decision
from portal.entities import meetings
from portal.permissions import Viewer

SHAPE = meetings.AGENDA_ITEM.shape


@command(RIGHT)
def add_item(session: Session, by: Viewer, *, meeting_id: int, values: Values) -> AgendaItem:
    """The last of the agenda. Keys of `values`: those of SHAPE; it is about an atelier, a project or a result."""
    meeting = hold_open(session, meeting_id)
    columns = columns_of(session, SHAPE.needed | dict(values), SHAPE)
    others = _items(session, meeting.id)
    row = AgendaItem(meeting_id=meeting.id, position=len(others) + 1)
    put(row, columns)
    check_about(session, by, row, values)
    session.add(row)
    session.flush()
    _put_in_order([*others, row])
    return row


@command(RIGHT)
def move_item(session: Session, by: Viewer, *, item_id: int, version: int, to: int) -> AgendaItem:
    """To this place in the order; those between shift by one, and have to be the own ones too."""
    row = _own(session, by, item_id)
    edit(session, row, version, {}, SHAPE)
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


def _own(session: Session, by: Viewer, item_id: int, archived: bool = False) -> AgendaItem:
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


def _settled(session: Session, by: Viewer, row: AgendaItem, values: Values, _: object) -> None:
    check_about(session, by, row, values)


def _closes_up(session: Session, _: Viewer, row: AgendaItem) -> None:
    """Refused when anything was agreed at it."""
    for model in (Decision, Action):
        found = select(func.count()).where(model.agenda_item_id == row.id, model.archived_at.is_(None))
        if session.scalar(found):
            raise Refused("Bij dit punt staan beslissingen of acties; trek die eerst in. Er is niets gewijzigd.")
    _put_in_order([item for item in _items(session, row.meeting_id) if item is not row])


def _comes_last(session: Session, _: Viewer, row: AgendaItem) -> None:
    _put_in_order([*(item for item in _items(session, row.meeting_id) if item is not row), row])


ITEM = acts("item", RIGHT, SHAPE, _own, settled=_settled, leaves=_closes_up, returns=_comes_last)
"""Archived, it is off the agenda and the others close up; back, it is the last."""
