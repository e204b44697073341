"""Ids of the page of the progress round."""

from enum import StrEnum
from typing import Any

from dash import MATCH


class Ids(StrEnum):
    CHOSEN = "round-chosen"
    SAVED = "round-saved"
    GO = "round-go"
    GONE = "round-gone"
    HEAD = "round-head"
    SCREEN = "round-screen"
    LIST = "round-list"
    DONE = "round-done"


class Parts(StrEnum):
    """What stands inside the cards, once it is known who looks."""

    NEXT = "round-part-next"
    CONFIRM = "round-part-confirm"
    SAID = "round-part-said"
    PICKED = "round-part-picked"


class Row(StrEnum):
    """The parts of the row of one project."""

    ROW = "round-row"
    PICK = "round-pick"
    CONFIRM = "round-confirm"
    MARK = "round-mark"


def row_id(part: Row, project: Any = MATCH) -> dict[str, Any]:
    """Of this project; of each one by itself, or with ALL of all together."""
    return {"type": part.value, "project": project}
