"""The parts of an .xlsx file: what is in the zip is known before any of it is unpacked."""

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any
from xml.parsers import expat

from data_loaders.parsing.limits import FileRefused, Limits, mebibytes

BLOCK = 64 * 1024
MOST_NAMES = 10_000
SHEETS_ONLY = ".spreadsheetml.sheet.main+xml"
MACROS = "Het bestand bevat macro's; bewaar het als gewone Excel-werkmap (.xlsx)."
LINKS = "Het bestand verwijst naar andere bestanden; verbreek die koppelingen (Gegevens, Koppelingen bewerken)."
NOT_XLSX = "Dit is geen Excel-werkmap (.xlsx); bewaar het in Excel als .xlsx."
DAMAGED = "Het bestand is beschadigd; open het in Excel en bewaar het opnieuw als .xlsx."
LOCKED = "Het bestand is beveiligd met een wachtwoord; bewaar het zonder wachtwoord."
ENCRYPTED = 0x1

Start = Callable[[str, dict[str, str]], None]


def open_package(file: IO[bytes], limits: Limits) -> zipfile.ZipFile:
    """The zip, after its directory was found to hold a plain workbook of acceptable size."""
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
    return package


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
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append(attributes.get("ContentType", ""))

    parse_part(package, "[Content_Types].xml", start=start)
    return found


def parse_part(
    package: zipfile.ZipFile,
    name: str,
    start: Start | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Streams a part through the handlers; names come without their namespace. A part that is not there is empty."""
    try:
        entry = package.getinfo(name)
    except KeyError:
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    with package.open(entry) as opened:
        for block in iter(lambda: opened.read(BLOCK), b""):
            parser.Parse(block, False)
    parser.Parse(b"", True)


def _refuse_doctype(*declared: Any) -> None:
    """A workbook has no document type; what stands in one can grow without end or point outside the file."""
    raise FileRefused(DAMAGED)


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name[name.rfind(" ") + 1 :]


class _Names(dict[str, str]):
    """Local names, looked up once each: a sheet has millions of the same few."""

    def __missing__(self, name: str) -> str:
        if len(self) > MOST_NAMES:
            raise FileRefused(DAMAGED)
        self[name] = local(name)
        return self[name]


LOCAL = _Names()


def attribute(attributes: dict[str, str], wanted: str) -> str:
    return next((value for name, value in attributes.items() if local(name) == wanted), "")


def sheets_of(package: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    """Name and part of each worksheet, in order, and whether dates count from 1904."""
    targets = dict(_relations(package))
    named: list[tuple[str, str]] = []
    from_1904 = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        if local(name) == "workbookPr":
            from_1904 = attribute(attributes, "date1904") in {"1", "true"}
        elif local(name) == "sheet":
            named.append((attribute(attributes, "name"), _relation_id(attributes)))

    parse_part(package, "xl/workbook.xml", start=start)
    if named and not targets:
        raise FileRefused(DAMAGED)
    return [(sheet, targets[id_]) for sheet, id_ in named if id_ in targets], from_1904


def _relation_id(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith("relationships id")), "")


def _relations(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Relation ids of the worksheets, with the part each points at."""
    found: list[dict[str, str]] = []
    parse_part(package, "xl/_rels/workbook.xml.rels", start=lambda name, attributes: found.append(attributes))
    for relation in found:
        if relation.get("Type", "").endswith("/worksheet"):
            yield relation.get("Id", ""), _part(relation.get("Target", ""))


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
