"""Toegezegd en gehaald: what was promised for the period between two meetings, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.snapshots.state import Kind, Row, State, day_of


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone; the two days are what was expected at the last meeting and what is expected, or was done, now."""

    key: str
    title: str
    of: str
    was_due: date | None
    now_due: date | None
    done_on: date | None


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
