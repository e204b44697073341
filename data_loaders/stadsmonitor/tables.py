"""What is known of the survey beforehand, and which tables stand on a sheet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.cells import Cell, Row, address
from data_loaders.sheets import given, is_missing
from data_loaders.workbook import Book
from portal.commands.files import Area
from portal.db.models import Indicator, Partner
from portal.permissions import Viewer
from portal.values import as_seen
from portal.values.synonyms import PARTNERS
from portal.words import fold

_QUOTED = re.compile(r"[\"“„]([^\"”“]+)[\"”“]")
FIRST_MUNICIPALITY, THOUSAND = 11_001, 1_000
PROVINCE_THAT_ENDS_OTHERWISE = range(20_000, 21_000)


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
class KnownPartner:
    id: int
    slug: str
    name: str
    nis: str | None


Place = KnownPartner | Area


class PlaceUnclear(ValueError):
    """The text is the Dutch sentence, without the cell."""


@dataclass(frozen=True, slots=True)
class Known:
    indicators: Mapping[str, KnownIndicator]
    by_nis: Mapping[str, KnownPartner]
    by_name: Mapping[str, KnownPartner]
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

    def place(self, name: str, nis: str) -> Place | None:
        """The partner, or an area larger than a municipality; None for any other place. Raises PlaceUnclear."""
        named = self._named(name)
        if not nis.isascii() or not nis.isdigit():
            return named or self._named(nis)
        partner = self.by_nis.get(nis.zfill(5)) or self.by_nis.get(nis)
        if named is not None and named is not partner and named.nis:
            raise PlaceUnclear(f"NIS-code {nis} hoort niet bij “{name}” ({named.nis}); verbeter de code of de naam.")
        if partner is not None:
            return partner
        return Area(nis, name or nis) if is_larger(int(nis)) else None

    def _named(self, written: str) -> KnownPartner | None:
        """Also with what stands before a name, or between brackets behind it: "Stad Wervik", "WERVIK (33029)"."""
        found = (self.by_name.get(tight(name)) for name in PARTNERS.names(written) if name)
        return next(filter(None, found), None)


def is_larger(nis: int) -> bool:
    """Whether a NIS code is of a region, a province or an arrondissement.

    >>> [is_larger(nis) for nis in (2000, 20001, 30000, 11001, 44021)]
    [True, True, True, False, False]
    """
    return nis < FIRST_MUNICIPALITY or nis % THOUSAND == 0 or nis in PROVINCE_THAT_ENDS_OTHERWISE


def tight(name: str) -> str:
    """A name without regard to case, accents, hyphens and spaces."""
    return fold(name).replace(" ", "")


def known_in(session: Session, viewer: Viewer) -> Known:
    indicators = [
        KnownIndicator(row.id, row.code, row.title, row.short, row.question)
        for row in session.scalars(select(Indicator).order_by(Indicator.position, Indicator.id))
    ]
    partners = [
        KnownPartner(row.id, row.slug, row.title, row.nis)
        for row in session.scalars(select(Partner).where(Partner.archived_at.is_(None)).order_by(Partner.id))
    ]
    return Known(
        {fold(text): one for one in indicators for text in (one.short, one.title, one.code)},
        {one.nis: one for one in partners if one.nis},
        {tight(text): one for one in partners for text in (one.slug, one.name)},
        [one.code for one in indicators],
    )


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
