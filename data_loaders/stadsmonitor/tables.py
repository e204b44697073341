"""The table on a sheet, and by its headings the layout that it has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from data_loaders.cells import Cell, Row, address
from data_loaders.sheets import given, is_missing
from data_loaders.stadsmonitor.known import Known
from data_loaders.workbook import Book
from portal.values import as_seen
from portal.words import fold

SEARCHED_ROWS = 40
MISSING = frozenset({"-", "–", "x"})
FIRST_YEAR, LAST_YEAR = 2000, 2100

PLACE = ("gemeente", "gemeentenaam", "gemeenten", "naam", "gebied", "gebiedsnaam", "plaats", "stad", "nis of naam")
NIS = ("nis", "nis code", "niscode")
INDICATOR = ("indicator", "indicatorcode", "code indicator")
ITEM = ("item", "stelling", "type")
YEAR = ("jaar", "jaar van het veldwerk", "year")
VALUE = ("waarde", "percentage", "value")
RESPONDENTS = ("n", "respondenten", "aantal respondenten", "aantal antwoorden")
POSITIVE = ("eens", "tevreden", "veel", "ja")


class Form(StrEnum):
    """What a table looks like; the layout also depends on the other sheets."""

    EXTRACT = "extract"
    REGISTER = "register"
    LONG = "lang"
    WIDE = "breed"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Table:
    """`headings`: folded text to column. `above`: what stands over the table, the name of the sheet included."""

    book: Book
    sheet: str
    number: int
    headings: Mapping[str, int]
    titles: Mapping[int, str]
    above: str
    form: Form

    def rows(self) -> Iterator[Row]:
        return (row for row in self.book.rows(self.sheet) if row.number > self.number)

    def column(self, names: Sequence[str]) -> int | None:
        return next((self.headings[name] for name in names if name in self.headings), None)

    def heading_cell(self, column: int) -> str:
        return address(self.number, column)

    def others(self, *known: Sequence[str]) -> list[int]:
        """The columns whose heading is none of these."""
        taken = {name for names in (PLACE, NIS, *known) for name in names}
        return [column for heading, column in self.headings.items() if heading not in taken]


def table_on(book: Book, sheet: str, known: Known) -> Table | None:
    """The first row that reads as the headings of a known layout, with what stands below it."""
    above: list[str] = [sheet]
    for row in islice(book.rows(sheet), SEARCHED_ROWS):
        titles = {column: as_seen(given(cell)).strip() for column, cell in row.cells.items()}
        if (form := form_of([fold(title) for title in titles.values()], known)) is not None:
            headings: dict[str, int] = {}
            for column, title in titles.items():
                headings.setdefault(fold(title), column)
            return Table(book, sheet, row.number, headings, titles, " ; ".join(above), form)
        above.extend(titles.values())
    return None


def form_of(headings: Sequence[str], known: Known) -> Form | None:
    there = set(headings)
    has = {names: bool(there & set(names)) for names in (PLACE, NIS, INDICATOR, YEAR, VALUE, POSITIVE, ITEM)}
    if not (has[PLACE] or has[NIS]):
        return None
    if has[INDICATOR] and has[YEAR]:
        if "type" in there:
            return Form.REGISTER
        return Form.LONG if has[VALUE] else Form.EXTRACT
    if any(is_year(heading) for heading in headings):
        return Form.VIEWER
    return Form.WIDE if any(heading in known.indicators for heading in headings) else None


def is_year(heading: str) -> bool:
    return heading.isdigit() and FIRST_YEAR <= int(heading) < LAST_YEAR


def filled(row: Row, column: int | None) -> Cell | None:
    """The cell, unless it is empty or says that there is nothing."""
    cell = None if column is None else row.cells.get(column)
    return None if cell is None or is_missing(cell, MISSING) else cell


def written(row: Row, column: int | None) -> str:
    cell = filled(row, column)
    return "" if cell is None else as_seen(given(cell)).strip()
