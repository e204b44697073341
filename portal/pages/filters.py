"""What people choose on a page, as its address carries it: the keys, the stores, and the way there and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

from dash import ClientsideFunction, Input, Output, State, dcc
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, clientside, current_viewer
from portal.components.filters import Option
from portal.components.links import setting
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer

LONGEST = 2_000


class FilterKey(NamedTuple):
    """A word of the address and the field that holds it. `empty` is what the field holds when nothing is chosen; it
    does not stand in the address where it is `silent`."""

    key: str
    control: str
    label: str = ""
    everything: str = ""
    many: bool = False
    empty: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """The choices of the page called `page`, in the order in which its address says them."""

    page: str
    keys: tuple[FilterKey, ...]

    @property
    def start(self) -> str:
        """The store of what the address said when the page came."""
        return f"{self.page}-start"

    @property
    def wanted(self) -> str:
        """The store of what the address says now."""
        return f"{self.page}-wanted"

    @property
    def names(self) -> list[str]:
        return [one.key for one in self.keys]

    def said(self, query: Mapping[str, str]) -> str:
        """What is chosen, as an address says it."""
        return urlencode({key: text for key, text in query.items() if key in self.names}, safe=",")

    def stores(self, query: Mapping[str, str], usual: Mapping[str, str] | None = None) -> list[Component]:
        """`usual`: what a field holds for this viewer without being chosen, which does not stand in the address."""
        said = self.said(query)
        silent = {one.key: one.empty for one in self.keys if one.silent} | dict(usual or {})
        written = [f"{key}={silent[key]}" if key in silent else key for key in self.names]
        return [
            dcc.Store(id=self.start, data=said),
            dcc.Store(id=self.wanted, data=said),
            dcc.Store(id=f"{self.page}-keys", data=written),
        ]

    def setting(self) -> dict[str, Any]:
        """The mark by which a link to this page sets the fields."""
        return setting({one.key: {"id": str(one.control), "many": one.many, "empty": one.empty} for one in self.keys})

    def write(self) -> None:
        """The callback, in the browser, by which the address follows the fields."""
        clientside(
            ClientsideFunction("address", "write"),
            Output(self.wanted, "data"),
            *(Input(str(one.control), "value") for one in self.keys),
            State(f"{self.page}-keys", "data"),
            State(self.wanted, "data"),
            prevent_initial_call=True,
        )

    def given(self, query: str) -> dict[str, str]:
        """What an address says of each of the keys."""
        said = parse_qs(query[:LONGEST].removeprefix("?"))
        return {key: texts[0].strip() for key, texts in said.items() if key in self.names and texts[0].strip()}

    def values(self, query: str) -> list[Any]:
        """The value of each field; what a field does not offer stays unchosen there."""
        given = self.given(query)
        return [
            [value for value in given.get(one.key, "").split(",") if value]
            if one.many
            else given.get(one.key, one.empty)
            for one in self.keys
        ]

    def told(self, query: str) -> tuple[str, ...]:
        """In words, for the first sheet of a workbook."""
        silent = {one.key for one in self.keys if one.silent}
        return tuple(f"{key}: {text}" for key, text in self.given(query).items() if key not in silent)


Options = Callable[[Session], Sequence[tuple[str, str]]]


def offer(filters: Filters, asked: Mapping[str, Options]) -> Callable[[str], tuple[Any, ...]]:
    """The callback that fills the fields when the page comes: the options of those that are asked, by their ids, and
    the value of each."""

    @remembered
    def offered(session: Session, _: Viewer) -> list[list[dict[str, str]]]:
        return [[Option(*one)._asdict() for one in options(session)] for options in asked.values()]

    def offer_choices(start: str) -> tuple[Any, ...]:
        return *offered(current_viewer()), *filters.values(start)

    callback(
        Permission.VIEW_PORTAL,
        *(Output(str(control), "options") for control in asked),
        *(Output(str(one.control), "value") for one in filters.keys),
        Input(filters.start, "data"),
    )(offer_choices)
    return offer_choices
