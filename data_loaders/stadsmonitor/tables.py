"""What is known of the survey beforehand, and which tables stand on a sheet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.cells import Cell, CellKind, Row, address
from data_loaders.sheets import given
from data_loaders.stadsmonitor.places import KnownPartner, Places, tight
from data_loaders.workbook import Book
from portal.commands.files import Area
from portal.db.models import Indicator, Partner, ReferenceArea
from portal.permissions import Viewer
from portal.values import as_seen
from portal.words import fold

_QUOTED = re.compile(r"[\"“„]([^\"”“]+)[\"”“]")


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    id: int
    code: str
    title: str
    short: str
    question: str

    def means(self, item: str) -> bool:
        """Whether this item, of several under the indicator, is the one that the portal shows."""
        wanted = [fold(phrase) for phrase in _QUOTED.findall(self.question)]
        key = fold(item)
        return key in {fold(self.title), fold(self.short), fold(self.code)} or any(phrase in key for phrase in wanted)


@dataclass(frozen=True, slots=True)
class Known:
    indicators: Mapping[str, KnownIndicator]
    places: Places
    codes: Sequence[str]

    def indicator(self, text: str) -> KnownIndicator | None:
        """By code, title or short name; a code may be followed by words."""
        key = fold(text)
        return self.indicators.get(key) or self.indicator_in(text)

    def indicator_in(self, text: str) -> KnownIndicator | None:
        """The one indicator whose code or title stands somewhere in a text; None for none or several."""
        key = f" {fold(text)} "
        found = {
            one.code: one
            for one in self.indicators.values()
            if f" {fold(one.code)} " in key or f" {fold(one.title)} " in key
        }
        return next(iter(found.values())) if len(found) == 1 else None


def known_in(session: Session, viewer: Viewer) -> Known:
    indicators = [
        KnownIndicator(row.id, row.code, row.title, row.short, row.question)
        for row in session.scalars(select(Indicator).order_by(Indicator.position, Indicator.id))
    ]
    return Known(
        {fold(text): one for one in indicators for text in (one.short, one.title, one.code)},
        _places_in(session),
        [one.code for one in indicators],
    )


def _places_in(session: Session) -> Places:
    partners = [
        (KnownPartner(row.id, row.slug, row.title, row.nis), row.archived_at is None)
        for row in session.scalars(select(Partner).order_by(Partner.id))
    ]
    ours = [one for one, active in partners if active]
    areas = [Area(row.code, row.title) for row in session.scalars(select(ReferenceArea).order_by(ReferenceArea.id))]
    return Places(
        {one.nis: one for one in ours if one.nis},
        {tight(text): one for one in ours for text in (one.slug, one.name)},
        {int(one.code): one for one in areas if one.code.isdecimal()},
        {*(tight(one.name) for one, active in partners if not active), *(tight(one.title) for one in areas)},
    )


SEARCHED_ROWS = 40
NOTHING = frozenset(
    {
        *("", "-", "–", "—", "−", "x", "*", "**", ":", "/", "nb", "nvt", "na", "n/a", "nan", "#n/a", "#n/b"),
        *("nietbeschikbaar", "nietvantoepassing", "geengegevens"),
    }
)
_IN_ABBREVIATIONS = re.compile(r"[\s.…]")
FIRST_YEAR, LAST_YEAR = 2000, 2100

_GEO_ITEM, _GEO_LEVEL = ("geoitem", "geo item"), ("geolevel", "geo level", "geoniveau", "geo niveau", "gebiedsniveau")
_NAMES, _CODES = ("naam", " naam", "name", " name", ""), ("code", " code", "")
GEO_ITEM = tuple(geo + end for end in _NAMES for geo in _GEO_ITEM)
LEVEL = tuple(geo + end for end in (*_NAMES, *_CODES[:-1]) for geo in _GEO_LEVEL)
NAME = ("gemeente", "gemeentenaam", "gemeenten", "naam", "gebied", "gebiedsnaam", "plaats", "stad", "nis of naam")
PLACE = (*NAME, *GEO_ITEM)
GEO_CODE = tuple(geo + end for end in _CODES for geo in _GEO_ITEM)
NIS = ("nis", "nis code", "niscode", "gebiedscode", *GEO_CODE)
INDICATOR = ("indicator", "indicatorcode", "code indicator")
ITEM = ("item", "stelling", "type")
YEAR = ("jaar", "jaar van het veldwerk", "year", "periode", "period")
VALUE = ("waarde", "percentage", "value")
RESPONDENTS = ("n", "respondenten", "aantal respondenten", "aantal antwoorden")
POSITIVE = ("eens", "tevreden", "veel", "ja")
BESIDE = ("eenheid", "unit", "bron", "source")


class Form(StrEnum):
    """What a table looks like; the layout also depends on the other sheets."""

    EXTRACT = "extract"
    REGISTER = "register"
    LONG = "lang"
    WIDE = "breed"
    VIEWER = "viewer"
    GEO = "geo"


@dataclass(frozen=True, slots=True)
class SheetTable:
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

    def texts(self, row: Row, names: Sequence[str]) -> str:
        """What stands in all columns of these names."""
        return " ".join(filter(None, (written(row, self.headings[name]) for name in names if name in self.headings)))

    def others(self, *known: Sequence[str]) -> list[int]:
        """The columns whose heading is none of these."""
        taken = {name for names in (PLACE, NIS, *known) for name in names}
        return [column for heading, column in self.headings.items() if heading not in taken]


def table_on(book: Book, sheet: str, known: Known) -> SheetTable | None:
    """The first row that reads as the headings of a known layout, with what stands below it."""
    above: list[str] = [sheet]
    for row in islice(book.rows(sheet), SEARCHED_ROWS):
        titles = {column: as_seen(given(cell)).strip() for column, cell in row.cells.items()}
        if (form := form_of([fold(title) for title in titles.values()], known)) is not None:
            headings: dict[str, int] = {}
            for column, title in titles.items():
                headings.setdefault(fold(title), column)
            return SheetTable(book, sheet, row.number, headings, titles, " ; ".join(above), form)
        above.extend(titles.values())
    return None


def heads_on(book: Book, sheet: str) -> list[str]:
    """What may be the headings of a sheet that has none we know: the row at its top with most texts."""
    rows = (
        [text for cell in row.cells.values() if any(map(str.isalpha, text := as_seen(given(cell)).strip()))]
        for row in islice(book.rows(sheet), SEARCHED_ROWS)
    )
    return max(rows, key=len, default=[])


def form_of(headings: Sequence[str], known: Known) -> Form | None:
    there = set(headings)
    has = {names: bool(there & set(names)) for names in (PLACE, NIS, LEVEL, INDICATOR, YEAR, VALUE)}
    if not (has[PLACE] or has[NIS]):
        return None
    years = any(is_year(heading) for heading in headings)
    if has[LEVEL] or there & {*GEO_ITEM, *GEO_CODE}:
        return Form.VIEWER if years and not (has[YEAR] or has[INDICATOR]) else Form.GEO
    if has[INDICATOR] and has[YEAR]:
        if "type" in there:
            return Form.REGISTER
        return Form.LONG if has[VALUE] else Form.EXTRACT
    if years:
        return Form.VIEWER
    return Form.WIDE if any(heading in known.indicators for heading in headings) else None


def is_year(heading: str) -> bool:
    return heading.isdigit() and FIRST_YEAR <= int(heading) < LAST_YEAR


def filled(row: Row, column: int | None) -> Cell | None:
    """The cell, unless it is empty or says that there is nothing."""
    cell = None if column is None else row.cells.get(column)
    return None if cell is None or says_nothing(cell) else cell


def says_nothing(cell: Cell) -> bool:
    """Empty, or a sign or word by which statisticians say that there is no figure: "n.b.", "..", "*".

    >>> [says_nothing(Cell(1, 1, CellKind.TEXT, text)) for text in (" N.B. ", "…", "0", "60")]
    [True, True, False, False]
    """
    said = _IN_ABBREVIATIONS.sub("", str(cell.value).casefold())
    return cell.kind is CellKind.TEXT and said in NOTHING


def written(row: Row, column: int | None) -> str:
    cell = filled(row, column)
    return "" if cell is None else as_seen(given(cell)).strip()
