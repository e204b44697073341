"""What a zip holds, told from its directory before anything in it is unpacked."""

import zipfile
from collections import Counter
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import IO

from defusedxml.ElementTree import fromstring

from data_loaders.parsing.limits import DAMAGED, FileRefused, Limits, mebibytes

SHEETS_ONLY = ".spreadsheetml.sheet.main+xml"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ODT = b"application/vnd.oasis.opendocument.text"
MACROS = "Het bestand bevat macro's; bewaar het als gewone Excel-werkmap (.xlsx)."
LINKS = "Het bestand verwijst naar andere bestanden; verbreek die koppelingen (Gegevens, Koppelingen bewerken)."
NOT_XLSX = "Dit is geen Excel-werkmap (.xlsx); bewaar het in Excel als .xlsx."
LOCKED = "Het bestand is beveiligd met een wachtwoord; bewaar het zonder wachtwoord."
BINARY = "Dit is een binaire Excel-werkmap (.xlsb); open het bestand in Excel en bewaar het als .xlsx."
NUMBERS = "Dit is een bestand van Apple Numbers; kies in Numbers Archief > Exporteer naar > Excel."
WORD = "Dit is een Word-document; kopieer de tabel in Word en plak ze op de pagina Excel."
WRITER = "Dit is een tekst van LibreOffice (.odt); kopieer de tabel daarin en plak ze op de pagina Excel."
SLIDES = "Dit is een presentatie van PowerPoint; kopieer de tabel daarin en plak ze op de pagina Excel."
PACKED = "Dit is een ingepakt bestand, geen werkmap; pak het uit en kies de werkmap (.xlsx) die erin zit."
ENCRYPTED = 0x1
HEAD = 200  # of the entry that says what the zip is; a longer one says nothing


def is_ods(content: bytes) -> bool:
    """As far as its first bytes tell: a spreadsheet names itself there, before anything is unpacked."""
    return ODS in content[:HEAD]


class PackageKind(StrEnum):
    XLSX = "xlsx"
    ODS = "ods"


Names = Collection[str]
NO_WORKBOOK: tuple[tuple[Callable[[Names], bool], str], ...] = (
    (lambda names: any(name.endswith(".iwa") or name == "index.zip" for name in names), NUMBERS),
    (lambda names: "xl/workbook.bin" in names, BINARY),
    (lambda names: "word/document.xml" in names, WORD),
    (lambda names: "ppt/presentation.xml" in names, SLIDES),
)


def package_in(file: IO[bytes], limits: Limits) -> PackageKind:
    """Raises FileRefused unless the zip holds a plain workbook of acceptable size."""
    try:
        package = zipfile.ZipFile(file)
    except zipfile.BadZipFile as fault:
        raise FileRefused(DAMAGED) from fault
    entries = package.infolist()
    names = Counter(entry.filename.casefold() for entry in entries)
    for holds, remedy in NO_WORKBOOK:
        if holds(names):
            raise FileRefused(remedy)
    if max(names.values(), default=0) > 1:
        raise FileRefused(DAMAGED)
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise FileRefused(f"Het bestand is uitgepakt groter dan {mebibytes(limits.unpacked)}; splits het.")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise FileRefused(LOCKED)
    if "mimetype" in names:
        _refuse_other_opendocument(package, names)
        return PackageKind.ODS
    _refuse_other_excel(package, names)
    return PackageKind.XLSX


def _refuse_other_opendocument(package: zipfile.ZipFile, names: Names) -> None:
    with package.open(_entry(package, "mimetype")) as opened:
        said = opened.read(HEAD).strip()
    if said == ODT:
        raise FileRefused(WRITER)
    if said != ODS:
        raise FileRefused(PACKED)
    if "meta-inf/manifest.xml" in names:
        manifest = fromstring(package.read(_entry(package, "meta-inf/manifest.xml")))
        if any(str(part.tag).endswith("}encryption-data") for part in manifest.iter()):
            raise FileRefused(LOCKED)
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in names):
        raise FileRefused(MACROS)
    if "content.xml" not in names:
        raise FileRefused(DAMAGED)


def _refuse_other_excel(package: zipfile.ZipFile, names: Names) -> None:
    if not any(name == "[content_types].xml" or name.startswith("xl/") for name in names):
        raise FileRefused(PACKED)
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
    parts = fromstring(package.read(_entry(package, "[content_types].xml")))
    return [part.get("ContentType", "") for part in parts]


def _entry(package: zipfile.ZipFile, folded: str) -> str:
    return next(entry for entry in package.namelist() if entry.casefold() == folded)
