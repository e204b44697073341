"""A workbook of described sheets beside the rows that its export has: what the file wants, what the portal has, cell by
cell; and how what differs is written."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.kind import Asked, Kind, Reading, Table
from data_loaders.mapping.file_map import FileMap
from data_loaders.mapping.looked import look
from data_loaders.mapping.proposing import completed, propose
from data_loaders.mapping.remembering import recalled
from data_loaders.plan import Key, Plan, Present, Wanted, make_plan
from data_loaders.problems import Problems
from data_loaders.reading import MOST_TOLD, read_sheets
from data_loaders.sheets import VERSION, Column, Sheet, SheetRow
from data_loaders.workbook import Book
from portal.commands.acts import Acts
from portal.commands.files import Entry, Put, load_rows, put_by
from portal.permissions import Viewer
from portal.values import Code, Wrong
from portal.words import fold

Rows: TypeAlias = Mapping[str, Sequence[SheetRow]]
"""What is read of each sheet, by its name."""
Fault: TypeAlias = tuple[SheetRow, str, str | Wrong]
"""A row, the key of the column where it is wrong, and what is wrong there; Wrong also says what was likely meant."""
OTHERWISE = "Geef een eigen code als het een andere rij is."


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is held against. `present` by key of the row: what the viewer may change; `taken` by sheet: the codes
    of all other rows, archived ones too; `more`: what the checks of this kind ask besides."""

    viewer: Viewer
    tables: tuple[Table, ...]
    present: Mapping[Key, Present]
    taken: Mapping[str, frozenset[str]]
    more: Any = None


Check: TypeAlias = Callable[[Known, Rows, bool], Iterator[Fault]]
"""(known, rows, sound): what the rules of the field say of these rows. Not sound: some of the file could not be read,
and what is not found may stand there."""


def _nothing(*_: Any) -> Any:
    return None


def _no_faults(*_: Any) -> Iterator[Fault]:
    return iter(())


def workbook(
    tables: Callable[[Session, Viewer], tuple[Table, ...]],
    puts: Mapping[str, Acts[Any] | Put],
    check: Check = _no_faults,
    *,
    before: Check = _no_faults,
    more: Callable[[Session, Viewer], Any] = _nothing,
    holds: Callable[[Session], object] = _nothing,
    **about: Any,
) -> Kind:
    """A kind of file: described sheets, each with what writes a row of it, in the order in which they are written.

    `check` is asked once rows without a code are recognised, `before` until then. `holds`: what is held before anything
    is written. `about`: the rest of `Kind`.
    """
    coded = {name: put for name, put in puts.items() if isinstance(put, Acts) and "code" in put.entity.keys}

    def known(session: Session, viewer: Viewer) -> Known:
        there = tables(session, viewer)
        present = present_in(there)
        codes = {name: session.scalars(select(put.entity.model.code)) for name, put in coded.items()}
        taken = {name: frozenset(one for one in found if (name, one) not in present) for name, found in codes.items()}
        return Known(viewer, there, present, taken, more(session, viewer))

    def read(known: Known, book: Book, asked: Asked) -> Reading:
        problems, notices = Problems(), list[str]()
        sheets = sheets_of(known.tables)
        mapped = _mapped(book, sheets, asked)
        looked = look(book, sheets, mapped) if asked.look else None
        mapped = looked.mapped if looked else mapped
        rows = read_tables(book, known, mapped, problems, notices)
        sound = not problems
        found = [*before(known, rows, sound), *_of_others(known, rows)]
        for table in known.tables:
            rows[table.sheet.name] = recognised(table, rows[table.sheet.name], known.present, notices)
        refused = {id(row) for row, _, __ in found}
        left = {name: [row for row in those if id(row) not in refused] for name, those in rows.items()}
        for row, key, why in (*found, *check(known, left, sound)):
            meant = why.meant if isinstance(why, Wrong) else ""
            problems.add(row.sheet, row.at(key), str(why), heading=_heading(known, row, key), meant=meant)
        wanted = [one for table in known.tables for one in wanted_of(table, rows[table.sheet.name])]
        return Reading(tuple(wanted), problems.found(), tuple(notices), mapped, looked)

    def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
        return make_plan(wanted, present_in(tables(session, viewer)), versioned=True)

    def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
        written = [(put_by(put) if isinstance(put, Acts) else put, entries(plan, name)) for name, put in puts.items()]
        load_rows(session, viewer, rows=written, holds=holds)

    return Kind(everything=False, known=known, read=read, plan=plan, apply=apply, tables=tables, **about)


