"""What of a file is likely what: its sheets, the rows of headings, its columns. A proposal, never the last word."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from rapidfuzz import fuzz

from data_loaders.cells import Cell, CellKind, Row
from data_loaders.mapping.file_map import FileMap, SheetMap
from data_loaders.mapping.titles import looks_like_headings, titles_at
from data_loaders.reading import FIRST_ROWS, takes_words
from data_loaders.sheets import EXPLANATION, NO_DATA_SHEETS, VERSION, Column, Sheet, given, is_missing
from data_loaders.workbook import Book
from portal.values import Code, Day, Euro, Number, Whole, Wrong
from portal.words import fold

SURE, UNSURE, BY_WORD, BY_VALUES, MORE = 1.0, 0.7, 0.5, 0.4, 0.05
MOST_HEADINGS, ENOUGH_ALIKE, SAMPLES, MOSTLY = 40, 88, 30, 0.7
NAMED, LIKE_IT = 4.0, 1.0  # the weight of a sheet's own name, and of a word of it
LEAST, LACKING = 2.0, 0.5
OF_A_PAGE = frozenset({"bron", "filters"})
_HUMPS = re.compile("(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"\([^)]*\)|\b(?:19|20)\d\d\b|\[[^\]]*\]|[*:?€#]|\bnr\b|\beur(?:o)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A column of the file that may be a described one; `sure` by its heading."""

    place: int
    column: Column
    weight: float

    @property
    def sure(self) -> bool:
        return self.weight >= SURE


Synonyms = Mapping[tuple[str, str], frozenset[str]]


@cache
def synonyms(told: str) -> Synonyms:
    """By folded sheet ("": each) and heading of the portal, as `headings.csv` has it: `koppen`, what people write over
    such a column, and `woorden`, what stands in their own names for it."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    with (Path(__file__).parent / "headings.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened, delimiter=";"):
            found[fold(row["blad"]), fold(row["kolom"])] |= {fold(one) for one in row[told].split(",")} - {""}
    return {key: frozenset(names) for key, names in found.items()}


def _of(table: Synonyms, sheet: Sheet, column: Column) -> frozenset[str]:
    heading = fold(column.heading)
    return table.get((fold(sheet.name), heading), frozenset()) | table.get(("", heading), frozenset())


def names_of(sheet: Sheet, column: Column) -> frozenset[str]:
    """What stands over this column, folded: its own headings, and what people write."""
    return frozenset(column.names()) | _of(synonyms("koppen"), sheet, column)


def spelled(title: str) -> str:
    """Folded, without what is said aside; words that are written as one are parted: "faseStartDatum (nr)"."""
    return fold(_ASIDE.sub(" ", _HUMPS.sub(" ", title)))


class Named:
    """A described sheet by what stands over its columns."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.names = [(column, names_of(sheet, column)) for column in sheet.columns if column.key != "code"]
        self.words = [(column, _of(synonyms("woorden"), sheet, column)) for column in sheet.columns]
        self.own = {name: column for column in reversed(sheet.columns) for name in column.names()}
        self.known: dict[str, list[Column]] = defaultdict(list)
        for column in sheet.columns:
            for name in names_of(sheet, column):
                self.known[name].append(column)

    def sure(self, title: str) -> Iterator[tuple[Column, float]]:
        """The columns that are called so, with how sure that is."""
        bare, key = spelled(title), fold(title)
        for column in dict.fromkeys((*self.known.get(key, ()), *self.known.get(bare, ()))):
            yield column, SURE + (self.own.get(key) is column)

    def alike(self, title: str) -> Iterator[tuple[Column, float]]:
        """Those that are called nearly so, then those of which a word stands in it; a title by what is left."""
        if not (bare := spelled(title)):
            return
        for column, names in self.names:
            if max((_likeness(bare, name) for name in names), default=0) >= ENOUGH_ALIKE:
                yield column, UNSURE
        for column, words in self.words:
            is_day = isinstance(column.kind, Day)
            if any(_stands_in(word, bare) for word in words) and (is_day or "datum" not in bare):
                yield column, BY_WORD + (MORE if is_day else -MORE if column.key == "title" else 0)


def _stands_in(word: str, text: str) -> bool:
    """A long word also stands within another, a shorter one at its end, where Dutch says what it is: "subsidiejaar"."""
    if len(word) >= 5:  # noqa: PLR2004 - "start", "status"
        return word in text
    return any(one == word or (len(word) == 4 and one.endswith(word)) for one in text.split())  # noqa: PLR2004


