"""Opens a workbook or a delimited text safely: parsed in a process of its own, within limits, to plain cells."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePath
from typing import IO, Any

from data_loaders.cells import Cell, CellKind, Row
from data_loaders.parsing.delimited import TextFile
from data_loaders.parsing.limits import DAMAGED, FileRefused, Limits, mebibytes
from data_loaders.parsing.package import is_ods
from portal.commands.base import Refused

LIMITS = Limits()
TOO_HEAVY = "Het bestand is te zwaar om te lezen; splits het of bewaar alleen de nodige bladen."
TOO_HEAVY_AS_ODS = "Het bestand is te zwaar om als .ods te lezen; open het, bewaar het als .xlsx en probeer opnieuw."
_HOUSE = Path(__file__).resolve().parent.parent
_NEEDED_BY_PYTHON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "TEMP")


class WorkbookRefused(Refused):
    """The file cannot or may not be read; the text is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as somebody handed it over; the content decides what it is, not the name."""

    name: str
    content: bytes

    @classmethod
    def at(cls, path: Path, limits: Limits = LIMITS) -> "File":
        """Raises WorkbookRefused when it cannot be read, or is too big to be read at all."""
        try:
            with path.open("rb") as opened:
                content = opened.read(limits.packed + 1)
        except OSError as fault:
            raise WorkbookRefused(f"Het bestand {path.name} is niet te lezen; kijk de naam en de map na.") from fault
        return cls(path.name, content)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    @property
    def stem(self) -> str:
        return PurePath(self.name.replace("\\", "/")).stem


class Book:
    """The sheets of a file. Rows are read anew each time they are asked for, so that no sheet lies in memory.

    `text` says how a delimited text was read; it is None for a workbook.
    """

    def __init__(self, lines: IO[bytes]) -> None:
        self._lines = lines
        self._starts: dict[str, int] = {}
        self.unread: list[str] = []
        self.text: TextFile | None = None
        for line in iter(lines.readline, b""):
            if line.startswith(b'{"sheet"'):
                named = json.loads(line)
                if named["read"]:
                    self._starts[named["sheet"]] = lines.tell()
                else:
                    self.unread.append(named["sheet"])
            elif line.startswith(b'{"text"'):
                self.text = TextFile(**json.loads(line)["text"])

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets that were read, in order."""
        return tuple(self._starts)

    def rows(self, sheet: str) -> Iterator[Row]:
        """The filled rows of a sheet, in order."""
        place = self._starts[sheet]
        while True:
            self._lines.seek(place)
            line = self._lines.readline()
            place = self._lines.tell()
            if not line.startswith(b"["):
                return
            number, cells = json.loads(line)
            yield Row(number, {column: _cell(number, column, kind, value) for column, kind, value in cells})


def _cell(row: int, column: int, kind: str, value: Any) -> Cell:
    known = CellKind(kind)
    return Cell(row, column, known, date.fromisoformat(value) if known is CellKind.DATE else value)


@contextmanager
def open_workbook(
    file: File | Path,
    limits: Limits = LIMITS,
    *,
    preferred: Sequence[str] = (),
    first_rows: int = 0,
    text: TextFile | None = None,
) -> Iterator[Book]:
    """The cells of an .xlsx, an .ods or a delimited text, whatever the file is called; raises WorkbookRefused.

    Where the names of some sheets hold a preferred word, only those are read; the others are in `unread`. `first_rows`
    stops at so many filled rows of each sheet, 0 at none: what lies further is not looked at, nor refused. A delimited
    text is read as `text` says, or else as its content shows; that is then in the book's own `text`.
    """
    file = File.at(file, limits) if isinstance(file, Path) else file
    if len(file.content) > limits.packed:
        raise WorkbookRefused(f"Het bestand is groter dan {mebibytes(limits.packed)}; splits het.")
    if not file.content.strip():
        raise WorkbookRefused("Het bestand is leeg; kies een ander bestand.")
    if text and (unknown := text.unknown):
        raise WorkbookRefused(unknown)
    asked = {
        "limits": asdict(limits),
        "sheet": file.stem or "csv",
        "preferred": list(preferred),
        "first_rows": first_rows,
        "text": text and asdict(text),
    }
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as lines:
        given.write(file.content)
        given.seek(0)
        if not _parsed(given, lines, asked, limits):
            raise WorkbookRefused(TOO_HEAVY_AS_ODS if is_ods(file.content) else TOO_HEAVY)
        lines.seek(0)
        yield Book(lines)


def _parsed(given: IO[bytes], lines: IO[bytes], asked: dict[str, Any], limits: Limits) -> bool:
    """Lets the other process work; it inherits no settings, so no secret and no database. False: it was given up."""
    environment = {name: os.environ[name] for name in _NEEDED_BY_PYTHON if name in os.environ}
    try:
        subprocess.run(
            [sys.executable, "-s", "-m", "data_loaders.parsing", json.dumps(asked)],
            stdin=given,
            stdout=lines,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
            cwd=_HOUSE,
            env=environment | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "OPENPYXL_LXML": "False"},
        )
    except subprocess.TimeoutExpired:
        return False
    match _last_line(lines):
        case {"done": True}:
            return True
        case {"refused": str(why)}:
            raise WorkbookRefused(why)
        case _:
            return False  # killed by the system before it could say why


def _last_line(lines: IO[bytes], most: int = 4096) -> Any:
    size = lines.seek(0, os.SEEK_END)
    lines.seek(max(0, size - most))
    try:
        return json.loads(lines.read().splitlines()[-1])
    except (IndexError, ValueError):
        return None


__all__ = [
    "DAMAGED",
    "LIMITS",
    "Book",
    "File",
    "FileRefused",
    "Limits",
    "TextFile",
    "WorkbookRefused",
    "open_workbook",
]
