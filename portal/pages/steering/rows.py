"""The rows of a meeting's longer lists, for grids and workbooks alike."""

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd

from portal.clock import REGION_TIME
from portal.pages.steering import words
from portal.pages.steering.answers import Seen
from portal.pages.steering.reading import Agreed, Held
from portal.snapshots import counted
from portal.snapshots.lines import Line
from portal.snapshots.promised import Promised, Step

LINES = ("id", "topic", "act", "what", "label", "old", "new", "detail", "who", "on", "path", "minor")
ALERTS = ("id", "kind", "what", "why", "since", "atelier", "path")
AGREED = ("id", "text", "who", "of", "on", "due_on", "age", "late", "standing", "about")
COLOURS = ("code", "title", "health", "health_label", "signal", "signal_label", "why")
STEPS = ("fate", "title", "of", "was_due", "now_due", "done_on")
MONEY = ("code", "title", *counted.FOUR)
MEETINGS = ("id", "body", "number", "planned_on", "held_on", "off_days", "off", "days_since", "rhythm", "state")
POINTS = ("position", "kind", "title", "about", "atelier", "note")
FATES = {
    "reached": "gehaald",
    "moved": "verschoven",
    "dropped": "geschrapt",
    "waiting": "wacht nog",
    "added": "toegevoegd in de periode",
}


def _frame(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns), dtype=object)


def line_rows(lines: Sequence[Line]) -> pd.DataFrame:
    """Columns: id, topic, act, what, label, old, new, detail, who (str), on (date or None), path, minor ("ja", "")."""
    return _frame(
        LINES,
        [
            (
                *(place, line.topic.label, line.act, line.what, line.label, line.old, line.new, line.detail),
                *(line.who, day_of(line), line.path, "ja" if line.minor else ""),
            )
            for place, line in enumerate(lines)
        ],
    )


def day_of(line: Line) -> date | None:
    """The region's day on which it was changed; None for what changed with the days alone."""
    return datetime.fromisoformat(line.at).astimezone(REGION_TIME).date() if line.at else None


def alert_rows(seen: Seen) -> pd.DataFrame:
    """Columns: id, kind, what, why (str), since (date or None), atelier, path (str)."""
    return _frame(
        ALERTS,
        [
            (place, one.kind.label, one.what, one.why, one.since, one.atelier, one.path)
            for place, one in enumerate(seen.radar)
        ],
    )


def agreed_rows(agreed: Sequence[Agreed]) -> pd.DataFrame:
    """Columns: id, text, who, of (str), on, due_on (date or None), age (int), late (int or None), standing, about."""
    return _frame(
        AGREED,
        [
            (
                *(place, one.text, one.who, one.of, one.on, one.due_on, one.age),
                *(one.late, words.standing(one), one.about),
            )
            for place, one in enumerate(agreed)
        ],
    )


def colour_rows(seen: Seen) -> pd.DataFrame:
    """Columns: code, title, health, health_label, signal, signal_label, why (str)."""
    return _frame(
        COLOURS,
        [
            (one.code, one.title, one.health.value, one.health.label, one.signal.value, one.signal.label, one.why)
            for one in seen.colours
        ],
    )


def step_rows(promised: Promised | None) -> pd.DataFrame:
    """Columns: fate, title, of (str), was_due, now_due, done_on (date or None)."""
    found: list[tuple[object, ...]] = []
    for fate, label in FATES.items():
        steps: tuple[Step, ...] = getattr(promised, fate) if promised else ()
        found += [(label, step.title, step.of, step.was_due, step.now_due, step.done_on) for step in steps]
    return _frame(STEPS, found)


def money_rows(seen: Seen) -> pd.DataFrame:
    """Per atelier, and the total below. Columns: code, title (str), the four amounts (Decimal; forecast or None)."""
    purses = [*seen.money, *([counted.total(seen.money)] if seen.money else [])]
    return _frame(MONEY, [(one.code, one.title, *(getattr(one, name) for name in counted.FOUR)) for one in purses])


def meeting_rows(seen: Seen) -> pd.DataFrame:
    """The calendar. Columns: id, body (str), number (int), planned_on (date), held_on (date or None), off_days (int or
    None), off (str), days_since (int or None: since the one before it of this body), rhythm (int or None), state."""
    last: dict[str, Held] = {}
    found = []
    for place, one in enumerate(seen.calendar):
        before = last.get(one.body.value)
        since = (one.day - before.day).days if before else None
        found.append(
            (
                *(
                    place,
                    one.body.label,
                    one.number,
                    one.planned_on,
                    one.held_on,
                    one.off,
                    words.held(one, seen.calendar_on),
                ),
                *(since, seen.rhythm.get(one.body), one.state.label),
            )
        )
        last[one.body.value] = one
    return _frame(MEETINGS, found)


def point_rows(seen: Seen) -> pd.DataFrame:
    """The agenda. Columns: position (int), kind, title, about, atelier, note (str)."""
    return _frame(
        POINTS,
        [(item.position, item.kind.label, item.title, item.about, item.atelier, item.note) for item in seen.agenda],
    )
