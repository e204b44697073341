"""From the sheets of the money to rows that can be compared; what may not be is said at its cell."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from data_loaders.budget.known import LABELS, Known
from data_loaders.budget.sheets import BOOKINGS, FORECASTS, LINES
from data_loaders.comparing import Rows, compared, read_tables, reading_of, recognised
from data_loaders.kind import Asked, Reading
from data_loaders.problems import Problems
from data_loaders.sheets import Sheet, SheetRow
from data_loaders.workbook import File


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems, notices = Problems(), list[str]()
    rows: Rows = read_tables(file, known.tables, known.present, problems, notices)
    sound = not problems
    _check_codes(rows, known, problems)
    if sound:  # where a sheet could not be read, a line that is not found may be one of its rows
        _check_lines(rows, known, problems)
    rows = {
        table.sheet.name: _recognised(table.sheet, rows[table.sheet.name], known, notices) for table in known.tables
    }
    return reading_of(known.tables, rows, LABELS, problems, notices)


def _check_codes(rows: Rows, known: Known, problems: Problems) -> None:
    """A code of somebody else's row, or of an archived one, is not to be had."""
    whose = "is gearchiveerd" if known.of_all else "is niet van uw ateliers of is gearchiveerd"
    for sheet, taken in known.taken.items():
        for row in rows.get(sheet, ()):
            if (code := row.values["code"]) in taken:
                why = f"{code} {whose}; verwijder de rij, of maak de code leeg voor een nieuwe."
                problems.add(sheet, row.at("code"), why)


def _check_lines(rows: Rows, known: Known, problems: Problems) -> None:
    """Every booking and forecast is on a line of this person, or on one that comes in with the file."""
    own = {key[1] for key in known.present if key[0] == LINES}
    own |= {row.values["code"] for row in rows.get(LINES, ())} - known.taken[LINES]
    why = "bestaat niet" if known.of_all else "is geen budgetlijn van uw ateliers"
    for sheet in (BOOKINGS, FORECASTS):
        for row in rows.get(sheet, ()):
            if (code := row.values["budget_line"]) not in own:
                problems.add(sheet, row.at("budget_line"), f"{code} {why}; verbeter de code of verwijder de rij.")


def _recognised(sheet: Sheet, rows: Sequence[SheetRow], known: Known, notices: list[str]) -> Sequence[SheetRow]:
    """Amounts have no name: what is the same is so cell by cell, in the columns that the file has."""
    if "code" not in sheet.key:
        return rows
    told = set[str]().union(*(row.cells for row in rows))
    keys = [key for key in compared(sheet) if key in told]
    return recognised(rows, known.present, partial(_said, keys), notices)


def _said(keys: Sequence[str], values: Mapping[str, Any]) -> object:
    return tuple(values[key] for key in keys)
