"""A workbook that people fill in and bring back: its sheets as the import reads them, with lists to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from portal.exports.workbook import (
    FORMATS,
    MEANING,
    Kind,
    begun,
    dress,
    dressed,
    explain,
    filled,
    heading,
    is_missing,
    refuse_unwritable,
    saved,
)
from portal.glossary import Term, said_in

LAST_ROW = 20_000  # as many as an import reads
INLINE_LIST = 255  # Excel takes no longer list in the rule itself
WIDTHS = {Kind.TEXT: 18, Kind.DATE: 13, Kind.EURO: 16}
NARROW, WIDE, LONG_TEXT = 11, 44, 40
GREY, PALE = "6b7280", "f3f4f6"
CODES = {
    **FORMATS,
    Kind.TEXT: "@",
    Kind.NUMBER: "0",
    Kind.DECIMAL: "General",
    Kind.EURO: "#,##0.00",
    Kind.PERCENT: "0.############ %",
}
NOT_LISTED = "Deze waarde staat niet in de lijst; bij het inlezen wordt ze nagekeken."


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over what the rows have under `key`; `means` is what that tells, `says` what may stand there; a `quiet`
    one is not to be changed."""

    heading: str
    key: str
    says: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    quiet: bool = False
    means: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows by the keys of the columns; without any it is a form to fill in."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says. `notice` stands on top of it; of these `words` those that a heading or a meaning says
    are explained at its end."""

    title: str
    as_of: date
    by: str
    notice: str = ""
    rules: tuple[str, ...] = ()
    words: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What the two sheets without rows are called."""

    explanation: str = "Toelichting"
    choices: str = "Keuzes"


def template(about: About, sheets: tuple[Sheet, ...], names: Names = Names()) -> bytes:
    """An .xlsx file. Dates are dates, text is never a formula, percentages are of a hundred; raises TooLong."""
    values = [[[row[column.key] for row in sheet.rows] for column in sheet.columns] for sheet in sheets]
    refuse_unwritable([sheet.name for sheet in sheets], values)
    book = openpyxl.Workbook(write_only=True)
    _write_explanation(begun(book, names.explanation, (28, 28, 66, 66)), about, sheets)
    listed: dict[tuple[str, ...], str] = {}
    for sheet, columns in zip(sheets, values, strict=True):
        _write_sheet(book, sheet, columns, listed)
    if listed:
        _write_lists(book, names.choices, listed)
    book.active = min(1, len(sheets))
    return saved(book)


def _write_sheet(book: Any, described: Sheet, values: list[list[Any]], listed: dict[tuple[str, ...], str]) -> None:
    widths = [_width(column, one) for column, one in zip(described.columns, values, strict=True)]
    sheet = begun(book, described.name, widths)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(described.columns, start=1):
        letter = get_column_letter(number)
        dress(sheet.column_dimensions[letter], CODES[column.kind], **_quiet(column))
        if column.choices:
            sheet.data_validations.append(_offered(letter, column.choices, listed))
    looks = [dressed(sheet, CODES[column.kind], **_quiet(column)) for column in described.columns]
    sheet.append([filled(heading(sheet, **_quiet(column, bold=True)), column.heading) for column in described.columns])
    for row in zip(*values, strict=True):
        shown = (_shown(value, column.kind) for value, column in zip(row, described.columns, strict=True))
        sheet.append([filled(look, *one) for look, one in zip(looks, shown, strict=True)])


def _quiet(column: Column, *, bold: bool = False) -> dict[str, Any]:
    return {"font": Font(color=GREY, bold=bold), "fill": PatternFill("solid", PALE)} if column.quiet else {}


def _shown(value: Any, kind: Kind) -> tuple[Any, Kind]:
    """What to write, and how."""
    if is_missing(value):
        return None, kind
    if isinstance(value, bool):
        return "ja" if value else "nee", Kind.TEXT
    if kind is Kind.PERCENT:
        return float(value) / 100, kind
    return value, kind


def _width(column: Column, values: list[Any]) -> int:
    if column.kind is Kind.TEXT and any(len(str(value)) > LONG_TEXT for value in values[:200]):
        return WIDE
    return max(WIDTHS.get(column.kind, NARROW), min(len(column.heading) + 3, WIDE))


def _offered(letter: str, choices: tuple[str, ...], listed: dict[tuple[str, ...], str]) -> DataValidation:
    """A list to choose from; a long one stands on a hidden sheet under a name."""
    short = len(",".join(choices)) <= INLINE_LIST and not any(sign in choice for choice in choices for sign in ',"')
    source = f'"{",".join(choices)}"' if short else listed.setdefault(choices, f"keuze_{len(listed) + 1}")
    return DataValidation(
        type="list",
        formula1=source,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle="Niet in de lijst",
        error=NOT_LISTED,
        sqref=f"{letter}2:{letter}{LAST_ROW}",
    )


def _write_lists(book: Any, name: str, listed: dict[tuple[str, ...], str]) -> None:
    sheet = begun(book, name, ())
    sheet.sheet_state = "hidden"
    looks = [dressed(sheet, CODES[Kind.TEXT]) for _ in listed]
    for row in zip_longest(*listed):
        sheet.append([filled(look, choice) for look, choice in zip(looks, row, strict=True)])
    for number, (choices, called) in enumerate(listed.items(), start=1):
        letter = get_column_letter(number)
        place = f"'{name}'!${letter}$1:${letter}${len(choices)}"
        book.defined_names[called] = DefinedName(called, attr_text=place)


def _write_explanation(sheet: Any, about: About, sheets: tuple[Sheet, ...]) -> None:
    lines = [("Let op", about.notice)] if about.notice else []
    lines += [("Wat", about.title), ("Stand van", about.as_of.strftime("%d/%m/%Y")), ("Gemaakt door", about.by)]
    lines += [("Hoe", rule) for rule in about.rules]
    for label, text in lines:
        sheet.append([filled(heading(sheet), label), filled(dressed(sheet), text)])
    columns = [(one.name, column.heading, column.means, column.says) for one in sheets for column in one.columns]
    explain(sheet, ("Blad", "Kolom", MEANING, "Wat mag er staan"), columns)
    said = said_in((text for _, heading, meaning, _ in columns for text in (heading, meaning)), about.words)
    explain(
        sheet, ("Woorden van het programma", "Bron", MEANING), [(one.word, one.source, one.meaning) for one in said]
    )
