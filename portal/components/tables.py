"""Small tables, read as tables: caption, headers with a scope, numbers to the right. Longer ones are grids."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from dash import html
from dash.development.base_component import Component

from portal.components.tags import word_tag
from portal.text import NO_DATA, day, euro, number
from portal.vocabulary import Word

# A whole number, an amount, a day and a word of the field are written as everywhere; None is "geen gegevens".
Cell: TypeAlias = str | Component | int | Decimal | date | Word | None

LETTER, ROOM = 8.5, 24  # pixels: of a letter of the table, and beside a cell's text
READABLE = 190  # the least for a column of sentences
STEPS = (320, 440, 560, 700, 860, 1040)  # the widths at which a table in assets/parts.css becomes blocks
_PARTS = re.compile(r"[^\s/-]+[/-]?")  # where a line may end


class Column(NamedTuple):
    """`beside`: what a reader looks for first; where rows become blocks it stands on the line of the row's name."""

    title: str
    numeric: bool = False
    beside: bool = False


def written(value: Cell) -> str | Component:
    """A value as a table shows it."""
    match value:
        case None:
            return NO_DATA
        case Word():
            return word_tag(value)
        case Decimal():
            return euro(value)
        case date():
            return day(value)
        case int():
            return number(value)
        case _:
            return value


def _cell(value: Cell, column: Column, *, head: bool) -> Component:
    names = " ".join(filter(None, ("none" * (value is None), "r" * column.numeric, "beside" * column.beside)))
    looks: dict[str, Any] = {"className": names} if names else {}
    if head and value is not None and value != "":
        return html.Th(written(value), scope="row", **looks)
    label: dict[str, Any] = {"data-label": column.title} if column.title and not head else {}
    return html.Td(written(value), **looks, **label)


def _row(cells: Sequence[Cell], columns: Sequence[Column]) -> Component:
    pairs = zip(cells, columns, strict=True)
    return html.Tr([_cell(value, column, head=place == 0) for place, (value, column) in enumerate(pairs)])


def _said(value: object) -> str:
    """What somebody reads of it."""
    if isinstance(value, Component):
        return _said(getattr(value, "children", None))
    return " ".join(map(_said, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)


def _is_tag(cell: Cell) -> bool:
    return isinstance(cell, Word) or str(getattr(cell, "className", "")).startswith("tag")


def _least(column: Column, cells: Sequence[Cell]) -> int:
    """The width at which each word of a column stays whole, a number and a tag on its line, and a sentence readable."""
    texts = [_said(written(cell)) for cell in cells]
    numbers = [column.numeric and cell is not None for cell in cells]
    whole = [text for cell, text, one in zip(cells, texts, numbers, strict=True) if one or _is_tag(cell)]
    parts = [part for text in (column.title, *texts) for part in _PARTS.findall(text)]
    longest = max(map(len, (*parts, *whole)), default=0)
    sentences = min(max(map(len, texts), default=0) * LETTER / 3, READABLE)
    return ROOM + round(max(longest * LETTER, sentences))


def small_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    total: Sequence[Cell] | None = None,
    *,
    show_caption: bool = False,
) -> Component:
    """The first cell of a row names it. At most some hundred cells: else use a grid.

    A column is never narrower than its longest word; where there is no room for all of them each row becomes a block,
    every cell after the heading it stood under.
    """
    body = [_row(row, columns) for row in rows]
    foot = [] if total is None else [html.Tfoot(_row(total, columns))]
    least = [_least(column, cells) for column, *cells in zip(columns, *rows, *([total] if total else []), strict=True)]
    heads = [
        html.Th(one.title, scope="col", className="r" if one.numeric else None, style={"minWidth": f"{width}px"})
        for one, width in zip(columns, least, strict=True)
    ]
    said = html.Caption(caption if show_caption else html.Span(caption, className="quiet"))
    step = next((step for step in STEPS if sum(least) <= step), STEPS[-1])
    table = html.Table([said, html.Thead(html.Tr(heads)), html.Tbody(body), *foot], className=f"figures below-{step}")
    return html.Div(table, className="table-room")


def facts(pairs: Sequence[tuple[str | Component, Cell]]) -> Component:
    """What is known of one thing, term by term; what is not known says so."""
    return html.Dl(
        [part for term, value in pairs for part in (html.Dt(term), html.Dd(written(value)))],
        className="facts",
    )
