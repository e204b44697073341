"""Where a grid, a form or an addition stands, and its ids."""

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from dash import MATCH, dcc, html
from dash.development.base_component import Component


class Part(StrEnum):
    """The parts of a place; ASKED stands in every layout, the rest comes by callback for who may edit."""

    ASKED = "edit-asked"
    PLACE = "edit-place"
    SWITCH = "edit-switch"
    OPENER = "edit-opener"
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


def grid_place(what: str, of: str = "", refreshes: Sequence[str] = ()) -> Component:
    """A switch "Bewerken" that opens a grid of all that the viewer may edit of `what`.

    `refreshes`: the stores of the page whose callbacks draw what an edit changes.
    """
    return _place(what, of, Mode.GRID, refreshes)


def form_place(what: str, of: str, refreshes: Sequence[str] = ()) -> Component:
    """A switch "Bewerken" that opens a form for the one row `of`."""
    return _place(what, of, Mode.CHANGE, refreshes)


def add_place(what: str, of: str = "", refreshes: Sequence[str] = ()) -> Component:
    """A button that opens a form for a new row."""
    return _place(what, of, Mode.ADD, refreshes)


def _place(what: str, of: str, mode: Mode, refreshes: Sequence[str]) -> Component:
    asked = {"what": what, "of": of, "mode": mode.value}
    marks: dict[str, Any] = {"data-refreshes": json.dumps([str(store) for store in refreshes])}
    return html.Div(
        [
            dcc.Store(id=place_id(Part.ASKED, what, of, mode), data=asked),
            html.Div(id=place_id(Part.PLACE, what, of, mode)),
        ],
        className="edit-place",
        **marks,
    )
