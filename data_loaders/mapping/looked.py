"""What a person has to see of a file to say what of it is what."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from data_loaders.cells import Row
from data_loaders.mapping.file_map import FileMap, SheetMap
from data_loaders.mapping.titles import titles_at
from data_loaders.mapping.words import proposed
from data_loaders.reading import FIRST_ROWS, meant_by, no_row
from data_loaders.sheets import NO_DATA_SHEETS, Column, Sheet, given, is_missing
from data_loaders.workbook import Book
from portal.values import Ref, Whole, Words, as_seen
from portal.words import fold

ABOVE, BELOW, SHOWN_CELLS, LONGEST_CELL, LONGEST_WORD = 3, 2, 3, 24, 8
LONGEST_SHOWN, LONGEST_SAMPLE, SAMPLED, MOST_WORDS = 60, 30, 3, 300
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A sheet of the file: how many rows stand below its headings, and its rows around them."""

    name: str
    rows: int
    preview: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A heading of the file, what it is in the portal ("": not used), and what stands below it."""

    sheet: str
    title: str
    heading: str
    sample: str


@dataclass(frozen=True, slots=True)
class WordSeen:
    """What stands so many `times` in a column, and what is `meant` by it, as somebody would type it ("": not known)."""

    sheet: str
    heading: str
    word: str
    times: int
    meant: str


@dataclass(frozen=True, slots=True)
class Need:
    """What the file does not say in so many rows (0: in none), and what is said for all of these ("": nothing yet)."""

    sheet: str
    heading: str
    rows: int
    said: str


@dataclass(frozen=True, slots=True)
class Looked:
    """`mapped`: with all that is proposed. `fields` and `choices`: by described sheet its headings, and what may be
    chosen in each that is a list. `text`: how a delimited text was taken apart, and whether that is sure."""

    mapped: FileMap
    sheets: tuple[SheetSeen, ...]
    columns: tuple[ColumnSeen, ...]
    words: tuple[WordSeen, ...]
    needs: tuple[Need, ...]
    fields: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, Mapping[str, Choices]]
    text: Mapping[str, str | bool] | None = None


def look(book: Book, sheets: Sequence[Sheet], mapped: FileMap) -> Looked:
    known = {fold(sheet.name): sheet for sheet in sheets}
    there = [name for name in book.sheets if fold(name) not in NO_DATA_SHEETS and any(book.rows(name))]
    maps = {one.sheet: one for one in mapped.sheets if one.sheet in there}
    of = {name: known.get(fold(maps[name].of)) for name in there if name in maps}
    looks = {name: _Look(book, name, maps.get(name), of.get(name)) for name in there}
    used = [one for one in looks.values() if one.sheet is not None]
    for one in used:
        one.read()
    return Looked(
        mapped=mapped.with_sheets([one.completed() for one in looks.values()]),
        sheets=tuple(one.seen() for one in looks.values()),
        columns=tuple(column for one in used for column in one.columns()),
        words=tuple(word for one in used for word in one.words()),
        needs=tuple(need for one in used for need in one.needs()),
        fields={sheet.name: tuple(one.heading for one in sheet.read) for sheet in sheets},
        choices={
            sheet.name: {one.heading: listed for one in sheet.read if (listed := choices_of(one))} for sheet in sheets
        },
        text=asdict(book.text) if book.text else None,
    )


def choices_of(column: Column) -> Choices:
    """What may be typed in a column that is a list, and what people call it."""
    if isinstance(column.kind, Words | Ref):
        return tuple((code, label) for code, label in column.kind.options)
    if isinstance(column.kind, Whole):
        return tuple((str(number), f"{number} ({word})") for word, number in column.kind.words)
    return ()


class _Look:
    """One sheet of the file; `sheet` is the described one that it is, if it is used."""

    def __init__(self, book: Book, name: str, mapped: SheetMap | None, sheet: Sheet | None) -> None:
        self.book, self.name, self.sheet = book, name, sheet
        self.first = list(islice(book.rows(name), FIRST_ROWS))
        self.mapped = mapped or SheetMap(sheet=name)
        if not self.mapped.heading:
            self.mapped = self.mapped.model_copy(update={"heading": self.first[0].number})
        self.titles = titles_at(self.first, self.mapped.heading)
        named = ((place, self._column(title)) for place, title in self.titles.items())
        self.named = {place: column for place, column in named if column is not None}
        self.placed = {place: column for place, column in self.named.items() if not column.info}
        self.filled = 0
        self.times: dict[Column, Counter[str]] = defaultdict(Counter)
        self.meant: dict[Column, dict[str, str]] = defaultdict(dict)
        self.empty: Counter[Column] = Counter()
        self.samples: dict[int, dict[str, None]] = defaultdict(dict)

    def _column(self, title: str) -> Column | None:
        return self.sheet.called(self.mapped.columns.get(title, "")) if self.sheet else None

    def read(self) -> None:
        last = self.mapped.heading
        for row in self.book.rows(self.name):
            below = row.number > self.mapped.heading and (not self.placed or row.cells.keys() & self.placed.keys())
            if below and not no_row(row, self.placed, last):
                last = row.number
                self._row(row)

    def _row(self, row: Row) -> None:
        self.filled += 1
        for place, cell in row.cells.items():
            if place in self.titles and len(self.samples[place]) < SAMPLED:
                self.samples[place][_short(as_seen(given(cell)), LONGEST_SAMPLE)] = None
        for place, column in self.placed.items():
            found = row.cells.get(place)
            if found is None or is_missing(found, column.missing):
                self.empty[column] += 1
            elif len(self.times[column]) < MOST_WORDS:
                self._word(column, found)

    def _word(self, column: Column, cell: Any) -> None:
        seen = as_seen(given(cell)).strip()
        if seen in self.meant[column]:
            self.times[column][seen] += 1
            return
        chosen = meant_by(self.mapped.words.get(column.heading, {}), cell)
        meant = proposed(column, cell) if chosen is None else chosen
        if meant is not None and len(seen) <= LONGEST_SHOWN * 2:
            self.meant[column][seen] = meant
            self.times[column][seen] += 1

    def seen(self) -> SheetSeen:
        at = next((place for place, row in enumerate(self.first) if row.number >= self.mapped.heading), 0)
        shown = self.first[max(0, at - ABOVE) : at + BELOW + 1]
        filled = sorted({*self.titles} or {place for row in shown for place in row.cells})
        places = filled[:SHOWN_CELLS]
        preview = tuple((row.number, tuple(_cell(row, place) for place in places)) for row in shown)
        return SheetSeen(self.name, self.filled or len(self.first), preview)

    def columns(self) -> Iterator[ColumnSeen]:
        for place, title in self.titles.items():
            column = self.placed.get(place)
            yield ColumnSeen(self.name, title, column.heading if column else "", ", ".join(self.samples[place]))

    def words(self) -> Iterator[WordSeen]:
        for column, times in self.times.items():
            for word, count in times.most_common():
                yield WordSeen(self.name, column.heading, word, count, self.meant[column][word])

    def needs(self) -> Iterator[Need]:
        there = {*self.placed.values()}
        for column in self.sheet.read if self.sheet else ():
            said = self.everywhere().get(column.heading, "")
            if column not in there and (self.asks(column) or said):
                yield Need(self.name, column.heading, self.filled, said)
            elif column in there and self.empty[column] and self.asks(column) and choices_of(column):
                yield Need(self.name, column.heading, self.empty[column], said)

    def asks(self, column: Column) -> bool:
        return column.asked or bool(self.sheet and self.sheet.cannot_do_without(column))

    def everywhere(self) -> dict[str, str]:
        """What holds in all rows that say nothing: as it was chosen, else what a new row begins with."""
        there = {*self.placed.values()}
        asked = [one for one in (self.sheet.read if self.sheet else ()) if one not in there and self.asks(one)]
        return {one.heading: one.start for one in asked if one.start} | self.mapped.everywhere

    def completed(self) -> SheetMap:
        if self.sheet is None:
            return SheetMap(sheet=self.name, heading=self.mapped.heading)
        named = {place: column.heading for place, column in self.named.items()}
        words = {
            column.heading: {word: meant for word, meant in found.items() if meant}
            for column, found in self.meant.items()
        }
        return self.mapped.model_copy(
            update={
                "columns": {title: named.get(place, "") for place, title in self.titles.items()},
                "words": {heading: told for heading, told in words.items() if told},
                "everywhere": {heading: said for heading, said in self.everywhere().items() if said},
            }
        )


def _short(text: str, most: int = LONGEST_SHOWN) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= most else f"{bare[: most - 1]}…"


def _cell(row: Row, place: int) -> str:
    """Three of these stand beside each other on a small card: no word is wider than its share."""
    if place not in row.cells:
        return ""
    words = _short(as_seen(given(row.cells[place])), LONGEST_CELL).split()
    return " ".join(_short(word, LONGEST_WORD) for word in words)


__all__ = ["ColumnSeen", "Looked", "Need", "SheetSeen", "WordSeen", "choices_of", "look"]
