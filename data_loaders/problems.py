"""What is wrong with a file, in the words of the person who must repair it; all of it at once."""

from dataclasses import dataclass, field
from enum import StrEnum

MOST_CELLS, MOST_PROBLEMS = 20, 500


class About(StrEnum):
    """What a problem is about: a value, a word of a list that is not known, or a column that is not there."""

    VALUE = "value"
    WORD = "word"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Problem:
    """`cell` is empty when the whole sheet is meant, `sheet` too when it is the whole file. `cells`: all cells of which
    the same is said; `heading`: of their column; `meant`: what was likely meant there."""

    sheet: str
    cell: str
    message: str
    cells: tuple[str, ...] = field(default=(), compare=False)
    heading: str = field(default="", compare=False)
    meant: str = field(default="", compare=False)
    about: About = field(default=About.VALUE, compare=False)

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{where}: {self.message}" if where else self.message

    @property
    def rows(self) -> frozenset[str]:
        """The rows of these cells ("Blad1!17"); none where no row is meant."""
        numbers = {row_of(cell) for cell in self.cells}
        return frozenset(f"{self.sheet}!{number}" for number in numbers if number and self.about is not About.LACKING)


def row_of(cell: str) -> str:
    """The number of its row: "Blad1!AB17" and "AB17" stand on row 17."""
    return cell.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(slots=True)
class _Found:
    cells: list[str]
    heading: str
    meant: str
    about: About


@dataclass(slots=True)
class Problems:
    """Collects problems; equal ones of a sheet become one that names the other cells."""

    _found: dict[tuple[str, str], _Found] = field(default_factory=dict)
    _too_many: bool = False

    def add(
        self, sheet: str, cell: str, message: str, *, heading: str = "", meant: str = "", about: About = About.VALUE
    ) -> None:
        key = (sheet, message)
        if key not in self._found and len(self._found) >= MOST_PROBLEMS:
            self._too_many = True
            return
        self._found.setdefault(key, _Found([], heading, meant, about)).cells.append(cell)

    def __bool__(self) -> bool:
        return bool(self._found)

    def found(self) -> tuple[Problem, ...]:
        told = []
        for (sheet, message), one in self._found.items():
            cells = tuple(dict.fromkeys(filter(None, one.cells)))
            said = _also(message, cells[1:MOST_CELLS], len(one.cells) - min(len(cells), MOST_CELLS))
            told.append(Problem(sheet, one.cells[0], said, cells, one.heading, one.meant, one.about))
        if self._too_many:
            told.append(Problem("", "", "Er zijn nog meer problemen; verbeter eerst deze."))
        return tuple(told)


def _also(message: str, others: tuple[str, ...], more: int) -> str:
    if not others:
        return message
    rest = f" en nog {more}" if more > 0 else ""
    return f"{message} Ook in: {', '.join(others)}{rest}."
