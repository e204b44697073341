"""What a component says: its text, its links, how many components it is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import Any

import pandas as pd
from dash.development.base_component import Component

from portal.pages.cards import Card
from portal.pages.columns import records

MOST_COMPONENTS = 150


def parts(value: Any) -> Iterator[Component]:
    """Every component in a value that a callback returns."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from parts(one)
    elif isinstance(value, Component):
        yield value
        yield from parts(getattr(value, "children", None))


def said(value: Any) -> str:
    """The text that a person reads, in reading order, without what is only said on demand."""
    if value is None or getattr(value, "className", "") == "number-says":
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "".join(said(one) for one in value)
    return said(getattr(value, "children", None))


def links(value: Any) -> list[str]:
    return [part.href for part in parts(value) if getattr(part, "href", None)]


def filled(show: Callable[[str], Sequence[Any]], cards: Sequence[Card[Any]], query: str = "") -> dict[str, Any]:
    """What the callback that answers these cards puts in each place, by id and property."""
    places = [output for card in cards for output in card.outputs]
    named = [f"{place.component_id}.{place.component_property}" for place in places]
    return dict(zip(named, show(query), strict=True))


def rows_of(show: Callable[[str], Sequence[Any]], cards: Sequence[Card[Any]], query: str = "") -> list[Any]:
    """The rows that each of the cards shows, in the order of the cards."""
    found = filled(show, cards, query)
    return [found[f"{card.id}.rowData"] for card in cards]


def row(kind: Any, /, **given: Any) -> Any:
    """A row of this kind; of what is not given nothing is known."""
    return kind(**dict.fromkeys(one.name for one in fields(kind)) | given)


def table(rows: Sequence[Any], by: str = "") -> pd.DataFrame:
    """Rows as a grid takes them, side by side; `by` is what they are called by."""
    found = pd.DataFrame(records(rows), dtype=object)
    return found.set_index(by) if by else found
