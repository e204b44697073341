"""A meeting, or one item of its agenda, by the name that a place for editing has: "exello-4", "exello-4.31"."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import AgendaItem, Meeting
from portal.permissions import RowNotFound, Viewer
from portal.queries.meetings import visible_meetings
from portal.queries.named_meeting import named
from portal.vocabulary import MeetingBody

LONGEST_ID = 9


class Spot(NamedTuple):
    """The meeting, and the id of the item of its agenda that is meant; None for the meeting as a whole."""

    meeting: Meeting
    item_id: int | None


def spot_name(body: MeetingBody | str, number: int, item_id: int | None = None) -> str:
    whole = f"{body}-{number}"
    return whole if item_id is None else f"{whole}.{item_id}"


def spot_named(session: Session, viewer: Viewer, name: str) -> Spot | None:
    """None for what no place means, or what this viewer may not know of."""
    word, dot, item = name.partition(".")
    meeting = _meeting_named(session, viewer, word)
    if meeting is None or not dot:
        return Spot(meeting, None) if meeting else None
    item_id = id_in(item)
    return Spot(meeting, item_id) if _stands(session, meeting, item_id) else None


def id_in(text: str) -> int:
    """The id that is written here, 0 (which no row has) for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else 0


def _meeting_named(session: Session, viewer: Viewer, word: str) -> Meeting | None:
    try:
        body, number = named(word)
    except RowNotFound:
        return None
    wanted = select(Meeting).where(Meeting.body == body, Meeting.number == number, visible_meetings(viewer))
    return session.scalars(wanted).one_or_none()


def _stands(session: Session, meeting: Meeting, item_id: int) -> bool:
    item = session.get(AgendaItem, item_id)
    return item is not None and item.meeting_id == meeting.id and item.archived_at is None
