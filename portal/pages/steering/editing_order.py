"""The order of an agenda, what the portal proposes for it, and where a meeting is edited."""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from dash import ALL, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.commands.meetings.agenda import ITEM, add_item, move_item
from portal.commands.once import given_before, new_key, once
from portal.components.agenda import kind_tag
from portal.components.aria import named
from portal.components.cards import card, nothing_found
from portal.components.editing import opener
from portal.components.links import inside
from portal.db.engine import reading
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.given import Clicks, Written, key, pressed_id, row_number
from portal.pages.outcome import Told, attempt, told_box
from portal.pages.remembered import remembered
from portal.pages.steering.asks import Seen, Which
from portal.pages.steering.filters import Ids, Propose, propose_id
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.meetings.editable import editable_items, open_spot
from portal.snapshots.proposed import About, Proposal
from portal.text import number, plural


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
    mine = may_order(current_viewer(), of)
    inside = html.Div(id=Order.LIST), html.Div(id=Order.SAID)
    return opener("Volgorde wijzigen", *inside) if mine else None


@callback(
    Permission.EDIT_MEETINGS, Output(Order.LIST, "children"), Input(Ids.READY, "data"), State(Order.ASKED, "data")
)
def show_order(_: Written, of: str) -> Component:
    return order_of(current_viewer(), of)


@remembered
def may_order(session: Session, viewer: Viewer, of: str) -> bool:
    return open_spot(session, viewer, of) is not None


@remembered
def order_of(session: Session, viewer: Viewer, of: str) -> Component:
    return ordered(editable_items(session, viewer, of))


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
    move = {"type": Order.MOVE.value, "item": seen}
    moves = [
        _button({**move, "to": to}, sign, f"{word}: {row['title']}", off=to not in ends) for sign, word, to in ways
    ]
    drop = _button({"type": Order.DROP.value, "item": seen}, "Schrap", f"Schrap: {row['title']}")
    return html.Li([html.Span(f"{position}. {row['title']}"), html.Span([*moves, drop], className="order-ways")])


def _button(button_id: dict[str, Any], label: str, about: str, *, off: bool = False) -> Component:
    looks = "btn btn-outline-primary btn-sm"
    return html.Button(label, id=button_id, className=looks, disabled=off, n_clicks=0, **named(about))


def moved(viewer: Viewer, sent: str) -> Told:
    """The same, for a point that was dragged or moved by its keys: it, its version, and its new place ("12:5 3")."""
    item, _, to = sent.partition(" ")
    return act(viewer, {"type": Order.MOVE.value, "item": item, "to": to})


def act(viewer: Viewer, pressed: Mapping[str, str]) -> Told:
    """Does what the button asks, or tells why not. Raises RowNotFound for what no button of ours is."""
    item, colon, version = pressed["item"].partition(":")
    if not colon:
        raise RowNotFound("item")
    item_id, seen = row_number(item), row_number(version)
    to = None if pressed["type"] == Order.DROP else row_number(pressed["to"])

    def moved(session: Session) -> Told:
        if to is None:
            row = ITEM.archive(session, viewer, item_id, seen)
            return Told(f"‘{row.title}’ staat niet meer op de agenda.")
        row = move_item(session, viewer, item_id=item_id, version=seen, to=to)
        return Told(f"‘{row.title}’ staat nu op plaats {row.position}.")

    return attempt(moved)


AGAIN = (Ids.WANTED,)
EDITORS = (Permission.EDIT_MEETINGS, Permission.CLOSE_ACTIONS, Permission.FREEZE_MEETINGS)
Place = Callable[[Which], Component | None]


def offered(place: Place, viewer: Viewer, which: Which | None) -> Component | None:
    """What stands in one of PLACES; it stays empty for what this viewer may not do."""
    return place(which) if which and any(viewer.may(right) for right in EDITORS) else None


def _meeting(which: Which) -> Component:
    of = which.name
    return add_place("vergadernota", of, AGAIN) if which.frozen else form_place("vergadering", of, AGAIN)


