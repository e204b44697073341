"""How values of a row are written in a line, and a line in running text: on a slide, in a mail, on the command line."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from portal.snapshots.lines import Line, Rule, Said
from portal.snapshots.state import Change, Row, Scalar, day_of
from portal.text import day, euro, listed, number
from portal.vocabulary import Word

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


def dated(act: str, symbol: str, label: str, *, minor: bool = False) -> Rule:
    """A rule for a date of which only old and new count."""

    def told(change: Change, old: Row, new: Row) -> Said:
        return Said(act, symbol, date_text(old, change.field), date_text(new, change.field), label, minor=minor)

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
