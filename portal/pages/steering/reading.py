"""A report, read for its page: what is counted, agreed, paid and held, as rows to draw. Pure."""

from dataclasses import dataclass

from portal.queries.meetings.meetings import MeetingRow
from portal.snapshots.brief import is_about
from portal.snapshots.counted import days_over, late_milestones, open_actions, quiet_projects
from portal.snapshots.report import Report
from portal.snapshots.state import Kind, Row, day_of
from portal.vocabulary import AgendaKind, Health, MeetingBody, MeetingState

READY, MOVED = "klaar", "verschoven"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the sentence and the figures count. `changed` is all that a meeting hears of, `on_agenda` what of that is
    about a point of it; `asked` are the points that ask a decision. `late_actions` None: not told to this reader."""

    results: int = 0
    moved: int = 0
    partners: int = 0
    quiet: int = 0
    changed: int = 0
    on_agenda: int = 0
    asked: int = 0
    late: int = 0
    late_actions: int | None = None


@dataclass(frozen=True, slots=True)
class Colour:
    """A project of which the reported colour and the computed signal differ."""

    code: str
    title: str
    health: Health
    signal: Health
    why: str


@dataclass(frozen=True, slots=True)
class InCalendar(MeetingRow):
    """`days_since`: since the one before of its body; `rhythm`: how many there should be; `against`: the plan; `at`:
    the hours of the day."""

    days_since: int | None = None
    rhythm: int | None = None
    against: str = ""
    at: str = ""


def counts(report: Report) -> Counts:
    lines = [line for line in report.lines if not line.minor]
    # a partner's place in a coalition, or its draagvlak; what else of those changed bears a label
    minds = [line for line in lines if line.kind in {Kind.PARTICIPATION, Kind.ENDORSEMENT}]
    return Counts(
        results=len({line.key for line in lines if line.kind is Kind.RESULT and line.act == READY}),
        moved=len({line.key for line in lines if line.kind is Kind.MILESTONE and line.act == MOVED}),
        partners=len({line.what.partition(" · ")[0] for line in minds if not line.label}),
        quiet=quiet_projects(report.state),
        changed=len(lines),
        on_agenda=sum(any(is_about(item, line) for item in report.agenda) for line in lines),
        asked=sum(item.kind is AgendaKind.DECISION for item in report.agenda),
        late=len(late_milestones(report.state)),
        late_actions=_late_actions(report) if Kind.ACTION in report.state.rows else None,
    )


def _late_actions(report: Report) -> int:
    rows = open_actions(report.state)
    return sum(days_over(row, "due_on", report.state.as_of) is not None for row in rows)


def colours(report: Report) -> tuple[Colour, ...]:
    """Those computed worse than they report first, then by code."""
    order = [Health.RED, Health.AMBER, Health.UNKNOWN, Health.GREEN]
    rows = report.state.of(Kind.PROJECT).values()
    found = [_colour(row) for row in rows if row["signal"] is not None and row["signal"] != row["health"]]
    return tuple(sorted(found, key=lambda one: (order.index(one.signal), order.index(one.health), one.code)))


def _colour(row: Row) -> Colour:
    reported, computed = Health(str(row["health"])), Health(str(row["signal"]))
    return Colour(str(row["code"]), str(row["title"]), reported, computed, str(row["why"] or ""))


def held(report: Report) -> tuple[MeetingRow, ...]:
    """The calendar as the meeting saw it, oldest planned first; the meeting itself as it was held."""
    header = report.header
    itself = MeetingRow(header.body, header.number, header.planned_on, header.held_on, header.state)
    found = (_held(row) for row in report.state.of(Kind.MEETING).values())
    others = [one for one in found if one is not None and one.name != itself.name]
    return tuple(sorted([*others, itself], key=lambda one: (one.planned_on, one.body.value, one.number)))


def _held(row: Row) -> MeetingRow | None:
    planned = day_of(row, "planned_on")
    body, state = MeetingBody(str(row["body"])), MeetingState(str(row["state"]))
    return MeetingRow(body, int(str(row["number"])), planned, day_of(row, "held_on"), state) if planned else None
