"""Reads a file from standard input within its limits; its last line says that it is done, or why it is refused."""

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import Any, cast

from data_loaders.cells import CellKind
from data_loaders.parsing.delimited import TextFile, opened_text, read_text
from data_loaders.parsing.limits import DAMAGED, FileRefused, Limits, SheetRows, mebibytes
from data_loaders.parsing.package import is_ods
from data_loaders.parsing.recognised import ZIP, FileKind, kind_of

TOO_BIG = "Het bestand vraagt te veel geheugen om te lezen; splits het."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the portal wants to know of a file. `sheet`: what the one sheet of a text is called; `first_rows`: how many
    filled rows of each sheet, 0 for all; `text`: how a text is read, None to find out."""

    sheet: str = ""
    preferred: Sequence[str] = ()
    first_rows: int = 0
    text: TextFile | None = None


def limit_this_process(limits: Limits) -> None:
    """Where the system can: memory and processor time. The clock is the parent's."""
    with suppress(ImportError):
        import resource

        for what, most in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.cpu_seconds)):
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


def workbook_reader(kind: FileKind) -> ModuleType:
    """The module that reads this kind. openpyxl would take half a second more for numpy, and does without where that
    is not."""
    if "numpy" not in sys.modules:
        sys.modules["numpy"] = cast(ModuleType, None)
    return import_module(f"data_loaders.parsing.{kind}")


class Told:
    """Writes lines of JSON, never more than a workbook may hold unpacked."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.left = limits, limits.unpacked

    def line(self, what: Any) -> None:
        text = json.dumps(what, separators=(",", ":"))
        self.left -= len(text)
        if self.left < 0:
            raise FileRefused(f"De cellen bevatten samen meer dan {mebibytes(self.limits.unpacked)}; splits het.")
        sys.stdout.write(text + "\n")

    def text(self, how: TextFile) -> None:
        self.line({"text": asdict(how)})

    def sheet(self, name: str, is_read: bool) -> None:
        self.line({"sheet": name, "read": is_read})

    def row(self, number: int, cells: list[tuple[int, CellKind, Any]]) -> None:
        self.line([number, cells])


def read(content: bytes, limits: Limits, asked: Asked) -> None:
    told = Told(limits)
    kind = kind_of(content, limits)
    if kind is FileKind.TEXT:
        text, how = opened_text(content, asked.text, limits)
        told.text(how)
        told.sheet(asked.sheet, True)
        read_text(text, how, limits, SheetRows(asked.sheet, limits, told.row, asked.first_rows))
    else:
        reader = workbook_reader(kind)
        reader.read_sheets(BytesIO(content), limits, asked.preferred, told.sheet, told.row, first_rows=asked.first_rows)


def ran_out_of_memory(fault: Exception) -> bool:
    """Unpacking and parsing say it in their own way."""
    return isinstance(fault, MemoryError) or any(sign in str(fault) for sign in ("Error -4 ", "out of memory"))


def main() -> None:
    given = json.loads(sys.argv[1])
    limits, text = Limits(**given.pop("limits")), given.pop("text")
    asked = Asked(**given, text=text and TextFile(**text))
    content = sys.stdin.buffer.read()
    if content.startswith(ZIP):  # what is needed itself does not count
        workbook_reader(FileKind.ODS if is_ods(content) else FileKind.XLSX)
    limit_this_process(limits)
    last: dict[str, Any]
    try:
        read(content, limits, asked)
        last = {"done": True}
    except FileRefused as refused:
        last = {"refused": str(refused)}
    except Exception as fault:  # a bad file raises what it likes: this is the one border where it stops
        last = {"refused": TOO_BIG if ran_out_of_memory(fault) else DAMAGED}
    sys.stdout.write(json.dumps(last) + "\n")


if __name__ == "__main__":
    main()
