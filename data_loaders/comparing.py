"""A described sheet beside the rows that its export has: what the file wants, what the portal has, cell by cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from data_loaders.kind import Table
from data_loaders.plan import Key, Present, Wanted
from data_loaders.sheets import VERSION, Column, Sheet, SheetRow
from portal.values import Code

Label = Callable[[Mapping[str, Any]], str]


def wanted_of(sheet: Sheet, rows: Iterable[SheetRow], label: Label) -> list[Wanted]:
    """The rows of a sheet under (its name, the values of its key); the cell is that of the first key column."""
    return [
        Wanted(
            key=_key(sheet, row.values),
            label=label(row.values),
            values={key: row.values[key] for key in compared(sheet) if key in row.values},
            sheet=row.sheet,
            cell=row.cells[sheet.key[0]],
            version=row.values.get(VERSION.key),
            cells=row.cells,
        )
        for row in rows
    ]


def present_in(tables: Sequence[Table], labels: Mapping[str, Label]) -> dict[Key, Present]:
    """What an export of these tables holds, by the keys that `wanted_of` gives; `labels` by the sheet's name."""
    return {
        _key(table.sheet, row): Present(
            label=labels[table.sheet.name](row),
            values={key: row[key] for key in compared(table.sheet)},
            version=row.get(VERSION.key),
        )
        for table in tables
        for row in plain_rows(table.rows)
    }


def compared(sheet: Sheet) -> list[str]:
    """The keys of the columns whose values may be changed by a file."""
    return [one.key for one in sheet.columns if not one.info and one.key not in {*sheet.key, VERSION.key}]


def plain_rows(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    """The rows as dicts of Python values, nothing as None."""
    plain = rows.astype(object)
    return [dict(row) for row in plain.where(plain.notna(), None).to_dict("records")]


def sheets_of(tables: Sequence[Table]) -> list[Sheet]:
    """The sheets as a file is read: a code that is there is known however it is written."""
    return [
        replace(table.sheet, columns=tuple(_knowing(column, table) for column in table.sheet.columns))
        for table in tables
    ]


def _knowing(column: Column, table: Table) -> Column:
    if not isinstance(column.kind, Code):
        return column
    there = {*table.rows[column.key].dropna(), *table.choices.get(column.key, ())}
    return replace(column, kind=replace(column.kind, known=frozenset(there)))


def _key(sheet: Sheet, values: Mapping[str, Any]) -> Key:
    return (sheet.name, *(values[one] for one in sheet.key))
