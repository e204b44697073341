"""Numbers, amounts, days and lists as Belgians write them, on a page, in a mail or on paper."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from portal.clock import REGION_TIME

NO_DATA = "geen gegevens"
NBSP = "\N{NO-BREAK SPACE}"
_WORDS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """1234.5 -> "1.234,5". Without `decimals`: none for a whole number, one otherwise. Halves go away from zero."""
    exact = Decimal(str(value))
    if decimals is None:
        decimals = 0 if exact == exact.to_integral_value() else 1
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:,f}".translate(str.maketrans(",.-", ".,−"))


def euro(amount: Decimal | int, *, cents: bool = True) -> str:
    """Decimal("1234.5") -> "€ 1.234,50". Refuses a float: money is exact."""
    if isinstance(amount, float):
        raise TypeError("an amount of money is a Decimal, never a float")
    return f"€{NBSP}{number(amount, 2 if cents else 0)}"


def percentage(points: int | float | Decimal, decimals: int = 0) -> str:
    """66 -> "66 %"; the value is in points, so a share is multiplied by a hundred first."""
    return f"{number(points, decimals)}{NBSP}%"


def day(value: date | None, otherwise: str = "geen datum") -> str:
    """date(2025, 12, 31) -> "31/12/2025"."""
    return otherwise if value is None else f"{value:%d/%m/%Y}"


def long_day(value: date) -> str:
    """date(2026, 12, 4) -> "vrijdag 4 december 2026"."""
    return f"{_DAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(instant: datetime) -> str:
    """A UTC instant as the region's wall clocks have it: "22/11/2026 om 9.05 uur"."""
    local = instant.astimezone(REGION_TIME)
    return f"{local:%d/%m/%Y} om {hour(local)} uur"


def hour(value: time | datetime) -> str:
    """time(9, 5) -> "9.05"."""
    return f"{value.hour}.{value:%M}"


def clocked(instant: datetime) -> str:
    """The same in a list: "22/11/2026 09:05"."""
    return f"{instant.astimezone(REGION_TIME):%d/%m/%Y %H:%M}"


def plural(count: int, one: str, many: str) -> str:
    """1 -> "1 uitdaging"; 2 -> "2 uitdagingen"; 0 -> "geen uitdagingen"."""
    return f"geen {many}" if count == 0 else f"{number(count)} {one if count == 1 else many}"


def not_split(rows: int) -> str:
    """Of what a total holds and a breakdown may not show: "22 interne rijen niet uitgesplitst"; nothing of none."""
    return f"{plural(rows, 'interne rij', 'interne rijen')} niet uitgesplitst" if rows else ""


def in_words(count: int) -> str:
    """Up to twelve in letters, for use in a sentence: 7 -> "zeven", 13 -> "13"."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else number(count)


def sentence(text: str) -> str:
    """With a capital; "één" becomes "Eén", as Dutch writes it."""
    if text.startswith("één"):
        return "Eén" + text[3:]
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str]) -> str:
    """["a", "b", "c"] -> "a, b en c"."""
    return " en ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
