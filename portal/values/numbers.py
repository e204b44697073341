"""Numbers as Belgians and bookkeepers write them: never guessed, and never beyond what a person would call absurd."""

import re
from abc import abstractmethod
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from portal import text
from portal.values.days import FIRST_YEAR, LAST_YEAR, meant_year
from portal.values.given import HUNDRED, Percent, Wrong, exact, plain, quoted
from portal.values.kind import Kind
from portal.words import fold

CENT = Decimal("0.01")
MOST_EURO, MOST_NUMBER, MOST_WHOLE = Decimal(100_000_000), Decimal(1_000_000_000), 999_999_999
A_YEAR = range(1900, 2200)
_SPACES = " \u00a0\u202f\u2009"
_MAYBE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_GROUPED = re.compile(
    rf"[+-]?[1-9]\d{{0,2}}((\.\d{{3}})+(,\d+)|(\.\d{{3}}){{2,}}|([{_SPACES}]\d{{3}})+(,\d+)?)", re.ASCII
)
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)
_CURRENCY = re.compile(rf"(?i)(€|\beur(o)?(?![a-z]))[{_SPACES}]*|[{_SPACES}]*(€|(?<=[\d{_SPACES},-])eur(o)?\b)")
_NO_CENTS = re.compile(r",(-{1,2}|–|—|=)$")


class Unclear(ValueError):
    """A number that may be two."""


def number_in(written: str) -> Decimal | None:
    """The number a Belgian wrote; None when it is none. Raises Unclear at '1.234'."""
    bare = written.strip().replace("−", "-")
    if len(bare) > 40:  # noqa: PLR2004 - longer than any number a person types
        return None
    if _MAYBE_THOUSANDS.fullmatch(bare):
        raise Unclear(bare)
    if _GROUPED.fullmatch(bare):
        bare = re.sub(rf"[.{_SPACES}]", "", bare)
    elif not _PLAIN.fullmatch(bare):
        return None
    return Decimal(bare.replace(",", "."))


def amount_in(written: str) -> Decimal | None:
    """As `number_in`, with what bookkeepers add: € 3.500,-  (1.200,00)  1.234,50-  EUR."""
    bare = _CURRENCY.sub("", written).strip().replace("−", "-")
    sign = 1
    if bare.startswith("(") and bare.endswith(")"):
        bare, sign = _CURRENCY.sub("", bare[1:-1]).strip(), -1
    if whole := _NO_CENTS.search(bare):
        bare = bare[: whole.start()] + ",00"
    elif bare.endswith("-"):
        bare, sign = bare[:-1].rstrip(), -sign
    found = number_in(re.sub(rf"^([+-])[{_SPACES}]+", r"\1", bare))
    return None if found is None or (sign < 0 and found < 0) else found * sign


@dataclass(frozen=True)
class _Exact(Kind):
    """A number of two decimals between `least` and `most`."""

    least: Decimal | int | None = None
    most: Decimal | int = MOST_NUMBER

    def taken(self, given: Any) -> Any:
        return self.to_cents(given)

    def check(self, value: Any) -> Any:
        if self.least is None and abs(value) > self.most:
            raise Wrong(f"{self.said(value)} is te groot: ten hoogste {self.said(self.most)}.")
        if not (self.least is None or self.least <= value <= self.most):
            raise Wrong(self._outside(value))
        return value

    def _outside(self, value: Any) -> str:
        least, most = self.said(self.least), self.said(self.most)
        if self.most == MOST_WHOLE:  # nobody means that bound
            return f"{self.said(value)} is te klein; het is minstens {least}."
        return f"{self.said(value)} ligt niet tussen {least} en {most}."

    def to_cents(self, given: object) -> Decimal:
        """Raises Wrong for what has more than two decimals."""
        number = self.number(given)
        if number != number.quantize(CENT):
            rounded = plain(number.quantize(CENT, ROUND_HALF_UP))
            raise Wrong(f"{quoted(given)} heeft meer dan twee decimalen; rond af: {rounded}.", rounded)
        return number.quantize(CENT)

    def number(self, given: object) -> Decimal:
        """Raises Wrong for what is no number, or not certainly one."""
        try:
            found = self.parsed(given) if isinstance(given, str) else self.of_cell(given)
        except Unclear as unclear:
            raise Wrong(f"{quoted(given)} is niet duidelijk; schrijf {self.readings(str(unclear))}.") from None
        if found is None or not found.is_finite() or abs(found) >= Decimal(10) ** 20:
            raise Wrong(f"{quoted(given)} is {self.not_so}.")
        return found

    def of_cell(self, given: object) -> Decimal | None:
        is_number = isinstance(given, int | float | Decimal) and not isinstance(given, bool)
        return exact(given) if is_number else None  # type: ignore[arg-type]

    def parsed(self, written: str) -> Decimal | None:
        return number_in(written)

    def readings(self, unclear: str) -> str:
        """Both readings, so that a person chooses."""
        return f"{unclear.replace('.', '')} of {plain(Decimal(unclear).quantize(CENT, ROUND_HALF_UP))}"

    def kept(self, value: Any) -> Any:
        return Decimal(str(value))

    @property
    @abstractmethod
    def not_so(self) -> str:
        """What follows after “x” is."""

    def _typed(self, value: Any) -> str | int:
        return plain(value)


