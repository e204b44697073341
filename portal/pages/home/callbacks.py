"""The home page: a head, four figures, and a card in each place."""

from collections.abc import Callable

from dash import Input, Output
from dash.development.base_component import Component

from portal import clock
from portal.auth import callback, current_viewer
from portal.pages.home import view
from portal.pages.home.ids import SLOTS, Ids
from portal.permissions import Permission


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
