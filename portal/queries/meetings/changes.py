"""What changed between two steering groups, or since one of them until now, and which report goes into a pack."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.closed import closed_to
from portal.queries.meetings.meetings import (
    NothingKept,
    chosen_meeting,
    meeting_rows,
    notes_of,
    report_between,
    report_of,
    whole_report,
)
from portal.queries.meetings.state import TABLE, state_now
from portal.snapshots.extract import without
from portal.snapshots.lines import Line
from portal.snapshots.minutes import Correction
from portal.snapshots.report import Header, Report
from portal.vocabulary import MeetingBody, MeetingState

BODY = MeetingBody.STEERING


@dataclass(frozen=True, slots=True)
class Changes:
    """`until` None: now. `as_of`: the day the later side is true for."""

    since: Header
    until: Header | None
    as_of: date
    lines: tuple[Line, ...]
    withheld: bool = False  # something of it is closed to the viewer


class NotBefore(ValueError):
    """The earlier meeting saw no earlier state than the later one."""


def changes_between(session: Session, viewer: Viewer, earlier: int | None = None, later: int | None = None) -> Changes:
    """From the last meeting that was kept, unless one is named, until another one, or now.

    Raises RowNotFound for a meeting that is not there, or when none was kept; NothingKept for one that was not frozen
    with its state; NotBefore when they stand the other way round.
    """
    kept = [row.number for row in meeting_rows(session, viewer, BODY) if row.kept]
    if earlier is None and not kept:
        raise RowNotFound(f"a kept {BODY}")
    since = _whole(session, viewer, kept[-1] if earlier is None else earlier)
    if since.header.state is not MeetingState.FROZEN:
        raise NothingKept(since.header.name)
    until = replace(since, state=state_now(session)) if later is None else _whole(session, viewer, later)
    if since.state.sequence > until.state.sequence or earlier == later is not None:
        raise NotBefore(f"{since.header.name}, {until.header.name}")
    between = report_between(session, viewer, since, until)
    header = None if later is None else until.header
    return Changes(since.header, header, until.state.as_of, between.lines, between.withheld)


def _whole(session: Session, viewer: Viewer, number: int) -> Report:
    return whole_report(session, chosen_meeting(session, viewer, BODY, number))


@dataclass(frozen=True, slots=True)
class Pack:
    """`audience`: who is told what, see `snapshots.extract`. `corrections`: what was noted after it was frozen."""

    report: Report
    audience: MeetingBody
    corrections: tuple[Correction, ...] = ()
    approved_on: date | None = None


def pack_for(
    session: Session, viewer: Viewer, body: MeetingBody, number: int, asked: MeetingBody | None = None
) -> Pack:
    """The pack of a meeting for the body that is asked for, else for the body that meets.

    A pack lies on the table: what is closed to the steering group stays unnamed, whoever makes it. Who may not follow
    the open meetings gets the extract for the Conferentie, whatever is asked. Raises as `report_of`.
    """
    report = without(report_of(session, viewer, body, number), closed_to(session, TABLE))
    audience = (asked or body) if viewer.may(Permission.VIEW_OPEN_MEETINGS) else MeetingBody.CONFERENCE
    closed = closed_to(session, TABLE)
    notes = tuple(Correction(note.at, closed.out_of(note.text)) for note in notes_of(session, viewer, body, number))
    return Pack(report, audience, notes, chosen_meeting(session, viewer, body, number).approved_on)
