"""Rows between a grid in the browser and the queries."""

from decimal import Decimal
from typing import Any

import pandas as pd

from portal.pages.given import RowsAsked
from portal.queries.inventory.filters import Page


def page_asked(asked: RowsAsked) -> Page:
    """The page a grid asks for; numbers and columns are checked where the page is used."""
    start, end = asked["startRow"], asked["endRow"]
    chosen = tuple((one["colId"], one["sort"] == "desc") for one in asked["sortModel"])
    return Page(offset=start, limit=max(end - start, 1), sort=chosen)


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame as rows of a grid: unknown is None, a date and an amount as they are."""
    names = [str(name) for name in rows.columns]
    columns = [_plain(rows[name]) for name in rows.columns]  # column by column: pandas is slow by the row
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def money_records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for a grid with amounts: each as its exact text ("1234.50"), never a float."""
    return [{key: exact(value) for key, value in row.items()} for row in records(rows)]


def exact(value: Any) -> Any:
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def _plain(column: "pd.Series[Any]") -> list[Any]:
    values: list[Any] = column.tolist()
    return [None if value is pd.NA or value is pd.NaT or value != value else value for value in values]  # noqa: PLR0124
