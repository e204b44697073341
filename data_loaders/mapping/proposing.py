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

from data_loaders.cells import Row
from data_loaders.mapping.file_map import FileMap, SheetMap
from data_loaders.mapping.titles import looks_like_headings, titles_at
from data_loaders.reading import FIRST_ROWS, takes_words
from data_loaders.sheets import NO_DATA_SHEETS, Column, Sheet, given, is_missing
from data_loaders.workbook import Book
from portal.values import Day, Euro, Number, Whole, Wrong
from portal.words import fold

SURE, UNSURE, BY_VALUES = 1.0, 0.6, 0.4
MOST_HEADINGS, ENOUGH_ALIKE, SAMPLES, MOSTLY = 40, 88, 30, 0.7
NAMED, LIKE_IT = 4.0, 1.0  # the weight of a sheet's own name, and of a word of it
LEAST = 2.0
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[*:?€#]|\bnr\b|\beur(?:o)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A column of the file that may be a described one; `sure` by its heading."""

    place: int
    column: Column
    weight: float

    @property
    def sure(self) -> bool:
        return self.weight >= SURE


@cache
def synonyms() -> Mapping[tuple[str, str], frozenset[str]]:
    """By folded sheet ("": each) and heading of the portal: what people write over such a column."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    with (Path(__file__).parent / "headings.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened, delimiter=";"):
            found[fold(row["blad"]), fold(row["kolom"])] |= {fold(one) for one in row["koppen"].split(",")} - {""}
    return {key: frozenset(names) for key, names in found.items()}


def names_of(sheet: Sheet, column: Column) -> frozenset[str]:
    """What stands over this column, folded: its own headings, and what people write."""
    table, heading = synonyms(), fold(column.heading)
    own = table.get((fold(sheet.name), heading), frozenset())
    return frozenset(column.names()) | own | table.get(("", heading), frozenset())


class Named:
    """A described sheet by what stands over its columns."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.names = [(column, names_of(sheet, column)) for column in sheet.columns]
        self.own = {name: column for column in reversed(sheet.columns) for name in column.names()}
        self.known: dict[str, list[Column]] = defaultdict(list)
        for column, names in self.names:
            for name in names:
                self.known[name].append(column)

    def sure(self, title: str) -> Iterator[tuple[Column, float]]:
        """The columns that are called so, with how sure that is."""
        bare, key = fold(_ASIDE.sub(" ", title)), fold(title)
        for column in dict.fromkeys((*self.known.get(key, ()), *self.known.get(bare, ()))):
            yield column, SURE + (self.own.get(key) is column)

    def alike(self, title: str) -> Iterator[tuple[Column, float]]:
        """Those that are called nearly so."""
        if bare := fold(_ASIDE.sub(" ", title)):
            for column, names in self.names:
                if max((_likeness(bare, name) for name in names), default=0) >= ENOUGH_ALIKE:
                    yield column, UNSURE


def _likeness(one: str, other: str) -> float:
    """Of two headings: a slip of the pen, or the one with some words more."""
    shorter = min(one, other, key=len)
    subset = {*one.split()} <= {*other.split()} or {*other.split()} <= {*one.split()}
    return 90.0 if subset and len(shorter) > 3 else fuzz.ratio(one, other)  # noqa: PLR2004 - a word of three is many


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
        if takes_words(column) and not column.info and fits(column, values[place])
    ]
    return _chosen(may_be)


def _chosen(may_be: Sequence[Match]) -> list[Match]:
    """The surest first, then the first of the file."""
    chosen: dict[int, Match] = {}
    for one in sorted(may_be, key=lambda each: (-each.weight, each.place)):
        if one.place not in chosen and one.column not in {each.column for each in chosen.values()}:
            chosen[one.place] = one
    return list(chosen.values())


def fits(column: Column, cells: Sequence[object]) -> bool | None:
    """Whether most of these cells may stand in the column; None where any text may."""
    if not (takes_words(column) or isinstance(column.kind, Day | Euro | Number | Whole)):
        return None
    filled = [cell for cell in cells if not is_missing(cell, column.missing)]  # type: ignore[arg-type]
    read = sum(_reads(column, cell) for cell in filled)
    return bool(filled) and read >= MOSTLY * len(filled)


def _reads(column: Column, cell: object) -> bool:
    try:
        column.kind.read(given(cell))  # type: ignore[arg-type]
    except Wrong as fault:
        return bool(fault.meant)
    return True


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet of the file beside a described one, with the row of headings that fits best."""

    name: str
    sheet: Sheet
    heading: int
    titles: Mapping[int, str]
    matched: Sequence[Match]
    weight: float

    def as_map(self) -> SheetMap:
        named = {one.place: one.column.heading for one in self.matched}
        columns = {title: named.get(place, "") for place, title in self.titles.items() if place in named}
        return SheetMap(sheet=self.name, of=self.sheet.name, heading=self.heading, columns=columns)


def propose(book: Book, sheets: Sequence[Sheet], *, sure: bool = False, called: str = "") -> FileMap:
    """Each sheet of the file as the described one that it is most like; each described one once, unless several sheets
    have the same headings. `sure`: by names that are known only. `called`: the name of the file, which may say it."""
    named = [Named(sheet) for sheet in sheets]
    found = [one for name in book.sheets for one in _of_sheet(book, name, named, sure=sure, called=called)]
    chosen: dict[str, Found] = {}
    for one in sorted(found, key=lambda each: -each.weight):
        taken = {each.sheet.name: each for each in chosen.values()}
        same = taken.get(one.sheet.name)
        if one.name not in chosen and (same is None or {*same.titles.values()} == {*one.titles.values()}):
            chosen[one.name] = one
    return FileMap(sheets=[chosen[name].as_map() for name in book.sheets if name in chosen])


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
        if own or weight >= LEAST + (LIKE_IT if like else 0):
            yield Found(name, sheet, found.heading, found.titles, found.matched, weight)


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
