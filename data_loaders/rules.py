"""A rule makes a value of a cell, and can say in Dutch what may stand there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from data_loaders.cells import Cell

T = TypeVar("T")
Rule = Callable[[Cell], T]


@dataclass(frozen=True, slots=True)
class Explained(Generic[T]):
    """A rule with its explanation: what follows after "hier staat"."""

    says: str
    rule: Rule[T]

    def __call__(self, cell: Cell) -> T:
        return self.rule(cell)


def says(words: str) -> Callable[[Rule[T]], Explained[T]]:
    """Marks a rule with its explanation."""
    return lambda rule: Explained(words, rule)


def explanation(rule: Rule[Any]) -> str:
    """What a rule says of itself; empty when it says nothing."""
    return str(getattr(rule, "says", ""))
