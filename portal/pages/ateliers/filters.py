"""What the address of the page says, and the words that its cards share."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from dash import html
from sqlalchemy.orm import Session

from portal.components.filters import Option
from portal.components.links import Content
from portal.pages.cards import Meant
from portal.pages.filters import FilterKey, Filters
from portal.permissions import Viewer
from portal.queries.reference import atelier_options
from portal.queries.results.deliverables import ResultRow
from portal.text import NBSP, NO_DATA, number, plural
from portal.vocabulary import ResultState, TargetKind


class Ids(StrEnum):
    OPENED = "ateliers-opened"
    HEAD = "ateliers-head"
    URGENT = "ateliers-urgent"
    ATELIER = "ateliers-atelier"
    TIME = "ateliers-time"
    TIME_SAID = "ateliers-time-said"
    AGREED = "ateliers-agreed"


NOT_COUNTED = "wordt niet geteld"
NO_MILESTONES = "nog geen mijlpalen"


def target(kind: TargetKind, value: float | None, unit: str) -> str:
    """ "8 partners", "100 % medewerkers", "elke week", "om de 6 weken", "doorlopend", "ja/nee"."""
    if kind in (TargetKind.YES_NO, TargetKind.ONGOING):
        return kind.value
    if value is None:
        return f"{kind.label}: nog niet bepaald"
    if kind is TargetKind.PERIODIC:
        return f"elke {unit}" if value == 1 else f"om de {number(value)} {unit}"
    return f"{number(value)}{NBSP}{unit or kind.label.removeprefix('aantal ')}"


def of_partners(count: int, partners: int) -> str:
    return f"{number(count)} van {number(partners)} partners"


def reached(result: ResultRow) -> str:
    """What is reached of a result: counted, reported, or said not to be known."""
    ticked = len(result.reached_by)
    if result.target_kind is TargetKind.PARTNERS:
        return NO_DATA if result.state is ResultState.UNKNOWN else of_partners(ticked, result.partners)
    said = _reported(result)
    return f"{said} · {of_partners(ticked, result.partners)}" if ticked else said


def _reported(result: ResultRow) -> str:
    kind, aim = result.target_kind, result.target_value
    if kind is TargetKind.YES_NO:
        return {ResultState.REACHED: "ja", ResultState.UNKNOWN: NO_DATA}.get(result.state, "nog niet")
    if kind in (TargetKind.ONGOING, TargetKind.PERIODIC):
        return NOT_COUNTED
    if result.reached is None:
        return NO_DATA
    if kind is TargetKind.PERCENTAGE:
        return f"{number(result.reached)}{NBSP}%"
    return number(result.reached) + (f" van {number(aim)}" if aim is not None else "")


def steps(done: int, of: int) -> str:
    """ "2 van 4", or that there are none yet."""
    return f"{number(done)} van {number(of)}" if of else NO_MILESTONES


KEY, SHOWN = "atelier", 40
FILTERS = Filters("ateliers", (FilterKey(KEY, Ids.ATELIER),))
ALL = Option("", "Alle ateliers")


class Choice(NamedTuple):
    """An atelier by its code and title; code None means all. `unknown` is what the address asked and nobody knows."""

    code: str | None = None
    title: str = ""
    unknown: str = ""


def choice_in(query: str, offered: Iterable[tuple[str, str]]) -> Choice:
    """The choice in an address, out of (code, title) pairs; a code that is not offered leaves all."""
    code = FILTERS.given(query).get(KEY, "")
    titles = dict(offered)
    if code in titles:
        return Choice(code, titles[code])
    return Choice(unknown=code[:SHOWN])


def chosen(session: Session, viewer: Viewer, query: str) -> Meant[Choice]:
    choice = choice_in(query, atelier_options(session))
    if choice.code is None:
        return Meant(choice)
    return Meant(choice, f"{KEY}={choice.code}", (f"atelier: {choice.code} · {choice.title}",))


def chosen_words(choice: Choice, results: Sequence[ResultRow]) -> Content:
    """Which results stand below, and how many; and what in the address was not understood."""
    counted = plural(len(results), "resultaat", "resultaten")
    parts = plural(len({(one.atelier, one.part) for one in results}), "onderdeel", "onderdelen")
    told = html.P(f"{choice.title or 'Alle ateliers'}: {counted} in {parts}.", className="sub")
    unknown = f"Atelier ‘{choice.unknown}’ is niet bekend; u ziet alle ateliers."
    return [told, html.P(unknown, className="notice")] if choice.unknown else [told]


def options(offered: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """All, and each atelier by code and title."""
    return [ALL._asdict(), *(Option(code, f"{code} · {title}")._asdict() for code, title in offered)]
