"""Days: every spelling that has one meaning, within the years that the programme knows."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from rapidfuzz.distance import OSA

from portal import clock
from portal.text import MONTHS
from portal.values.given import Rough, Wrong, belgian_day, exact, quoted
from portal.values.kind import Kind

FIRST_YEAR, LAST_YEAR = 2015, 2040  # of the programme


def meant_year(typed: int, possible: range) -> int | None:
    """The year nearest to today that differs by one slip of the fingers: 2926 and 2206 -> 2026; None for none."""
    near = [year for year in possible if OSA.distance(f"{typed:04d}", str(year)) == 1]
    return min(near, key=lambda year: abs(year - clock.today().year), default=None)


DAY_ZERO_OF_EXCEL = date(1899, 12, 30)
NOT_SO = "geen datum; schrijf ze zoals 31/12/2026"
MAYBE_A_YEAR = range(1990, 2101)
_NUMBERED = re.compile(r"(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?'?(\d{2})", re.ASCII)
_FROM_YEAR = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})([t ]00:00(:00(\.0+)?)?)?", re.ASCII)
_NAMED = re.compile(r"([a-z]+dag )?(\d{1,2})(e|ste|de)? ?([a-z]+)\.? ?(\d{4})", re.ASCII)
_QUARTER = re.compile(
    r"(?:q|k|kw|kwartaal) ?([1-4])[ /-]*(\d{4})|([1-4])(?:e|ste|de)? ?(?:q|k|kw|kwartaal)[ /-]*(\d{4})", re.ASCII
)
_QUARTER_BEHIND = re.compile(r"(\d{4})[ /-]*(?:q|k|kw) ?([1-4])", re.ASCII)
_MONTH = re.compile(
    r"(?:(?:eind(?:e)?|begin) )?([a-z]+)[. ]{0,2}[-/']?(\d{4}|\d{2})|(\d{1,2})[/-](\d{4})|(\d{4})[/-](\d{1,2})",
    re.ASCII,
)
_YEAR = re.compile(r"(?:eind(?:e)? )?(\d{4})", re.ASCII)
_SHORT_MONTHS = {"mrt": 3, "sept": 9}


@dataclass(frozen=True)
class Day(Kind):
    """`past`: what happened, so no day to come. `begins`: where a month is given, its first day is meant."""

    name: ClassVar[str] = "day"
    past: bool = False
    first: int = FIRST_YEAR
    last: int = LAST_YEAR
    begins: bool = False

    def taken(self, given: Any) -> date:
        if isinstance(given, datetime):
            return given.date()
        if isinstance(given, date):
            return given
        if isinstance(given, str):
            return self._read(given)
        if isinstance(given, int | float | Decimal) and not isinstance(given, bool):
            return self._counted(given)
        raise Wrong(f"{quoted(given)} is {NOT_SO}.")

    def check(self, value: Any) -> date:
        """Raises Wrong with the day that was likely meant."""
        if self.past and value > clock.today():
            meant = self._with_other_year(value) if value.year > clock.today().year + 1 else ""
            ask = f"bedoelt u {meant}?" if meant else "vul in wanneer het gebeurde, of laat dit leeg."
            raise Wrong(f"{belgian_day(value)} ligt in de toekomst; {ask}", meant)
        if self.first <= value.year <= self.last:
            return date(value.year, value.month, value.day)
        serial = (value - DAY_ZERO_OF_EXCEL).days
        if serial in MAYBE_A_YEAR:
            raise Wrong(f"{belgian_day(value)} kan niet: is {serial} getypt in een datumcel? Schrijf dd/mm/jjjj.")
        meant = self._with_other_year(value)
        ask = f"bedoelt u {meant}?" if meant else "kijk het jaar na."
        raise Wrong(f"{belgian_day(value)} ligt niet tussen {self.first} en {self.last}; {ask}", meant)

    def _with_other_year(self, value: date) -> str:
        last = min(self.last, clock.today().year) if self.past else self.last
        year = meant_year(value.year, range(self.first, last + 1))
        if year is None or value.day > monthrange(year, value.month)[1]:
            return ""
        meant = value.replace(year=year)
        return "" if self.past and meant > clock.today() else belgian_day(meant)

    def _read(self, given: str) -> date:
        written = " ".join(given.split()).casefold()
        if found := _NUMBERED.fullmatch(written):
            return self._day(given, int(found[4]), int(found[3]), int(found[1]))
        if found := _FROM_YEAR.fullmatch(written):
            return self._day(given, int(found[1]), int(found[3]), int(found[4]))
        if (found := _NAMED.fullmatch(written)) and (month := _month(found[4])):
            return self._day(given, int(found[5]), month, int(found[2]))
        if found := _SHORT_YEAR.fullmatch(written):
            meant = self._day(given, 2000 + int(found[4]), int(found[3]), int(found[1]))
            ask = f"welk jaar? Schrijf {belgian_day(meant)} als u dat bedoelt."
            raise Rough(f"{quoted(given)} is niet duidelijk: {ask}", belgian_day(meant))
        raise self._no_day(given, written)

    def _day(self, given: str, year: int, month: int, day: int) -> date:
        try:
            return date(year, month, day)
        except ValueError:
            ask, meant = "; schrijf ze zoals 31/12/2026.", ""
        if month in range(1, 13) and day > 0 and year > 0:
            meant = belgian_day(_last_day(year, month))
            ask = f"; de laatste dag van die maand is {meant}."
        elif month in range(13, 32) and day in range(1, 13) and month <= monthrange(max(year, 1), day)[1]:
            meant = f"{month:02d}/{day:02d}/{year:04d}"
            ask = f"; bedoelt u {meant}?"
        raise Wrong(f"{quoted(given)} is een datum die niet bestaat{ask}", meant)

    def _counted(self, given: float | Decimal) -> date:
        """A number where a day is asked: a year, or a day of Excel that lost its format."""
        number = exact(given)
        whole = int(number) if number.is_finite() and number == number.to_integral() else 0
        if whole in MAYBE_A_YEAR:
            raise self._no_day(given, str(whole))
        meant = DAY_ZERO_OF_EXCEL + timedelta(min(max(whole, 0), 10**6))
        if self.first <= meant.year <= self.last:
            raise Wrong(f"{quoted(given)} is geen datum; bedoelt u {belgian_day(meant)}?", belgian_day(meant))
        raise Wrong(f"{quoted(given)} is {NOT_SO}.")

    def _no_day(self, given: object, written: str) -> Wrong:
        """Of a text that is no day; with the day to write, of a longer time."""
        period, days = _period(written)
        if days is None:
            return Wrong(f"{quoted(given)} is {NOT_SO}.")
        which, meant = ("eerste", belgian_day(days[0])) if self.begins else ("laatste", belgian_day(days[1]))
        return Rough(f"{quoted(given)} is geen dag; schrijf de {which} dag van {period}, {meant}.", meant)

    def kept(self, value: Any) -> date:
        return date.fromisoformat(str(value))

    def _typed(self, value: Any) -> str:
        return belgian_day(value)

    @property
    def explained(self) -> str:
        when = "een dag die geweest is" if self.past else "een datum"
        return f"{when}, zoals 31/12/2026"


def _month(name: str) -> int | None:
    if name in _SHORT_MONTHS:
        return _SHORT_MONTHS[name]
    short = 3
    return next((at for at, month in enumerate(MONTHS, 1) if name == month or name == month[:short]), None)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


Days = tuple[date, date]


def _months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), _last_day(year, last)


def _period(written: str) -> tuple[str, Days | None]:
    """What longer time a text names, and its first and last day."""
    if found := _QUARTER.fullmatch(written):
        quarter = int(found[1] or found[3])
        return "het kwartaal", _months(int(found[2] or found[4]), 3 * quarter - 2, 3 * quarter)
    if found := _QUARTER_BEHIND.fullmatch(written):
        return "het kwartaal", _months(int(found[1]), 3 * int(found[2]) - 2, 3 * int(found[2]))
    if found := _YEAR.fullmatch(written):
        year = int(found[1])
        return ("het jaar", _months(year, 1, 12)) if year in MAYBE_A_YEAR else ("", None)
    if found := _MONTH.fullmatch(written):
        month = _month(found[1]) if found[1] else int(found[3] or found[6])
        year = _whole_year(found[2] or found[4] or found[5])
        if month in range(1, 13) and year in MAYBE_A_YEAR:
            return "de maand", _months(year, month or 1, month or 1)
    return "", None


def _whole_year(written: str) -> int:
    """ "23" behind the name of a month is 2023: nothing of this programme is of another century."""
    return 2000 + int(written) if len(written) == 2 else int(written)  # noqa: PLR2004
