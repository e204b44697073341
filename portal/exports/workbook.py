"""Tables to an Excel workbook: a sheet that says where the figures come from, then a sheet per table."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

CELL_LIMIT = 32_767
SHEET_NAME_LIMIT = 31
WIDEST = 60
RICH, RICH_END = "<r>", "</r>"
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPES_IN_ONE = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")  # of which the writer escapes only the first
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    EURO = "euro"
    PERCENT = "percent"
    DATE = "date"
    INSTANT = "instant"


FORMATS = {
    Kind.NUMBER: "#,##0",
    Kind.DECIMAL: "#,##0.0",
    Kind.EURO: '"€" #,##0.00',
    Kind.PERCENT: "0 %",
    Kind.DATE: "dd/mm/yyyy",
    Kind.INSTANT: "dd/mm/yyyy hh:mm",
}


class TooLong(ValueError):
    """A text that Excel would cut silently."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over the frame's column `key`."""

    heading: str
    key: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, its columns in order, and the rows as they are."""

    name: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame


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
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(target, options) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        _write_about(book.add_worksheet("Toelichting"), about, tables, heading)
        formats = {kind: book.add_format({"num_format": code, "valign": "top"}) for kind, code in FORMATS.items()}
        formats[Kind.TEXT] = book.add_format({"valign": "top"})
        for table in tables:
            _write_table(book.add_worksheet(sheet_name(table.name)), table, heading, formats)
    return target.getvalue()


def sheet_name(text: str) -> str:
    """A name that Excel accepts."""
    return _FORBIDDEN_IN_SHEET_NAME.sub(" ", text).strip("' ")[:SHEET_NAME_LIMIT] or "Blad"


def _write_about(sheet: Worksheet, about: About, tables: tuple[Table, ...], heading: Format) -> None:
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
    for row, (label, text) in enumerate(lines):
        sheet.write_string(row, 0, label, heading)
        sheet.write_string(row, 1, _text(text))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)


def _write_table(sheet: Worksheet, table: Table, heading: Format, formats: dict[Kind, Format]) -> None:
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(table.columns):
        sheet.write_string(0, number, column.heading, heading)
        values = table.rows[column.key].tolist() if len(table.rows) else []
        write, layout = WRITERS[column.kind], formats[column.kind]
        for row, value in enumerate(values, start=1):
            if not is_missing(value):
                write(sheet, row, number, value, layout)
        widest = max([len(column.heading), *(len(str(v)) for v in values[:200] if not is_missing(v))])
        sheet.set_column(number, number, min(widest + 2, WIDEST))
    if len(table.rows):
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def is_missing(value: Any) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _text(value: Any) -> str:
    text = _CONTROL.sub(" ", str(value))
    if len(text) > CELL_LIMIT:
        raise TooLong(f"een tekst van {len(text)} tekens past niet in een cel van Excel ({CELL_LIMIT})")
    return text


def _write_text(sheet: Worksheet, row: int, column: int, value: Any, layout: Format) -> None:
    text = _text(value)
    mark_up = text.startswith(RICH) and text.endswith(RICH_END)  # taken for it, the workbook would be broken
    if mark_up or _ESCAPES_IN_ONE.search(text):
        sheet.write_rich_string(row, column, *(part for piece in _pieces(text) for part in (layout, piece)), layout)
    else:
        sheet.write_string(row, column, text, layout)


def _pieces(text: str) -> list[str]:
    """The text, escaped as a workbook wants it, in pieces of which none looks like an escape: the writer would escape
    those once more."""
    escaped = _LIKE_AN_ESCAPE.sub("_x005F_", text).replace("\r", "_x000D_")
    return [escaped[:1], *re.split(r"(?<=_x[0-9A-Fa-f]{4})(?=_)", escaped[1:])]


def _write_number(sheet: Worksheet, row: int, column: int, value: Any, layout: Format) -> None:
    sheet.write_number(row, column, float(value) if isinstance(value, Decimal) else value, layout)


def _write_date(sheet: Worksheet, row: int, column: int, value: Any, layout: Format) -> None:
    moment = value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
    if isinstance(moment, datetime):
        moment = moment.replace(tzinfo=None)
    sheet.write_datetime(row, column, moment, layout)


WRITERS: dict[Kind, Callable[[Worksheet, int, int, Any, Format], None]] = {
    Kind.TEXT: _write_text,
    Kind.NUMBER: _write_number,
    Kind.DECIMAL: _write_number,
    Kind.EURO: _write_number,
    Kind.PERCENT: _write_number,
    Kind.DATE: _write_date,
    Kind.INSTANT: _write_date,
}
