"""A workbook that people fill in and bring back: its sheets as the import reads them, with lists to choose from."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from portal.exports.workbook import FORMATS, WRITERS, Kind, is_missing

LAST_ROW = 19_999  # as many rows as an import reads
INLINE_LIST = 255  # Excel takes no longer list in the rule itself
WIDTHS = {Kind.TEXT: 18, Kind.DATE: 13, Kind.EURO: 16}
NARROW, WIDE, LONG_TEXT = 11, 44, 40
GREY = "#6b7280"
NOT_LISTED = "Deze waarde staat niet in de lijst; bij het inlezen wordt ze nagekeken."


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over the frame's column `key`; `says` tells what may stand there, `quiet` is not to be changed."""

    heading: str
    key: str
    says: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows may be none: then it is a form to fill in. The frame may have more columns."""

    name: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says. `notice` stands on top of it."""

    title: str
    as_of: date
    by: str
    notice: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What the two sheets without rows are called."""

    explanation: str = "Toelichting"
    choices: str = "Keuzes"


@dataclass(slots=True)
class _Book:
    made: Any
    formats: dict[tuple[Kind, bool], Format]
    heading: Format
    quiet_heading: Format
    lists: Worksheet | None = None
    listed: dict[tuple[str, ...], str] = field(default_factory=dict)


def template(about: About, sheets: tuple[Sheet, ...], names: Names = Names()) -> bytes:
    """An .xlsx file. Dates are dates, text is never a formula, percentages are of a hundred; raises TooLong."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(target, options) as made:
        book = _begun(made)
        explanation = made.add_worksheet(names.explanation)
        for sheet in sheets:
            _write_sheet(made.add_worksheet(sheet.name), sheet, book, names)
        _write_explanation(explanation, about, sheets, book)
        made.worksheets_objs[min(1, len(sheets))].activate()
    return target.getvalue()


def _begun(made: Any) -> _Book:
    codes = {Kind.TEXT: "@", **FORMATS, Kind.NUMBER: "0", Kind.DECIMAL: "General", Kind.EURO: "#,##0.00"}
    codes[Kind.PERCENT] = "0.############ %"
    looks = {True: {"font_color": GREY, "bg_color": "#f3f4f6"}, False: {}}
    formats = {
        (kind, quiet): made.add_format({"num_format": code, "valign": "top"} | look)
        for kind, code in codes.items()
        for quiet, look in looks.items()
    }
    heading = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    return _Book(made, formats, made.add_format(heading), made.add_format(heading | looks[True]))


def _write_sheet(sheet: Worksheet, described: Sheet, book: _Book, names: Names) -> None:
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(described.columns):
        sheet.write_string(0, number, column.heading, book.quiet_heading if column.quiet else book.heading)
        layout = book.formats[column.kind, column.quiet]
        values = described.rows[column.key].tolist() if len(described.rows) else []
        for row, value in enumerate(values, start=1):
            shown, kind = _shown(value, column.kind)
            if shown is not None:
                WRITERS[kind](sheet, row, number, shown, layout)
        sheet.set_column(number, number, _width(column, values), layout)
        if column.choices:
            _offer(sheet, number, column.choices, book, names)


def _shown(value: Any, kind: Kind) -> tuple[Any, Kind]:
    """What to write, and how; None for nothing: an empty text would be a filled cell."""
    if is_missing(value) or value == "":
        return None, kind
    if isinstance(value, bool):
        return "ja" if value else "nee", Kind.TEXT
    if kind is Kind.PERCENT:
        return float(value) / 100, kind
    return value, Kind.TEXT if isinstance(value, str) else kind


def _width(column: Column, values: list[Any]) -> int:
    if column.kind is Kind.TEXT and any(len(str(value)) > LONG_TEXT for value in values[:200]):
        return WIDE
    return max(WIDTHS.get(column.kind, NARROW), min(len(column.heading) + 3, WIDE))


def _offer(sheet: Worksheet, number: int, choices: tuple[str, ...], book: _Book, names: Names) -> None:
    """A list to choose from; a long one stands on a hidden sheet under a name."""
    short = len(",".join(choices)) <= INLINE_LIST and not any("," in choice for choice in choices)
    source: Any = list(choices) if short else f"={_named(choices, book, names)}"
    rule = {"validate": "list", "source": source, "error_type": "warning", "error_message": NOT_LISTED}
    sheet.data_validation(1, number, LAST_ROW, number, rule | {"error_title": "Niet in de lijst"})


def _named(choices: tuple[str, ...], book: _Book, names: Names) -> str:
    if choices not in book.listed:
        if book.lists is None:
            book.lists = book.made.add_worksheet(names.choices)
            book.lists.hide()
        place = len(book.listed)
        for row, choice in enumerate(choices):
            WRITERS[Kind.TEXT](book.lists, row, place, choice, book.formats[Kind.TEXT, False])
        name = f"keuze_{place + 1}"
        letter = xlsxwriter.utility.xl_col_to_name(place)
        book.made.define_name(name, f"='{names.choices}'!${letter}$1:${letter}${len(choices)}")
        book.listed[choices] = name
    return book.listed[choices]


def _write_explanation(sheet: Worksheet, about: About, sheets: tuple[Sheet, ...], book: _Book) -> None:
    wrapped = book.made.add_format({"text_wrap": True, "valign": "top"})
    lines = [("Let op", about.notice)] if about.notice else []
    lines += [("Wat", about.title), ("Stand van", about.as_of.strftime("%d/%m/%Y")), ("Gemaakt door", about.by)]
    lines += [("Hoe", rule) for rule in about.rules]
    for row, (label, text) in enumerate(lines):
        sheet.write_string(row, 0, label, book.heading)
        sheet.merge_range(row, 1, row, 2, "", wrapped)
        WRITERS[Kind.TEXT](sheet, row, 1, text, wrapped)
    start = len(lines) + 1
    for number, heading in enumerate(("Blad", "Kolom", "Wat mag er staan")):
        sheet.write_string(start, number, heading, book.heading)
    described = [(one.name, column.heading, column.says) for one in sheets for column in one.columns]
    for row, cells in enumerate(described, start=start + 1):
        for number, text in enumerate(cells):
            sheet.write_string(row, number, text, wrapped)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 90)
