"""Tables to an Excel workbook: a sheet that says where the figures come from, then a sheet per table."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from io import BytesIO
from textwrap import wrap
from typing import Any, TypeAlias

import openpyxl
import pandas as pd
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from portal.vocabulary import Word

Rows: TypeAlias = "pd.DataFrame | Sequence[Any]"
"""A frame, or frozen dataclasses of one kind; the key of a column is a column of the one, a field or a property of the
other."""
MEANING = "Wat het betekent"
CELL_LIMIT = 32_767
SHEET_NAME_LIMIT = 31
WIDEST = 60
LINE_HEIGHT, TALLEST = 15, 409  # points; Excel takes no higher row
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    DECIMAL = "decimal"
    EURO = "euro"
    PERCENT = "percent"
    DATE = "date"
    INSTANT = "instant"


FORMATS = {
    Kind.TEXT: "General",
    Kind.NUMBER: "#,##0",
    Kind.YEAR: "0",
    Kind.DECIMAL: "#,##0.0",
    Kind.EURO: '"€" #,##0.00',
    Kind.PERCENT: "0 %",
    Kind.DATE: "dd/mm/yyyy",
    Kind.INSTANT: "dd/mm/yyyy hh:mm",
}


HOLDS = {
    Kind.TEXT: "tekst",
    Kind.NUMBER: "getal",
    Kind.YEAR: "jaartal",
    Kind.DECIMAL: "getal met decimalen",
    Kind.EURO: "bedrag in euro",
    Kind.PERCENT: "percentage",
    Kind.DATE: "datum",
    Kind.INSTANT: "datum en uur",
}
"""What stands in the cells of a column, in words."""


class TooLong(ValueError):
    """A text that Excel would cut silently."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over what the rows hold under `key`; `meaning`: the sentence of the number or field that it holds, if
    any."""

    heading: str
    key: str
    kind: Kind = Kind.TEXT
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, its columns in order, and the rows as they are. `of`: the tables whose fields its columns
    hold, the nearest first (separated by spaces)."""

    name: str
    columns: tuple[Column, ...]
    rows: Rows
    of: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says: the question answered, the source, the date it is true for, the filters used.

    `anchor`: where the trace of changes stood.
    """

    title: str
    source: str
    as_of: date
    filters: tuple[str, ...] = ()
    notice: str = ""
    downloaded_at: datetime | None = None
    anchor: str = ""


def workbook(about: About, tables: tuple[Table, ...]) -> bytes:
    """An .xlsx file. Numbers are numbers, dates are dates, text is never a formula; raises TooLong."""
    lines = _about_lines(about, tables)
    values = [values_in(table.rows, [column.key for column in table.columns]) for table in tables]
    refuse_unwritable([sheet_name(table.name) for table in tables], [lines, *values])
    book = openpyxl.Workbook(write_only=True)
    sheet = begun(book, "Toelichting", (24, 28, 66, 22))
    looks = heading(sheet), dressed(sheet)
    for line in lines:
        sheet.append([filled(cell, text) for cell, text in zip(looks, line, strict=True)])
    explain(sheet, ("Blad", "Kolom", MEANING, "Wat erin staat"), _columns_of(tables))
    for table, columns in zip(tables, values, strict=True):
        _write_table(book, table, columns)
    return saved(book)


def sheet_name(text: str) -> str:
    """A name that Excel accepts."""
    return _FORBIDDEN_IN_SHEET_NAME.sub(" ", text).strip("' ")[:SHEET_NAME_LIMIT] or "Blad"


def _about_lines(about: About, tables: tuple[Table, ...]) -> list[tuple[str, str]]:
    lines = [
        ("Wat", about.title),
        ("Bron", about.source),
        ("Stand van", about.as_of.strftime("%d/%m/%Y")),
        ("Filters", "; ".join(about.filters) or "geen"),
        *((f"Blad {sheet_name(t.name)}", f"{len(t.rows)} rijen") for t in tables),
    ]
    if about.notice:
        lines.insert(0, ("Let op", about.notice))
    if about.downloaded_at:
        lines.append(("Gedownload op", about.downloaded_at.strftime("%d/%m/%Y %H:%M")))
    if about.anchor:
        lines.append(("Spoor", about.anchor))
    return lines


def _columns_of(tables: Iterable[Table]) -> list[tuple[str, ...]]:
    columns = ((sheet_name(table.name), column) for table in tables for column in table.columns)
    return [(name, one.heading, one.meaning, HOLDS[one.kind]) for name, one in columns]


def explain(sheet: Any, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """Lines below what stands on the sheet, under their own headings; without lines nothing."""
    if not lines:
        return
    heads = [filled(heading(sheet), text) for text in headings]
    sheet.append([])
    sheet.append(heads)
    looks = [dressed(sheet, alignment=Alignment(vertical="top", wrap_text=True)) for _ in headings]
    widths = [int(sheet.column_dimensions[get_column_letter(place)].width) for place, _ in enumerate(headings, start=1)]
    for row, line in enumerate(lines, start=heads[0].row + 1):
        sheet.row_dimensions[row].height = _height(line, widths)
        sheet.append([filled(cell, text) for cell, text in zip(looks, line, strict=True)])


def _height(line: Sequence[str], widths: Sequence[int]) -> float | None:
    """None for a line that needs no more than any other: LibreOffice does not find the height of a row by itself."""
    most = max(len(wrap(text, width)) for text, width in zip(line, widths, strict=True))
    return min(most * LINE_HEIGHT, TALLEST) if most > 1 else None


def _write_table(book: Any, table: Table, values: list[list[Any]]) -> None:
    widths = [_width(column, listed) for column, listed in zip(table.columns, values, strict=True)]
    sheet = begun(book, sheet_name(table.name), widths)
    sheet.freeze_panes = "A2"
    if len(table.rows):
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.append([filled(heading(sheet), column.heading) for column in table.columns])
    looks = [(dressed(sheet, FORMATS[column.kind]), column.kind) for column in table.columns]
    for row in zip(*values, strict=True):
        sheet.append([filled(cell, value, kind) for (cell, kind), value in zip(looks, row, strict=True)])


def values_in(rows: Rows, keys: Iterable[str]) -> list[list[Any]]:
    """The values of each column, a word by its label; of no rows nothing is asked."""
    if isinstance(rows, pd.DataFrame):
        return [rows[key].tolist() if len(rows) else [] for key in keys]
    return [[_said(getattr(row, key)) for row in rows] for key in keys]


def _said(value: Any) -> Any:
    return value.label if isinstance(value, Word) else value


@cache
def keys_of(kind: type) -> tuple[str, ...]:
    """The fields of a row, and what it says of itself."""
    own = [name for one in reversed(kind.__mro__) for name, value in vars(one).items() if isinstance(value, property)]
    return (*(field.name for field in fields(kind)), *own)


def refuse_unwritable(names: Sequence[str], tables: Iterable[Iterable[Iterable[Any]]]) -> None:
    """Raises TooLong, or ValueError for two sheets of one name: a book that is begun and not saved is left behind."""
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError(f"a name is already in use: {', '.join(names)}")
    for value in (value for table in tables for line in table for value in line):
        if isinstance(value, str) and len(value) > CELL_LIMIT:
            raise TooLong(f"een tekst van {len(value)} tekens past niet in een cel van Excel ({CELL_LIMIT})")


def _width(column: Column, values: Sequence[Any]) -> int:
    longest = max([len(column.heading), *(len(str(value)) for value in values[:200] if not is_missing(value))])
    return min(longest + 2, WIDEST)


def begun(book: Any, name: str, widths: Iterable[int]) -> Any:
    """A sheet of a book that is written row after row; what stands above the rows is said before the first."""
    sheet = book.create_sheet(name)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return sheet


def dressed(sheet: Any, code: str = FORMATS[Kind.TEXT], **look: Any) -> Any:
    """A cell of this look, to be filled once a row: a style is found once for a column, and not for each cell."""
    return dress(WriteOnlyCell(sheet), code, **look)


def dress(styled: Any, code: str, **look: Any) -> Any:
    """The cell or column, in this look."""
    styled.number_format = code
    for name, value in ({"alignment": Alignment(vertical="top")} | look).items():
        setattr(styled, name, value)
    return styled


def heading(sheet: Any, **look: Any) -> Any:
    line = Border(bottom=Side("thin"))
    bold = {"font": Font(bold=True), "border": line, "alignment": Alignment(vertical="top", wrap_text=True)}
    return dressed(sheet, **bold | look)


def filled(cell: Any, value: Any, kind: Kind = Kind.TEXT) -> Any:
    """The cell with this value; None for nothing."""
    if is_missing(value) or value == "":
        return None
    if kind is Kind.TEXT or isinstance(value, str):
        cell.value = _text(value)
        cell.data_type = "s"  # whatever it begins with
    elif kind in {Kind.DATE, Kind.INSTANT}:
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    else:
        cell.value = value
    return cell


def saved(book: Any) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def is_missing(value: Any) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _text(value: Any) -> str:
    return _LIKE_AN_ESCAPE.sub("_x005F_", _NOT_IN_XML.sub(" ", str(value))).replace("\r", "_x000D_")
