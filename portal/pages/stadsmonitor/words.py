"""The survey's numbers in words: places, points, and how sure they are."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

import pandas as pd
from dash.development.base_component import Component

from portal.components.cards import source_line
from portal.pages.downloads import download_path
from portal.queries.survey.observations import CHANCE_POINTS, Comparison, Edition
from portal.text import NO_DATA, in_words, listed, number, percentage

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
    """ "1e" or "gedeeld 2e", for a cell."""
    return f"{'gedeeld ' if shared else ''}{rank}e"


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
