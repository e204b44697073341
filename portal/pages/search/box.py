"""The box on every page: suggestions while somebody types."""

from enum import StrEnum
from urllib.parse import urlencode

from dash import Input, Output
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.search import search_box, suggestions
from portal.db.engine import reading
from portal.pages.given import Written
from portal.pages.search import view
from portal.pages.search.cards import PATH, known_to
from portal.permissions import Permission
from portal.queries.search.search import suggested


class Ids(StrEnum):
    TEXT = "find-text"
    LIST = "find-list"
    SAID = "find-said"


def layout() -> Component:
    return search_box(Ids.TEXT, Ids.LIST, Ids.SAID, PATH)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.LIST, "children"),
    Output(Ids.SAID, "children"),
    Input(Ids.TEXT, "value"),
    prevent_initial_call=True,
)
def suggest(typed: Written) -> tuple[list[Component], str]:
    text = (typed or "").strip()
    if not text:
        return [], ""
    viewer = current_viewer()
    with reading() as session:
        hits, count = suggested(session, viewer, text, known_to(viewer))
    every = f"{PATH}?{urlencode({'q': text})}"
    return suggestions([view.suggestion(hit) for hit in hits], view.all_of_them(count), every), view.heard(count)
