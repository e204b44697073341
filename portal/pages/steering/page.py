"""The steering group in its meeting: what changed, what is late, what must be decided, where the money stands."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.cards import cards
from portal.components.words import explaining
from portal.pages.given import Clicks, Written
from portal.pages.outcome import told_box
from portal.pages.parts import Draw, parted
from portal.pages.steering import (
    acting,  # noqa: F401 - its callbacks stand in the dossier
    asks,
    cockpit,
    editing_order,
    feed,
    news,
    room,  # noqa: F401 - its callbacks stand on the screen for the room
    view,
)
from portal.pages.steering.cards import (
    ACTIONS,
    AGENDA,
    CALENDAR,
    CHANGES,
    DECISIONS,
    foot,
)
from portal.pages.steering.filters import (
    KEYS,
    POINT,
    SCREEN,
    SHOWN,
    Ids,
    Parts,
    Propose,
    propose_id,
)
from portal.permissions import Permission

AGAIN: dict[str, Any] = {"data-refreshes": json.dumps([Ids.WANTED.value])}
FROZEN_ANEW: dict[str, Any] = {"data-refreshes": json.dumps([Ids.START.value, Ids.WANTED.value])}

OFF = "Gehouden tegenover gepland; wat een week na zijn dag niet vastgelegd is, ging niet door."


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    wanted = urlencode({key: text for key, text in query.items() if key in KEYS})
    point = query.get(POINT, "")
    if query.get(SHOWN) == SCREEN:
        shown = [dcc.Store(id=Ids.SHOWN, data=wanted), dcc.Store(id=Ids.POINT, data=point)]
        return html.Div([*shown, html.Div(id=Ids.SCREEN)])
    draws: dict[str, Draw] = {
        "vergadering": lambda: _meeting(point),
        "veranderd": lambda: [_changed_card(), cards(_slot(Ids.PROMISED))],
        "stil": lambda: cards(_stack(6, Ids.QUIET, Ids.STUCK), _stack(6, Ids.COLOURS)),
        "geld": lambda: [cards(_slot(Ids.MONEY)), cards(_slot(Ids.RISKS))],
        "afspraken": lambda: cards(_decisions_card(), _actions_card()),
        "kalender": lambda: [cards(_calendar_card()), cards(feed.place())],
        "verslag": _minutes,
    }
    stores = [dcc.Store(id=store, data=wanted) for store in (Ids.START, Ids.WANTED)]
    later = [dcc.Store(id=store) for store in (Ids.READY, Ids.MEETING)]
    head = html.Div(id=Ids.HEAD, className="page-head")
    return parted("steering", query, draws, *stores, *later, head, look="meeting")


def _meeting(point: str) -> list[Component]:
    edits = html.Div(
        [
            html.Div(id=Ids.AGENDA_EDIT),
            html.Div(id=Ids.MEETING_EDIT, className="slot"),
            html.Div(id=Ids.FREEZE, className="edit-place", **FROZEN_ANEW),
        ],
        className="edit-places meeting-acts",
    )
    moved = html.Div([dcc.Store(id=Ids.MOVE), html.Div(id=Ids.MOVED, className="said")], **AGAIN)
    agenda_card = AGENDA.card(html.Div(id=AGENDA.id), moved, flows=True)
    stores = [dcc.Store(id=Ids.POINT, data=point), dcc.Store(id=Ids.SPOT)]
    brief = html.Section([html.Div(id=Ids.BRIEF), html.Div(id=Ids.NOTING)], className="panel dossier")
    proposed = html.Div(id=Ids.PROPOSED, className="slot", **AGAIN)
    return [*stores, html.Div([agenda_card, brief], className="cockpit"), edits, proposed]


def _minutes() -> list[Component]:
    approval = html.Div(id=Ids.APPROVE, className="edit-place", **FROZEN_ANEW)
    edits = html.Div([html.Div(id=Ids.PRESENCE), approval], className="edit-places meeting-acts")
    return [html.Div(id=Ids.MINUTES, className="slot"), edits]


def _slot(slot: Ids) -> Component:
    return html.Div(id=slot, className="slot")


def _stack(span: int, *slots: Ids) -> Component:
    return html.Div([_slot(slot) for slot in slots], className=f"stack s{span}")


def _decisions_card() -> Component:
    return DECISIONS.card(html.Div(id=Ids.DECISIONS_EDIT), _reading(Ids.DECISIONS), span=5)


def _actions_card() -> Component:
    return ACTIONS.card(html.Div(id=Ids.ACTIONS_EDIT), _reading(Ids.ACTIONS), span=7, flows=True)


def _calendar_card() -> Component:
    off = explaining(OFF, vastgelegd="vastgelegd (vergadering)")
    return CALENDAR.card(html.Div(id=Ids.CALENDAR_EDIT), _reading(Ids.CALENDAR), sub=off)


def _changed_card() -> Component:
    table = CHANGES.grid("Alle veranderingen", height=460)
    whole = CHANGES.card(
        html.Div(id=Ids.SINCE, className="sub"),
        *(html.Div(id=place) for place in news.TOPICS.values()),
        html.Details([html.Summary(id=Ids.ALL_TITLE), table], className="as-table"),
        html.Div(id=Ids.CHOOSE),
        flows=True,
    )
    return html.Div(whole, id=Ids.CHANGED, className="cards")


def _reading(body: str) -> Component:
    """What is read, out of sight while it is being edited."""
    return html.Div(id=body, className="while-reading")


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.MEETING, "data"),
    Output(Ids.READY, "data"),
    Input(Ids.WANTED, "data"),
)
def show_head(query: str) -> tuple[Any, Any, Any]:
    seen = asks.seen(current_viewer(), query)
    if seen is None:
        return view.missing(first=not query), "", query
    return view.head(seen), view.spot(seen), query


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.CHANGED, "hidden"),
    Output(Ids.SINCE, "children"),
    Output(Ids.ALL_TITLE, "children"),
    Output(CHANGES.id, "rowData"),
    Output(Ids.CHOOSE, "children"),
    Output(CHANGES.source_id, "children"),
    Input(Ids.READY, "data"),
    prevent_initial_call=True,
)
def show_changed(query: str) -> tuple[Any, ...]:
    seen = asks.seen(current_viewer(), query)
    if seen is None or not seen.kept:
        return True, None, "", [], None, None
    told = news.since(seen), news.list_title(seen), news.list_rows(seen)
    return False, *told, news.choose(seen), foot(CHANGES, seen)


def _showing(draws: Sequence[view.Draw]) -> Callable[[str], Any]:
    def show_parts(query: str) -> Any:
        seen = asks.seen(current_viewer(), query)
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
    Output(AGENDA.id, "children"),
    Input(Ids.READY, "data"),
    State(Ids.POINT, "data"),
    prevent_initial_call=True,
)
def show_agenda(query: str, point: Written) -> list[Component]:
    viewer = current_viewer()
    seen, which = asks.seen(viewer, query), asks.which(viewer, query)
    moves = which is not None and not which.frozen and editing_order.may_order(viewer, which.name)
    return cockpit.agenda_part(seen, point or "", moves=moves) if seen else []


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.BRIEF, "children"),
    Output(Ids.SPOT, "data"),
    Output(Ids.NOTING, "children"),
    Input(Ids.READY, "data"),
    Input(Ids.POINT, "data"),
    State(Ids.SPOT, "data"),
    prevent_initial_call=True,
)
def show_brief(query: str, point: Written, spot: Written) -> Any:
    """In one answer, so that nothing is typed at a point that is not shown; at the same point what is typed stays."""
    viewer = current_viewer()
    seen = asks.seen(viewer, query)
    if seen is None:
        return None, no_update, None
    brief = cockpit.chosen(seen, point or "")
    now, shown = str(brief.item.id) if brief else "", cockpit.brief_part(seen, viewer, point or "")
    return (shown, no_update, no_update) if now == spot else (shown, now, cockpit.noting_part(seen, viewer, now))


@callback(
    Permission.EDIT_MEETINGS,
    Output(Ids.MOVED, "children"),
    Input(Ids.MOVE, "data"),
    prevent_initial_call=True,
)
def move_point(moved: Written) -> Component:
    return told_box(editing_order.moved(current_viewer(), moved or ""))


@callback(Permission.VIEW_PORTAL, Output(Ids.FREEZE, "children"), Input(Ids.READY, "data"), prevent_initial_call=True)
def offer_freezing(query: str) -> Component | None:
    seen = asks.seen(viewer := current_viewer(), query)
    return view.freezing(seen, viewer) if seen else None


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
    return told_box(view.freeze(current_viewer(), meeting or "", held_on or ""))


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
    return told_box(editing_order.put(current_viewer(), asks.known(current_viewer(), query), about))


def _offering(draw: editing_order.Place) -> Callable[[str], Component | None]:
    def offer_editing(query: str) -> Component | None:
        return editing_order.offered(draw, current_viewer(), asks.which(current_viewer(), query))

    return offer_editing


for _place, _draw in editing_order.PLACES.items():
    callback(Permission.VIEW_PORTAL, Output(_place, "children"), Input(Ids.START, "data"))(_offering(_draw))
