"""The survey in words; the ids of the page besides those of its cards, and what its address says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers
from portal.components.cards import source_line
from portal.components.filters import Option
from portal.components.numbers import keyed
from portal.components.tables import facts
from portal.pages.downloads import download_path
from portal.pages.filters import FilterKey, Filters
from portal.pages.remembered import remembered
from portal.permissions import Viewer
from portal.queries.survey.observations import CHANCE_POINTS, Comparison, Edition, Podium, edition, podiums
from portal.text import NO_DATA, in_words, listed, number, percentage, sentence


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
        codes, newest = [option.value for option in self.indicators], [str(one) for one in self.years[:1]]
        usual: dict[str, Sequence[str]] = {ACROSS.key: codes[:1], UP.key: codes[1:2], EDITION.key: newest}
        chosen = {key: given.get(key, own if key == PARTNER.key else "") for key in FILTERS.names}
        # what is chosen anyway need not be in the address
        return ["" if text in usual.get(key, ()) else text for key, text in chosen.items()]

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


def usual(options: Sequence[Mapping[str, str]]) -> str:
    """The label of what is chosen anyway, which a field without a value shows."""
    return next((option["label"] for option in options if not option["value"]), "")


def _usual(options: Sequence[Option], place: int) -> list[Option]:
    """The options, where the one that is chosen anyway has no value."""
    return [Option("" if at == place else option.value, option.label) for at, option in enumerate(options)]


MOST_NAMED = 5
_ORDINALS = (
    *("nulde", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"),
    *("elfde", "twaalfde"),
)
SURE = "meer dan toeval"
HOW_SURE = {
    Comparison.DIFFERENT: (SURE, "✓"),
    Comparison.MAYBE_CHANCE: (Comparison.MAYBE_CHANCE.value, "▲"),
    Comparison.ALIKE: (Comparison.ALIKE.value, "▲"),
}


def place_of(rank: object, shared: object) -> str:
    """ "eerste", "gedeeld tweede", "gedeeld 13e"; "geen gegevens" where there is no value."""
    if pd.isna(rank):  # type: ignore[call-overload]
        return NO_DATA
    place = int(rank)  # type: ignore[call-overload]
    word = _ORDINALS[place] if place < len(_ORDINALS) else f"{place}e"
    return f"gedeeld {word}" if shared else word


def short_place_of(rank: object, shared: object) -> str:
    """ "1e" or "gedeeld 2e", for a cell; nothing where there is no value."""
    return "" if pd.isna(rank) else f"{'gedeeld ' if shared else ''}{int(rank)}e"  # type: ignore[call-overload]


def value_of(value: float | None) -> str:
    return NO_DATA if value is None or pd.isna(value) else number(value)


def signed(points: float | None) -> str:
    """ "+3,4", "−8,6" or "0"."""
    if points is None or pd.isna(points):
        return NO_DATA
    shown = number(round(points, 1))
    return f"+{shown}" if points > 0 and shown != "0" else shown


def points(distance: float) -> str:
    shown = number(round(abs(distance), 1))
    return f"{shown} {'punt' if shown == '1' else 'punten'}"


def sure_word(how: Comparison | str) -> str:
    return HOW_SURE[Comparison(how)][0]


def some(names: Sequence[str], kind: str = "gemeenten") -> str:
    """The names, or how many when that would be a list: "negen gemeenten"."""
    return listed(list(names)) if len(names) <= MOST_NAMED else f"{in_words(len(names))} {kind}"


def of_all(count: int, every: int) -> str:
    """ "één van de vier", "alle vier", "geen van de vier"; of one thing there is no count to give."""
    if count == every:
        return f"alle {in_words(every)}"
    return f"{'geen' if not count else in_words(count)} van de {in_words(every)}"


def name_of(rows: pd.DataFrame, slug: object) -> str | None:
    """The partner's name; None when the edition knows no such partner."""
    names: Iterable[str] = rows.loc[rows["partner_slug"] == str(slug), "partner"]
    return next(iter(names), None)


