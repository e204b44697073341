"""The meetings a viewer may know of, by the name each has in an address; the agenda and the report of each."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, null, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Atelier, Meeting, MeetingNote, MeetingPresence, Partner, User
from portal.db.types import bytewise
from portal.entities.heard import told
from portal.permissions import Permission, RowNotFound, Viewer, scope
from portal.queries.about import portal_state
from portal.queries.closed import closed_to
from portal.queries.meetings.agenda import agenda_of
from portal.queries.meetings.state import state_now
from portal.queries.meetings.traces import traces_between
from portal.queries.trace.verify import trail_anchor
from portal.snapshots.extract import extract, within_ateliers, without
from portal.snapshots.radar import GRACE_DAYS
from portal.snapshots.report import Header, Named, Present, Report, report
from portal.text import hour
from portal.vocabulary import MeetingBody, MeetingState

NAMED = re.compile(rf"({'|'.join(body.value for body in MeetingBody)})-([1-9][0-9]{{0,5}})")


def named(word: str) -> tuple[MeetingBody, int]:
    """Raises RowNotFound for what names no meeting."""
    found = NAMED.fullmatch(word)
    if found is None:
        raise RowNotFound(f"meeting {word}")
    return MeetingBody(found[1]), int(found[2])


def meeting_exists(session: Session, viewer: Viewer, word: str) -> bool:
    """Whether the viewer may know of it; True without a name, as the page then chooses one."""
    try:
        return not word or bool(chosen_meeting(session, viewer, *named(word)))
    except RowNotFound:
        return False


@dataclass(frozen=True, slots=True)
class MeetingRow(Named):
    """A meeting in the calendar: planned, held or not. `kept`: what it saw was."""

    body: MeetingBody
    number: int
    planned_on: date
    held_on: date | None
    state: MeetingState
    kept: bool = False
    starts_at: time | None = None
    ends_at: time | None = None

    @property
    def hours(self) -> str:
        """ "14.00–16.00 u."; "" where nobody said when it begins."""
        return f"{'–'.join(hour(at) for at in (self.starts_at, self.ends_at) if at)} u." if self.starts_at else ""

    @property
    def off(self) -> int | None:
        """How many days it was held after its plan."""
        return (self.held_on - self.planned_on).days if self.held_on else None

    @property
    def was_held(self) -> bool:
        return self.held_on is not None or self.state is MeetingState.FROZEN


@dataclass(frozen=True, slots=True)
class Note:
    """A dated correction to a meeting (UTC); `by` None: nobody, or not for this viewer."""

    at: datetime
    by: str | None
    text: str


class NothingKept(LookupError):
    """The meeting was frozen, and what it saw was not kept."""


def visible_meetings(viewer: Viewer) -> ColumnElement[bool]:
    """Frozen ones are everybody's; the others are for who follows the open meetings."""
    there = Meeting.archived_at.is_(None)
    return there if viewer.may(Permission.VIEW_OPEN_MEETINGS) else and_(there, Meeting.state == MeetingState.FROZEN)


def meeting_rows(session: Session, viewer: Viewer, body: MeetingBody | None = None) -> list[MeetingRow]:
    """The meetings the viewer may know of, oldest planned first."""
    found = select(Meeting, Meeting.snapshot.is_not(None)).where(visible_meetings(viewer))
    if body is not None:
        found = found.where(Meeting.body == body)
    rows = session.execute(found.order_by(Meeting.planned_on, Meeting.body, Meeting.id))
    return [_row(row, kept=bool(kept)) for row, kept in rows]


def _row(row: Meeting, *, kept: bool) -> MeetingRow:
    said = (row.body, row.number, row.planned_on, row.held_on, row.state)
    return MeetingRow(*said, kept, row.starts_at, row.ends_at)


def chosen_meeting(session: Session, viewer: Viewer, body: MeetingBody, number: int | None = None) -> Meeting:
    """The meeting of this number; without one, the first to come that is not frozen, else the last there was.

    One that was planned over a week ago and never held is not to come. Raises RowNotFound when there is none that the
    viewer may know of.
    """
    found = select(Meeting).where(Meeting.body == body, visible_meetings(viewer))
    if number is not None:
        found = found.where(Meeting.number == number)
    rows = list(session.scalars(found.order_by(Meeting.planned_on, Meeting.id)))
    soonest = clock.today() - timedelta(days=GRACE_DAYS)
    coming = (row for row in rows if row.state is not MeetingState.FROZEN and row.planned_on >= soonest)
    chosen = next(coming, rows[-1] if rows else None)
    if chosen is None:
        raise RowNotFound(f"meeting {body} {number}")
    return chosen


