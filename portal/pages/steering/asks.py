"""What the page of a meeting asks: its report, read once per audience and version, and cut down to what is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy.orm import Session

from portal import clock
from portal.pages.remembered import remembered
from portal.pages.risks import rows_in
from portal.pages.steering import reading
from portal.pages.steering.filters import Asked, asked_in
from portal.pages.steering.reading import Agreed, Colour, Held
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.about import portal_state
from portal.queries.meetings.calendar import rhythm_days
from portal.queries.meetings.editable import closable_actions
from portal.queries.meetings.meetings import (
    NothingKept,
    agenda_of,
    chosen_meeting,
    header_of,
    meeting_rows,
    notes_of,
    report_between,
    seen_by,
    whole_report,
)
from portal.queries.meetings.proposals import proposals
from portal.queries.results.risks import RiskRow
from portal.snapshots.counted import Amounts, money_per_atelier
from portal.snapshots.lines import Line
from portal.snapshots.promised import Promised
from portal.snapshots.radar import Alert
from portal.snapshots.report import Header, Item, Report
from portal.snapshots.state import State
from portal.vocabulary import MeetingBody, MeetingState


@dataclass(frozen=True, slots=True)
class Which:
    """The meeting that an address means; `name` is what a place for editing calls it ("stuurgroep-7")."""

    name: str
    frozen: bool


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a viewer sees of a meeting. `kept` False: it was frozen, and what it saw was not kept; then only the agenda
    and the calendar are known. `meetings` is the frame of `meeting_rows`: as it is now, for the ways to the others.
    `compared` says that `previous` was chosen, `refused` that the one that was chosen cannot be compared with.
    """

    id: int
    version: int
    header: Header
    previous: Header | None
    kept: bool
    compared: bool
    refused: int | None
    is_demo: bool
    extract: bool
    withheld: bool  # something of it is closed to the viewer
    frozen_at: datetime | None
    counts: reading.Counts
    lines: tuple[Line, ...]
    stuck: tuple[Line, ...]
    promised: Promised | None
    radar: tuple[Alert, ...]
    agenda: tuple[Item, ...]
    decisions: tuple[Agreed, ...]
    actions: tuple[Agreed, ...]
    colours: tuple[Colour, ...]
    risks: list[RiskRow]
    money: tuple[Amounts, ...]
    calendar: tuple[Held, ...]
    calendar_on: date  # what is to come of it is counted from this day
    rhythm: Mapping[MeetingBody, int | None]
    meetings: pd.DataFrame
    notes: pd.DataFrame
    numbers: Mapping[MeetingBody, int]
    closable: frozenset[int]
    proposals: pd.DataFrame

    @property
    def name(self) -> str:
        return f"{self.header.body.value}-{self.header.number}"

    @property
    def frozen(self) -> bool:
        return self.header.state is MeetingState.FROZEN

    @property
    def as_of(self) -> date:
        return self.header.as_of

    @property
    def against(self) -> int | None:
        return self.previous.number if self.compared and self.previous else None


def look(session: Session, viewer: Viewer, asked: Asked) -> Seen:
    """Raises RowNotFound for a meeting that the viewer may not know of."""
    meeting = chosen_meeting(session, viewer, asked.body, asked.number)
    day = meeting.held_on or meeting.planned_on
    whole = _whole(session, viewer, meeting.body, meeting.number)
    live = None if meeting.state is MeetingState.FROZEN else whole
    kept = seen_by(session, viewer, whole) if whole else None
    compared = _compared(session, viewer, whole, asked.against) if whole and asked.against else None
    report = compared or kept or _bare(session, viewer, meeting.id, header_of(meeting, day))
    rows = meeting_rows(session, viewer)
    return Seen(
        id=meeting.id,
        version=meeting.version,
        header=report.header,
        previous=report.previous,
        kept=kept is not None,
        compared=compared is not None,
        refused=asked.against if asked.against and compared is None else None,
        is_demo=report.is_demo,
        extract=not viewer.may(Permission.VIEW_OPEN_MEETINGS),
        withheld=report.withheld,
        frozen_at=meeting.frozen_at,
        counts=reading.counts(report),
        lines=report.lines,
        stuck=report.stuck,
        promised=report.promised,
        radar=report.radar,
        agenda=report.agenda,
        decisions=reading.decisions(report),
        actions=reading.open_actions(report),
        colours=reading.colours(report),
        risks=rows_in(report),
        money=tuple(money_per_atelier(report.state)),
        calendar=reading.held(report) if kept else reading.held_now(rows),
        calendar_on=report.state.as_of if kept else clock.today(),
        rhythm=rhythm_days(session),
        meetings=rows,
        notes=notes_of(session, viewer, meeting.body, meeting.number),
        numbers=_numbers(session, viewer),
        closable=_closable(session, viewer) if live else frozenset(),
        proposals=_proposals(session, viewer, meeting.id, live),
    )


