"""The places a page's layout has for editing. They are empty until it is known that the viewer may edit there."""

import json
from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from portal.pages.editing.ids import Mode, Part, place_id


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
