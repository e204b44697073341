"""What a component says: its text, its links, its tables, how many components it is; and a page, part by part."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pandas as pd
from dash.development.base_component import Component

from portal.auth import current_viewer
from portal.components.listed import cell
from portal.pages import PAGES, PART
from portal.pages.cards import Card
from portal.pages.columns import records
from portal.pages.parts import parts_of
from portal.text import NBSP

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


def ids_in(value: Any) -> set[str]:
    """The places it has; a place for editing has an id of its own kind."""
    return {part.id for part in parts(value) if isinstance(getattr(part, "id", None), str)}


def whole(page: str, **query: str) -> dict[str, Component]:
    """The layout of each part of the page called so, by its name, as far as who is signed in may open it."""
    (found,) = (one for one in PAGES if one.name == page)
    names = [part.name for part in parts_of(page, current_viewer())]
    return {name: found.file("page").layout(**query | {PART: name}) for name in names}


def read(value: Any) -> list[dict[str, str]]:
    """The rows of the tables and grids in it, as they are read: what stands under each heading."""
    found = [_rows_in(one, "Tbody") if one._type == "Table" else _rows_of(one) for one in _lists_in(value)]
    return [row for rows in found for row in rows]


def totals(value: Any) -> list[dict[str, str]]:
    """What stands at the foot of the tables and grids in it, under each heading."""
    lists = _lists_in(value)
    return [row for one in lists for row in (_rows_in(one, "Tfoot") if one._type == "Table" else _pinned_in(one))]


def _lists_in(value: Any) -> list[Component]:
    return [one for one in parts(value) if one._type in {"Table", "AgGrid"}]


def _rows_in(table: Component, part: str) -> list[dict[str, str]]:
    heads, rows = ([one for one in parts(table) if one._type == kind] for kind in ("Thead", part))
    names = [said(one) for one in parts(heads) if one._type == "Th"]
    return [dict(zip(names, map(said, row.children), strict=True)) for row in parts(rows) if row._type == "Tr"]


def _rows_of(grid: Any) -> list[dict[str, str]]:
    return [_under(grid.columnDefs, row) for row in getattr(grid, "rowData", [])]


def _pinned_in(grid: Any) -> list[dict[str, str]]:
    return [_under(grid.columnDefs, row) for row in grid.dashGridOptions.get("pinnedBottomRowData", [])]


def _under(columns: Sequence[Any], row: dict[str, Any]) -> dict[str, str]:
    return {one["headerName"]: said(cell(one, row)) if one["field"] in row else "" for one in columns}


def amount(said: str) -> Decimal:
    """What is read as "€ 1.234,50"."""
    return Decimal(said.removeprefix(f"€{NBSP}").translate(str.maketrans(",−", ".-", ".")))


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
