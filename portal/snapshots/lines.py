"""What a meeting hears of the changes: one line each, by topic, from old to new, in the words of the field."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.clock import REGION_TIME
from portal.snapshots.state import Change, Kind, Row, Scalar, State, day_of, diff
from portal.text import day, euro, listed, number
from portal.vocabulary import Word

FIRST = ("✓", "▲", "€", "+", "–")  # what is done, then what is late, what it costs, what is new or gone, then the rest


class Topic(Word):
    RESULTS = "resultaten", "Resultaten en mijlpalen"
    PROJECTS = "projecten", "Projecten"
    COALITIONS = "coalities", "Coalities en draagvlak"
    MONEY = "geld", "Geld"
    INVENTORY = "inventaris", "Inventaris"
    AGREED = "afspraken", "Beslissingen en acties"


@dataclass(frozen=True, slots=True)
class Said:
    """What a change of one field means. `act` is its word ("verschoven") and `symbol` is for the eye; `minor` is worth
    a line, but not the meeting's time."""

    act: str
    symbol: str
    old: str = ""
    new: str = ""
    label: str = ""
    detail: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """Who made a change, and when (UTC); `who` "" where nobody signed in. The last who did, of several."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One change: `what` it is about, `label` which field ("einde"), `path` its page in the portal."""

    topic: Topic
    kind: Kind
    key: str
    act: str
    symbol: str
    what: str
    label: str = ""
    old: str = ""
    new: str = ""
    detail: str = ""
    path: str = ""
    atelier: str = ""
    minor: bool = False
    who: str = ""
    at: str = ""

    @property
    def when(self) -> datetime | None:
        """As the region's clocks had it; None for what changed with the days alone."""
        return datetime.fromisoformat(self.at).astimezone(REGION_TIME) if self.at else None

    @property
    def on(self) -> date | None:
        return self.when.date() if self.when else None

    @property
    def small(self) -> str:
        return "ja" if self.minor else ""

    @property
    def major(self) -> str:
        return "nee" if self.minor else "ja"


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind is told: its topic, its name and page from a row, and per field (or "" for a row that came or went)
    what a change means; None where it means nothing to a meeting."""

    topic: Topic
    what: Callable[[Row], str]
    path: Callable[[Row], str]
    rules: Mapping[str, "Rule"]


Rule = Callable[[Change, Row, Row], Said | None]
"""A change, the row as it was and as it is: the same row twice where it came or went."""

Told = Mapping[Kind, Words]

Traces = Mapping[tuple[Kind, str, str], Trace]
"""Per kind, key and field; what changed with the days alone is not in it."""


def lines_between(before: State, after: State, told: Told, traces: Traces) -> list[Line]:
    """Every change that `told` has words for, by topic; within it what is done, late, new and gone first."""
    found = []
    for change in diff(before, after):
        if (line := line_of(change, before, after, told)) is not None:
            trace = traces.get((change.kind, change.key, change.field))
            found.append(replace(line, who=trace.who, at=trace.at.isoformat()) if trace else line)
    order = list(Topic)
    return sorted(found, key=lambda line: (line.minor, order.index(line.topic), _rank(line)))


def _rank(line: Line) -> int:
    return FIRST.index(line.symbol) if line.symbol in FIRST else len(FIRST)


def line_of(change: Change, before: State, after: State, told: Told) -> Line | None:
    """None for what follows from another change, or says nothing to a meeting."""
    words = told.get(change.kind)
    rule = words.rules.get(change.field) if words else None
    old, new = before.row(change.kind, change.key), after.row(change.kind, change.key)
    row = new if new is not None else old
    if words is None or rule is None or row is None:
        return None
    said = rule(change, old if old is not None else row, row)
    if said is None:
        return None
    where: dict[str, Any] = {"path": words.path(row), "atelier": str(row.get("atelier") or "")}
    return Line(words.topic, change.kind, change.key, what=words.what(row), **where, **asdict(said))


def of_topic(lines: Iterable[Line], topic: Topic) -> list[Line]:
    return [line for line in lines if line.topic is topic]


UNKNOWN, NONE = "niet bekend", "geen"


def words(kind: type[Word]) -> Callable[[Scalar], str]:
    """The label of a stored value; the value itself where the vocabulary no longer has it."""
    labels = {word.value: word.label for word in kind}
    return lambda value: UNKNOWN if value is None else labels.get(str(value), str(value))


def text(value: Scalar) -> str:
    return str(value) if value not in {None, ""} else NONE


def date_text(row: Row, name: str) -> str:
    return day(day_of(row, name))


def amount(value: Scalar) -> str:
    return UNKNOWN if value is None else euro(Decimal(str(value)), cents=False)


def figure(value: Scalar) -> str:
    return UNKNOWN if value is None else number(Decimal(str(value)))


def field(
    act: str, symbol: str, label: str = "", write: Callable[[Scalar], str] = text, *, minor: bool = False
) -> Rule:
    """A rule for a field of which only old and new count."""

    def told(change: Change, _: Row, __: Row) -> Said:
        return Said(act, symbol, write(change.old), write(change.new), label or act, minor=minor)

    return told


def renamed(change: Change, _: Row, __: Row) -> Said:
    return Said("hernoemd", "○", text(change.old), text(change.new), "naam", minor=True)


def moved(line: Line) -> str:
    """ "einde: 31/12/2026 → 31/03/2027"; only the new where nothing was before."""
    said = " → ".join(filter(None, (line.old, line.new)))
    return f"{line.label}: {said}" if line.label else said


def sentence(line: Line) -> str:
    """ "▲ verschoven: Proefopstelling, 31/10/2026 → 21/11/2026 (21 dagen na het eerste plan)"."""
    said = f"{line.symbol} {line.act}: {', '.join(filter(None, (line.what, moved(line))))}"
    return f"{said} ({line.detail})" if line.detail else said


def tally(lines: Iterable[Line], most: int = 3) -> str:
    """ "7 keer klaar, 6 keer verschoven en 2 andere": what occurs most first, else in the order of the lines."""
    counted = Counter(line.act for line in lines).most_common()
    named = [f"{number(count)} keer {act}" for act, count in counted[:most]]
    others = sum(count for _, count in counted[most:])
    return listed([*named, f"{number(others)} andere"] if others else named)