@dataclass(frozen=True)
class Number(_Exact):
    """A number with at most two decimals."""

    name: ClassVar[str] = "number"
    not_so = "geen getal; schrijf het zoals 1234,5"
    explained = "een getal, zoals 1234,5; nooit 1.234"


@dataclass(frozen=True)
class Euro(_Exact):
    """An amount of money, exact to the cent."""

    name: ClassVar[str] = "euro"
    most: Decimal | int = MOST_EURO
    not_so = "geen bedrag; schrijf het zoals 1234,50"
    explained = "een bedrag in euro, zoals 1234,50; nooit 1.234"

    def parsed(self, written: str) -> Decimal | None:
        return amount_in(written)

    def _typed(self, value: Any) -> str:
        return f"{exact(value):.2f}".replace(".", ",")

    def _said(self, value: Any) -> str:
        return text.euro(exact(value))


@dataclass(frozen=True)
class Share(_Exact):
    """A part of `whole`, given and shown as a percentage."""

    name: ClassVar[str] = "share"
    whole: int = 1
    not_so = "geen percentage; schrijf het zoals 69,5 %"
    explained = "een percentage van 0 tot 100: 69,5 % of 69,5"

    def taken(self, given: Any) -> Decimal:
        points = self.to_cents(given)
        marked = isinstance(given, Percent) or (isinstance(given, str) and given.rstrip().endswith("%"))
        if not marked and 0 < points <= 1:
            raise Wrong(f"{quoted(given)} is niet duidelijk; schrijf {plain(points)} % of {plain(points * HUNDRED)} %.")
        return points * self.whole / HUNDRED

    def check(self, value: Any) -> Any:
        if not 0 <= value <= self.whole:
            raise Wrong(f"{self.said(value)} is geen percentage tussen 0 en 100.")
        return value

    def of_cell(self, given: object) -> Decimal | None:
        return given.points if isinstance(given, Percent) else super().of_cell(given)

    def parsed(self, written: str) -> Decimal | None:
        return number_in(written.rstrip().removesuffix("%"))

    def readings(self, unclear: str) -> str:
        return f"{plain(Decimal(unclear).quantize(CENT, ROUND_HALF_UP))} %"

    def _said(self, value: Any) -> str:
        return f"{plain(exact(value) * HUNDRED / self.whole)}\u00a0%"

    def _typed(self, value: Any) -> str:
        """Up to one with its sign, as without it nobody would know."""
        points = exact(value) * HUNDRED / self.whole
        return f"{plain(points)} %" if 0 < points <= 1 else plain(points)

    def cell(self, value: Any) -> Any:
        """For a cell under a percent format."""
        return super().cell(value) if self.whole == 1 else value / self.whole


@dataclass(frozen=True)
class Whole(_Exact):
    """A whole number between `least` and `most`; `words` are what people write for some of them."""

    name: ClassVar[str] = "whole"
    least: Decimal | int | None = None
    most: Decimal | int = MOST_WHOLE
    words: tuple[tuple[str, int], ...] = ()
    not_so = "geen geheel getal; schrijf het zoals 1234"

    def taken(self, given: Any) -> int:
        if isinstance(given, str) and (meant := dict(self.words).get(fold(given))) is not None:
            return meant
        number = self.number(given)
        if number != number.to_integral():
            raise Wrong(f"{quoted(given)} is {self.not_so}.")
        return int(number)

    def check(self, value: Any) -> Any:
        try:
            return super().check(value)
        except Wrong as far_off:
            year = self.is_year and meant_year(int(value), range(int(self.least or 0), int(self.most) + 1))
            if not year:
                raise
            raise Wrong(f"{str(far_off)[:-1]}; bedoelt u {year}?", str(year)) from None

    @property
    def is_year(self) -> bool:
        return self.least is not None and int(self.least) in A_YEAR

    def readings(self, unclear: str) -> str:
        return unclear.replace(".", "")

    def _said(self, value: Any) -> str:
        return plain(value)

    def _typed(self, value: Any) -> int:
        return int(value)

    @property
    def explained(self) -> str:
        if self.words:
            return ", ".join(f"{number} ({word})" for word, number in self.words)
        within = "" if self.least is None else f" van {self.least} tot {self.most}"
        return f"een jaar{within}" if self.is_year else f"een geheel getal{within}" + (", zoals 1234" * (not within))


YEAR = Whole(FIRST_YEAR, LAST_YEAR)
PERCENT = Whole(0, 100)
ONE_TO_FIVE = Whole(1, 5)
MINUTES = Whole(1, 480)
URGENCY = Whole(1, 3, words=(("laag", 1), ("middel", 2), ("hoog", 3)))
