"""What a person gives: the text of a form or a grid, a value of JSON, or what a cell of Excel holds."""

import math
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

HUNDRED = Decimal(100)
LONGEST_SEEN = 40


class Wrong(ValueError):
    """What was given cannot be; the text is the Dutch sentence, without the place. `meant`: what to write instead,
    where one thing is likely meant."""

    def __init__(self, said: str, meant: str = "") -> None:
        super().__init__(said)
        self.meant = meant


class Rough(Wrong):
    """A day that was given as a month, a quarter or a year: `meant` is the one day of it that is kept."""


@dataclass(frozen=True, slots=True)
class Percent:
    """A number under a percent format: 0.69 in a cell that shows 69 %."""

    points: Decimal


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell without a value, and in Dutch why."""

    why: str


def is_nothing(given: object) -> bool:
    return given is None or (isinstance(given, str) and not given.strip()) or given != given  # noqa: PLR0124 - nan


def exact(number: float | Decimal) -> Decimal:
    """The number a person sees: sheets and JSON keep 0.1 + 0.2 with seventeen digits, and show fifteen."""
    return Decimal(format(number, ".15g")) if isinstance(number, float) else Decimal(number)


def plain(number: float | Decimal) -> str:
    """Without points between the thousands: Decimal("1234.50") -> "1234,5"."""
    if isinstance(number, float) and not math.isfinite(number):
        return str(number)
    text = f"{exact(number):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def belgian_day(value: date) -> str:
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def as_seen(given: object) -> str:
    """What was given, as it stands before the eyes of who gave it."""
    match given:
        case bool():
            return "WAAR" if given else "ONWAAR"
        case int() | float() | Decimal():
            return plain(given)
        case Percent(points):
            return f"{plain(points)} %"
        case date() | time():
            return (
                belgian_day(given)
                if isinstance(given, date)
                else given.isoformat("auto" if given.second else "minutes")
            )
        case Unreadable(why):
            return why
        case _:
            return str(given)


def quoted(given: object) -> str:
    """“x”, on one line and not too long, to begin a sentence with."""
    seen = " ".join(as_seen(given).split())
    return f"“{seen if len(seen) <= LONGEST_SEEN else seen[: LONGEST_SEEN - 1] + '…'}”"
