"""What changed between two steering groups, or since one of them until now."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from portal.permissions import RowNotFound, Viewer
from portal.queries.meetings import NothingKept, chosen_meeting, meeting_rows, report_between, whole_report
from portal.queries.snapshots import state_now
from portal.snapshots.lines import Line
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
    since = _kept(session, viewer, _last_kept(session, viewer) if earlier is None else earlier)
    until = replace(since, state=state_now(session)) if later is None else _whole(session, viewer, later)
    if since.state.sequence > until.state.sequence or earlier == later is not None:
        raise NotBefore(f"{since.header.name}, {until.header.name}")
    between = report_between(session, viewer, since, until)
    header = None if later is None else until.header
    return Changes(since.header, header, until.state.as_of, between.lines, between.withheld)


def _last_kept(session: Session, viewer: Viewer) -> int:
    rows = meeting_rows(session, viewer, BODY)
    kept = rows[rows["kept"]]
    if kept.empty:
        raise RowNotFound(f"a kept {BODY}")
    return int(kept.iloc[-1]["number"])


def _whole(session: Session, viewer: Viewer, number: int) -> Report:
    return whole_report(session, chosen_meeting(session, viewer, BODY, number))


def _kept(session: Session, viewer: Viewer, number: int) -> Report:
    report = _whole(session, viewer, number)
    if report.header.state is not MeetingState.FROZEN:
        raise NothingKept(report.header.name)
    return report
