"""How much of a file is read, and what is said when it is more."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from data_loaders.cells import CellKind, address

MIB = 1024 * 1024
DAMAGED = "Het bestand is beschadigd; open het in Excel en bewaar het opnieuw als .xlsx."

Filled = list[tuple[int, CellKind, Any]]
Emit = Callable[[int, Filled], None]
"""Takes a row: its number and its filled cells, each with its column, kind and value."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`packed`, `unpacked` and `memory` in bytes, times in seconds. `text` bounds one cell, as Excel does."""

    packed: int = 10 * MIB
    unpacked: int = 100 * MIB
    rows: int = 20_000
    columns: int = 100
    text: int = 32_767
    memory: int = 512 * MIB
    cpu_seconds: int = 12
    seconds: int = 30


class FileRefused(Exception):
    """The file is not read; the text is one Dutch sentence."""


class SheetRows:
    """Takes the filled rows of one sheet as they come: refuses what lies beyond the limits, is `full` when the first
    `first_rows` were taken. 0: all of them are."""

    def __init__(self, sheet: str, limits: Limits, emit: Emit, first_rows: int) -> None:
        self.sheet, self.limits, self.emit = sheet, limits, emit
        self._left = first_rows or -1

    @property
    def full(self) -> bool:
        return self._left == 0

    def take(self, number: int, filled: Filled) -> None:
        if number > self.limits.rows:
            raise beyond(self.sheet, address(number, filled[0][0]), "rijen", self.limits.rows)
        if filled[-1][0] > self.limits.columns:
            first = next(column for column, *_ in filled if column > self.limits.columns)
            raise beyond(self.sheet, address(number, first), "kolommen", self.limits.columns)
        self._left -= 1
        self.emit(number, filled)


def chosen(sheets: Iterable[str], preferred: Sequence[str]) -> set[str]:
    """The sheets that are read: those whose name holds a preferred word, or all when there are none."""
    sheets = [*sheets]
    named = {name for name in sheets if any(word.casefold() in name.casefold() for word in preferred)}
    return named or set(sheets)


def mebibytes(size: int) -> str:
    return f"{size // MIB} MiB" if size % MIB == 0 else f"{size} bytes"


def whole(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def beyond(sheet: str, where: str, what: str, limit: int) -> FileRefused:
    """A filled cell outside the rows or columns that are read."""
    most = f"een blad telt hoogstens {whole(limit)} {what}"
    return FileRefused(f"Blad “{sheet}” heeft iets in {where}; {most}. Wis wat daarbuiten staat.")
