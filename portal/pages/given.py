"""What fields, buttons and grids of ours send, as callbacks declare it: the border refuses everything else."""

from typing import TypedDict

from dash import ctx

from portal.commands.once import is_key
from portal.permissions import RowNotFound

LONGEST_NUMBER = 9
Clicks = int | None  # nothing yet: the button came a moment ago
Written = str | None  # a field, or what a store holds, before anything stands in it
Chosen = list[str] | None
Tick = bool | None
Value = str | int | float | bool | None


class Pressed(TypedDict):
    """The button in a row of a grid: its column, and the row it names."""

    colId: str
    value: str


class Sorted(TypedDict):
    colId: str
    sort: str


class RowsAsked(TypedDict):
    """The rows a grid asks for as it scrolls."""

    startRow: int
    endRow: int
    sortModel: list[Sorted]


def row_number(value: int | str) -> int:
    """Raises RowNotFound for what is no number of a row."""
    digits = str(value)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER):
        raise RowNotFound("number")
    return int(digits)


def pressed_id() -> dict[str, str]:
    """The parts of the id of what was pressed, as text. Raises RowNotFound when nothing of several parts was."""
    if not isinstance(ctx.triggered_id, dict):
        raise RowNotFound("pressed")
    return {key: str(value) for key, value in ctx.triggered_id.items()}


def was_pressed() -> bool:
    """Whether somebody pressed it: a button that came anew beside others that were pressed before says nothing."""
    return bool(ctx.triggered and ctx.triggered[0]["value"])


def key(given: str | None) -> str:
    """The key of a form or an edit; "" where none is sent. Raises RowNotFound for what is none of ours."""
    if given and not is_key(given):
        raise RowNotFound("key")
    return given or ""
