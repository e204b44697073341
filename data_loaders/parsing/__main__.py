"""Reads a file from standard input within its limits; its last line says that it is done, or why it is refused."""

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import Any, cast

from data_loaders.cells import CellKind
from data_loaders.parsing.delimited import read_csv
from data_loaders.parsing.limits import DAMAGED, LOCKED, NOT_XLSX, FileRefused, Limits, mebibytes, refuse_package

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OLD = f"Dit is een oud Excel-bestand (.xls), of: {LOCKED[0].lower()}{LOCKED[1:]}"
TOO_BIG = "Het bestand vraagt te veel geheugen om te lezen; splits het."


def limit_this_process(limits: Limits) -> None:
    """Where the system can: memory and processor time. The clock is the parent's."""
    with suppress(ImportError):
        import resource

        for what, most in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.cpu_seconds)):
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


def workbook_reader() -> ModuleType:
    """The module on openpyxl, which would take half a second more for numpy, and does without where that is not."""
    if "numpy" not in sys.modules:
        sys.modules["numpy"] = cast(ModuleType, None)
    return import_module("data_loaders.parsing.xlsx")


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

    def sheet(self, name: str, is_read: bool) -> None:
        self.line({"sheet": name, "read": is_read})

    def row(self, number: int, cells: list[tuple[int, CellKind, Any]]) -> None:
        self.line([number, cells])


def read(content: bytes, limits: Limits, csv_sheet: str, preferred: Sequence[str]) -> None:
    told = Told(limits)
    if content.startswith(ZIP):
        refuse_package(BytesIO(content), limits)
        workbook_reader().read_sheets(BytesIO(content), limits, preferred, told.sheet, told.row)
    elif content.startswith(OLD_OFFICE):
        raise FileRefused(OLD)
    elif csv_sheet:
        told.sheet(csv_sheet, True)
        read_csv(content, limits, csv_sheet, told.row)
    else:
        raise FileRefused(NOT_XLSX)


def ran_out_of_memory(fault: Exception) -> bool:
    """Unpacking and parsing say it in their own way."""
    return isinstance(fault, MemoryError) or any(sign in str(fault) for sign in ("Error -4 ", "out of memory"))


def main() -> None:
    asked = json.loads(sys.argv[1])
    limits = Limits(**asked["limits"])
    workbook_reader()  # what is needed itself does not count
    limit_this_process(limits)
    last: dict[str, Any]
    try:
        read(sys.stdin.buffer.read(), limits, asked["csv_sheet"], asked["preferred"])
        last = {"done": True}
    except FileRefused as refused:
        last = {"refused": str(refused)}
    except Exception as fault:  # a bad file raises what it likes: this is the one border where it stops
        last = {"refused": TOO_BIG if ran_out_of_memory(fault) else DAMAGED}
    sys.stdout.write(json.dumps(last) + "\n")


if __name__ == "__main__":
    main()
