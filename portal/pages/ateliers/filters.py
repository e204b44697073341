"""Which atelier is chosen: the one key of the address."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
from dash import html
from sqlalchemy.orm import Session

from portal.components.filters import Option
from portal.components.links import Content
from portal.pages.ateliers.ids import Ids
from portal.pages.cards import Meant
from portal.pages.filters import FilterKey, Filters
from portal.permissions import Viewer
from portal.queries.reference import atelier_options
from portal.text import plural

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


def chosen_words(choice: Choice, results: pd.DataFrame) -> Content:
    """Which results stand below, and how many; and what in the address was not understood."""
    counted = plural(len(results), "resultaat", "resultaten")
    parts = plural(results[["atelier", "part"]].drop_duplicates().shape[0], "onderdeel", "onderdelen")
    told = html.P(f"{choice.title or 'Alle ateliers'}: {counted} in {parts}.", className="sub")
    unknown = f"Atelier ‘{choice.unknown}’ is niet bekend; u ziet alle ateliers."
    return [told, html.P(unknown, className="notice")] if choice.unknown else [told]


def options(offered: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """All, and each atelier by code and title."""
    return [ALL._asdict(), *(Option(code, f"{code} · {title}")._asdict() for code, title in offered)]
