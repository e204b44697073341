"""The place a page's layout has for linking. It is empty until it is known that the viewer may link there."""

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from portal.pages.linking.ids import Part, link_id


def link_place(page: str, of: str, refreshes: Sequence[StrEnum]) -> Component:
    """On the page of a `challenge` or a `project` with the code `of`; `refreshes` as in `editing.places`."""
    marks: dict[str, Any] = {"data-refreshes": json.dumps([str(store) for store in refreshes])}
    asked = dcc.Store(id=link_id(Part.ASKED, page, of), data={"page": page, "of": of})
    return html.Div([asked, html.Div(id=link_id(Part.PLACE, page, of))], className="edit-place", **marks)
