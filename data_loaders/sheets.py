"""A sheet is described, not programmed: its columns, and for each the kind of its cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data_loaders.cells import Cell, CellKind, Row, address
from data_loaders.problems import Problem, Problems
from data_loaders.workbook import Book
from portal.values import Kind, Percent, Unreadable, Whole, Wrong, as_seen
from portal.values.given import HUNDRED, exact
from portal.words import fold

EXPLANATION, CHOICES = "Toelichting", "Keuzes"
NO_DATA_SHEETS = frozenset({fold(EXPLANATION), fold(CHOICES)})


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over the values that `key` names.

    `required`: no cell may be empty. `optional`: the whole column may be left out, and then its key is not in the
    rows. `missing`: what means "nothing", besides an empty cell. `info` is exported for whoever reads the sheet and
    never read back; it may be left out. `says` replaces what the kind says of itself.
    """

    heading: str
    key: str
    kind: Kind
    required: bool = True
    optional: bool = False
    missing: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    info: bool = False
    says: str = ""

    @property
    def explained(self) -> str:
        """What may stand in the column, in Dutch."""
        if self.info:
            return f"{self.says or 'ter informatie'}; wordt niet ingelezen"
        return (self.says or self.kind.explained) + ("" if self.required else "; mag leeg zijn")

    def names(self) -> Iterator[str]:
        yield from (fold(name) for name in (self.heading, *self.also))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name, with all the columns it may have; no two rows share the values of `key`."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


VERSION = Column(
    "versie",
    "version",
    Whole(),
    required=False,
    says="niet wijzigen: zo ziet het portaal of iemand de rij intussen wijzigde; een nieuwe rij heeft er geen",
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The values of a row by column key (empty: as the column says), and the address of each."""

    sheet: str
    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, str]


def read_sheets(book: Book, sheets: Sequence[Sheet], problems: Problems) -> dict[str, list[SheetRow]]:
    """The rows of each described sheet, by its name. Rows with a problem are left out; every problem is collected."""
    named = {fold(name): name for name in book.sheets}
    known = {fold(sheet.name) for sheet in sheets} | NO_DATA_SHEETS
    for key, name in named.items():
        if key not in known:
            problems.add(name, "", "dit blad is onbekend; verwijder het of geef het de juiste naam.")
    found: dict[str, list[SheetRow]] = {}
    for sheet in sheets:
        if fold(sheet.name) in named:
            found[sheet.name] = _read(book, named[fold(sheet.name)], sheet, problems)
        else:
            problems.add(sheet.name, "", "dit blad ontbreekt; voeg het toe.")
    return found


def _read(book: Book, name: str, sheet: Sheet, problems: Problems) -> list[SheetRow]:
    rows = book.rows(name)
    heading = next(rows, None)
    if heading is None:
        problems.add(name, "A1", "het blad is leeg; zet de kolomkoppen in rij 1.")
        return []
    columns = _columns(name, heading, sheet, problems)
    found, first_places = [], dict[tuple[Any, ...], str]()
    for row in rows:
        _refuse_headless(name, heading, row, problems)
        if (read := _row(name, row, columns, problems)) is None:
            continue
        key = tuple(read.values.get(one) for one in sheet.key)
        if (first := first_places.get(key)) is not None:
            problems.add(name, read.cells[sheet.key[0]], f"deze rij staat ook in {first}; laat er één staan.")
        if any(part is not None for part in key):  # a row that has no key yet is like no other
            first_places.setdefault(key, read.cells[sheet.key[0]])
        found.append(read)
    return found


def _columns(name: str, heading: Row, sheet: Sheet, problems: Problems) -> dict[int, Column]:
    """Which column to read stands where; missing, unknown and double headings are problems."""
    known = {key: column for column in sheet.columns for key in column.names()}
    placed: dict[int, Column] = {}
    for number, cell in heading.cells.items():
        title = as_seen(given(cell))
        if (column := known.get(fold(title))) is None:
            problems.add(name, cell.address, f"de kolom “{title[:40]}” is onbekend; verwijder of hernoem ze.")
        elif column in placed.values():
            problems.add(name, cell.address, f"de kolom “{column.heading}” staat er twee keer; laat er één staan.")
        else:
            placed[number] = column
    for column in sheet.columns:
        if column not in placed.values() and not column.optional and not column.info:
            problems.add(name, address(heading.number, 1), f"de kolom “{column.heading}” ontbreekt; voeg ze toe.")
    return {number: column for number, column in placed.items() if not column.info}


def _refuse_headless(name: str, heading: Row, row: Row, problems: Problems) -> None:
    for column in row.cells.keys() - heading.cells.keys():
        problems.add(
            name, address(row.number, column), "deze cel staat onder geen kop; wis ze of geef de kolom een kop."
        )


def _row(name: str, row: Row, columns: Mapping[int, Column], problems: Problems) -> SheetRow | None:
    """None when nothing stands in the described columns, or when something in them is wrong."""
    if not row.cells.keys() & columns.keys():
        return None
    values: dict[str, Any] = {}
    cells = {column.key: address(row.number, number) for number, column in columns.items()}
    for number, column in columns.items():
        try:
            values[column.key] = value_of(row.cells.get(number), column)
        except Wrong as fault:
            problems.add(name, cells[column.key], str(fault))
    return SheetRow(name, row.number, values, cells) if len(values) == len(columns) else None


def value_of(cell: Cell | None, column: Column) -> Any:
    """Raises Wrong; what the kind has for nothing, for a cell that is empty or says so."""
    found = None if cell is None or is_missing(cell, column.missing) else given(cell)
    return column.kind.read(found, required=column.required)


def given(cell: Cell) -> object:
    """What a person gave in this cell, for a kind to read."""
    match cell.kind:
        case CellKind.PERCENT:
            return Percent(exact(float(cell.value)) * HUNDRED)  # type: ignore[arg-type]
        case CellKind.UNREADABLE:
            return Unreadable(str(cell.value))
        case _:
            return cell.value


def is_missing(cell: Cell, words: frozenset[str]) -> bool:
    return cell.kind is CellKind.TEXT and str(cell.value).strip().casefold() in {"", *words}


__all__ = [
    "VERSION",
    "Column",
    "Problem",
    "Problems",
    "Sheet",
    "SheetRow",
    "given",
    "is_missing",
    "read_sheets",
    "value_of",
]
