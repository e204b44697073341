"""What a number is: its key, its name, its one sentence, its unit, what it can be true for; and one with its value."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.text import NO_DATA, euro, number, percentage, plural

REGION = "regio"
Value = int | float | Decimal | None


class Unit(StrEnum):
    COUNT = "aantal"
    DAYS = "dagen"
    EURO = "euro"
    SHARE = "procent"


class Of(StrEnum):
    """What a number can be true for: the whole region, or one of these by its slug or code."""

    REGION = "de regio"
    PARTNER = "een bestuur"
    ATELIER = "een atelier"
    GRANT = "een subsidiedossier"
    MEETING = "een vergadering"
    PROJECT = "een project"
    RESULT = "een resultaat"
    CHALLENGE = "een uitdaging"
    SUBJECT = "een onderwerp"
    VIEWER = "wie kijkt"
    EDITION = "een editie van de Stadsmonitor"


@dataclass(frozen=True, slots=True)
class Number:
    """`meaning` is one whole sentence. `seen`: a breakdown, which counts what its reader may see; any other number is
    the same for everybody."""

    key: str
    name: str
    meaning: str
    of: tuple[Of, ...] = (Of.REGION,)
    unit: Unit = Unit.COUNT
    seen: bool = False

    def at(self, value: Value, of: str = REGION) -> "Counted":
        return Counted(self, value, of)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with its value; None is not known. `of`: the region, or the slug or code of what it is counted of."""

    number: Number
    value: Value
    of: str = REGION

    @property
    def written(self) -> str:
        """As its unit is written."""
        value = self.value
        if value is None:
            return NO_DATA
        match self.number.unit:
            case Unit.EURO:
                return euro(value, cents=False)  # type: ignore[arg-type]
            case Unit.SHARE:
                return percentage(value)
            case Unit.DAYS:
                return plural(int(value), "dag", "dagen") if value else "vandaag"
            case _:
                return number(value)


def of_ateliers(codes: tuple[str, ...]) -> str:
    """Of these ateliers together; of the region without any."""
    return f"atelier {'+'.join(codes)}" if codes else REGION
