"""The rows of a file as the sheets that are described, by what of it is what."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from data_loaders.cells import Cell, CellKind, Row, address, letters
from data_loaders.mapping.file_map import FileMap, SheetMap
from data_loaders.mapping.titles import titles_at
from data_loaders.problems import About, Problems
from data_loaders.sheets import NO_DATA_SHEETS, Column, Sheet, SheetRow, given, is_missing, value_of
from data_loaders.workbook import Book
from portal.values import Code, Prose, Ref, Whole, Words, Wrong, YesNo, as_seen
from portal.words import fold

TOTALS = frozenset({"totaal", "totalen", "eindtotaal", "subtotaal", "som"})
MOST_TOLD, SHOWN, FIRST_ROWS = 12, 40, 60


@dataclass(slots=True)
class Overlooked:
    """What a file has beside what is read, and what it does not speak of: told once, and no problem."""

    others: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def notices(self) -> Iterator[str]:
        if self.others:
            yield f"Niet van het portaal en niet gelezen: {_some(self.others)}."
        if self.missing:
            yield f"Niet in het bestand en blijft zoals het is: {_some(self.missing)}."


def _some(told: Sequence[str]) -> str:
    return "; ".join(told[:MOST_TOLD]) + (f"; en nog {len(told) - MOST_TOLD}" if len(told) > MOST_TOLD else "")


def read_sheets(
    book: Book, sheets: Sequence[Sheet], mapped: FileMap, problems: Problems, notices: list[str]
) -> dict[str, list[SheetRow]]:
    """The rows of each described sheet that is there, by its name. Rows with a problem are left out, and all rows of a
    sheet that lacks a column they need; every problem is collected. What else there is, is told in a notice."""
    wanted, over = {sheet.name: sheet for sheet in sheets}, Overlooked()
    used = [one for one in mapped.sheets if one.sheet in book.sheets and one.of in wanted]
    read = {one.sheet for one in used}
    strange = [name for name in book.sheets if name not in read and fold(name) not in NO_DATA_SHEETS]
    strange = [name for name in strange if any(book.rows(name))]
    over.others += [f"blad “{name[:SHOWN]}”" for name in strange]
    over.missing += [f"blad {name}" for name in wanted if name not in {one.of for one in used}]
    if not used:
        expected = " of ".join(f"“{sheet.name}”" for sheet in sheets)
        problems.add(next(iter(strange), ""), "", f"geen enkel blad heet {expected}; geef het blad die naam.")
        return {}
    found: dict[str, list[SheetRow]] = defaultdict(list)
    for one in used:
        found[one.of] += SheetReader(book, wanted[one.of], one, mapped, problems, over).rows()
    for sheet in sheets:
        _refuse_twice(sheet, found.get(sheet.name, []), problems)
    notices.extend(over.notices())
    return dict(found)


def _refuse_twice(sheet: Sheet, rows: Sequence[SheetRow], problems: Problems) -> None:
    first_places: dict[tuple[Any, ...], SheetRow] = {}
    for row in rows:
        key = tuple(row.values.get(one) for one in sheet.key)
        if all(part is None for part in key):  # a row that has no key yet is like no other
            continue
        first, here = first_places.setdefault(key, row), row.at(sheet.key[0])
        if first is not row:
            place = first.at(sheet.key[0]) if first.sheet == row.sheet else f"{first.sheet}!{first.at(sheet.key[0])}"
            problems.add(row.sheet, here, f"deze rij staat ook in {place}; laat er één staan.")


@dataclass(slots=True)
class SheetReader:
    """One sheet of a file, read as the described sheet that it is."""

    book: Book
    sheet: Sheet
    mapped: SheetMap
    file: FileMap
    problems: Problems
    over: Overlooked
    columns: dict[int, Column] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.mapped.sheet

    def rows(self) -> list[SheetRow]:
        first = list(islice(self.book.rows(self.name), FIRST_ROWS))
        if not first:
            self.problems.add(self.name, "A1", "het blad is leeg; zet de kolomkoppen in rij 1.")
            return []
        titles = self.titles(first)
        if not self._placed(titles) or not self._said_everywhere():
            return []
        return list(self._read(titles))

    def titles(self, first: Sequence[Row]) -> dict[int, str]:
        """Those of the row of headings; it may stand below the first rows."""
        number = self.mapped.heading
        if first[-1].number < number:
            around = [row for row in self.book.rows(self.name) if number - 1 <= row.number <= number + 1]
            return titles_at(around, number)
        return titles_at(first, number)

    def _placed(self, titles: Mapping[int, str]) -> bool:
        """Where each column to read stands; False where one is missing that no row can do without."""
        strange = dict(titles)
        for place, title in titles.items():
            column = self.sheet.called(self.mapped.columns.get(title, ""))
            if column is None:
                continue
            del strange[place]
            twice = column in self.columns.values() and not isinstance(column.kind, Prose)
            if twice:
                self._twice(column, address(self.mapped.heading, place))
            elif not column.info:
                self.columns[place] = column
        for place, title in strange.items():
            again = self.sheet.called(title.removesuffix(" (2)"))
            if again in self.columns.values() and again is not None and title not in self.mapped.columns:
                self._twice(again, address(self.mapped.heading, place))
        whole = self._whole(strange)
        self.over.others += [
            f"{self.name}: kolom “{title[:SHOWN]}” ({letters(place)})" for place, title in strange.items()
        ]
        return whole

    def _twice(self, column: Column, cell: str) -> None:
        self.problems.add(self.name, cell, f"de kolom “{column.heading}” staat er twee keer; laat er één staan.")

    def _whole(self, strange: dict[int, str]) -> bool:
        there, whole = {*self.columns.values()}, True
        alone = {*strange} if len(strange) == 1 else set[int]()
        for place, column in enumerate(self.sheet.columns, start=1):
            said = self.mapped.everywhere.get(column.heading)
            if column in there or column.info or said is not None:
                continue
            if self.sheet.cannot_do_without(column):
                maybe = place if place in strange else next(iter(alone & strange.keys()), 0)
                self._lacks(column, maybe, strange.pop(maybe, ""))
                whole = False
            else:
                self.over.missing.append(f"{self.name}: kolom “{column.heading}”")
        return whole

    def _lacks(self, column: Column, maybe: int, title: str) -> None:
        """A strange heading where the column belongs, or the only one, may be it."""
        among = f" Kies uit: {column.kind.hinted}." if isinstance(column.kind, Words) else ""
        remedy = f"is het “{title[:SHOWN]}”, geef die kolom dan deze kop." if maybe else f"voeg ze toe.{among}"
        said = f"de kolom “{column.heading}” ontbreekt; {remedy}"
        cell = address(self.mapped.heading, maybe or 1)
        self.problems.add(self.name, cell, said, heading=column.heading, about=About.LACKING)

    def _said_everywhere(self) -> bool:
        """What holds in each row that says nothing itself, read as a cell would be."""
        for heading, typed in self.mapped.everywhere.items():
            column = self.sheet.called(heading)
            try:
                if column is not None:
                    self.constants[column.key] = column.kind.read(typed, required=column.required)
            except Wrong as fault:
                self.problems.add(self.name, "", f"{heading}: {fault}", heading=heading, about=About.LACKING)
        return len(self.constants) == len(self.mapped.everywhere)

    def _read(self, titles: Mapping[int, str]) -> Iterator[SheetRow]:
        beside, last, left = list[str](), self.mapped.heading, self.file.left
        for row in self.book.rows(self.name):
            if row.number <= self.mapped.heading:
                continue
            beside += [address(row.number, column) for column in row.cells.keys() - titles.keys()]
            if why := no_row(row, self.columns, last):
                self.over.others.append(f"{self.name}: rij {row.number} {why}")
                continue
            last = row.number
            if f"{self.name}!{row.number}" in left:
                self.over.others.append(f"{self.name}: rij {row.number}, weggelaten")
            elif (read := self._row(row)) is not None:
                yield read
        if beside:
            more = f" en nog {len(beside) - 1}" if len(beside) > 1 else ""
            self.over.others.append(f"{self.name}: naast de tabel, {beside[0]}{more}")

    def _row(self, row: Row) -> SheetRow | None:
        """None when nothing stands in the described columns, or when something in them is wrong."""
        if not row.cells.keys() & self.columns.keys():
            return None
        places = defaultdict[Column, list[int]](list)
        for place, column in self.columns.items():
            places[column].append(place)
        values, wrong = {key: self.constants[key] for key in self.sheet.key if key in self.constants}, False
        cells = {column.key: address(row.number, of[0]) for column, of in places.items()}
        typed = self._said_of_row(row)
        for column in (*places, *typed):
            of = places.get(column, [min(row.cells)])
            cells.setdefault(column.key, address(row.number, of[0]))
            try:
                if column in typed:
                    values[column.key] = column.kind.read(typed[column], required=column.required)
                else:
                    values[column.key] = (
                        self._value(row, of[0], column) if len(of) == 1 else self._joined(row, of, column)
                    )
            except Wrong as fault:
                about = About.WORD if takes_words(column) and row.cells.get(of[0]) else About.VALUE
                said = {"heading": column.heading, "meant": fault.meant}
                self.problems.add(self.name, address(row.number, of[0]), str(fault), about=about, **said)
                wrong = True
        if (code := self.file.same.get(f"{self.name}!{row.number}")) and "code" in self.sheet.key:
            values["code"] = code
        read = dict.fromkeys(self.sheet.key) | values
        empty = frozenset(column.key for column, of in places.items() if not any(self._stands(row, at) for at in of))
        return None if wrong else SheetRow(self.name, row.number, read, cells, self.constants, empty)

    def _stands(self, row: Row, place: int) -> bool:
        """Whether the cell says something, even if somebody typed that it is empty."""
        return place in row.cells or f"{self.name}!{address(row.number, place)}" in self.file.cells

    def _at(self, row: Row, column: Column) -> str:
        """How a person names a cell of a column that the file does not have: "Blad1!17 beëindigd op"."""
        return f"{self.name}!{row.number} {column.heading}"

    def _said_of_row(self, row: Row) -> dict[Column, str]:
        """What somebody typed for this row in columns that the file does not have."""
        there = {*self.columns.values()}
        lacking = (one for one in self.sheet.read if one not in there) if self.file.cells else ()
        return {one: self.file.cells[at] for one in lacking if (at := self._at(row, one)) in self.file.cells}

    def _joined(self, row: Row, places: Sequence[int], column: Column) -> Any:
        """Two columns of the file that are one."""
        parts = [self._value(row, place, replace(column, required=False)) for place in places]
        return column.kind.read(self.mapped.between.join(filter(None, parts)), required=column.required)

    def _value(self, row: Row, place: int, column: Column) -> Any:
        cell = row.cells.get(place)
        if (typed := self.file.cells.get(f"{self.name}!{address(row.number, place)}")) is not None:
            return column.kind.read(typed, required=column.required)
        if cell is None or is_missing(cell, column.missing):
            if column.key in self.constants:
                return self.constants[column.key]
            return value_of(None, column)
        if (words := self.mapped.words.get(column.heading)) and (meant := meant_by(words, cell)) is not None:
            return column.kind.read(meant, required=column.required)
        return value_of(cell, column)


def no_row(row: Row, columns: Mapping[int, Column], last: int) -> str:
    """Why a row is none, `last` being the row before it: a sum or a note below the table; "" for a row. Both lack what
    a row needs, or stand alone where a code would."""
    place = min(row.cells)
    first, alone = row.cells[place], len(row.cells) == 1
    lacks = any(column.required and at not in row.cells for at, column in columns.items())
    if first.kind is not CellKind.TEXT or not (lacks or alone):
        return ""
    words = fold(str(first.value)).split()
    if TOTALS & {*words[:1]}:
        return "met totalen"
    in_code = place in columns and isinstance(columns[place].kind, Code) and len(words) > 1
    note = alone and row.number > last + 1 and len(columns) > 1 and (lacks or in_code)
    return "met een nota" if note else ""


def meant_by(words: Mapping[str, str], cell: Cell) -> str | None:
    """What this cell means by the words that somebody explained; None for one of which nothing was said."""
    seen = as_seen(given(cell)).strip()
    if seen in words:
        return words[seen]
    key = fold(seen)
    return next((meant for word, meant in words.items() if key and fold(word) == key), None)


def takes_words(column: Column) -> bool:
    """Whether what stands in the column is one of few: a list, or numbers that have names."""
    return isinstance(column.kind, Words | Ref | YesNo) or (isinstance(column.kind, Whole) and bool(column.kind.words))
