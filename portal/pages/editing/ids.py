"""Ids of the places where something is edited: each a part, of what, about which row."""

from enum import StrEnum
from typing import Any

from dash import MATCH


class Part(StrEnum):
    """The parts of a place; ASKED stands in every layout, the rest comes by callback for who may edit."""

    ASKED = "edit-asked"
    PLACE = "edit-place"
    SWITCH = "edit-switch"
    BODY = "edit-body"
    GRID = "edit-grid"
    SENT = "edit-sent"
    ANSWER = "edit-answer"
    SAID = "edit-said"
    CLASH = "edit-clash"
    UNDO = "edit-undo"
    KEEP = "edit-keep"
    RELOAD = "edit-reload"
    TAKE = "edit-take"
    FORM = "edit-form"
    FIELD = "edit-field"
    FAULT = "edit-fault"
    TWINS = "edit-twins"
    JOIN = "edit-join"
    SEEN = "edit-seen"
    POST = "edit-post"
    POSTED = "edit-posted"
    UNANSWERED = "edit-unanswered"


class Mode(StrEnum):
    GRID = "grid"
    ADD = "add"
    CHANGE = "change"


def place_id(part: Part, what: str, of: str, mode: Mode) -> dict[str, str]:
    return {"type": part.value, "what": what, "of": of, "mode": mode.value}


def field_id(part: Part, what: str, of: str, mode: Mode, field: str) -> dict[str, str]:
    return place_id(part, what, of, mode) | {"field": field}


def every(part: Part, **more: Any) -> dict[str, Any]:
    """The pattern of this part wherever it stands."""
    return {"type": part.value, "what": MATCH, "of": MATCH, "mode": MATCH, **more}
