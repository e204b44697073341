"""What a component says: its text, its links, how many components it is."""

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component

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
    """The text that a person reads, in reading order."""
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "".join(said(one) for one in value)
    return said(getattr(value, "children", None))


def links(value: Any) -> list[str]:
    return [part.href for part in parts(value) if getattr(part, "href", None)]
