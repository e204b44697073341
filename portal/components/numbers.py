"""A number as it is drawn: it carries its key and what it is counted of, and says on demand what it means."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.links import Content
from portal.number import Counted, Number
from portal.numbers import NUMBERS

KEY, OF, VALUE = "data-number", "data-of", "data-value"


def marks(counted: Counted) -> dict[str, Any]:
    """What an element says of the number that it shows."""
    value = "" if counted.value is None else str(counted.value)
    return {KEY: counted.number.key, OF: counted.of, VALUE: value}


def keyed(counted: Counted, said: Content | None = None) -> Component:
    """The number where it stands in a sentence, or the words that say it."""
    return html.Span(counted.written if said is None else said, **marks(counted))


def key_figure(
    counted: Counted, *detail: Component | str, said: Content | None = None, label: str = "", span: int = 3
) -> Component:
    """A number large, its words small. At most four on a page. `said` where it is not written as its unit is."""
    of = counted.number
    below = [html.Dd(list(detail), className="d")] if detail else []
    name = html.Dt([label or of.name, meaning([of], label)])
    pair = html.Dl([name, html.Dd(keyed(counted, said), className="v"), *below])
    return html.Div(pair, className=f"panel kpi s{span}")


def figure_strip(*figures: Component) -> Component:
    """Key figures on one line, above everything else; at most four on a page."""
    return html.Div(list(figures), className="figure-strip")


def strip_figure(question: str, counted: Counted, *detail: Component | str, said: Content | None = None) -> Component:
    """One of them, as the answer to its question."""
    below = [html.Dd(list(detail), className="d")] if detail else []
    name = html.Dt([question, meaning([counted.number])])
    return html.Dl([name, html.Dd(keyed(counted, said), className="v"), *below])


def plain_figure(label: str, value: str, *detail: Component | str, span: int = 3) -> Component:
    """A day or a word in the place of a key figure: no number."""
    below = [html.Dd(list(detail), className="d")] if detail else []
    pair = html.Dl([html.Dt(label), html.Dd(value, className="v"), *below])
    return html.Div(pair, className=f"panel kpi s{span}")


def meaning(numbers: Sequence[Number], label: str = "") -> Component:
    """What these numbers mean, behind a "?" that opens by key and pointer and asks nothing of the portal. `label`: how
    one is called here."""
    names = label or ", ".join(each.name for each in numbers)
    told = [html.P([html.Strong(f"{label or each.name}: "), each.meaning]) for each in numbers]
    sign = html.Summary("?", **named(f"Wat betekent dit: {names}?"))
    return html.Details([sign, html.Div(told, className="number-said")], className="number-says")


def in_a_row(parts: Sequence[Component]) -> list[Component | str]:
    """a, b en c."""
    last = len(parts) - 1
    between = [", " if place < last - 1 else " en " if place < last else "" for place in range(len(parts))]
    return [each for pair in zip(parts, between, strict=True) for each in pair if each != ""]


def explained(content: Any) -> Component | None:
    """What the numbers in this content mean, each once; nothing where there is none."""
    keys = dict.fromkeys(_keys_in(content))
    return meaning([NUMBERS[key] for key in keys]) if keys else None


def _keys_in(content: Any) -> Iterator[str]:
    if isinstance(content, list | tuple):
        for each in content:
            yield from _keys_in(each)
    elif isinstance(content, Component):
        key = getattr(content, KEY, None)
        if key:
            yield key
        yield from _keys_in(getattr(content, "children", None))
