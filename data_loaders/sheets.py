"""A sheet is described, not programmed: its columns, and for each the kind of its cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from data_loaders.cells import Cell, CellKind
from portal.values import Kind, Percent, Unreadable, Whole
from portal.values.given import HUNDRED, exact
from portal.words import fold

EXPLANATION, CHOICES = "Toelichting", "Keuzes"
NO_DATA_SHEETS = frozenset({fold(EXPLANATION), fold(CHOICES)})


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over the values that `key` names.

    `required`: no cell may be empty. `optional`: the whole column may be left out, and then its key is not in the
    rows. `missing`: what means "nothing", besides an empty cell. `info` is exported for whoever reads the sheet and
    never read back; it may be left out. `says` replaces what the kind says of itself, `means` is what the value tells.
    `asked`: a file that has no such column says it once for all its rows, though a row may do without. `start`: what a
    new row begins with.
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
    asked: bool = False
    start: str = ""
    means: str = ""

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

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that a file may bring in."""
        return tuple(one for one in self.columns if not one.info)

    def called(self, heading: str) -> Column | None:
        """The column of this heading, or one it had before."""
        key = fold(heading)
        return next((one for one in self.columns if key in one.names()), None)

    def cannot_do_without(self, column: Column) -> bool:
        return column.required and not column.optional


VERSION = Column(
    "versie",
    "version",
    Whole(),
    required=False,
    says="niet wijzigen: zo ziet het portaal of iemand de rij intussen wijzigde; een nieuwe rij heeft er geen",
    means="Welke stand van de rij in dit bestand staat.",
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The values of a row by column key (empty: as the column says), and the address of each. `begins`: what holds for
    a new row that does not say it; `empty`: the keys of the cells in which nothing stands."""

    sheet: str
    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, str]
    begins: Mapping[str, Any] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()

    def at(self, key: str) -> str:
        """The cell of a column; where the sheet does not have it, the row's first."""
        return self.cells.get(key) or next(iter(self.cells.values()))


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
