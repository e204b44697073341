"""A table of the survey in a layout of somebody's own: a person says which column is what, as of any other list."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from data_loaders.cells import Cell, CellKind, Row
from data_loaders.kind import Asked
from data_loaders.mapping.file_map import FileMap, SheetMap
from data_loaders.mapping.looked import Looked, look
from data_loaders.mapping.proposing import completed, propose
from data_loaders.mapping.remembering import recalled
from data_loaders.mapping.titles import titles_at
from data_loaders.problems import About, Problems
from data_loaders.reading import FIRST_ROWS
from data_loaders.sheets import Column, Sheet
from data_loaders.stadsmonitor.tables import Form, SheetTable
from data_loaders.workbook import Book
from portal.values import Prose, Share, Whole
from portal.words import fold

LONG = Sheet(
    "Stadsmonitor",
    (
        Column("nis", "nis", Prose(), required=False, means="Het nummer van de plaats bij de overheid."),
        Column("gemeente", "place", Prose(), required=False, means="De plaats waarvan de inwoners antwoordden."),
        Column("indicator", "indicator", Prose(), means="Welke vraag de inwoners kregen."),
        Column("jaar", "year", Whole(), means="Wanneer de inwoners bevraagd werden."),
        Column("waarde", "value", Share(whole=100), means="Welk deel van de inwoners gunstig antwoordde."),
        Column("n", "respondents", Whole(), required=False, means="Hoeveel inwoners antwoordden."),
    ),
    ("indicator", "place", "year"),
)
ASKED = replace(LONG, columns=tuple(replace(one, required=one.key != "year" and one.required) for one in LONG.columns))
"""The year may be said beside the file."""
NEEDED = ({"indicator"}, {"waarde"}, {"gemeente", "nis"})


class Mended(Book):
    """A file without the rows that a person left out, and with what they typed for a cell."""

    def __init__(self, book: Book, mapped: FileMap) -> None:
        self._book, self._mapped, self._left = book, mapped, mapped.left
        self.unread, self.text = book.unread, book.text

    @property
    def sheets(self) -> tuple[str, ...]:
        return self._book.sheets

    def rows(self, sheet: str) -> Iterator[Row]:
        for row in self._book.rows(sheet):
            if f"{sheet}!{row.number}" not in self._left:
                yield self._typed(sheet, row) if self._mapped.cells else row

    def _typed(self, sheet: str, row: Row) -> Row:
        said = {place: self._mapped.cells.get(f"{sheet}!{cell.address}") for place, cell in row.cells.items()}
        mended = {at: Cell(row.number, at, CellKind.TEXT, text) for at, text in said.items() if text is not None}
        return Row(row.number, {**row.cells, **mended})


def look_at(book: Book, asked: Asked) -> Looked:
    """What is likely what, where no layout is known; as a person said it, or said it of this shape before."""
    given = asked.mapped
    if given is not None and given.sheets:
        return look(book, [ASKED], completed(book, [ASKED], given, sure=False))
    found = recalled(book, asked.remembered) or propose(book, [ASKED], called=asked.stem)
    return look(book, [ASKED], found.model_copy(update={"text": given.text if given else None}))


def explained(book: Book, mapped: FileMap, problems: Problems) -> list[SheetTable]:
    """The sheets of which somebody said what their columns are, as our own long form."""
    mended = Mended(book, mapped)
    tables = [
        _table(mended, one) for one in mapped.sheets if fold(one.of) == fold(LONG.name) and one.sheet in book.sheets
    ]
    return [table for table in tables if not _lacks(table, problems)]


def _table(book: Book, one: SheetMap) -> SheetTable:
    titles = titles_at(list(islice(book.rows(one.sheet), FIRST_ROWS)), one.heading)
    said = {place: ASKED.called(one.columns.get(title, "")) for place, title in titles.items()}
    used = {place: column.heading for place, column in said.items() if column is not None}
    headings = {fold(heading): place for place, heading in used.items()}
    return SheetTable(book, one.sheet, one.heading, headings, used, one.sheet, Form.LONG)


def _lacks(table: SheetTable, problems: Problems) -> bool:
    lost = [names for names in NEEDED if not names & table.headings.keys()]
    for names in lost:
        told = " of ".join(f"“{name}”" for name in sorted(names))
        said = f"de kolom {told} ontbreekt; zeg welke kolom het is."
        problems.add(table.sheet, table.heading_cell(1), said, about=About.LACKING)
    return bool(lost)
