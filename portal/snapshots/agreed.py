"""What was agreed, read from the state that a meeting sees: its decisions, its actions, and all that are open. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.addresses import of_work
from portal.snapshots.report import Header, Report
from portal.snapshots.state import Kind, Row, day_of
from portal.text import number
from portal.vocabulary import MeetingBody, Outcome


@dataclass(frozen=True, slots=True)
class Agreed:
    """A decision or an action. `age` in days since the meeting it was agreed at, `late` since it was due; `about` is
    the code of a project or result, and `path` its page. `serial`: its number in its meeting ("7.2"), ""
    where it has none. `item`: the place on the agenda at which it was agreed."""

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
    serial: str = ""
    item: int | None = None
    outcome: Outcome | None = None
    here: bool = False  # at the meeting that is reported of
    done: bool = False

    @property
    def standing(self) -> str:
        """How long it is over its day, or has left; in days."""
        if self.late is None:
            return "geen datum"
        if self.late > 0:
            return f"{number(self.late)} d te laat"
        return "vandaag" if self.late == 0 else f"nog {number(-self.late)} d"


def decisions(report: Report) -> tuple[Agreed, ...]:
    """Taken at this meeting, in the order in which they were written down."""
    return tuple(_decision(report, key, row) for key, row in _here(report, Kind.DECISION))


def decided_before(report: Report, code: str) -> Agreed | None:
    """The last decision about the project or result of this code, of any meeting but this one."""
    rows = report.state.of(Kind.DECISION).items()
    about = [
        (key, row)
        for key, row in rows
        if code and code in {row["project_code"], row["result_code"]} and not _is_here(report.header, row)
    ]
    last = max(about, key=lambda each: (str(each[1]["taken_on"]), int(each[0])), default=None)
    return _decision(report, *last) if last else None


def _decision(report: Report, key: str, row: Row) -> Agreed:
    outcome = Outcome(str(row["outcome"])) if row.get("outcome") else None
    return _agreed(report, key, row, who=str(row["partner"] or ""), on=day_of(row, "taken_on"), outcome=outcome)


def promised_here(report: Report) -> tuple[Agreed, ...]:
    """The actions that this meeting gave, in the order in which they were written down, done or not."""
    return tuple(_action(report, key, row) for key, row in _here(report, Kind.ACTION))


def open_actions(report: Report) -> tuple[Agreed, ...]:
    """Of every body, those that are not done: the longest over their day first, then the oldest."""
    rows = report.state.of(Kind.ACTION).items()
    found = (_action(report, key, row) for key, row in rows if row["done_on"] is None)
    return tuple(sorted(found, key=lambda each: (each.due_on or date.max, -each.age, each.text)))


def _action(report: Report, key: str, row: Row) -> Agreed:
    as_of = report.state.as_of
    met, due = day_of(row, "met_on"), day_of(row, "due_on")
    late = (as_of - due).days if due else None
    age = (as_of - met).days if met else 0
    done = row["done_on"] is not None
    return _agreed(report, key, row, who=str(row["partner"]), on=met, due_on=due, age=age, late=late, done=done)


def _here(report: Report, kind: Kind) -> Iterator[tuple[str, Row]]:
    """By their number; by id what has none."""
    rows = [(key, row) for key, row in report.state.of(kind).items() if _is_here(report.header, row)]
    yield from sorted(rows, key=lambda each: (int(str(each[1].get("serial") or 0)), int(each[0])))


def _is_here(header: Header, row: Row) -> bool:
    return (row["body"], row["number"]) == (header.body.value, header.number)


def _agreed(report: Report, key: str, row: Row, **known: Any) -> Agreed:
    body, item = MeetingBody(str(row["body"])), row.get("item")
    about = str(row["project_code"] or row["result_code"] or "")
    return Agreed(
        id=int(key),
        text=str(row["text"]),
        of=f"{body.label} {row['number']}",
        about=about,
        path=of_work(row["project_code"], about) if about else "",
        serial=f"{row['number']}.{row['serial']}" if row.get("serial") else "",
        item=int(str(item)) if item is not None else None,
        here=_is_here(report.header, row),
        **known,
    )