def _whole(session: Session, viewer: Viewer, body: MeetingBody, number: int) -> Report | None:
    """As nobody sees it; None when what it saw was not kept."""
    try:
        return whole_report(session, chosen_meeting(session, viewer, body, number))
    except NothingKept:
        return None


def _bare(session: Session, viewer: Viewer, meeting_id: int, header: Header) -> Report:
    """What is still known of a meeting of which nothing was kept."""
    agenda = tuple(agenda_of(session, meeting_id))
    is_demo = portal_state(session).is_demo
    return seen_by(session, viewer, Report(header, State(header.as_of), agenda=agenda, is_demo=is_demo))


def _compared(session: Session, viewer: Viewer, later: Report, against: int) -> Report | None:
    """None when there is no such meeting before this one, or what it saw was not kept."""
    try:
        earlier = _whole(session, viewer, later.header.body, against)
    except RowNotFound:
        return None
    if earlier is None:
        return None
    before = earlier.header.state is MeetingState.FROZEN and earlier.header.planned_on < later.header.planned_on
    return report_between(session, viewer, earlier, later) if before else None


def _numbers(session: Session, viewer: Viewer) -> dict[MeetingBody, int]:
    """Of each body the meeting that its name leads to."""
    found: dict[MeetingBody, int] = {}
    for body in MeetingBody:
        try:
            found[body] = chosen_meeting(session, viewer, body).number
        except RowNotFound:
            continue
    return found


def _closable(session: Session, viewer: Viewer) -> frozenset[int]:
    """The open actions that this viewer may close."""
    found = closable_actions(session, viewer) if viewer.may(Permission.CLOSE_ACTIONS) else ()
    return frozenset(row["id"] for row in found)


def _proposals(session: Session, viewer: Viewer, meeting_id: int, live: Report | None) -> pd.DataFrame:
    """The frame of `queries.proposals`, without rows for who edits no agenda or when it is frozen."""
    if live is None or not viewer.may(Permission.EDIT_MEETINGS):
        return pd.DataFrame()
    return proposals(session, viewer, meeting_id, live)


@remembered
def _which(session: Session, viewer: Viewer, asked: Asked) -> Which | None:
    try:
        meeting = chosen_meeting(session, viewer, asked.body, asked.number)
    except RowNotFound:
        return None
    return Which(f"{meeting.body.value}-{meeting.number}", meeting.state is MeetingState.FROZEN)


@remembered
def _seen(session: Session, viewer: Viewer, asked: Asked) -> Seen | None:
    try:
        return look(session, viewer, asked)
    except RowNotFound:
        return None


def seen(viewer: Viewer, query: object) -> Seen | None:
    """What the address asks to see; None when there is no such meeting for this viewer."""
    asked = _asked(query)
    return _seen(viewer, asked) if asked else None


def known(viewer: Viewer, query: object) -> Seen:
    """Raises RowNotFound where `seen` gives None."""
    found = seen(viewer, query)
    if found is None:
        raise RowNotFound("meeting")
    return found


def which(viewer: Viewer, query: object) -> Which | None:
    """The meeting that the address means; None when there is no such meeting for this viewer."""
    asked = _asked(query)
    return _which(viewer, asked) if asked else None


def _asked(query: object) -> Asked | None:
    try:
        return asked_in(query if isinstance(query, str) else "")
    except RowNotFound:
        return None
