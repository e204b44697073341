"""The columns of a table, said once: what a grid shows of it and what a workbook holds are both read from this list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias, TypeVar

import pandas as pd

from portal.components import grids
from portal.components.grids import ColumnDef
from portal.components.tags import Sign, signs_of
from portal.exports import workbook
from portal.exports.workbook import Kind, Rows, keys_of
from portal.number import Number
from portal.pages.given import RowsAsked
from portal.queries.inventory.filters import Page
from portal.vocabulary import Word

K = TypeVar("K")
FIXED: ColumnDef = {"sortable": False}
WRAPS: ColumnDef = grids.WRAPS
WIDE: ColumnDef = grids.WRAPS | FIXED
SAME, NOWHERE = "the same", ""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over the values under `key`. `look`: how a grid shows them; None is in the workbook alone. `book`: the
    key whose values the workbook writes under the same heading; "" is in the grid alone. `number`: what it holds, where
    that stands in the dictionary; its sentence is said above the column and on the workbook's first sheet.
    """

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    look: ColumnDef | None = None
    book: str = SAME
    number: Number | None = None

    @property
    def written(self) -> str:
        return self.key if self.book == SAME else self.book


Columns: TypeAlias = Sequence[Column]


def on_screen(columns: Columns) -> list[ColumnDef]:
    """What a grid shows of them, in their order."""
    return [column.look for column in columns if column.look is not None]


def in_book(columns: Columns) -> tuple[workbook.Column, ...]:
    """What a workbook holds of them, in their order."""
    return tuple(
        workbook.Column(one.heading, one.written, one.kind, one.number.meaning if one.number else "")
        for one in columns
        if one.written
    )


def holding(number: Number, column: Column) -> Column:
    """The column, whose values are this number of what each row is about."""
    look = None if column.look is None else column.look | {"headerTooltip": number.meaning}
    return replace(column, look=look, number=number)


def written(key: str, heading: str, kind: Kind = Kind.TEXT) -> Column:
    """In the workbook alone."""
    return Column(key, heading, kind)


def text(key: str, heading: str, *, book: str = SAME, kind: Kind = Kind.TEXT, **look: Any) -> Column:
    return Column(key, heading, kind, grids.text(key, heading, **look), book)


def link(
    key: str, heading: str, path: str, code: str = "code", *, book: str = SAME, kind: Kind = Kind.TEXT, **look: Any
) -> Column:
    return Column(key, heading, kind, grids.link(key, heading, path, code, **look), book)


def numbers(key: str, heading: str, *, book: str = SAME, kind: Kind = Kind.NUMBER, **look: Any) -> Column:
    return Column(key, heading, kind, grids.number(key, heading, **look), book)


def count(key: str, heading: str, *, book: str = SAME, **look: Any) -> Column:
    return Column(key, heading, Kind.NUMBER, grids.count(key, heading, **look), book)


def euros(key: str, heading: str, *, book: str = SAME, **look: Any) -> Column:
    return Column(key, heading, Kind.EURO, grids.euro(key, heading, **look), book)


def days(key: str, heading: str, *, book: str = SAME, kind: Kind = Kind.DATE, **look: Any) -> Column:
    return Column(key, heading, kind, grids.date(key, heading, **look), book)


def signed(key: str, heading: str, signs: Mapping[str, Sign], *, book: str, **look: Any) -> Column:
    """`book`: the key of the same in words."""
    return Column(key, heading, Kind.TEXT, grids.signed(key, heading, signs, **look), book)


def word(key: str, heading: str, words: type[Word], *, book: str = SAME, **look: Any) -> Column:
    return signed(key, heading, signs_of(words), book=book, **look)


def dots(key: str, heading: str, most: int, *, book: str = SAME, **look: Any) -> Column:
    return Column(key, heading, Kind.NUMBER, grids.dots(key, heading, most, **look), book)


def old_new(key: str, heading: str, old: str, *, book: str = SAME, **look: Any) -> Column:
    return Column(key, heading, Kind.TEXT, grids.old_new(key, heading, old, **look), book)


def page_asked(asked: RowsAsked) -> Page:
    """The page a grid asks for; numbers and columns are checked where the page is used."""
    start, end = asked["startRow"], asked["endRow"]
    chosen = tuple((one["colId"], one["sort"] == "desc") for one in asked["sortModel"])
    return Page(offset=start, limit=max(end - start, 1), sort=chosen)


def records(rows: Rows) -> list[dict[str, Any]]:
    """Rows of a grid, by the key of a column: unknown is None, a word its value, a date and an amount as they are."""
    if not isinstance(rows, pd.DataFrame):
        return [{key: _value(getattr(row, key)) for key in keys_of(row.__class__)} for row in rows]
    names = [str(name) for name in rows.columns]
    columns = [_plain(rows[name]) for name in rows.columns]  # column by column: pandas is slow by the row
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def told(rows: Iterable[Any], kind: type[K], **more: Any) -> list[K]:
    """The rows as a kind that says more of itself; `more` is the same for all."""
    return [kind(**{one.name: getattr(row, one.name) for one in fields(row)}, **more) for row in rows]


def in_frame(rows: Sequence[Any], kind: type) -> pd.DataFrame:
    """The rows for a figure: a column per field and property of their kind, Python values, words as their values."""
    return pd.DataFrame(records(rows), columns=list(keys_of(kind)), dtype=object)


def _value(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def money_records(rows: Rows) -> list[dict[str, Any]]:
    """Rows for a grid with amounts: each as its exact text ("1234.50"), never a float."""
    return [{key: exact(value) for key, value in row.items()} for row in records(rows)]


def exact(value: Any) -> Any:
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def _plain(column: "pd.Series[Any]") -> list[Any]:
    values: list[Any] = column.tolist()
    return [None if value is pd.NA or value is pd.NaT or value != value else value for value in values]  # noqa: PLR0124
