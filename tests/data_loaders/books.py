"""Makes workbooks, good ones and bad ones."""

import json
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from data_loaders.cells import Cell, CellKind
from data_loaders.problems import Problem, Problems
from data_loaders.workbook import File, Limits, open_workbook

Rows = Iterable[Iterable[Any]]
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
