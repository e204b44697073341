"""Reads a reference file line by line, and says in a sentence what is wrong with it."""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from portal.commands.reference import ReferenceRefused
from portal.vocabulary import Word
from portal.words import fold

T = TypeVar("T")
W = TypeVar("W", bound=Word)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file; `number` counts as a spreadsheet does, the headings being row 1."""

    file: str
    number: int
    cells: Mapping[str, str]

    @property
    def where(self) -> str:
        return f"{self.file}, rij {self.number}"

    def refused(self, why: str) -> ReferenceRefused:
        return ReferenceRefused(f"{self.where}: {why}")

    def maybe(self, column: str) -> str | None:
        """The text of a cell; None when it is empty or the file has no such column."""
        return self.cells.get(column) or None

    def text(self, column: str) -> str:
        """The text of a cell that may not be empty."""
        if not (cell := self.cells[column]):
            raise self.refused(f"kolom {column} is leeg; vul ze in.")
        return cell

    def whole(self, column: str) -> int | None:
        return self._parsed(column, int, "geheel getal")

    def number_in(self, column: str) -> float | None:
        return self._parsed(column, float, "getal, met een punt voor de decimalen")

    def euros(self, column: str) -> Decimal | None:
        return self._parsed(column, Decimal, "bedrag, met een punt voor de centen")

    def yes_or_no(self, column: str) -> bool:
        cell = fold(self.text(column))
        if cell not in {"ja", "nee"}:
            raise self.refused(f"kolom {column} is 'ja' of 'nee', niet '{cell}'.")
        return cell == "ja"

    def word(self, column: str, words: type[W]) -> W:
        """The word whose value or label stands in the cell."""
        known = {fold(text): word for word in words for text in (word.label, word.value)}
        return self.one_of(column, known)

    def one_of(self, column: str, known: Mapping[str, T]) -> T:
        """What a cell calls by its folded name."""
        cell = self.text(column)
        if (found := known.get(fold(cell))) is None:
            raise self.refused(f"kolom {column} kent '{cell}' niet; kies uit: {', '.join(known)}.")
        return found

    def _parsed(self, column: str, parse: Callable[[str], T], what: str) -> T | None:
        if (cell := self.maybe(column)) is None:
            return None
        try:
            if not re.fullmatch(r"-?\d+(\.\d+)?", cell):
                raise ValueError(cell)
            return parse(cell)
        except (ValueError, InvalidOperation) as fault:
            raise self.refused(f"kolom {column} is geen {what}: '{cell}'; verbeter de cel.") from fault


def lines_of(path: Path, *columns: str) -> list[Line]:
    """The rows of a file that has at least these columns; raises ReferenceRefused otherwise."""
    headings, rows = _read(path)
    for column in columns:
        if column not in headings:
            raise ReferenceRefused(f"{path.name}, rij 1: kolom {column} ontbreekt; voeg ze toe.")
    return [_line(path.name, number, headings, row) for number, row in rows if any(row)]


def headings_of(path: Path) -> list[str]:
    """What stands above the columns of a file; raises ReferenceRefused for one that cannot be read."""
    return _read(path)[0]


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    if not path.is_file():
        raise ReferenceRefused(f"{path.name} ontbreekt in de map met referentiegegevens; zet het bestand erbij.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            rows = [(reader.line_num, row) for reader in [csv.reader(opened, strict=True)] for row in reader]
    except (UnicodeDecodeError, csv.Error) as fault:
        raise ReferenceRefused(f"{path.name} is geen leesbaar csv-bestand; bewaar het als csv in UTF-8.") from fault
    return [cell.strip() for cell in rows[0][1]] if rows else [], rows[1:]


def _line(file: str, number: int, headings: list[str], row: list[str]) -> Line:
    if len(row) != len(headings):
        raise ReferenceRefused(
            f"{file}, rij {number}: telt {len(row)} cellen onder {len(headings)} koppen; verbeter de rij."
        )
    return Line(file, number, dict(zip(headings, (cell.strip() for cell in row), strict=True)))


def by_name(lines: list[Line], name: str, code: str) -> dict[str, str]:
    """Folded names and codes with their code; raises ReferenceRefused for one that comes twice."""
    known: dict[str, str] = {}
    seen: set[str] = set()
    for line in lines:
        if fold(line.text(code)) in seen or fold(line.text(name)) in known:
            raise line.refused(f"'{line.text(code)}' of '{line.text(name)}' staat er twee keer in; laat er één staan.")
        seen.add(fold(line.text(code)))
        known[fold(line.text(name))] = line.text(code)
    return known


def year_in(path: Path) -> int:
    """The year a file's name ends with."""
    if not (found := re.search(r"_(\d{4})$", path.stem)):
        raise ReferenceRefused(f"{path.name}: de naam eindigt niet op een jaar; noem het bestand zoals naam_2022.csv.")
    return int(found[1])