def _mapped(book: Book, sheets: Sequence[Sheet], asked: Asked) -> FileMap:
    """As a person says it, or said it of this shape of file before; else what it likely is, and for who sees no
    proposal, what it surely is."""
    given, sure = asked.mapped, not asked.look
    if given is not None and given.sheets:
        return completed(book, sheets, given, sure=sure)
    found = (recalled(book, asked.remembered) if asked.look else None) or propose(
        book, sheets, sure=sure, called=asked.stem
    )
    return found.model_copy(update={"text": given.text}) if given is not None else found


def _heading(known: Known, row: SheetRow, key: str) -> str:
    """What the portal calls the column where something is wrong."""
    columns = (one for table in known.tables for one in table.sheet.columns if one.key == key and key in row.values)
    return next((one.heading for one in columns), "")


def _of_others(known: Known, rows: Rows) -> Iterator[Fault]:
    """A code of somebody else's row, or of an archived one, is not to be had."""
    for table in known.tables:
        taken = known.taken.get(table.sheet.name, ()) if table.others else ()
        yield from (
            (row, "code", f"{row.values['code']} {table.others}")
            for row in rows[table.sheet.name]
            if row.values.get("code") in taken
        )


def wanted_of(table: Table, rows: Iterable[SheetRow]) -> list[Wanted]:
    """The rows of a sheet under (its name, the values of its key); the cell is that of the first key column."""
    sheet = table.sheet
    return [
        Wanted(
            key=_key(sheet, row.values),
            label=table.label(row.values),
            values={key: row.values[key] for key in compared(sheet) if key in row.values},
            sheet=row.sheet,
            cell=row.at(sheet.key[0]),
            version=row.values.get(VERSION.key),
            carry={key: row.values[key] for key in sheet.key},
            cells=row.cells,
            headings={column.key: column.heading for column in sheet.columns},
        )
        for row in rows
    ]


def present_in(tables: Sequence[Table]) -> dict[Key, Present]:
    """What an export of these tables holds, by the keys that `wanted_of` gives."""
    return {
        _key(table.sheet, row): Present(
            label=table.label(row),
            values={key: row[key] for key in compared(table.sheet)},
            version=row.get(VERSION.key),
            row_id=row.get("id"),
        )
        for table in tables
        for row in table.rows
    }


def compared(sheet: Sheet) -> list[str]:
    """The keys of the columns whose values may be changed by a file."""
    return [one.key for one in sheet.columns if not one.info and one.key not in {*sheet.key, VERSION.key}]


def read_tables(
    book: Book, known: Known, mapped: FileMap, problems: Problems, notices: list[str]
) -> dict[str, list[SheetRow]]:
    """The rows of each table's sheet, by its name; what a file has no column for stays as it is."""
    sheets, present = sheets_of(known.tables), known.present
    rows = read_sheets(book, sheets, mapped, problems, notices)
    return {sheet.name: [_completed(sheet, row, present) for row in rows.get(sheet.name, ())] for sheet in sheets}