def how_sure(rows: pd.DataFrame) -> str:
    """What differences mean, for a frame of `observations`."""
    margins, known = rows["margin"].dropna(), rows["value"].notna().sum()
    rule = f"een verschil onder {number(CHANCE_POINTS)} punten is {Comparison.MAYBE_CHANCE.value}"
    if margins.empty:
        return f"Het aantal antwoorden is niet bekend: {rule}."
    widest = percentage(margins.max(), 1)
    alike = f"De foutenmarge is hoogstens {widest}; overlappende intervallen zijn {Comparison.ALIKE.value}"
    return f"{alike}." if len(margins) == known else f"{alike}. Waar het aantal antwoorden niet bekend is: {rule}."


def source_of(found: Edition) -> str:
    """ "Gemeente- en Stadsmonitor, editie 2020"."""
    sources = [source for source in dict.fromkeys(found.indicators["source"]) if source]
    return f"{listed(sources) or 'Stadsmonitor'}, editie {found.year}"


def source(found: Edition, table: str, **chosen: object) -> Component:
    """The line under a figure; the download carries what was chosen, and the edition shown."""
    query = urlencode({key: text for key, text in chosen.items() if text} | {"editie": found.year})
    return source_line(source_of(found), None, download_path("stadsmonitor", table, query))


QUESTION = "Wat werd gevraagd, en hoe zeker is het antwoord?"
TIES = "Gelijke waarden delen een plaats. Wie geen waarde heeft, krijgt er geen."


def answer(found: Edition) -> list[Component]:
    """The question behind each indicator, and what a difference means."""
    asked = zip(found.indicators["short"], found.indicators["question"], found.indicators["code"], strict=True)
    said = [(sentence(short), f"{question or 'De vraag is niet bekend'} ({code})") for short, question, code in asked]
    return [facts(said), html.P(f"{how_sure(found.rows)} {TIES}", className="remark")]


@remembered
def edition_of(session: Session, viewer: Viewer, year: int | None) -> Edition:
    """The edition of that year, or the newest; nobody changes its frames."""
    return edition(session, viewer, year)


def story(found: Edition) -> list[str | Component]:
    if found.is_empty:
        return ["Er zijn nog geen waarden. Breng ze in met ", html.Code("portal load stadsmonitor"), "."]
    measured = [podium for podium in podiums(found.rows) if podium.first]
    led = [podium for podium in measured if podium.second]
    if not led:
        return [f"In de editie {found.year} is er geen verschil tussen gemeenten te zien."]
    return [f"Editie {found.year}: ", html.B(_best(led)), "; ", html.B(_sureness(led, str(found.year))), "."]


def _best(led: list[Podium]) -> str:
    """ "Kortrijk is de beste op digitaal, Waregem op loket en Kuurne op informatie en communicatie"."""
    won: dict[tuple[str, ...], list[str]] = {}
    for podium in led:
        won.setdefault(podium.first.names if podium.first else (), []).append(podium.short)
    (names, shorts), *others = won.items()
    verb = "is de beste" if len(names) == 1 else "zijn samen de beste"
    return listed([f"{some(names)} {verb} op {listed(shorts)}", *(f"{some(n)} op {listed(s)}" for n, s in others)])


def _sureness(led: list[Podium], of: str) -> list[str | Component]:
    unsure = sum(not podium.sure for podium in led)
    chance = Comparison.MAYBE_CHANCE.value
    if len(led) == 1:
        return [f"die voorsprong is {chance if unsure else SURE}"]
    if not unsure:
        every = keyed(numbers.LED.at(len(led), of), of_all(len(led), len(led)))
        return ["bij ", every, f" is de voorsprong {SURE}"]
    return ["bij ", keyed(numbers.UNSURE.at(unsure, of), of_all(unsure, len(led))), f" is de voorsprong {chance}"]
