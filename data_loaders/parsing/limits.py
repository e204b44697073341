"""How much of a file is read, and what is said when it is more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from data_loaders.cells import CellKind

MIB = 1024 * 1024

Found = tuple[CellKind, Any]
Emit = Callable[[int, list[tuple[int, CellKind, Any]]], None]
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


def mebibytes(size: int) -> str:
    return f"{size // MIB} MiB" if size % MIB == 0 else f"{size} bytes"


def whole(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def too_long(limits: Limits) -> str:
    """Said of one cell, after its name."""
    return f"bevat meer dan {whole(limits.text)} tekens; kort de tekst in"


def beyond(sheet: str, where: str, what: str, limit: int) -> FileRefused:
    """A filled cell outside the rows or columns that are read."""
    most = f"een blad telt hoogstens {whole(limit)} {what}"
    return FileRefused(f"Blad “{sheet}” heeft iets in {where}; {most}. Wis wat daarbuiten staat.")
