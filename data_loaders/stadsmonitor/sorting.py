"""Which points of a file the portal loads: place, indicator, year and value are sure, or somebody is told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from data_loaders.cells import Cell, CellKind, letters
from data_loaders.problems import Problems
from data_loaders.sheets import given
from data_loaders.stadsmonitor.places import KnownPartner, Place, PlaceUnclear
from data_loaders.stadsmonitor.points import Point
from data_loaders.stadsmonitor.tables import FIRST_YEAR, Known, KnownIndicator
from portal import clock
from portal.values import Kind, Share, Whole, Wrong, quoted

POINTS = Share(whole=100)
HUNDRED = 100


def percentages(cells: Sequence[Cell]) -> list[Decimal | Wrong]:
    """Cells that say themselves that they are percentages are taken at their word. Where the others are all 0 or 1
    nobody can tell, and each of them is wrong.
    """
    taken = [(_is_marked(cell), _attempt(cell)) for cell in cells]
    plain = [number for marked, number in taken if not marked and isinstance(number, Decimal)]
    to_one = bool(plain) and max(plain) <= 1 and min(plain) >= 0
    unclear = to_one and 1 in plain and set(plain) <= {0, 1}
    found: list[Decimal | Wrong] = []
    for cell, (marked, number) in zip(cells, taken, strict=True):
        if isinstance(number, Wrong):
            found.append(number)
        elif unclear and not marked:
            found.append(
                Wrong(f"{quoted(given(cell))} is niet duidelijk: 1 kan 1 % of 100 % zijn; schrijf er % achter.")
            )
        else:
            points = number * HUNDRED if to_one and not marked else number
            found.append(points if 0 <= points <= HUNDRED else _beyond(points))
    return found


def _is_marked(cell: Cell) -> bool:
    is_text = cell.kind is CellKind.TEXT and str(cell.value).rstrip().endswith("%")
    return is_text or cell.kind is CellKind.PERCENT


def _attempt(cell: Cell) -> Decimal | Wrong:
    if cell.kind is CellKind.UNREADABLE:
        return Wrong(f"{cell.value}.")
    try:
        return POINTS.number(given(cell))
    except Wrong as fault:
        return fault


def _beyond(points: Decimal) -> Wrong:
    try:
        POINTS.check(points)
    except Wrong as fault:
        return fault
    raise AssertionError(points)


NAMED = 10
RESPONDENTS = Whole(1)


@dataclass(frozen=True, slots=True)
class Found:
    """A point whose place, indicator, year and value are sure."""

    point: Point
    place: Place
    indicator: KnownIndicator
    year: int
    value: float
    respondents: int | None

    @property
    def key(self) -> tuple[str, str, int]:
        place = self.place.slug if isinstance(self.place, KnownPartner) else f"nis {self.place.code}"
        return self.indicator.code, place, self.year

    @property
    def where(self) -> tuple[str, str]:
        return self.point.sheet, self.point.value.address


@dataclass(slots=True)
class Sorter:
    """Sorts points into those to load, those that are no concern of the portal, and problems."""

    known: Known
    problems: Problems = field(default_factory=Problems)
    notices: list[str] = field(default_factory=list)
    elsewhere: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    unclear: set[tuple[str, str, str]] = field(default_factory=set)

    def found(self, points: Iterable[Point], *, own_form: bool) -> list[Found]:
        """One column's points: whether it counts to 1 or to 100 is decided here."""
        ours = [
            (point, place, one) for point in points if (sure := self._sure(point, own_form)) for place, one in [sure]
        ]
        cells = [point.value for point, _, _ in ours]
        taken = percentages(cells)
        self._tell_scale(cells, taken)
        made = []
        years = Whole(FIRST_YEAR, clock.today().year)
        for (point, place, indicator), value in zip(ours, taken, strict=True):
            year = self._number(point, point.year, years, "het jaar ontbreekt; vul het jaar van het veldwerk in.")
            asked = None if point.respondents is None else self._number(point, point.respondents, RESPONDENTS, "")
            if isinstance(value, Wrong):
                self.problems.add(point.sheet, point.value.address, str(value))
            elif year is not None:
                made.append(Found(point, place, indicator, year, float(value), asked))
        return made

    def _sure(self, point: Point, own_form: bool) -> tuple[Place, KnownIndicator] | None:
        if not point.place and not point.nis:
            self.problems.add(point.sheet, point.where, "er staat een waarde zonder gemeente; vul de gemeente in.")
            return None
        try:
            place = self.known.places.find(point.place, point.nis, point.level)
        except PlaceUnclear as fault:
            told = (point.sheet, point.where, str(fault))
            if told not in self.unclear:  # one cell names the place of several values
                self.unclear.add(told)
                self.problems.add(*told)
            return None
        if place is None:
            self.elsewhere[point.place or point.nis] += 1
            return None
        if point.indicator is None:
            self._report_unknown(point, own_form)
            return None
        return place, point.indicator

    def _report_unknown(self, point: Point, own_form: bool) -> None:
        """In our own forms a slip of the pen; an official file holds a hundred others."""
        self.unknown[point.called or point.sheet] += 1
        if own_form:
            message = f"“{point.called[:40]}” is geen indicator die het portaal kent; verbeter de code."
            self.problems.add(point.sheet, point.indicator_at, message)

    def _number(self, point: Point, cell: Cell | None, kind: Kind, when_missing: str) -> int | None:
        if cell is None:
            self.problems.add(point.sheet, point.value.address, when_missing)
            return None
        try:
            number: int = kind.read(given(cell))
        except Wrong as fault:
            self.problems.add(point.sheet, cell.address, str(fault))
            return None
        return number

    def _tell_scale(self, cells: Sequence[Cell], taken: Sequence[Decimal | Wrong]) -> None:
        points = [(cell, value) for cell, value in zip(cells, taken, strict=True) if isinstance(value, Decimal)]
        if not points:
            return
        raw = [Decimal(str(cell.value)) for cell, _ in points if cell.kind is CellKind.NUMBER]
        column = letters(points[0][0].column)
        if raw and max(raw) <= 1 < max(value for _, value in points):
            self.notices.append(f"Kolom {column}: gelezen als aandelen van 0 tot 1 (0,69 is 69 %).")
        low = [cell.address for cell, value in points if 0 < value < 1]
        if low:
            self.notices.append(f"Kleiner dan 1 %: {', '.join(low[:NAMED])}; kijk na of dat klopt.")
