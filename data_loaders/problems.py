"""What is wrong with a file, in the words of the person who must repair it; all of it at once."""

from dataclasses import dataclass, field

MOST_CELLS, MOST_PROBLEMS = 20, 500


@dataclass(frozen=True, slots=True)
class Problem:
    """`cell` is empty when the whole sheet is meant, `sheet` too when it is the whole file."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{where}: {self.message}" if where else self.message


@dataclass(slots=True)
class Problems:
    """Collects problems; equal ones of a sheet become one that names the other cells."""

    _cells: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)
    _too_many: bool = False

    def add(self, sheet: str, cell: str, message: str) -> None:
        key = (sheet, message)
        if key not in self._cells and len(self._cells) >= MOST_PROBLEMS:
            self._too_many = True
            return
        cells = self._cells.setdefault(key, [])
        self._counts[key] = self._counts.get(key, 0) + 1
        if len(cells) < MOST_CELLS and cell not in cells:
            cells.append(cell)

    def __bool__(self) -> bool:
        return bool(self._cells)

    def found(self) -> tuple[Problem, ...]:
        told = [
            Problem(sheet, cells[0], _also(message, cells[1:], self._counts[sheet, message] - len(cells)))
            for (sheet, message), cells in self._cells.items()
        ]
        if self._too_many:
            told.append(Problem("", "", "Er zijn nog meer problemen; verbeter eerst deze."))
        return tuple(told)


def _also(message: str, others: list[str], more: int) -> str:
    if not others:
        return message
    rest = f" en nog {more}" if more > 0 else ""
    return f"{message} Ook in: {', '.join(others)}{rest}."
