"""The meetings that a viewer may know of, as they stand in the viewer's own calendar."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.closed import Closed
from portal.db.models import AgendaItem, Audit, Meeting, PortalInfo
from portal.db.trail_seal import fields_of
from portal.permissions import Permission, Viewer
from portal.queries.closed import closed_to
from portal.queries.meetings.meetings import visible_meetings
from portal.snapshots.occasion import Occasion
from portal.snapshots.radar import GRACE_DAYS
from portal.vocabulary import MeetingState

LOOKS_BACK = timedelta(days=400)  # so that the file stays short
DROPPED, SKIPPED = "geschrapt", "niet doorgegaan"


@dataclass(slots=True)
class Touched:
    """How often a meeting or something on its agenda changed, and when last."""

    times: int = 0
    at: datetime | None = None

    def again(self, at: datetime) -> None:
        self.times, self.at = self.times + 1, at


def occasions(session: Session, viewer: Viewer) -> tuple[Occasion, ...]:
    """Of the last year and all to come, the first planned on top. What was planned and dropped is told to who knew."""
    soonest = clock.today() - LOOKS_BACK
    wanted = select(Meeting).where(_known(viewer), Meeting.planned_on >= soonest)
    rows = session.scalars(wanted.order_by(Meeting.planned_on, Meeting.body, Meeting.id)).all()
    if not rows:
        return ()
    ids = [row.id for row in rows]
    agendas, touched = _agendas(session, ids, closed_to(session, viewer)), _touched(session)
    made_at = session.scalars(select(PortalInfo.created_at)).one()
    return tuple(_occasion(row, agendas[row.id], touched[row.id], made_at) for row in rows)


def _known(viewer: Viewer) -> ColumnElement[bool]:
    """Those of the portal's own calendar, and those that went from it for who follows the open ones."""
    known = visible_meetings(viewer)
    return or_(known, Meeting.archived_at.is_not(None)) if viewer.may(Permission.VIEW_OPEN_MEETINGS) else known


def _occasion(row: Meeting, agenda: tuple[str, ...], touched: Touched, made_at: datetime) -> Occasion:
    off = _off(row)
    return Occasion(
        uid=str(uuid5(NAMESPACE_URL, f"{made_at.isoformat()}/meeting/{row.id}")),
        body=row.body,
        number=row.number,
        planned_on=row.planned_on,
        held_on=row.held_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        agenda=() if off == DROPPED else agenda,
        off=off,
        sequence=touched.times + (off == SKIPPED),
        changed_at=touched.at or made_at,
    )


def _off(row: Meeting) -> str:
    if row.archived_at is not None:
        return DROPPED
    late = (clock.today() - row.planned_on).days > GRACE_DAYS
    return SKIPPED if late and row.held_on is None and row.state is not MeetingState.FROZEN else ""


def _agendas(session: Session, ids: Collection[int], closed: Closed) -> dict[int, tuple[str, ...]]:
    """By meeting; of a frozen one nobody can change it any more."""
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    items = select(AgendaItem.meeting_id, AgendaItem.title).where(
        AgendaItem.meeting_id.in_(ids), AgendaItem.archived_at.is_(None)
    )
    for meeting_id, title in session.execute(items.order_by(AgendaItem.position, AgendaItem.id)):
        found[meeting_id] = (*found[meeting_id], closed.out_of(title, near=True))
    return found


def _touched(session: Session) -> dict[int, Touched]:
    """By meeting, as the trace tells it: an item that went to another meeting touched both."""
    found: defaultdict[int, Touched] = defaultdict(Touched)
    stands: dict[int, int] = {}  # at which meeting an item is
    kinds = Audit.entity.in_((Meeting.__tablename__, AgendaItem.__tablename__))
    rows = select(Audit.entity, Audit.entity_id, Audit.at, Audit.before, Audit.after).where(kinds)
    for entity, row_id, at, before, after in session.execute(rows.order_by(Audit.sequence)):
        if entity == Meeting.__tablename__:
            found[row_id].again(at)
            continue
        places = {stands[row_id]} if row_id in stands else set()
        places |= set(_meetings_in(before, after))
        for meeting_id in places:
            found[meeting_id].again(at)
        stands[row_id] = fields_of(after).get("meeting_id", stands.get(row_id, 0))
    return found


def _meetings_in(*told: str) -> Iterator[int]:
    for fields in map(fields_of, told):
        if isinstance(fields.get("meeting_id"), int):
            yield fields["meeting_id"]
