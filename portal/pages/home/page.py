"""The first page: what changed, what waits, where the region stands."""

from collections.abc import Callable

from dash import Input, Output, dcc, html
from dash.development.base_component import Component

from portal import clock
from portal.auth import callback, current_viewer
from portal.components.cards import cards, skeleton_card
from portal.components.cards import skeleton as waiting
from portal.pages.home import view
from portal.pages.home.view import SLOTS, Ids
from portal.permissions import Permission

HEIGHT, HALF = 320, 6


def layout() -> Component:
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=""),
            html.Div(waiting(120), id=Ids.HEAD, className="page-head"),
            html.Div(waiting(110), id=Ids.FIGURES),
            cards(*(html.Div(skeleton_card("…", HEIGHT, HALF), id=slot, className="slot") for slot in SLOTS)),
        ]
    )


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.FIGURES, "children"),
    Input(Ids.START, "data"),
)
def show_head(_: str) -> tuple[Component, Component]:
    return view.opening(current_viewer(), clock.now()), view.figures(current_viewer())


def _showing(place: int) -> Callable[[str], Component | None]:
    def show_card(_: str) -> Component | None:
        return view.card_at(current_viewer(), place)

    return show_card


for _place, _slot in enumerate(SLOTS):
    callback(Permission.VIEW_PORTAL, Output(_slot, "children"), Input(Ids.START, "data"))(_showing(_place))
