"""Ids of the Stadsmonitor page besides those of its cards, and what its address says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.components.filters import Option
from portal.pages.filters import FilterKey, Filters
from portal.queries.survey.observations import Edition
from portal.text import sentence


class Ids(StrEnum):
    HEAD = "stadsmonitor-head"
    BODY = "stadsmonitor-body"
    UNKNOWN = "stadsmonitor-unknown"
    PARTNER = "stadsmonitor-partner"
    EDITION = "stadsmonitor-edition"
    EDITION_FIELD = "stadsmonitor-edition-field"
    SHOWN = "stadsmonitor-shown"
    ASKED = "stadsmonitor-asked"
    ASKED_SOURCE = "stadsmonitor-asked-source"
    ACROSS = "stadsmonitor-across"
    UP = "stadsmonitor-up"
    MAPS = "stadsmonitor-maps"
    MAPS_SOURCE = "stadsmonitor-maps-source"
    CHANGE = "stadsmonitor-change"


class Parts(StrEnum):
    """What stands inside cards that come whole; of the maps there is one for each indicator."""

    MAP = "stadsmonitor-map"
    MAP_CODE = "stadsmonitor-map-code"
    SLOPE = "stadsmonitor-slope"
    CHANGE_TABLE = "stadsmonitor-change-table"


YEAR_DIGITS = 4


PARTNER = FilterKey("gemeente", Ids.PARTNER)
SHOWN = FilterKey("toon", Ids.SHOWN)
ACROSS = FilterKey("x", Ids.ACROSS)
UP = FilterKey("y", Ids.UP)
EDITION = FilterKey("editie", Ids.EDITION)
FILTERS = Filters("stadsmonitor", (PARTNER, SHOWN, ACROSS, UP, EDITION))


class Shown(StrEnum):
    """What the cells of the table say."""

    VALUE = ""
    DIFFERENCE = "verschil"
    PLACE = "plaats"


SHOWN_OPTIONS = [
    Option(Shown.VALUE, "Waarde"),
    Option(Shown.DIFFERENCE, "Verschil met de regio"),
    Option(Shown.PLACE, "Plaats"),
]


def shown(value: object) -> Shown:
    return next((one for one in Shown if one == value), Shown.VALUE)


def year(value: object) -> int | None:
    """The edition meant; None for the newest."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) == YEAR_DIGITS else None


def pair(across: object, up: object, codes: Sequence[str]) -> tuple[str, str] | None:
    """The two indicators meant: unless chosen, the first and the second. None when that are not two."""
    chosen = [code if code in codes else codes[place] for place, code in enumerate((across, up)) if place < len(codes)]
    match chosen:
        case [str(one), str(other)] if one != other:
            return one, other
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from: the editions, newest first, and the newest one; `own` is the viewer's partners."""

    years: Sequence[int]
    newest: Edition
    own: Sequence[str] = ()

    @property
    def partners(self) -> list[Option]:
        known = self.newest.rows.drop_duplicates("partner_slug")
        return [Option(*one) for one in zip(known["partner_slug"], known["partner"], strict=True)]

    @property
    def indicators(self) -> list[Option]:
        asked = self.newest.indicators
        return [Option(code, sentence(short)) for code, short in zip(asked["code"], asked["short"], strict=True)]

    def options(self) -> list[list[dict[str, str]]]:
        """Of partner, across, up and edition, in that order."""
        editions = [Option("", f"Nieuwste ({next(iter(self.years), 'geen')})")]
        lists = (
            [Option("", "Geen gekozen"), *self.partners],
            _usual(self.indicators, 0),
            _usual(self.indicators, 1),
            [*editions, *(Option(str(one), str(one)) for one in self.years[1:])],
        )
        return [[option._asdict() for option in options] for options in lists]

    def values(self, query: str) -> list[str]:
        """Of each field of `FILTERS`; without a municipality in the address it is the viewer's own."""
        offered = self._offered()
        given = {key: text for key, text in FILTERS.given(query).items() if text in offered[key]}
        own = next((slug for slug in self.own if slug in offered[PARTNER.key]), "")
        return [self._plain(key, given.get(key, own if key == PARTNER.key else "")) for key in FILTERS.names]

    def unknown(self, query: str) -> list[str]:
        """What in the address was not understood."""
        offered = self._offered()
        return [f"{key} '{text[:40]}'" for key, text in FILTERS.given(query).items() if text not in offered[key]]

    def _offered(self) -> Mapping[str, set[str]]:
        codes = {option.value for option in self.indicators}
        return {
            PARTNER.key: {option.value for option in self.partners},
            SHOWN.key: set(Shown),
            ACROSS.key: codes,
            UP.key: codes,
            EDITION.key: {str(one) for one in self.years},
        }

    def _plain(self, key: str, text: str) -> str:
        """What is chosen anyway need not be in the address."""
        codes = [option.value for option in self.indicators]
        usual: dict[str, Any] = {
            ACROSS.key: codes[:1],
            UP.key: codes[1:2],
            EDITION.key: [str(y) for y in self.years[:1]],
        }
        return "" if text in usual.get(key, ()) else text


def usual(options: Sequence[Mapping[str, str]]) -> str:
    """The label of what is chosen anyway, which a field without a value shows."""
    return next((option["label"] for option in options if not option["value"]), "")


def _usual(options: Sequence[Option], place: int) -> list[Option]:
    """The options, where the one that is chosen anyway has no value."""
    return [Option("" if at == place else option.value, option.label) for at, option in enumerate(options)]
