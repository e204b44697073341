"""The meetings whose day and place a viewer may change, and where agenda, decisions, actions and notes may be added."""

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import AgendaItem, Meeting
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_agreed import atelier_of_item, in_reach
from portal.queries.frames import frame
from portal.queries.meeting_spots import Spot, spot_named
from portal.queries.meetings import visible_meetings
from portal.vocabulary import MeetingBody, MeetingState

COLUMNS = ("id", "version", "name", "body", "planned_on", "place", "state")


def editable_meetings(session: Session, viewer: Viewer, of: str = "") -> pd.DataFrame:
    """Those that are not frozen: all, of one body ("exello") or one by its name ("exello-4"). Soonest first.

    Columns: id, version (int), name ("Exello 4"), body (word), planned_on (date), place (str), state (word).
    """
    if not scope(viewer, Permission.EDIT_MEETINGS).everything:
        return frame(COLUMNS, ())
    found = select(Meeting).where(visible_meetings(viewer), Meeting.state != MeetingState.FROZEN)
    if of in set(MeetingBody):
        found = found.where(Meeting.body == MeetingBody(of))
    elif of:
        spot = spot_named(session, viewer, of)
        found = found.where(Meeting.id == (spot.meeting.id if spot and spot.item_id is None else 0))
    rows = session.scalars(found.order_by(Meeting.planned_on, Meeting.id))
    return frame(
        COLUMNS,
        (
            (row.id, row.version, f"{row.body.label} {row.number}", row.body, row.planned_on, row.place, row.state)
            for row in rows
        ),
    )


def open_spot(session: Session, viewer: Viewer, of: str) -> Spot | None:
    """Where this viewer may still add something: the meeting is not frozen, and the item, if one is meant, is the
    viewer's. None elsewhere."""
    spot = spot_named(session, viewer, of) if viewer.may(Permission.EDIT_MEETINGS) else None
    if spot is None or spot.meeting.state is MeetingState.FROZEN:
        return None
    if spot.item_id is None:
        return None if scope(viewer, Permission.EDIT_MEETINGS).nothing else spot
    own = select(AgendaItem.id).where(AgendaItem.id == spot.item_id, in_reach(viewer, atelier_of_item()))
    return spot if session.scalar(own) is not None else None


def frozen_spot(session: Session, viewer: Viewer, of: str) -> Spot | None:
    """The frozen meeting to which this viewer may add a note."""
    spot = spot_named(session, viewer, of) if viewer.may(Permission.FREEZE_MEETINGS) else None
    return spot if spot and spot.item_id is None and spot.meeting.state is MeetingState.FROZEN else None
