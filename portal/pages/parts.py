"""A page in parts: it opens on its answer, and the rest stands under tabs whose name is in the address.

Only the open part is laid out and asked. A tab is a link, so it can be sent, printed and reached by keyboard; chosen
on the page itself it brings its part alone (assets/navigate.js), and what stands above stays.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs, urlencode

from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from portal.auth import callback, current_viewer, guarded_layout
from portal.components.frame import Tab, part_tabs
from portal.components.links import Content
from portal.pages import PAGES, PART, PLACE, Part, page_at
from portal.permissions import Permission, Viewer

Drawn = Component | list[Component]
Draw = Callable[[], Drawn]


class Ids(StrEnum):
    ASKED = "part-asked"
    TABS = "part-tabs"
    OPEN = "part-open"


def asked_place() -> Component:
    """Where assets/navigate.js says which part of this page somebody chose, as the query of its address."""
    return dcc.Store(id=Ids.ASKED)


def parts_of(page: str, viewer: Viewer) -> list[Part]:
    """Those of the page called so that this viewer may open."""
    (found,) = [one for one in PAGES if one.name == page]
    return [part for part in found.parts if viewer.may(part.right)]


def open_part(page: str, viewer: Viewer, query: Mapping[str, str], otherwise: str = "") -> Part:
    """The part that the address names; for an address that names none the part called `otherwise`, or the first."""
    parts = {part.name: part for part in parts_of(page, viewer)}
    return parts.get(query.get(PART, otherwise)) or next(iter(parts.values()))


def parted(
    page: str,
    query: Mapping[str, str],
    draws: Mapping[str, Draw],
    *above: Component,
    counts: Mapping[str, Content] | None = None,
    otherwise: str = "",
    look: str | None = None,
) -> Component:
    """The page called `page`: what stands `above` every part, the tabs, and the part that `query` opens.

    `draws`: what is in each, by its name. `counts`: the number that counts in a part, beside its title. `otherwise`: as
    in `open_part`, for an address with choices that matter elsewhere than in the first part.
    """
    viewer = current_viewer()
    here = open_part(page, viewer, query, otherwise)
    tabs = [
        Tab(part.title, address_of(query, part.name), here=part is here, number=(counts or {}).get(part.name, ""))
        for part in parts_of(page, viewer)
    ]
    drawn = draws[here.name]()
    inside = [drawn] if isinstance(drawn, Component) else drawn
    mark: dict[str, Any] = {"data-part": here.name}
    places = [html.Div(part_tabs(tabs), id=Ids.TABS), html.Div(html.Div(inside, className="part", **mark), id=Ids.OPEN)]
    return html.Div([*above, *places], className=look)


def address_of(query: Mapping[str, str], part: str) -> str:
    """The same page, at another part, with what was chosen."""
    return f"?{urlencode({**query, PART: part}, safe=',')}"


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.TABS, "children"),
    Output(Ids.OPEN, "children"),
    Input(Ids.ASKED, "data"),
    State(PLACE, "pathname"),
    prevent_initial_call=True,
    by_browser=True,
)
def show_part(asked: str, path: str) -> tuple[Component, Component]:
    """The tabs and the part of the page at `path` that the query opens, as they come with the page itself."""
    page, word = page_at(path) or (None, "")
    if page is None or not page.parts:
        raise PreventUpdate
    query = {**parse_qs(asked.removeprefix("?")), **page.named(word)}
    drawn = guarded_layout(page.right, page.file("page").layout, within=Ids.OPEN)(**query)
    tabs, opened = drawn.children[-2:]
    return tabs.children, opened.children
