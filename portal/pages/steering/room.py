"""The callbacks of the room's screen: each screen is asked for by itself, and what is typed on it stands apart."""

from dash import Input, Output, State
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.pages.given import Written
from portal.pages.steering import asks, present, view
from portal.pages.steering.filters import Ids, Screen, screen_id
from portal.permissions import Permission


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.SCREEN, "children"),
    Input(Ids.SHOWN, "data"),
    State(Ids.POINT, "data"),
)
def show_screen(query: str, point: Written) -> Component:
    seen = asks.seen(current_viewer(), query)
    return present.deck(seen, query, point or "") if seen else view.missing(first=not query)


@callback(
    Permission.VIEW_PORTAL,
    Output(screen_id(Screen.SHOWN), "children"),
    Input(screen_id(Screen.ASKED), "data"),
)
def show_slide(asked: str) -> list[Component | None]:
    viewer = current_viewer()
    place, query = present.asked_in(asked)
    seen = asks.seen(viewer, query)
    return list(present.page_at(seen, place, present.may_at(seen, viewer, place))) if seen else []


@callback(
    Permission.VIEW_PORTAL,
    Output(screen_id(Screen.NOTING), "children"),
    Input(screen_id(Screen.BEGUN), "data"),
)
def show_slide_noting(asked: str) -> Component | None:
    viewer = current_viewer()
    place, query = present.asked_in(asked)
    seen = asks.seen(viewer, query)
    return present.noting_at(seen, viewer, place) if seen else None
