"""The order of the agenda: an item goes higher, lower or off, with one click, for who may edit it."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from dash import ALL, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.commands.meetings.agreed import ITEM, move_item
from portal.components.aria import named
from portal.components.cards import nothing_found
from portal.components.editing import opener
from portal.db.engine import reading
from portal.pages.given import Clicks, Written, number, pressed_id
from portal.pages.rows import records
from portal.pages.steering.ids import Ids
from portal.pages.told import Told, attempt, told_box
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.meetings.editable import editable_items, open_spot


class Order(StrEnum):
    """ASKED and PLACE stand in the layout, the rest comes by callback for who may edit the agenda."""

    ASKED = "steering-order-asked"
    PLACE = "steering-order-place"
    LIST = "steering-order-list"
    SAID = "steering-order-said"
    MOVE = "steering-order-move"
    DROP = "steering-order-drop"


def order_place(of: str, refreshes: Sequence[StrEnum]) -> Component:
    """`of` is the meeting ("exello-4"); `refreshes` as in `editing.places`."""
    marks: dict[str, Any] = {"data-refreshes": json.dumps([str(store) for store in refreshes])}
    asked = dcc.Store(id=Order.ASKED, data=of)
    return html.Div([asked, html.Div(id=Order.PLACE)], className="edit-place", **marks)


@callback(Permission.VIEW_PORTAL, Output(Order.PLACE, "children"), Input(Order.ASKED, "data"))
def offer_order(of: str) -> Component | None:
    with reading() as session:
        mine = open_spot(session, current_viewer(), of) is not None
    inside = html.Div(id=Order.LIST), html.Div(id=Order.SAID)
    return opener("Volgorde wijzigen", *inside) if mine else None


@callback(
    Permission.EDIT_MEETINGS, Output(Order.LIST, "children"), Input(Ids.READY, "data"), State(Order.ASKED, "data")
)
def show_order(_: Written, of: str) -> Component:
    with reading() as session:
        return ordered(records(editable_items(session, current_viewer(), of)))


@callback(
    Permission.EDIT_MEETINGS,
    Output(Order.SAID, "children"),
    Input({"type": Order.MOVE.value, "item": ALL, "to": ALL}, "n_clicks"),
    Input({"type": Order.DROP.value, "item": ALL}, "n_clicks"),
    prevent_initial_call=True,
)
def order_anew(moved: list[Clicks], dropped: list[Clicks]) -> Any:
    if not any(moved) and not any(dropped):  # buttons that came anew are not clicks
        return no_update
    return told_box(act(current_viewer(), pressed_id()))


def ordered(items: Sequence[dict[str, Any]]) -> Component:
    """The rows of `editable_items` of one meeting, each with its three buttons."""
    if not items:
        return nothing_found("agendapunten", "Zet er eerst een op de agenda.")
    places = [row["position"] for row in items]
    ends = range(min(places), max(places) + 1)
    return html.Ol([_item(row, ends) for row in items], className="order", **named("Volgorde van de agenda"))


def _item(row: Mapping[str, Any], ends: range) -> Component:
    seen, position = f"{row['id']}:{row['version']}", row["position"]
    ways = [("↑", "Zet hoger", position - 1), ("↓", "Zet lager", position + 1)]
    moves = [
        _button(_move_id(seen, to), sign, f"{word}: {row['title']}", off=to not in ends) for sign, word, to in ways
    ]
    drop = _button({"type": Order.DROP.value, "item": seen}, "Schrap", f"Schrap: {row['title']}")
    return html.Li([html.Span(f"{position}. {row['title']}"), html.Span([*moves, drop], className="order-ways")])


def _move_id(seen: str, to: int) -> dict[str, Any]:
    return {"type": Order.MOVE.value, "item": seen, "to": to}


def _button(button_id: dict[str, Any], label: str, about: str, *, off: bool = False) -> Component:
    looks = "btn btn-outline-primary btn-sm"
    return html.Button(label, id=button_id, className=looks, disabled=off, n_clicks=0, **named(about))


def act(viewer: Viewer, pressed: Mapping[str, str]) -> Told:
    """Does what the button asks, or tells why not. Raises RowNotFound for what no button of ours is."""
    item, colon, version = pressed["item"].partition(":")
    if not colon:
        raise RowNotFound("item")
    seen = {"item_id": number(item), "version": number(version)}
    if pressed["type"] == Order.DROP:
        return attempt(lambda session: _dropped(session, viewer, seen))
    to = number(pressed["to"])
    return attempt(lambda session: _moved(session, viewer, seen, to))


def _moved(session: Session, viewer: Viewer, seen: Mapping[str, int], to: int) -> Told:
    row = move_item(session, viewer, item_id=seen["item_id"], version=seen["version"], to=to)
    return Told(f"‘{row.title}’ staat nu op plaats {row.position}.")


def _dropped(session: Session, viewer: Viewer, seen: Mapping[str, int]) -> Told:
    row = ITEM.archive(session, viewer, seen["item_id"], seen["version"])
    return Told(f"‘{row.title}’ staat niet meer op de agenda.")
