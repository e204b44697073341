"""From the sheets of the money to rows that can be compared; what may not be is said at its cell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data_loaders.budget.known import LABELS, Known
from data_loaders.budget.sheets import BOOKINGS, FORECASTS, LINES
from data_loaders.comparing import compared, sheets_of, wanted_of
from data_loaders.kind import Asked, Reading
from data_loaders.problems import Problems
from data_loaders.sheets import Sheet, SheetRow, read_sheets
from data_loaders.workbook import File, open_workbook

MOST_TOLD = 5
MANY = "rijen zonder code staan al in het portaal en worden"
OTHERWISE = "Geef een eigen code als het een andere rij is."

Rows = Mapping[str, Sequence[SheetRow]]


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems, notices = Problems(), list[str]()
    sheets = sheets_of(known.tables)
    with open_workbook(file) as book:
        rows = read_sheets(book, sheets, problems)
    sound = not problems
    _check_codes(rows, known, problems)
    if sound:  # where a sheet could not be read, a line that is not found may be one of its rows
        _check_lines(rows, known, problems)
    wanted = [
        one
        for sheet in sheets
        for one in wanted_of(sheet, _recognised(sheet, rows.get(sheet.name, ()), known, notices), LABELS[sheet.name])
    ]
    return Reading(tuple(wanted), problems.found(), tuple(notices))


def _check_codes(rows: Rows, known: Known, problems: Problems) -> None:
    """A code of somebody else's row, or of an archived one, is not to be had."""
    whose = "is gearchiveerd" if known.of_all else "is niet van uw ateliers of is gearchiveerd"
    for sheet, taken in known.taken.items():
        for row in rows.get(sheet, ()):
            if (code := row.values["code"]) in taken:
                why = f"{code} {whose}; verwijder de rij, of maak de code leeg voor een nieuwe."
                problems.add(sheet, row.cells["code"], why)


def _check_lines(rows: Rows, known: Known, problems: Problems) -> None:
    """Every booking and forecast is on a line of this person, or on one that comes in with the file."""
    own = {key[1] for key in known.present if key[0] == LINES}
    own |= {row.values["code"] for row in rows.get(LINES, ())} - known.taken[LINES]
    why = "bestaat niet" if known.of_all else "is geen budgetlijn van uw ateliers"
    for sheet in (BOOKINGS, FORECASTS):
        for row in rows.get(sheet, ()):
            if (code := row.values["budget_line"]) not in own:
                problems.add(sheet, row.cells["budget_line"], f"{code} {why}; verbeter de code of verwijder de rij.")


def _recognised(sheet: Sheet, rows: Sequence[SheetRow], known: Known, notices: list[str]) -> list[SheetRow]:
    """A row without a code that says, cell by cell, what a row of the portal says that the file does not name, is that
    row: the same file twice books nothing twice."""
    if "code" not in sheet.key:
        return list(rows)
    told = set[str]().union(*(row.values for row in rows))  # a column that may be left out is not compared
    compare, named = [key for key in compared(sheet) if key in told], {row.values["code"] for row in rows}
    nameless: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for (name, *code), present in known.present.items():
        if name == sheet.name and code[0] not in named:
            nameless[tuple(present.values[key] for key in compare)].append(code[0])
    found: list[str] = []
    same = [_as_it_is(row, nameless.get(tuple(row.values[key] for key in compare)), known, found) for row in rows]
    if found:
        notices.append(_told(sheet, found))
    return same


def _as_it_is(row: SheetRow, alike: list[str] | None, known: Known, found: list[str]) -> SheetRow:
    if row.values["code"] is not None or row.values["version"] is not None or not alike:
        return row
    code = alike.pop(0)
    found.append(f"{row.cells['code']} als {code}")
    return replace(row, values={**row.values, "code": code, "version": known.present[row.sheet, code].version})


def _told(sheet: Sheet, found: Sequence[str]) -> str:
    more = f", en nog {len(found) - MOST_TOLD}" if len(found) > MOST_TOLD else ""
    one = len(found) == 1
    said = "een rij zonder code staat al in het portaal en wordt" if one else f"{len(found)} {MANY}"
    which = f"{', '.join(found[:MOST_TOLD])}{more}"
    return f"{sheet.name}: {said} niet nog eens toegevoegd ({which}). {OTHERWISE}"
