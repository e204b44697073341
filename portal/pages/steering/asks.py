"""What the page of a meeting asks: its report, read once per audience and version, and cut down to what is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal import clock
from portal.pages.remembered import remembered
from portal.pages.risks import rows_in
from portal.pages.steering import reading
from portal.pages.steering.filters import Asked, asked_in
from portal.pages.steering.reading import Colour
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.about import portal_state
from portal.queries.meetings.agenda import agenda_of
from portal.queries.meetings.calendar import rhythm_days
from portal.queries.meetings.editable import closable_actions
from portal.queries.meetings.meetings import (
    MeetingRow,
    Note,
    NothingKept,
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
from portal.snapshots import agreed
from portal.snapshots.agreed import Agreed
from portal.snapshots.brief import Brief, briefs
from portal.snapshots.counted import Amounts, money_per_atelier
from portal.snapshots.grouped import Group, grouped
from portal.snapshots.minutes import Correction, Minutes, minutes
from portal.snapshots.proposed import Proposal
from portal.snapshots.report import Header, Report
from portal.snapshots.state import State
from portal.vocabulary import MeetingBody, MeetingState


@dataclass(frozen=True, slots=True)
class Which:
    """The meeting that an address means; `name` is what a place for editing calls it ("stuurgroep-7")."""

    name: str
    frozen: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Seen(Report):
    """What a viewer sees of a meeting: its report, without the rows of the state but with what is read of those.

    `kept` False: it was frozen, and what it saw was not kept; then only the agenda and the calendar are known.
    `meetings`: as they are now, for the ways to the others. `compared` says that `previous` was chosen, `refused` that
    the one that was chosen cannot be compared with.
    """

    id: int
    version: int
    kept: bool
    compared: bool
    refused: int | None
    extract: bool
    frozen_at: datetime | None
    groups: tuple[Group, ...]  # the radar, a line per cause
    counts: reading.Counts
    briefs: tuple[Brief, ...]
    minutes: Minutes
    approved_on: date | None
    decisions: tuple[Agreed, ...]
    actions: tuple[Agreed, ...]
    colours: tuple[Colour, ...]
    risks: list[RiskRow]
    money: tuple[Amounts, ...]
    calendar: tuple[MeetingRow, ...]
    calendar_on: date  # what is to come of it is counted from this day
    rhythm: Mapping[MeetingBody, int | None]
    meetings: list[MeetingRow]
    notes: list[Note]
    numbers: Mapping[MeetingBody, int]
    closable: frozenset[int]  # the open actions that this viewer may close
    proposals: list[Proposal]

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
    closes, edits = viewer.may(Permission.CLOSE_ACTIONS), viewer.may(Permission.EDIT_MEETINGS)
    told = {field.name: getattr(report, field.name) for field in fields(report)}
    noted = notes_of(session, viewer, meeting.body, meeting.number)
    return Seen(
        **told | {"state": State(report.header.as_of)},
        id=meeting.id,
        version=meeting.version,
        kept=kept is not None,
        compared=compared is not None,
        refused=asked.against if asked.against and compared is None else None,
        extract=not viewer.may(Permission.VIEW_OPEN_MEETINGS),
        frozen_at=meeting.frozen_at,
        groups=grouped(report),
        counts=reading.counts(report),
        briefs=briefs(report),
        minutes=minutes(report, [Correction(note.at, note.text) for note in noted], meeting.approved_on),
        approved_on=meeting.approved_on,
        decisions=agreed.decisions(report),
        actions=agreed.open_actions(report),
        colours=reading.colours(report),
        risks=rows_in(report),
        money=tuple(money_per_atelier(report.state)),
        calendar=reading.held(report) if kept else tuple(rows),
        calendar_on=report.state.as_of if kept else clock.today(),
        rhythm=rhythm_days(session),
        meetings=rows,
        notes=noted,
        numbers=_numbers(session, viewer),
        closable=frozenset(row["id"] for row in closable_actions(session, viewer)) if live and closes else frozenset(),
        proposals=proposals(session, viewer, meeting.id, live) if live and edits else [],
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


_seen = remembered(look)


@remembered
def _which(session: Session, viewer: Viewer, asked: Asked) -> Which:
    meeting = chosen_meeting(session, viewer, asked.body, asked.number)
    return Which(f"{meeting.body.value}-{meeting.number}", meeting.state is MeetingState.FROZEN)


def known(viewer: Viewer, query: str) -> Seen:
    """What the address asks to see. Raises RowNotFound when there is no such meeting for this viewer."""
    return _seen(viewer, asked_in(query))


def seen(viewer: Viewer, query: str) -> Seen | None:
    """The same, or None."""
    try:
        return known(viewer, query)
    except RowNotFound:
        return None


def which(viewer: Viewer, query: str) -> Which | None:
    """The meeting that the address means; None when there is no such meeting for this viewer."""
    try:
        return _which(viewer, asked_in(query))
    except RowNotFound:
        return None
