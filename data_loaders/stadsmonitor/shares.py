"""A column of shares, to points of a hundred: whether it counts to 1 or to 100 is decided for the whole column."""

from collections.abc import Sequence
from decimal import Decimal

from data_loaders.cells import Cell, CellKind
from data_loaders.sheets import given
from portal.values import Share, Wrong, quoted

POINTS = Share(whole=100)
HUNDRED = 100


def percentages(cells: Sequence[Cell]) -> list[Decimal | Wrong]:
    """Cells that say themselves that they are percentages are taken at their word. Where the others are all 0 or 1
    nobody can tell, and each of them is wrong.
    """
    taken = [(_is_marked(cell), _attempt(cell)) for cell in cells]
    plain = [number for marked, number in taken if not marked and isinstance(number, Decimal)]
    to_one = bool(plain) and max(plain) <= 1 and min(plain) >= 0
    unclear = to_one and 1 in plain and set(plain) <= {0, 1}
    found: list[Decimal | Wrong] = []
    for cell, (marked, number) in zip(cells, taken, strict=True):
        if isinstance(number, Wrong):
            found.append(number)
        elif unclear and not marked:
            found.append(
                Wrong(f"{quoted(given(cell))} is niet duidelijk: 1 kan 1 % of 100 % zijn; schrijf er % achter.")
            )
        else:
            points = number * HUNDRED if to_one and not marked else number
            found.append(points if 0 <= points <= HUNDRED else _beyond(points))
    return found


def _is_marked(cell: Cell) -> bool:
    is_text = cell.kind is CellKind.TEXT and str(cell.value).rstrip().endswith("%")
    return is_text or cell.kind is CellKind.PERCENT


def _attempt(cell: Cell) -> Decimal | Wrong:
    if cell.kind is CellKind.UNREADABLE:
        return Wrong(f"{cell.value}.")
    try:
        return POINTS.number(given(cell))
    except Wrong as fault:
        return fault


def _beyond(points: Decimal) -> Wrong:
    try:
        POINTS.check(points)
    except Wrong as fault:
        return fault
    raise AssertionError(points)
