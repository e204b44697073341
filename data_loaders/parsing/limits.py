"""How much of a file is read, and what is said when it is more; an .xlsx is known before it is taken apart."""

import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from defusedxml.ElementTree import fromstring

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


SHEETS_ONLY = ".spreadsheetml.sheet.main+xml"
MACROS = "Het bestand bevat macro's; bewaar het als gewone Excel-werkmap (.xlsx)."
LINKS = "Het bestand verwijst naar andere bestanden; verbreek die koppelingen (Gegevens, Koppelingen bewerken)."
NOT_XLSX = "Dit is geen Excel-werkmap (.xlsx); bewaar het in Excel als .xlsx."
DAMAGED = "Het bestand is beschadigd; open het in Excel en bewaar het opnieuw als .xlsx."
LOCKED = "Het bestand is beveiligd met een wachtwoord; bewaar het zonder wachtwoord."
ENCRYPTED = 0x1


def refuse_package(file: IO[bytes], limits: Limits) -> None:
    """Reads the zip's directory: raises FileRefused unless it holds a plain workbook of acceptable size."""
    try:
        package = zipfile.ZipFile(file)
    except zipfile.BadZipFile as fault:
        raise FileRefused(DAMAGED) from fault
    entries = package.infolist()
    names = Counter(entry.filename.casefold() for entry in entries)
    if max(names.values(), default=0) > 1:
        raise FileRefused(DAMAGED)
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise FileRefused(f"Het bestand is uitgepakt groter dan {mebibytes(limits.unpacked)}; splits het.")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise FileRefused(LOCKED)
    _refuse_active_parts(package, names)


def _refuse_active_parts(package: zipfile.ZipFile, names: Counter[str]) -> None:
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise FileRefused(NOT_XLSX)
    types = {kind.casefold() for kind in _content_types(package)}
    if any("macro" in kind or "vbaproject" in kind for kind in types) or any(
        "vbaproject" in name or "xl/macrosheets/" in name for name in names
    ):
        raise FileRefused(MACROS)
    if not any(kind.endswith(SHEETS_ONLY) for kind in types):
        raise FileRefused(NOT_XLSX)
    if any("externallink" in name for name in names) or any("externallink" in kind for kind in types):
        raise FileRefused(LINKS)


def _content_types(package: zipfile.ZipFile) -> list[str]:
    name = next(entry for entry in package.namelist() if entry.casefold() == "[content_types].xml")
    return [part.get("ContentType", "") for part in fromstring(package.read(name))]
