"""What a file is, by its content and never by its name; what is no table gets a sentence that says what to do."""

import codecs
import re
from enum import StrEnum
from io import BytesIO

from data_loaders.parsing.limits import FileRefused, Limits
from data_loaders.parsing.package import LOCKED, PACKED, SLIDES, WORD, package_in

ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second: with nothing in it
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
OLD_EXCEL = "Dit is een oud Excel-bestand (.xls); open het in Excel en bewaar het als .xlsx."
OLD_OTHER = "Dit is een bestand van een oudere Office, geen werkmap (.xlsx); open het in Excel en bewaar het als .xlsx."
PDF = "Dit is een pdf; vraag de werkmap waaruit hij gemaakt is, of kopieer de tabel en plak ze op de pagina Excel."
IMAGE = "Dit is een afbeelding; vraag de werkmap (.xlsx) waaruit ze gemaakt is."
WEB_PAGE = "Dit is een webpagina, ook als de naam op .xls eindigt; open het in Excel en bewaar het als .xlsx."
XML = "Dit is een XML-bestand, geen werkmap (.xlsx); open het in Excel en bewaar het als .xlsx."

FIRST_BYTES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"{\\rtf", WORD),
    (b"Rar!\x1a\x07", PACKED),
    (b"7z\xbc\xaf\x27\x1c", PACKED),
    (b"\x1f\x8b", PACKED),
)
STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("Workbook", OLD_EXCEL),
    ("Book", OLD_EXCEL),
    ("WordDocument", WORD),
    ("PowerPoint Document", SLIDES),
)
ENTRY, NAME = 128, 64  # bytes of an entry in the directory of an old Office file, and of them for its name
HEAD = 2048
_WEB_PAGE = re.compile(r"<(!doctype html|html|head|body|table)[\s>]", re.IGNORECASE)
_PHOTO = re.compile(rb"RIFF....WEBP|....ftyp(hei|heix|mif1|avif)", re.DOTALL)


class FileKind(StrEnum):
    XLSX = "xlsx"
    ODS = "ods"
    TEXT = "text"


def kind_of(content: bytes, limits: Limits) -> FileKind:
    """Raises FileRefused for what is no plain workbook nor, as far as its first bytes tell, a text."""
    if content.startswith(ZIP):
        return FileKind(package_in(BytesIO(content), limits))
    if content.startswith(OLD_OFFICE):
        raise FileRefused(next((remedy for name, remedy in STREAMS if _has_stream(content, name)), OLD_OTHER))
    remedy = next((remedy for first, remedy in FIRST_BYTES if content.startswith(first)), None)
    if remedy is None and (_PHOTO.match(content) or _is_bitmap(content)):
        remedy = IMAGE
    if remedy := remedy or _markup(content):
        raise FileRefused(remedy)
    return FileKind.TEXT


def _has_stream(content: bytes, name: str) -> bool:
    """Whether the directory has this entry; a text of the same letters elsewhere is not taken for one."""
    stored = name.encode("utf-16-le")
    entry = stored + bytes(NAME - len(stored)) + (len(stored) + 2).to_bytes(2, "little")
    place = content.find(entry)
    while place % ENTRY and place >= 0:
        place = content.find(entry, place + 1)
    return place >= 0


def _is_bitmap(content: bytes) -> bool:
    """A text may begin with these letters too, but not go on with its own size."""
    return content[:2] == b"BM" and int.from_bytes(content[2:6], "little") == len(content)


def _markup(content: bytes) -> str | None:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    head = content[:HEAD].decode("utf-16" if wide else "utf-8-sig", "replace").lstrip()
    if head.lower().startswith("mime-version:"):
        return WEB_PAGE
    if not head.startswith("<"):
        return None
    if _WEB_PAGE.search(head):
        return WEB_PAGE
    if "<svg" in head:
        return IMAGE
    return XML if head.startswith(("<?xml", "<office:document", "<Workbook")) else None
