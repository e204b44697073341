"""What a cell means: one rule per kind of column. A rule never guesses; it gives a value or says what to write."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from data_loaders.cells import Cell, CellKind
from data_loaders.rules import Rule, says
from portal.vocabulary import Word
from portal.words import fold

T = TypeVar("T")
W = TypeVar("W", bound=Word)

SHOWN_LENGTH = 40
NUMBER_LENGTH = 40
MOST_CENTS = Decimal(10) ** 12
HUNDRED = 100
_SPACES = " \u00a0\u202f"
_MAYBE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_GROUPED = re.compile(
    rf"[+-]?[1-9]\d{{0,2}}((\.\d{{3}})+(,\d+)|(\.\d{{3}}){{2,}}|([{_SPACES}]\d{{3}})+(,\d+)?)", re.ASCII
)
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_CODE = re.compile(r"[^\s]+")


class ValueWrong(ValueError):
    """The cell does not hold what its column asks; the text is the Dutch sentence, without the cell."""


def shown(cell: Cell) -> str:
    """The cell as the person at the sheet sees it."""
    match cell.kind:
        case CellKind.NUMBER | CellKind.PERCENT:
            return belgian(_exact(cell)) + (" %" if cell.kind is CellKind.PERCENT else "")
        case CellKind.DATE if isinstance(cell.value, date):
            return cell.value.strftime("%d/%m/%Y")
        case CellKind.YES_NO:
            return "WAAR" if cell.value else "ONWAAR"
        case _:
            return str(cell.value)


def belgian(number: Decimal) -> str:
    """
    >>> belgian(Decimal("69.50"))
    '69,5'
    """
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def wrong(cell: Cell, what: str) -> ValueWrong:
    """“x” is geen ...; an unreadable cell has its own sentence."""
    if cell.kind is CellKind.UNREADABLE:
        return ValueWrong(f"{cell.value}.")
    seen = shown(cell)
    return ValueWrong(f"“{seen if len(seen) <= SHOWN_LENGTH else seen[: SHOWN_LENGTH - 1] + '…'}” is {what}.")


def _exact(cell: Cell) -> Decimal:
    """The number a person sees: sheets keep 0.1 + 0.2 with seventeen digits, and show fifteen."""
    number = Decimal(format(cell.value, ".15g")) if isinstance(cell.value, float) else Decimal(str(cell.value))
    return number * HUNDRED if cell.kind is CellKind.PERCENT else number


def text(most: int | None = None) -> Rule[str]:
    """Text as it stands, composed (NFC); a whole number is taken as its digits."""

    @says("tekst" if most is None else f"tekst, ten hoogste {most} tekens")
    def rule(cell: Cell) -> str:
        if cell.kind is CellKind.NUMBER and _exact(cell) == int(_exact(cell)):
            return belgian(_exact(cell))
        if cell.kind is not CellKind.TEXT:
            raise wrong(cell, "geen tekst; geef de cel de notatie Tekst en typ opnieuw")
        written = unicodedata.normalize("NFC", str(cell.value))
        if any(unicodedata.category(character) == "Cc" and character not in "\n\r\t" for character in written):
            raise ValueWrong("bevat een onleesbaar teken; typ de tekst opnieuw.")
        if most is not None and len(written) > most:
            raise ValueWrong(f"telt {len(written)} tekens; er passen er {most}.")
        return written

    return rule


def code(most: int = 40) -> Rule[str]:
    """A code: text of one word, the spaces around it left out."""
    as_text = text(most)

    @says(f"een code zonder spaties, ten hoogste {most} tekens")
    def rule(cell: Cell) -> str:
        written = as_text(cell).strip()
        if not _CODE.fullmatch(written):
            raise wrong(cell, "geen code; een code telt geen spaties")
        return written

    return rule


def number_in(written: str) -> Decimal | None:
    """The number a Belgian wrote; None when it is none, or when it is not certain which ('1.234')."""
    bare = written.strip().replace("−", "-")
    if len(bare) > NUMBER_LENGTH or _MAYBE_THOUSANDS.fullmatch(bare):
        return None
    if _GROUPED.fullmatch(bare):
        bare = re.sub(rf"[.{_SPACES}]", "", bare)
    elif not _PLAIN.fullmatch(bare):
        return None
    return Decimal(bare.replace(",", "."))


@says("een getal, zoals 1234,5")
def decimal(cell: Cell) -> Decimal:
    if cell.kind is CellKind.NUMBER:
        return _exact(cell)
    if cell.kind is CellKind.TEXT and (number := number_in(str(cell.value))) is not None:
        return number
    raise _no_number(cell, "geen getal; schrijf het zoals 1234,5")


@says("een geheel getal, zoals 1234")
def whole(cell: Cell) -> int:
    if cell.kind in {CellKind.NUMBER, CellKind.TEXT}:
        number = _written(cell)
        if number is not None and number == int(number) and abs(number) < Decimal(2) ** 31:
            return int(number)
    raise _no_number(cell, "geen geheel getal; schrijf het zoals 1234")


@says("een bedrag in euro, zoals 1234,50; nooit 1.234")
def euro(cell: Cell) -> Decimal:
    """An exact amount: at most two decimals, below a thousand billion; € or EUR may stand before or behind it."""
    number = _exact(cell) if cell.kind is CellKind.NUMBER else None
    if cell.kind is CellKind.TEXT:
        bare = re.sub(r"(?i)^\s*(€|eur)\s*|\s*(€|eur)\s*$", "", str(cell.value))
        if _MAYBE_THOUSANDS.fullmatch(bare.strip()):
            raise wrong(cell, _unclear(bare.strip()))
        number = number_in(bare)
    if number is None or abs(number) >= MOST_CENTS:
        raise _no_number(cell, "geen bedrag; schrijf het zoals 1234,50")
    cents = number.quantize(Decimal("0.01"))
    if cents != number:
        raise wrong(cell, "geen bedrag: het heeft meer dan twee decimalen")
    return cents


@says("een percentage van 0 tot 100: 69,5 % of 69,5")
def percent(cell: Cell) -> Decimal:
    """Points of a hundred: '69 %', 69, '69,0' and 0.69 under a percent format are all 69; 0.69 is less than one."""
    marked = marked_percent(cell)
    return _of_hundred(cell, decimal(cell) if marked is None else marked)


def marked_percent(cell: Cell) -> Decimal | None:
    """Points of a hundred where the cell itself says that it is a percentage; None where it does not."""
    if cell.kind is CellKind.PERCENT:
        return _exact(cell)
    if cell.kind is CellKind.TEXT and str(cell.value).rstrip().endswith("%"):
        if (number := number_in(str(cell.value).rstrip().removesuffix("%"))) is not None:
            return number
        raise _no_number(cell, "geen percentage; schrijf het zoals 69,5 %")
    return None


def _of_hundred(cell: Cell, number: Decimal) -> Decimal:
    if not 0 <= number <= HUNDRED:
        raise wrong(cell, "geen percentage tussen 0 en 100")
    return number


def percentages(cells: Sequence[Cell]) -> list[Decimal | ValueWrong]:
    """A column of shares, to points of a hundred. Whether it counts to 1 or to 100 is decided for the whole column.

    Cells that say themselves that they are percentages are taken at their word. Where the others are all 0 or 1
    nobody can tell, and each of them is wrong.
    """
    taken = [_attempt(cell) for cell in cells]
    plain = [number for marked, number in taken if not marked and isinstance(number, Decimal)]
    to_one = bool(plain) and max(plain) <= 1 and min(plain) >= 0
    unclear = to_one and 1 in plain and set(plain) <= {0, 1}
    found: list[Decimal | ValueWrong] = []
    for cell, (marked, number) in zip(cells, taken, strict=True):
        if isinstance(number, ValueWrong):
            found.append(number)
        elif unclear and not marked:
            found.append(wrong(cell, "niet duidelijk: 1 kan 1 % of 100 % zijn; schrijf er % achter"))
        else:
            points = number * HUNDRED if to_one and not marked else number
            found.append(points if 0 <= points <= HUNDRED else wrong(cell, "geen percentage tussen 0 en 100"))
    return found


def _attempt(cell: Cell) -> tuple[bool, Decimal | ValueWrong]:
    """Whether the cell says that it is a percentage, and its number."""
    try:
        marked = marked_percent(cell)
        return marked is not None, decimal(cell) if marked is None else marked
    except ValueWrong as fault:
        return False, fault


@says("een datum van Excel, of dd/mm/jjjj")
def day(cell: Cell) -> date:
    """A date of Excel, or dd/mm/jjjj."""
    if cell.kind is CellKind.DATE and isinstance(cell.value, date):
        return cell.value
    if cell.kind is CellKind.TEXT and (found := _DAY.fullmatch(str(cell.value).strip())):
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            raise wrong(cell, "een datum die niet bestaat") from None
    raise wrong(cell, "geen datum; schrijf dd/mm/jjjj of geef de cel een datumnotatie")


def one_of(known: Mapping[str, T]) -> Rule[T]:
    """What the cell calls by one of these names, without regard to case, accents and hyphens."""
    folded = {fold(name): value for name, value in known.items()}
    most = 12
    names = ", ".join(list(known)[:most]) + (", …" if len(known) > most else "")

    @says(f"een van: {names}")
    def rule(cell: Cell) -> T:
        key = fold(shown(cell))
        if cell.kind is CellKind.UNREADABLE or key not in folded:
            raise wrong(cell, f"geen van: {names}")
        return folded[key]

    return rule


def word(words: type[W]) -> Rule[W]:
    """A word of the field, by its value or its label."""
    known = {one.value: one for one in words}
    by_name = one_of({one.label: one for one in words} | known)
    names = ", ".join(known)

    @says(f"een van: {names}")
    def rule(cell: Cell) -> W:
        try:
            return by_name(cell)
        except ValueWrong:
            raise wrong(cell, f"geen van: {names}") from None

    return rule


@says("ja of nee")
def yes_no(cell: Cell) -> bool:
    if cell.kind is CellKind.YES_NO:
        return bool(cell.value)
    answers = {"ja": True, "nee": False}
    if cell.kind is CellKind.TEXT and fold(str(cell.value)) in answers:
        return answers[fold(str(cell.value))]
    raise wrong(cell, "geen ja of nee")


def _written(cell: Cell) -> Decimal | None:
    return _exact(cell) if cell.kind is CellKind.NUMBER else number_in(str(cell.value))


def _no_number(cell: Cell, what: str) -> ValueWrong:
    written = str(cell.value).strip().removesuffix("%").rstrip()
    if cell.kind is CellKind.TEXT and _MAYBE_THOUSANDS.fullmatch(written):
        return wrong(cell, _unclear(written))
    return wrong(cell, what)


def _unclear(written: str) -> str:
    """Both readings, so that a person chooses."""
    return f"niet duidelijk; schrijf {written.replace('.', '')} of {written.replace('.', ',')}"