def _agenda(which: Which) -> Component | None:
    of = which.name
    return None if which.frozen else _add_and_change("agenda", of, order_place(of, AGAIN))


def _of_meeting(what: str) -> Place:
    return lambda which: None if which.frozen else _add_and_change(what, which.name)


def _calendar(_: Which) -> Component:
    return _side_by_side(add_place("vergaderingen", refreshes=AGAIN), grid_place("vergaderingen", refreshes=AGAIN))


def _add_and_change(what: str, of: str, *more: Component) -> Component:
    return _side_by_side(add_place(what, of, AGAIN), grid_place(what, of, AGAIN), *more)


def _side_by_side(*parts: Component) -> Component:
    return html.Div(list(parts), className="edit-places")


PLACES: Mapping[Ids, Place] = {
    Ids.MEETING_EDIT: _meeting,
    Ids.AGENDA_EDIT: _agenda,
    Ids.DECISIONS_EDIT: _of_meeting("beslissingen"),
    Ids.ACTIONS_EDIT: _of_meeting("acties"),
    Ids.CALENDAR_EDIT: _calendar,
    Ids.PRESENCE: lambda which: None if which.frozen else grid_place("aanwezigheden", which.name, AGAIN),
}


MOST, MOST_MORE = 2, 20
KEYS = {About.PROJECT: "project", About.RESULT: "deliverable", About.ATELIER: "atelier"}


def proposed(seen: Seen) -> Component | None:
    """None for who does not edit this agenda, and when everything that asks for attention is on it."""
    rows = seen.proposals
    if not rows:
        return None
    folded = rows[MOST:MOST_MORE]
    rest = html.Details(
        [html.Summary(f"Toon nog {number(len(folded))}"), _listed(folded, "Nog meer voorstellen")], className="as-table"
    )
    said = f"{plural(len(rows), 'voorstel', 'voorstellen')} van het portaal; wat al op de agenda staat, niet."
    return card("Wat vraagt aandacht?", _listed(rows[:MOST], "Voorstellen"), rest if folded else None, sub=said)


def _listed(rows: Sequence[Proposal], label: str) -> Component:
    return html.Ul([_line(row) for row in rows], className="proposals", **named(label))


def _line(row: Proposal) -> Component:
    name = row.title if row.about is About.MEETING else f"{row.code} {row.title}"
    put = html.Button(
        ["Zet op de agenda", html.Span(f": {name}", className="quiet")],
        id=propose_id(Propose.PUT, spot(row)),
        value=f"{spot(row)} {new_key()}",
        n_clicks=0,
        className="btn btn-outline-primary btn-sm",
    )
    return html.Li(
        [
            html.Div([html.B(inside(name, row.path)), html.Small(row.why)]),
            kind_tag(row.suggested),
            put,
            html.Div(id=propose_id(Propose.SAID, spot(row)), className="said"),
        ]
    )


def spot(row: Proposal) -> str:
    """What a proposal is about, as its button carries it ("project:R-14")."""
    return f"{row.about.value}:{row.code}"


def put(viewer: Viewer, seen: Seen, sent: str) -> Told:
    """Puts it on the agenda as it was proposed, or tells why not. Raises RowNotFound for what was not proposed."""
    named, _, sent_key = sent.partition(" ")
    found = next((row for row in seen.proposals if spot(row) == named), None)
    with once(key(sent_key), (seen.id, named)):
        if found is None:
            return _before(viewer, named)
        about = {KEYS[found.about]: found.code} if found.about in KEYS else {}
        values = {"title": found.title, "kind": found.suggested, **about}
        return attempt(lambda session: _done(add_item(session, viewer, meeting_id=seen.id, values=values)))


def _before(viewer: Viewer, named: str) -> Told:
    """The answer to a click that came twice: what is on the agenda is not proposed any more. Raises RowNotFound."""
    with reading() as session:
        row = given_before(session, viewer.user_id, add_item)
        if row is None:
            raise RowNotFound(f"proposal {named}")
        return _done(row)


def _done(row: Any) -> Told:
    return Told(f"‘{row.title}’ staat op de agenda, als punt {row.position}.")
