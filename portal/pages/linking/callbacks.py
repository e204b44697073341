"""Links on the page of a challenge or a project: drawn for who may, made and undone by their commands."""

from typing import Any

from dash import ALL, Input, Output, State, no_update
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.pages.given import Clicks, Written, pressed_id
from portal.pages.linking.ids import Part, every
from portal.pages.linking.sides import Asked, Place, change
from portal.pages.linking.view import panel
from portal.permissions import Permission


@callback(Permission.VIEW_PORTAL, Output(every(Part.PLACE), "children"), Input(every(Part.ASKED), "data"))
def show_links(asked: Asked) -> list[Component]:
    return panel(current_viewer(), Place.asked(asked))


@callback(
    Permission.EDIT_PROJECTS,
    Output(every(Part.PLACE), "children", allow_duplicate=True),
    Input(every(Part.LINK), "n_clicks"),
    Input({**every(Part.UNLINK), "other": ALL}, "n_clicks"),
    State(every(Part.CHOSEN), "value"),
    State(every(Part.ASKED), "data"),
    prevent_initial_call=True,
)
def save_link(linked: Clicks, unlinked: list[Clicks], chosen: Written, asked: Asked) -> Any:
    if not linked and not any(unlinked):
        return no_update
    place, by = Place.asked(asked), pressed_id()
    unlink = by.get("type") == Part.UNLINK
    told = change(current_viewer(), place, by.get("other") if unlink else chosen, unlink=unlink)
    return panel(current_viewer(), place, told)
