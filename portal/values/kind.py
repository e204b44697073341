"""What all kinds of field share, and a value within a sentence by what it is in Python."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar

from portal import text
from portal.values.given import Unreadable, Wrong, belgian_day, is_nothing, plain
from portal.vocabulary import Word

EMPTY = "leeg"


def said(value: object) -> str:
    """As Belgians write it; "leeg" for nothing."""
    match value:
        case _ if is_nothing(value):
            return EMPTY
        case bool():
            return "ja" if value else "nee"
        case Word():
            return value.label
        case float() | Decimal():
            return plain(value)
        case date() | time():
            return _when(value)
        case _:
            return str(value)


def _when(value: date | time) -> str:
    if isinstance(value, time):
        return f"{text.hour(value)} uur"
    return text.moment(value) if isinstance(value, datetime) else belgian_day(value)


MUST_BE_THERE = "mag niet leeg zijn."
LONGEST_TYPED = 40


@dataclass(frozen=True)
class Kind(ABC):
    """`nothing` is the value of a field where nothing stands: "" where the portal keeps a text."""

    name: ClassVar[str]
    nothing: Any = field(default=None, kw_only=True)

    def read(self, given: object, *, required: bool = False) -> Any:
        """The value that was meant, `nothing` where nothing stands. Raises Wrong."""
        if is_nothing(given):
            if required:
                raise Wrong(MUST_BE_THERE)
            return self.nothing
        if isinstance(given, Unreadable):
            raise Wrong(f"{given.why}.")
        return self.check(self.taken(given))

    @abstractmethod
    def taken(self, given: Any) -> Any:
        """The value that something given means, whether it may be or not. Raises Wrong."""

    def check(self, value: Any) -> Any:
        """The value, for whatever door it came by. Raises Wrong when it may not be."""
        return value

    def kept(self, value: Any) -> Any:
        """The value that the trace keeps as JSON."""
        return value

    def said(self, value: Any) -> str:
        """The value within a sentence; "leeg" for nothing."""
        return EMPTY if is_nothing(value) else self._said(value)

    def typed(self, value: Any) -> str | int | None:
        """What stands in a field of a form, or in a cell of a grid, for this value; it is read back as the same."""
        return None if is_nothing(value) else self._typed(value)

    def cell(self, value: Any) -> Any:
        """What a cell of a sheet holds for this value; it is read back as the same."""
        return None if is_nothing(value) else value

    def _said(self, value: Any) -> str:
        return said(value)

    def _typed(self, value: Any) -> str | int:
        return str(value)

    @property
    @abstractmethod
    def explained(self) -> str:
        """What may stand there, in Dutch."""

    @property
    def longest(self) -> int:
        """How many characters somebody may type."""
        return LONGEST_TYPED
