"""What stands in a cell, and what the cell is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CellKind(StrEnum):
    TEXT = "t"
    NUMBER = "n"
    PERCENT = "p"  # a number under a percent format: 0.69 is shown as 69 %
    DATE = "d"
    YES_NO = "b"
    UNREADABLE = "x"  # the value is a Dutch sentence that says why


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty."""

    row: int
    column: int
    kind: CellKind
    value: str | float | bool | date

    @property
    def address(self) -> str:
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row that are not empty, by column; rows and columns count from 1."""

    number: int
    cells: Mapping[int, Cell]


def address(row: int, column: int) -> str:
    """
    >>> address(2, 28)
    'AB2'
    """
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
