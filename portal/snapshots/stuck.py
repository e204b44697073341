"""What was due and did not move: expected by now, not done, and nobody gave it another day since the last meeting."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.snapshots.counted import is_living
from portal.snapshots.lines import Line, Topic
from portal.snapshots.said import date_text, words
from portal.snapshots.state import Kind, Row, State, day_of
from portal.snapshots.told import TOLD
from portal.text import plural
from portal.vocabulary import Health

HEALTH = words(Health)


@dataclass(frozen=True, slots=True)
class Expected:
    """A kind with a day on which it was expected, for as long as it waits; `beside` explains it."""

    kind: Kind
    topic: Topic
    field: str
    waits: Callable[[Row], bool]
    beside: Callable[[Row], str]


def _open(row: Row) -> bool:
    return row["done_on"] is None


EXPECTED = (
    Expected(Kind.MILESTONE, Topic.RESULTS, "due_expected", _open, lambda row: f"{row['of_code']} {row['of_title']}"),
    Expected(
        *(Kind.PROJECT, Topic.PROJECTS, "end_expected_on", is_living),
        beside=lambda row: f"gemeld {HEALTH(row['health'])}, berekend {HEALTH(row['signal'])}",
    ),
    Expected(Kind.ACTION, Topic.AGREED, "due_on", _open, lambda row: str(row["text"])),
)


def stuck(before: State, after: State) -> list[Line]:
    """Milestones, then shared projects, then actions; within each the longest late first."""
    return [_line(expected, key, due, after) for expected in EXPECTED for due, key in _late(before, after, expected)]


def _late(before: State, after: State, expected: Expected) -> list[tuple[date, str]]:
    return sorted(_found(before, after, expected), key=lambda each: (each[0], int(each[1])))


def _found(before: State, after: State, expected: Expected) -> Iterator[tuple[date, str]]:
    for key, now in after.of(expected.kind).items():
        due, was = day_of(now, expected.field), before.row(expected.kind, key)
        moved = was is None or was.get(expected.field) != now.get(expected.field)
        if expected.waits(now) and due is not None and due <= after.as_of and not moved:
            yield due, key


def _line(expected: Expected, key: str, due: date, after: State) -> Line:
    row, told = after.of(expected.kind)[key], TOLD[expected.kind]
    late = (after.as_of - due).days
    when = f"{plural(late, 'dag', 'dagen')} over tijd" if late else "vandaag"
    return Line(
        topic=expected.topic,
        kind=expected.kind,
        key=key,
        act="bewoog niet",
        symbol="○",
        what=told.what(row),
        new=f"verwacht op {date_text(row, expected.field)}",
        detail=f"{expected.beside(row)} · {when}",
        path=told.path(row),
        atelier=str(row.get("atelier") or ""),
    )
