"""Which atelier is chosen: the one key of the address."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qs

from portal.components.filters import Option
from portal.pages.ateliers.ids import Ids

KEY = "atelier"
KEYS = [KEY]
ALL = Option("", "Alle ateliers")
# what the page's script needs to set the choice from a link
SCRIPT = {KEY: {"id": Ids.ATELIER.value, "many": False, "empty": ALL.value}}
QUERY_LENGTH, SHOWN = 2_000, 40


class Choice(NamedTuple):
    """An atelier by its code and title; code None means all. `unknown` is what the address asked and nobody knows."""

    code: str | None = None
    title: str = ""
    unknown: str = ""

    @property
    def query(self) -> str:
        """The choice as the part of an address after the question mark."""
        return f"{KEY}={self.code}" if self.code else ""


def code_in(query: str) -> str:
    """The code that an address asks for; empty for all."""
    return parse_qs(query[:QUERY_LENGTH].removeprefix("?")).get(KEY, [""])[0].strip()


def choice_in(query: str, offered: Iterable[tuple[str, str]]) -> Choice:
    """The choice in an address, out of (code, title) pairs; a code that is not offered leaves all."""
    code = code_in(query)
    titles = dict(offered)
    if code in titles:
        return Choice(code, titles[code])
    return Choice(unknown=code[:SHOWN])


def options(offered: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """All, and each atelier by code and title."""
    return [ALL._asdict(), *(Option(code, f"{code} · {title}")._asdict() for code, title in offered)]
