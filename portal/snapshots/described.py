"""What the fields of a state are called, as who knows the tables hands it over; the words and sheets that follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from portal import values
from portal.snapshots.lines import UNKNOWN, Rule, Said, amount, field, figure, text, words
from portal.snapshots.state import Change, Kind, Row, Scalar
from portal.text import day


@dataclass(frozen=True, slots=True)
class Named:
    """A field of a row: its heading, its `word` within a sentence, the kind of its value, and what that means where it
    is said."""

    key: str
    heading: str
    word: str
    kind: values.Kind
    means: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one kind, by id, under the headings of these fields."""

    name: str
    of: Kind
    fields: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """The word for a change of a field of which only old and new count; money has a sign of its own. `beside`: the key
    that tells it where that changed too."""

    act: str = "gewijzigd"
    symbol: str = ""
    minor: bool = False
    beside: str = ""


Rules = Mapping[str, Rule | Act]
"""Per key of a row ("": that it came or went) what means more than the change itself, or only has its own word."""


def changed(named: Named, act: Act) -> Rule:
    symbol = act.symbol or ("€" if isinstance(named.kind, values.Euro) else "○")
    rule = field(act.act, symbol, named.word, writer(named.kind), minor=act.minor)
    return lambda change, old, row: None if old.get(act.beside) != row.get(act.beside) else rule(change, old, row)


def came_or_went(one: str) -> Rule:
    """A row of a kind that has no words of its own for it: `one` is what people call it."""

    def told(change: Change, _: Row, __: Row) -> Said:
        return Said("toegevoegd", "+", new=one) if change.came else Said("geschrapt", "–", old=one, new="geschrapt")

    return told


def writer(kind: values.Kind) -> Callable[[Scalar], str]:
    """How a value of this kind stands in a sentence."""
    match kind:
        case values.Words():
            return words(kind.words)
        case values.Euro():
            return amount
        case values.Whole() | values.Number() if kind != values.YEAR:
            return figure
        case values.YesNo():
            return yes
        case values.Day():
            return lambda value: day(date.fromisoformat(str(value)) if value else None)
        case _:
            return text


def yes(value: Scalar) -> str:
    return UNKNOWN if value is None else "ja" if value else "nee"