def recognised(
    table: Table, rows: list[SheetRow], present: Mapping[Key, Present], notices: list[str]
) -> list[SheetRow]:
    """A row without code and version that says the same as a row which the file does not name, is that row: the same
    file twice adds nothing twice."""
    if "code" not in table.sheet.key:
        return rows
    told = set[str]().union(*(row.cells for row in rows))
    keys = table.same.split() or [key for key in compared(table.sheet) if key in told]
    named, found = {row.values["code"] for row in rows}, list[str]()
    there: dict[object, list[str]] = defaultdict(list)
    for (sheet, code, *_), one in present.items():
        if rows and sheet == table.sheet.name and code not in named:
            there[_said(keys, one.values)].append(code)
    here = table.sheet.name
    same = [_as_it_is(row, here, there[_said(keys, row.values)], present, found) for row in rows]
    if found:
        many = len(found) > 1
        (column,) = (one for one in table.sheet.columns if one.key == "code")
        without = f"zonder {column.heading}"
        told_of = f"{len(found)} rijen {without} staan" if many else f"een rij {without} staat"
        adds = f"al in het portaal en {'worden' if many else 'wordt'} niet nog eens toegevoegd"
        own = f" {OTHERWISE}" if isinstance(column.kind, Code) else ""
        rest = f", en nog {len(found) - MOST_TOLD}" if len(found) > MOST_TOLD else ""
        notices.append(f"{rows[0].sheet}: {told_of} {adds} ({', '.join(found[:MOST_TOLD])}{rest}).{own}")
    return same


def _said(keys: Sequence[str], values: Mapping[str, Any]) -> object:
    return tuple(fold(values[key]) if key == "title" else values[key] for key in keys)


def _as_it_is(
    row: SheetRow, sheet: str, alike: list[str], present: Mapping[Key, Present], found: list[str]
) -> SheetRow:
    """What the file has no column for, is as the row that it means has it."""
    if row.values["code"] is not None or row.values.get(VERSION.key) is not None or not alike:
        return row
    code = alike.pop(0)
    found.append(f"{row.at('code')} als {code}")
    there = present[sheet, code].values
    stays = {key: value for key, value in there.items() if key not in row.cells or key in row.empty}
    return replace(row, values={**row.values, **stays, "code": code})


def entries(plan: Plan, sheet: str) -> list[Entry]:
    """What is to be written of a sheet."""
    return [
        Entry(
            said={**row.wanted.carry, **row.wanted.values},
            changes={change.field: change.new for change in row.changes},
            row_id=row.present.row_id if row.present else None,
            version=row.wanted.version if row.present else None,
            was=row.present.values if row.present else {},
        )
        for row in plan.to_write
        if row.wanted.key[0] == sheet
    ]


def _completed(sheet: Sheet, row: SheetRow, present: Mapping[Key, Present]) -> SheetRow:
    there = present.get(_key(sheet, row.values))
    lacking = [one for one in sheet.columns if one.key not in row.values and not one.info]
    if there and row.values.get(VERSION.key) is None:
        row = _said_by(row, there.values)
    if not lacking:
        return row
    nothing = {one.key: one.kind.read(None, required=False) for one in lacking}
    stays = {key: there.values.get(key) for key in nothing} if there else {**nothing, **row.begins}
    return replace(row, values={**stays, **row.values})


def _said_by(row: SheetRow, there: Mapping[str, Any]) -> SheetRow:
    """Who did not see the row says with an empty cell nothing of it: what is there stays."""
    stays = {key: there[key] for key in row.empty if key in there}
    return replace(row, values={**row.values, **stays})


def sheets_of(tables: Sequence[Table]) -> list[Sheet]:
    """The sheets as a file is read: a code that is there is known however it is written."""
    return [
        replace(table.sheet, columns=tuple(_beginning(_knowing(one, table), table) for one in table.sheet.columns))
        for table in tables
    ]


def _beginning(column: Column, table: Table) -> Column:
    """Where only one may be chosen, a new row begins with it."""
    chosen = table.choices.get(column.key, ())
    return replace(column, start=chosen[0]) if len(chosen) == 1 and not column.start else column


def _knowing(column: Column, table: Table) -> Column:
    if not isinstance(column.kind, Code):
        return column
    there = {row[column.key] for row in table.rows} - {None} | {*table.choices.get(column.key, ())}
    return replace(column, kind=replace(column.kind, known=frozenset(there)))


def _key(sheet: Sheet, values: Mapping[str, Any]) -> Key:
    return (sheet.name, *(values[one] for one in sheet.key))