def _likeness(one: str, other: str) -> float:
    """Of two headings: a slip of the pen, or the one with a word more."""
    few, many = sorted(({*one.split()}, {*other.split()}), key=len)
    return 90.0 if len(few) > 1 and few <= many else fuzz.ratio(one, other)


def surely(named: Named, titles: Mapping[int, str]) -> list[Match]:
    """Each column of the file with at most one described one, and each described one once, by their names alone."""
    return _chosen([Match(place, *one) for place, title in titles.items() for one in named.sure(title)])


def likely(named: Named, titles: Mapping[int, str], rows: Sequence[Row]) -> list[Match]:
    """Also by a name that is nearly theirs, and by what stands below it."""
    may_be = surely(named, titles)
    left = {place: title for place, title in titles.items() if place not in {one.place for one in may_be}}
    values = {place: [row.cells[place] for row in rows if place in row.cells][:SAMPLES] for place in left}
    near = [Match(place, *one) for place, title in left.items() for one in named.alike(title)]
    may_be += [one for one in near if fits(one.column, values[one.place]) is not False]
    told = {one.place for one in may_be}
    may_be += [
        Match(place, column, BY_VALUES)
        for place in left
        if place not in told
        for column in named.sheet.columns
        if takes_words(column) and not column.info and are_words(values[place]) and fits(column, values[place])
    ]
    return _chosen(may_be)


def _chosen(may_be: Sequence[Match]) -> list[Match]:
    """The surest first, then the first of the file."""
    chosen: dict[int, Match] = {}
    for one in sorted(may_be, key=lambda each: (-each.weight, each.place)):
        if one.place not in chosen and one.column not in {each.column for each in chosen.values()}:
            chosen[one.place] = one
    seen = any(one.column.key == VERSION.key for one in chosen.values())
    return [one for one in chosen.values() if seen or not _is_number_of_row(one.column)]


def _is_number_of_row(column: Column) -> bool:
    """The portal's own number of a row is meant only beside the version that was seen: everybody's list has a "Nr"."""
    return column.key == "code" and not isinstance(column.kind, Code)


def are_words(cells: Sequence[Cell]) -> bool:
    """Whether these say something: a running number is a number of many lists."""
    return bool(cells) and all(cell.kind is CellKind.TEXT and not str(cell.value).strip().isdigit() for cell in cells)


def fits(column: Column, cells: Sequence[Cell]) -> bool | None:
    """Whether most of these cells may stand in the column; None where any text may, or none stands there."""
    if not (takes_words(column) or isinstance(column.kind, Day | Euro | Number | Whole)):
        return None
    filled = [cell for cell in cells if not is_missing(cell, column.missing)]
    read = sum(_reads(column, cell) for cell in filled)
    return read >= MOSTLY * len(filled) if filled else None


