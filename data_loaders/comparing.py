"""A described sheet beside the rows that its export has: what the file wants, what the portal has, cell by cell."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from data_loaders.kind import Reading, Table
from data_loaders.plan import Key, Plan, Present, RowPlan, Step, Wanted, make_plan
from data_loaders.problems import Problems
from data_loaders.sheets import MOST_TOLD, VERSION, Column, Sheet, SheetRow, read_sheets
from data_loaders.workbook import File, open_workbook
from portal.commands.files import Entry
from portal.permissions import Viewer
from portal.values import Code

Label = Callable[[Mapping[str, Any]], str]
Rows = Mapping[str, Sequence[SheetRow]]
"""What is read of each sheet, by its name."""
OTHERWISE = "Geef een eigen code als het een andere rij is."


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
            headings={column.key: column.heading for column in sheet.columns},
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


def read_tables(
    file: File, tables: Sequence[Table], present: Mapping[Key, Present], problems: Problems, notices: list[str]
) -> dict[str, list[SheetRow]]:
    """The rows of each table's sheet, by its name; what a file has no column for stays as it is."""
    sheets = sheets_of(tables)
    with open_workbook(file) as book:
        rows = read_sheets(book, sheets, problems, notices)
    return {sheet.name: [_completed(sheet, row, present) for row in rows.get(sheet.name, ())] for sheet in sheets}


def recognised(
    rows: Sequence[SheetRow],
    present: Mapping[Key, Present],
    said: Callable[[Mapping[str, Any]], object],
    notices: list[str],
) -> list[SheetRow]:
    """A row without code and version of which is `said` what is said of a row that the file does not name, is that row:
    the same file twice adds nothing twice."""
    named, found = {row.values["code"] for row in rows}, list[str]()
    there: dict[object, list[str]] = defaultdict(list)
    for (sheet, code, *_), one in present.items():
        if rows and sheet == rows[0].sheet and code not in named:
            there[said({**one.values, "code": code})].append(code)
    same = [_as_it_is(row, there[said(row.values)], present, found) for row in rows]
    if found:
        many = len(found) > 1
        told = f"{len(found)} rijen zonder code staan" if many else "een rij zonder code staat"
        adds = f"al in het portaal en {'worden' if many else 'wordt'} niet nog eens toegevoegd"
        more = f", en nog {len(found) - MOST_TOLD}" if len(found) > MOST_TOLD else ""
        notices.append(f"{rows[0].sheet}: {told} {adds} ({', '.join(found[:MOST_TOLD])}{more}). {OTHERWISE}")
    return same


def _as_it_is(row: SheetRow, alike: list[str], present: Mapping[Key, Present], found: list[str]) -> SheetRow:
    """What the file has no column for, is as the row that it means has it."""
    if row.values["code"] is not None or row.values.get(VERSION.key) is not None or not alike:
        return row
    code = alike.pop(0)
    found.append(f"{row.at('code')} als {code}")
    stays = {key: value for key, value in present[row.sheet, code].values.items() if key not in row.cells}
    return replace(row, values={**row.values, **stays, "code": code})


def reading_of(
    tables: Sequence[Table], rows: Rows, labels: Mapping[str, Label], problems: Problems, notices: Sequence[str]
) -> Reading:
    """What the sheets want, table after table."""
    wanted = [
        one
        for table in tables
        for one in wanted_of(table.sheet, rows.get(table.sheet.name, ()), labels[table.sheet.name])
    ]
    return Reading(tuple(wanted), problems.found(), tuple(notices))


def planned(
    tables: Callable[[Session, Viewer], Sequence[Table]], labels: Mapping[str, Label]
) -> Callable[[Session, Viewer, Sequence[Wanted]], Plan]:
    """How the rows that a file wants are compared with those of the tables."""

    def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
        return make_plan(wanted, present_in(tables(session, viewer), labels), versioned=True)

    return plan


def entries(plan: Plan, sheet: str, of: str = "") -> list[Entry]:
    """What is to be written of a sheet; `of`: the key that says whose a new row is, and is nothing to set."""
    return [_entry(row, of) for row in plan.to_write if row.wanted.key[0] == sheet]


def _entry(row: RowPlan, of: str) -> Entry:
    """A new row says everything, its empty cells too; of another only what changes."""
    _, *key = row.wanted.key
    named = key[0] if len(key) == 1 else tuple(key)
    if row.step is Step.NEW:
        values = {key: value for key, value in row.wanted.values.items() if key != of}
        return Entry(named, values, of=row.wanted.values.get(of))
    return Entry(named, {change.field: change.new for change in row.changes}, version=row.wanted.version)


def _completed(sheet: Sheet, row: SheetRow, present: Mapping[Key, Present]) -> SheetRow:
    there = present.get(_key(sheet, row.values))
    lacking = [one for one in sheet.columns if one.key not in row.values and not one.info]
    if not lacking:
        return row
    stays = {one.key: there.values.get(one.key) if there else one.kind.read(None, required=False) for one in lacking}
    return replace(row, values={**stays, **row.values})


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
