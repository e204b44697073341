"""Toegezegd en gehaald, and what was due and did not move."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from portal.snapshots.counted import is_living
from portal.snapshots.lines import Line, Told, Topic, Words, date_text, words
from portal.snapshots.state import Kind, Row, State, day_of
from portal.text import plural
from portal.vocabulary import Health


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone; the two days are what was expected at the last meeting and what is expected, or was done, now."""

    key: str
    title: str
    of: str
    was_due: date | None
    now_due: date | None
    done_on: date | None


FATES = ("reached", "moved", "dropped", "waiting", "added")


@dataclass(frozen=True, slots=True)
class Promised:
    """Milestones due after the last meeting up to this one: reached, moved past it, dropped, or still waiting with
    the same day; and those that were added in between with a day in this period."""

    since: date
    until: date
    reached: tuple[Step, ...] = ()
    moved: tuple[Step, ...] = ()
    dropped: tuple[Step, ...] = ()
    waiting: tuple[Step, ...] = ()
    added: tuple[Step, ...] = ()

    @property
    def count(self) -> int:
        """How many were promised: what was added in between was not."""
        return sum(map(len, (self.reached, self.moved, self.dropped, self.waiting)))


@dataclass(frozen=True, slots=True)
class Fated(Step):
    """A milestone with what became of it, in words."""

    fate: str


def fated(found: Promised | None, names: Sequence[str]) -> list[Fated]:
    """Each by the name of its fate: reached, moved, dropped, waiting and added, in this order."""
    fates = fates_of(found, names) if found else []
    return [Fated(**asdict(step), fate=fate) for fate, steps in fates for step in steps]


def fates_of(found: Promised, names: Sequence[str]) -> list[tuple[str, tuple[Step, ...]]]:
    return [(name, getattr(found, fate)) for name, fate in zip(names, FATES, strict=True)]


def promised(before: State, after: State) -> Promised:
    """What `before` expected after its own day, up to the day of `after`."""
    since, until = before.as_of, after.as_of
    fates: dict[str, list[Step]] = {"reached": [], "moved": [], "dropped": [], "waiting": []}
    for key, was in before.of(Kind.MILESTONE).items():
        if was["done_on"] is None and _within(day_of(was, "due_expected"), since, until):
            now = after.row(Kind.MILESTONE, key)
            fates[_fate(now, until)].append(_step(key, was, now))
    added = (
        _step(key, None, now)
        for key, now in after.of(Kind.MILESTONE).items()
        if before.row(Kind.MILESTONE, key) is None and _within(day_of(now, "due_expected"), since, until)
    )
    return Promised(since, until, **{fate: _sorted(steps) for fate, steps in fates.items()}, added=_sorted(added))


def _within(day: date | None, since: date, until: date) -> bool:
    return day is not None and since < day <= until


def _fate(now: Row | None, until: date) -> str:
    if now is None:
        return "dropped"
    if now["done_on"] is not None:
        return "reached"
    due = day_of(now, "due_expected")
    return "moved" if due is not None and due > until else "waiting"


def _step(key: str, was: Row | None, now: Row | None) -> Step:
    row = now or was or {}
    due = day_of(was, "due_expected") if was else None
    expected = day_of(now, "due_expected") if now else None
    done = day_of(now, "done_on") if now else None
    return Step(key, str(row["title"]), f"{row['of_code']} {row['of_title']}", due, expected, done)


def _sorted(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(sorted(steps, key=lambda step: (step.was_due or step.now_due or date.max, int(step.key))))


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


def stuck(before: State, after: State, told: Told) -> list[Line]:
    """Milestones, then shared projects, then actions; within each the longest late first."""
    return [
        _line(expected, key, due, after, told[expected.kind])
        for expected in EXPECTED
        for due, key in sorted(_late(before, after, expected), key=lambda each: (each[0], int(each[1])))
    ]


def _late(before: State, after: State, expected: Expected) -> Iterator[tuple[date, str]]:
    for key, now in after.of(expected.kind).items():
        due, was = day_of(now, expected.field), before.row(expected.kind, key)
        moved = was is None or was.get(expected.field) != now.get(expected.field)
        if expected.waits(now) and due is not None and due <= after.as_of and not moved:
            yield due, key


def _line(expected: Expected, key: str, due: date, after: State, told: Words) -> Line:
    row = after.of(expected.kind)[key]
    late = (after.as_of - due).days
    when = f"{plural(late, 'dag', 'dagen')} te laat" if late else "vandaag"
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