def _reads(column: Column, cell: Cell) -> bool:
    try:
        column.kind.read(given(cell))
    except Wrong as fault:
        return bool(fault.meant)
    return True


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet of the file beside a described one, with the row of headings that fits best. `likely`: it is no guess."""

    name: str
    sheet: Sheet
    heading: int
    titles: Mapping[int, str]
    matched: Sequence[Match]
    weight: float
    likely: bool = True

    @property
    def fit(self) -> float:
        """What speaks for it, less what a row would still have to say."""
        there = {one.column for one in self.matched}
        asked = [one for one in self.sheet.read if self.sheet.cannot_do_without(one) and not one.start]
        return self.weight - LACKING * sum(one not in there for one in asked)

    def as_map(self) -> SheetMap:
        named = {one.place: one.column.heading for one in self.matched}
        columns = {title: named.get(place, "") for place, title in self.titles.items() if place in named}
        return SheetMap(sheet=self.name, of=self.sheet.name, heading=self.heading, columns=columns)


def propose(book: Book, sheets: Sequence[Sheet], *, sure: bool = False, called: str = "") -> FileMap:
    """Each sheet of the file as the described one that it is most like; each described one once, unless several sheets
    have the same headings. `sure`: by names that are known only. `called`: the name of the file, which may say it."""
    if is_download_of_page(book) and not sure:
        return FileMap()  # it is not for bringing back: nothing of it is proposed, a person may still choose
    named = [Named(sheet) for sheet in sheets]
    maybe = [one for name in book.sheets for one in _of_sheet(book, name, named, sure=sure, called=called)]
    found = [one for one in maybe if one.likely]
    if not found and maybe and not sure:
        found = [max(maybe, key=lambda each: each.fit)]  # for a person to begin with
    chosen: dict[str, Found] = {}
    for one in sorted(found, key=lambda each: -each.fit):
        taken = {each.sheet.name: each for each in chosen.values()}
        same = taken.get(one.sheet.name)
        if one.name not in chosen and (same is None or {*same.titles.values()} == {*one.titles.values()}):
            chosen[one.name] = one
    return FileMap(sheets=[chosen[name].as_map() for name in book.sheets if name in chosen])


def is_download_of_page(book: Book) -> bool:
    """Its first sheet says of which source it is, and by which filters."""
    told = next((name for name in book.sheets if fold(name) == fold(EXPLANATION)), None)
    rows = islice(book.rows(told), MOST_HEADINGS) if told else ()
    return {fold(str(row.cells[1].value)) for row in rows if 1 in row.cells} >= OF_A_PAGE


def completed(book: Book, sheets: Sequence[Sheet], mapped: FileMap, *, sure: bool) -> FileMap:
    """With the row and the columns of each sheet of which somebody said only what it is."""
    known = {fold(sheet.name): sheet for sheet in sheets}
    return mapped.with_sheets(_found_in(book, one, known.get(fold(one.of)), sure=sure) for one in mapped.sheets)


def _found_in(book: Book, one: SheetMap, sheet: Sheet | None, *, sure: bool) -> SheetMap:
    if sheet is None or one.sheet not in book.sheets or (one.heading and one.columns):
        return one
    named, rows = Named(sheet), list(islice(book.rows(one.sheet), FIRST_ROWS))
    if not rows:
        return one
    number = one.heading or best_heading(one.sheet, named, rows, sure=sure).heading
    titles, below = titles_at(rows, number), [row for row in rows if row.number > number]
    matched = surely(named, titles) if sure else likely(named, titles, below)
    columns = one.columns or {titles[match.place]: match.column.heading for match in matched}
    return one.model_copy(update={"heading": number, "columns": columns})


def weigh(book: Book, sheets: Sequence[Sheet]) -> float:
    """How much of the file reads like these sheets, by names that are known: of each sheet of the file the most."""
    named = [Named(sheet) for sheet in sheets]
    rows = {name: list(islice(book.rows(name), FIRST_ROWS)) for name in book.sheets if fold(name) not in NO_DATA_SHEETS}
    return sum(
        max((best_heading(name, one, first, sure=True).weight for one in named), default=0.0)
        for name, first in rows.items()
        if first
    )


def _of_sheet(book: Book, name: str, sheets: Sequence[Named], *, sure: bool, called: str) -> Iterator[Found]:
    if fold(name) in NO_DATA_SHEETS:
        return
    rows = list(islice(book.rows(name), FIRST_ROWS))
    for named in sheets:
        sheet = named.sheet
        own = fold(name) == fold(sheet.name)
        found = best_heading(name, named, rows, sure=sure) if rows else Found(name, sheet, 1, {}, (), 0)
        like = _says(sheet, name) or _says(sheet, called)
        weight = found.weight + (NAMED if own else LIKE_IT if like else 0)
        if own or rows:
            enough = own or found.weight >= LEAST
            yield Found(name, sheet, found.heading, found.titles, found.matched, weight, enough)


def _says(sheet: Sheet, name: str) -> bool:
    """ "Lijst projecten 2026" says Projecten."""
    stem = fold(sheet.name)[: max(4, len(sheet.name) - 3)]
    return stem in fold(name)


def best_heading(name: str, named: Named, rows: Sequence[Row], *, sure: bool) -> Found:
    """The row that reads most like the headings of the sheet, by names that are known; the first with several texts
    where none does."""
    best = Found(name, named.sheet, _first_filled(rows), {}, (), 0)
    for place, row in enumerate(rows[:MOST_HEADINGS]):
        titles = titles_at(rows[: place + 2], row.number)
        found = surely(named, titles)
        weight = sum(one.weight for one in found) - (0 if looks_like_headings(row) else UNSURE)
        if weight > best.weight:
            best = Found(name, named.sheet, row.number, titles, found, weight)
    over = best.titles or titles_at(rows, best.heading)
    if sure:
        return Found(name, named.sheet, best.heading, over, best.matched, best.weight)
    found = likely(named, over, [row for row in rows if row.number > best.heading])
    return Found(name, named.sheet, best.heading, over, found, sum(one.weight for one in found))


def _first_filled(rows: Sequence[Row]) -> int:
    several = (row.number for row in rows if len(row.cells) > 1 and looks_like_headings(row))
    return next(several, rows[0].number)