def report_of(session: Session, viewer: Viewer, body: MeetingBody, number: int | None = None) -> Report:
    """What the meeting saw, once frozen; else what it would see now. As far as the viewer may know it.

    Raises RowNotFound as `chosen_meeting`, NothingKept for a frozen meeting without a state.
    """
    return seen_by(session, viewer, whole_report(session, chosen_meeting(session, viewer, body, number)))


def whole_report(session: Session, meeting: Meeting) -> Report:
    """The same as nobody sees it: who shows it passes it through `seen_by`. Raises NothingKept."""
    return kept_report(meeting) if meeting.state is MeetingState.FROZEN else live_report(session, meeting)


def kept_report(meeting: Meeting) -> Report:
    """Exactly as it was frozen. Raises NothingKept."""
    if meeting.snapshot is None:
        raise NothingKept(header_of(meeting, meeting.planned_on).name)
    return Report.from_json(meeting.snapshot)


def live_report(session: Session, meeting: Meeting, *, frozen_on: date | None = None) -> Report:
    """What everybody at the table would see today, since the last frozen meeting of the same body.

    `frozen_on`: the day it is held, for a meeting that is being frozen.
    """
    state = state_now(session)
    before = _before(session, meeting)
    header = header_of(meeting, state.as_of, frozen_on)
    traces = traces_between(session, before.state, state) if before else {}
    is_demo = portal_state(session).is_demo
    made = report(
        header, state, before, told=told(), traces=traces, agenda=agenda_of(session, meeting.id), is_demo=is_demo
    )
    return replace(made, anchor=str(trail_anchor(session)), presence=tuple(presence_of(session, meeting.id)))


def presence_of(session: Session, meeting_id: int) -> list[Present]:
    """Every partner, by name; none of a meeting of which nobody noted it."""
    noted = and_(MeetingPresence.partner_id == Partner.id, MeetingPresence.meeting_id == meeting_id)
    found = session.execute(
        select(Partner.title, MeetingPresence.attendance)
        .outerjoin(MeetingPresence, noted)
        .where(Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), Partner.id)
    ).all()
    rows = [Present(title, attendance) for title, attendance in found]
    return rows if any(one.attendance for one in rows) else []


def report_between(session: Session, viewer: Viewer, earlier: Report, later: Report) -> Report:
    """The later meeting, compared with the earlier one instead of with the one before it; both are whole reports."""
    traces = traces_between(session, earlier.state, later.state)
    made = report(
        later.header, later.state, earlier, told=told(), traces=traces, agenda=later.agenda, is_demo=later.is_demo
    )
    return seen_by(session, viewer, replace(made, anchor=later.anchor, presence=later.presence))


def header_of(meeting: Meeting, as_of: date, frozen_on: date | None = None) -> Header:
    state = MeetingState.FROZEN if frozen_on else meeting.state
    held_on = frozen_on or meeting.held_on
    return Header(meeting.body, meeting.number, meeting.planned_on, held_on, meeting.place, state, as_of)


def _before(session: Session, meeting: Meeting) -> Report | None:
    """The last frozen meeting of the same body before this one, of which the state was kept."""
    found = (
        select(Meeting)
        .where(Meeting.body == meeting.body, Meeting.state == MeetingState.FROZEN, Meeting.archived_at.is_(None))
        .where(Meeting.planned_on <= meeting.planned_on, Meeting.id != meeting.id, Meeting.snapshot.is_not(None))
        .order_by(Meeting.planned_on.desc(), Meeting.id.desc())
        .limit(1)
    )
    last = session.scalars(found).one_or_none()
    return kept_report(last) if last else None


def seen_by(session: Session, viewer: Viewer, whole: Report) -> Report:
    """What is closed to the viewer stays unnamed, also where it was open when the meeting was frozen. The mayors read
    the extract for the Conferentie; who leads ateliers reads the money lines of those alone."""
    whole = without(whole, closed_to(session, viewer))
    if not viewer.may(Permission.VIEW_OPEN_MEETINGS):
        return extract(whole, MeetingBody.CONFERENCE)
    reach = scope(viewer, Permission.VIEW_MONEY)
    if reach.atelier_ids is None:
        return whole
    codes = session.scalars(select(Atelier.code).where(Atelier.id.in_(sorted(reach.atelier_ids))))
    return within_ateliers(whole, frozenset(codes))


def notes_of(session: Session, viewer: Viewer, body: MeetingBody, number: int) -> list[Note]:
    """Oldest first."""
    meeting = chosen_meeting(session, viewer, body, number)
    closed = closed_to(session, viewer)
    found = (
        select(MeetingNote.at, User.name if viewer.may(Permission.VIEW_OPEN_MEETINGS) else null(), MeetingNote.text)
        .outerjoin(User, User.id == MeetingNote.by_id)
        .where(MeetingNote.meeting_id == meeting.id)
        .order_by(MeetingNote.at, MeetingNote.id)
    )
    return [Note(at, by, closed.out_of(text)) for at, by, text in session.execute(found)]
