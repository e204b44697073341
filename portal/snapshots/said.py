"""How values of a row are written in a line."""

from collections.abc import Callable
from decimal import Decimal

from portal.snapshots.diff import Change
from portal.snapshots.lines import Rule, Said
from portal.snapshots.state import Row, Scalar, day_of
from portal.text import day, euro, number
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
