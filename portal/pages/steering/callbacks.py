"""The page of a meeting: asked of the report and drawn. The head asks first; the cards share what it found."""

from collections.abc import Callable, Sequence
from typing import Any

from dash import Input, Output, State, no_update
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.pages.given import Clicks, Written
from portal.pages.steering import answers, editing_places, freezing, news, present, proposing, view
from portal.pages.steering.ids import Ids, Parts, Propose, Screen, propose_id, screen_id
from portal.pages.told import told_box
from portal.permissions import Permission


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.MEETING, "data"),
    Output(Ids.READY, "data"),
    Input(Ids.WANTED, "data"),
)
def show_head(query: str) -> tuple[Any, Any, Any]:
    seen = answers.seen(current_viewer(), query)
    if seen is None:
        return view.missing(first=not query), "", query
    return view.head(seen), freezing.spot(seen), query


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.CHANGED, "hidden"),
    Output(Ids.SINCE, "children"),
    Output(Ids.ALL_TITLE, "children"),
    Output(Ids.ALL_CHANGED, "rowData"),
    Output(Ids.CHOOSE, "children"),
    Output(Ids.CHANGED_SOURCE, "children"),
    Input(Ids.READY, "data"),
    prevent_initial_call=True,
)
def show_changed(query: str) -> tuple[Any, ...]:
    seen = answers.seen(current_viewer(), query)
    if seen is None or not seen.kept:
        return True, None, "", [], None, None
    told = news.since(seen), news.list_title(seen), news.list_rows(seen)
    return False, *told, news.choose(seen), news.source(seen, "veranderingen")


def _showing(draws: Sequence[view.Draw]) -> Callable[[str], Any]:
    def show_parts(query: str) -> Any:
        seen = answers.seen(current_viewer(), query)
        first, *others = [None if seen is None else draw(seen) for draw in draws]
        return (first, *others) if others else first  # a callback with one output answers no list

    return show_parts


for _group in view.DRAWN:
    callback(
        Permission.VIEW_PORTAL,
        *[Output(place, "children") for place in _group],
        Input(Ids.READY, "data"),
        prevent_initial_call=True,
    )(_showing(tuple(_group.values())))


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.FREEZE, "children"),
    Output(Ids.NOTING, "children"),
    Input(Ids.READY, "data"),
    prevent_initial_call=True,
)
def offer_acts(query: str) -> tuple[Component | None, ...]:
    viewer = current_viewer()
    seen = answers.seen(viewer, query)
    if seen is None:
        return None, None
    return freezing.freezing(seen, viewer), editing_places.noting(seen, viewer)


@callback(
    Permission.EDIT_MEETINGS,
    Output(Parts.AT_PLACES, "children"),
    Input(Parts.AT, "value"),
    prevent_initial_call=True,
)
def note_at(spot: Written) -> list[Component]:
    return list(editing_places.places_at(spot or ""))


@callback(
    Permission.FREEZE_MEETINGS,
    Output(Parts.FREEZE_SAID, "children"),
    Input(Parts.FREEZE_SEND, "n_clicks"),
    State(Parts.FREEZE_ON, "value"),
    State(Ids.MEETING, "data"),
    prevent_initial_call=True,
)
def freeze(clicks: Clicks, held_on: Written, meeting: Written) -> Any:
    if not clicks:
        return no_update
    return told_box(freezing.freeze(current_viewer(), meeting or "", held_on or ""))


@callback(
    Permission.EDIT_MEETINGS,
    Output(propose_id(Propose.SAID), "children"),
    Input(propose_id(Propose.PUT), "n_clicks"),
    State(propose_id(Propose.PUT), "value"),
    State(Ids.READY, "data"),
    prevent_initial_call=True,
)
def put_on_agenda(clicks: Clicks, about: str, query: str) -> Any:
    if not clicks:
        return no_update
    return told_box(proposing.put(current_viewer(), answers.known(current_viewer(), query), about))


@callback(
    Permission.VIEW_PORTAL,
    *(Output(place, "children") for place in editing_places.PLACES),
    Input(Ids.START, "data"),
)
def offer_editing(query: str) -> tuple[Any, ...]:
    return editing_places.places(current_viewer(), answers.which(current_viewer(), query))


@callback(Permission.VIEW_PORTAL, Output(Ids.SCREEN, "children"), Input(Ids.SHOWN, "data"))
def show_screen(query: str) -> Component:
    seen = answers.seen(current_viewer(), query)
    return present.deck(seen, query) if seen else view.missing(first=not query)


@callback(
    Permission.VIEW_PORTAL,
    Output(screen_id(Screen.SHOWN), "children"),
    Input(screen_id(Screen.ASKED), "data"),
)
def show_slide(asked: str) -> list[Component | None]:
    place, query = present.asked_in(asked)
    seen = answers.seen(current_viewer(), query)
    return list(present.page_at(seen, place)) if seen else []
