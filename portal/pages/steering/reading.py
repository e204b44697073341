"""A report, read for its page: what is counted, agreed, paid and held, as rows to draw. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.addresses import of_work
from portal.queries.meetings.meetings import MeetingRow
from portal.snapshots.counted import quiet_projects
from portal.snapshots.report import Report
from portal.snapshots.state import Kind, Row, day_of
from portal.text import number
from portal.vocabulary import Health, MeetingBody, MeetingState

READY, MOVED = "klaar", "verschoven"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the one sentence counts. `changed` is all that a meeting hears of."""

    results: int = 0
    moved: int = 0
    partners: int = 0
    quiet: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Agreed:
    """A decision or an action. `age` in days since the meeting it was agreed at, `late` since it was due; `about` is
    the code of a project or result, and `path` its page."""

    id: int
    text: str
    of: str
    who: str = ""
    on: date | None = None
    due_on: date | None = None
    age: int = 0
    late: int | None = None
    about: str = ""
    path: str = ""

    @property
    def standing(self) -> str:
        """How long it is over its day, or has left; in days."""
        if self.late is None:
            return "geen datum"
        if self.late > 0:
            return f"{number(self.late)} d te laat"
        return "vandaag" if self.late == 0 else f"nog {number(-self.late)} d"


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
    """`days_since`: since the one before of its body; `rhythm`: how many there should be; `against`: the plan."""

    days_since: int | None = None
    rhythm: int | None = None
    against: str = ""


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
    )


def decisions(report: Report) -> tuple[Agreed, ...]:
    """Taken at this meeting, in the order in which they were written down."""
    header = report.header
    rows = report.state.of(Kind.DECISION).items()
    taken = [(key, row) for key, row in rows if (row["body"], row["number"]) == (header.body.value, header.number)]
    return tuple(_agreed(key, row, who=str(row["partner"] or ""), on=day_of(row, "taken_on")) for key, row in taken)


def open_actions(report: Report) -> tuple[Agreed, ...]:
    """Of every body, those that are not done: the longest over their day first, then the oldest."""
    as_of = report.state.as_of
    found = []
    for key, row in report.state.of(Kind.ACTION).items():
        if row["done_on"] is None:
            met, due = day_of(row, "met_on"), day_of(row, "due_on")
            late = (as_of - due).days if due else None
            age = (as_of - met).days if met else 0
            found.append(_agreed(key, row, who=str(row["partner"]), on=met, due_on=due, age=age, late=late))
    return tuple(sorted(found, key=lambda each: (each.due_on or date.max, -each.age, each.text)))


def _agreed(key: str, row: Row, **known: Any) -> Agreed:
    body = MeetingBody(str(row["body"]))
    about = str(row["project_code"] or row["result_code"] or "")
    return Agreed(
        id=int(key),
        text=str(row["text"]),
        of=f"{body.label} {row['number']}",
        about=about,
        path=of_work(row["project_code"], about) if about else "",
        **known,
    )


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
