"""How much of a file is read, and what is said when it is more."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`packed`, `unpacked` and `memory` in bytes, times in seconds. `text` bounds one cell, as Excel does."""

    packed: int = 10 * MIB
    unpacked: int = 100 * MIB
    rows: int = 20_000
    columns: int = 100
    text: int = 32_767
    memory: int = 512 * MIB
    cpu_seconds: int = 8
    seconds: int = 20


class FileRefused(Exception):
    """The file is not read; the text is one Dutch sentence."""


def mebibytes(size: int) -> str:
    return f"{size // MIB} MiB" if size % MIB == 0 else f"{size} bytes"


def beyond(sheet: str, where: str, what: str, limit: int) -> FileRefused:
    """A filled cell outside the rows or columns that are read."""
    most = f"{limit:,}".replace(",", ".")
    return FileRefused(
        f"Blad “{sheet}” heeft iets in {where}; een blad telt hoogstens {most} {what}. Wis wat daarbuiten staat."
    )
