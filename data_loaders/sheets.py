"""A sheet is described, not programmed: its columns, and for each the kind of its cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data_loaders.cells import Cell, CellKind, Row, address, letters
from data_loaders.problems import Problems
from data_loaders.workbook import Book
from portal.values import Kind, Percent, Unreadable, Whole, Wrong, as_seen
from portal.values.given import HUNDRED, exact
from portal.words import fold

EXPLANATION, CHOICES = "Toelichting", "Keuzes"
NO_DATA_SHEETS = frozenset({fold(EXPLANATION), fold(CHOICES)})
TOTALS = frozenset({"totaal", "totalen", "eindtotaal", "subtotaal", "som"})
MOST_TOLD, SHOWN = 12, 40


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

    def at(self, key: str) -> str:
        """The cell of a column; where the sheet does not have it, the row's first."""
        return self.cells.get(key) or next(iter(self.cells.values()))


@dataclass(slots=True)
class Overlooked:
    """What a file has beside what is read, and what it does not speak of: told once, and no problem."""

    others: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def notices(self) -> Iterator[str]:
        if self.others:
            yield f"Niet van het portaal en niet gelezen: {_some(self.others)}."
        if self.missing:
            yield f"Niet in het bestand en blijft zoals het is: {_some(self.missing)}."


def _some(told: Sequence[str]) -> str:
    return "; ".join(told[:MOST_TOLD]) + (f"; en nog {len(told) - MOST_TOLD}" if len(told) > MOST_TOLD else "")


def read_sheets(
    book: Book, sheets: Sequence[Sheet], problems: Problems, notices: list[str]
) -> dict[str, list[SheetRow]]:
    """The rows of each described sheet that is there, by its name. Rows with a problem are left out, and all rows of a
    sheet that lacks a column they need; every problem is collected. What else there is, is told in a notice."""
    named = {fold(name): name for name in book.sheets}
    wanted, over = {fold(sheet.name): sheet for sheet in sheets}, Overlooked()
    strange = [name for key, name in named.items() if key not in {*wanted, *NO_DATA_SHEETS} and any(book.rows(name))]
    over.others += [f"blad “{name[:SHOWN]}”" for name in strange]
    over.missing += [f"blad {sheet.name}" for key, sheet in wanted.items() if key not in named]
    if not named.keys() & wanted.keys():
        expected = " of ".join(f"“{sheet.name}”" for sheet in sheets)
        problems.add(next(iter(strange), ""), "", f"geen enkel blad heet {expected}; geef het blad die naam.")
        return {}
    found = {
        sheet.name: _read(book, named[key], sheet, problems, over) for key, sheet in wanted.items() if key in named
    }
    notices.extend(over.notices())
    return found


def _read(book: Book, name: str, sheet: Sheet, problems: Problems, over: Overlooked) -> list[SheetRow]:
    rows = book.rows(name)
    heading = next(rows, None)
    if heading is None:
        problems.add(name, "A1", "het blad is leeg; zet de kolomkoppen in rij 1.")
        return []
    columns = _columns(name, heading, sheet, problems, over)
    found, first_places, beside = [], dict[tuple[Any, ...], str](), list[str]()
    for row in rows if columns else ():
        beside += [address(row.number, column) for column in row.cells.keys() - heading.cells.keys()]
        if _is_total(row, columns):
            over.others.append(f"{name}: rij {row.number} met totalen")
            continue
        if (read := _row(name, row, columns, problems)) is None:
            continue
        key = tuple(read.values.get(one) for one in sheet.key)
        if (first := first_places.get(key)) is not None:
            problems.add(name, read.cells[sheet.key[0]], f"deze rij staat ook in {first}; laat er één staan.")
        if any(part is not None for part in key):  # a row that has no key yet is like no other
            first_places.setdefault(key, read.cells[sheet.key[0]])
        found.append(read)
    if beside:
        more = f" en nog {len(beside) - 1}" if len(beside) > 1 else ""
        over.others.append(f"{name}: naast de tabel, {beside[0]}{more}")
    return found


def _columns(name: str, heading: Row, sheet: Sheet, problems: Problems, over: Overlooked) -> dict[int, Column]:
    """Which column to read stands where; none where one is missing that no row can do without."""
    known = {key: column for column in sheet.columns for key in column.names()}
    placed: dict[int, Column] = {}
    strange: dict[int, str] = {}
    for number, cell in heading.cells.items():
        title = as_seen(given(cell))
        if (column := known.get(fold(title))) is None:
            strange[number] = title[:SHOWN]
        elif column in placed.values():
            problems.add(name, cell.address, f"de kolom “{column.heading}” staat er twee keer; laat er één staan.")
        else:
            placed[number] = column
    whole, alone = True, {*strange} if len(strange) == 1 else set[int]()
    for place, column in enumerate(sheet.columns, start=1):
        if column in placed.values() or column.info:
            continue
        if column.key in sheet.key or (column.required and not column.optional):
            maybe = place if place in strange else next(iter(alone & strange.keys()), 0)
            problems.add(name, *_lacking(column, maybe, strange.pop(maybe, ""), heading))
            whole = False
        else:
            over.missing.append(f"{name}: kolom “{column.heading}”")
    over.others += [f"{name}: kolom “{title}” ({letters(number)})" for number, title in strange.items()]
    return {number: column for number, column in placed.items() if not column.info} if whole else {}


def _lacking(column: Column, maybe: int, title: str, heading: Row) -> tuple[str, str]:
    """The cell and the sentence; a strange heading where the column belongs, or the only one, may be it."""
    said = f"de kolom “{column.heading}” ontbreekt; "
    if not maybe:
        return address(heading.number, 1), f"{said}voeg ze toe."
    return address(heading.number, maybe), f"{said}is het “{title}”, geef die kolom dan deze kop."


def _is_total(row: Row, columns: Mapping[int, Column]) -> bool:
    """A sum below the table: it says so, and it lacks what a row needs."""
    first = row.cells[min(row.cells)]
    said = fold(str(first.value)).split()[:1] if first.kind is CellKind.TEXT else []
    return bool(TOTALS & {*said}) and any(one.required and place not in row.cells for place, one in columns.items())


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
