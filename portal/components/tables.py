"""Small tables, read as tables: caption, headers with a scope, numbers to the right. Longer ones are grids."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.text import NO_DATA

Cell: TypeAlias = str | Component | None


class Column(NamedTuple):
    title: str
    numeric: bool = False


def _cell(value: Cell, column: Column, *, head: bool) -> Component:
    names = "r" if column.numeric else None
    if value is None:
        return html.Td(NO_DATA, className="none r" if column.numeric else "none")
    return html.Th(value, scope="row", className=names) if head else html.Td(value, className=names)


def _row(cells: Sequence[Cell], columns: Sequence[Column]) -> Component:
    pairs = zip(cells, columns, strict=True)
    return html.Tr([_cell(value, column, head=place == 0) for place, (value, column) in enumerate(pairs)])


def small_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    total: Sequence[Cell] | None = None,
    *,
    show_caption: bool = False,
) -> Component:
    """The first cell of a row names it. None is "geen gegevens". At most some hundred cells: else use a grid."""
    heads = [html.Th(column.title, scope="col", className="r" if column.numeric else None) for column in columns]
    parts: list[Component] = [
        html.Caption(caption if show_caption else html.Span(caption, className="quiet")),
        html.Thead(html.Tr(heads)),
        html.Tbody([_row(row, columns) for row in rows]),
    ]
    if total is not None:
        parts.append(html.Tfoot(_row(total, columns)))
    table = html.Table(parts, className="figures")
    return html.Div(table, className="scroll", tabIndex="0", role="region", **named(caption))


def facts(pairs: Sequence[tuple[str | Component, Cell]]) -> Component:
    """What is known of one thing, term by term; what is not known says so."""
    return html.Dl(
        [part for term, value in pairs for part in (html.Dt(term), html.Dd(NO_DATA if value is None else value))],
        className="facts",
    )
