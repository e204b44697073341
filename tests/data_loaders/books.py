"""Makes workbooks, good ones and bad ones."""

import json
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from data_loaders.cells import Cell, CellKind
from data_loaders.problems import Problem, Problems
from data_loaders.workbook import File, Limits, open_workbook

Rows = Iterable[Iterable[Any]]
STRINGS = "xl/sharedStrings.xml"
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"


def workbook(*, name: str = "boek.xlsx", **sheets: Rows) -> File:
    """A workbook with these sheets; a pair (value, format) is a cell with a number format."""
    return File(name, content_of(sheets or {"Blad1": [["a"]]}))


def content_of(sheets: Mapping[str, Rows]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    return saved(book)


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    cell = WriteOnlyCell(sheet, value[0])
    cell.number_format = value[1]
    return cell


def saved(book: Any) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def rezipped(
    content: bytes, change: Mapping[str, Callable[[bytes], bytes]] | None = None, add: Mapping[str, bytes] | None = None
) -> bytes:
    """The same workbook with parts changed or added; an added name may be there already."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        for part in old.namelist():
            new.writestr(part, (change or {}).get(part, bytes)(old.read(part)))
        for part, data in (add or {}).items():
            new.writestr(part, data)
    return target.getvalue()


def with_cells(cells: str, content: bytes | None = None) -> File:
    """A workbook whose first sheet holds these rows, written as a workbook writes them."""
    body = f"<sheetData>{cells}</sheetData>".encode()
    content = content or content_of({"Blad1": []})

    def replaced(old: bytes) -> bytes:
        start, rest = old.split(b"<sheetData", 1)
        return start + body + rest.split(b"/>", 1)[1]

    return File("boek.xlsx", rezipped(content, {SHEET: replaced}))


def shared_texts(rows: list[list[str]]) -> bytes:
    """A workbook whose cells point at shared texts, as Excel writes them."""
    texts = {text: at for at, text in enumerate(sorted({text for row in rows for text in row}))}
    listed = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    shared = f'<sst xmlns="{SHEET_MAIN_NS}">{listed}</sst>'
    named = f'<Override PartName="/{STRINGS}" ContentType="{SHARED_STRINGS}"/></Types>'
    cells = ("".join(f'<c t="s"><v>{texts[one]}</v></c>' for one in row) for row in rows)
    book = with_cells("".join(f"<row>{one}</row>" for one in cells)).content
    return rezipped(book, {TYPES: lambda old: old.replace(b"</Types>", named.encode())}, {STRINGS: shared.encode()})


MIMETYPE, CONTENT, MANIFEST = "mimetype", "content.xml", "META-INF/manifest.xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "table": "table", "text": "text", "draw": "drawing"}.items()
)
_MORE_NAMES = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def spreadsheet(tables: str, *, before: str = "", **parts: bytes) -> File:
    """An OpenDocument spreadsheet with these tables, written as it writes them; `before` stands before its root, a
    part replaces another or is added, by its name."""
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    root = f"{before}<office:document-content {_NAMES} {_MORE_NAMES}>{body}</office:document-content>"
    return File("lijst.ods", zipped({MIMETYPE: ODS.encode(), CONTENT: root.encode(), MANIFEST: b"<manifest/>"} | parts))


def with_ods_rows(rows: str, name: str = "Blad1") -> File:
    return spreadsheet(f'<table:table table:name="{name}">{rows}</table:table>')


def ods_cell(text: str = "", kind: str = "string", **told: str) -> str:
    """One cell; what is told of it is written as its own attributes: `value` as office:value, `formula` as its own."""
    at_table = {"formula", "number-columns-repeated"}
    names = {name: name.replace("_", "-") for name in told}
    said = "".join(f' {"table" if names[key] in at_table else "office"}:{names[key]}="{told[key]}"' for key in told)
    kind = f' office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell{kind}{said}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def zipped(parts: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name == MIMETYPE else None)
    return made.getvalue()


def old_office(*streams: str) -> bytes:
    """A container as older Offices write it, with these streams in its directory."""
    entries = (
        name.encode("utf-16-le").ljust(64, b"\0") + bytes([2 * len(name) + 2, 0]) + bytes(62) for name in streams
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(entries)


def cells_of(file: File, limits: Limits | None = None, **how: Any) -> dict[str, Cell]:
    """The cells of all sheets by address; a sheet's name stands before it where there are several."""
    with open_workbook(file, limits or Limits(), **how) as book:
        several = len(book.sheets) > 1
        return {
            f"{sheet}!{cell.address}" if several else cell.address: cell
            for sheet in book.sheets
            for row in book.rows(sheet)
            for cell in row.cells.values()
        }


class Told:
    """What the reading process would write, gathered here."""

    def __init__(self) -> None:
        self.limits, self.lines = Limits(), list[bytes]()

    def sheet(self, name: str, is_read: bool) -> None:
        self._line({"sheet": name, "read": is_read})

    def row(self, number: int, cells: list[tuple[int, CellKind, Any]]) -> None:
        self._line([number, cells])

    def _line(self, what: Any) -> None:
        self.lines.append(json.dumps(what, separators=(",", ":")).encode() + b"\n")

    def written(self) -> BytesIO:
        return BytesIO(b"".join(self.lines))


def text_cell(value: str) -> Cell:
    return Cell(2, 3, CellKind.TEXT, value)


def number_cell(value: float, kind: CellKind = CellKind.NUMBER) -> Cell:
    return Cell(2, 3, kind, float(value))


def told(problems: Problems | Iterable[Problem]) -> list[str]:
    return [str(one) for one in (problems.found() if isinstance(problems, Problems) else problems)]
