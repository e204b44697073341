"""The meetings in one's own calendar: a personal address, made, made anew and revoked by who it is of."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from dash import ALL, Input, Output, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.commands.people import make_calendar_address, revoke_calendar_address
from portal.components.cards import card
from portal.components.editing import copy_box, said_class
from portal.components.links import download
from portal.db.engine import reading
from portal.pages.given import Clicks, Written, pressed_id
from portal.pages.outcome import Told, attempt
from portal.pages.steering.filters import Ids
from portal.pages.steering_calendar import address_of
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.people import calendar_made_at
from portal.text import moment

FILE = "/download/steering/kalender.ics"
QUESTION = "Hoe komen de vergaderingen in uw eigen agenda?"
SUB = (
    "Met een persoonlijk adres haalt uw agenda (Outlook, Google, Apple) zelf op wat u hier mag zien: dag, uur, plaats "
    "en agendapunten, en elke wijziging daarvan."
)
ONCE = (
    "Dit adres staat hier deze ene keer. Kies in uw agenda ‘abonneren’ of ‘toevoegen via internet’ en plak het. Wie "
    "het kent, leest de vergaderingen zoals u: geef het aan niemand door."
)


class Feed(StrEnum):
    """PLACE stands in the layout, the rest comes by callback."""

    PLACE = "steering-feed"
    BODY = "steering-feed-body"
    ACT = "steering-feed-act"


class Act(StrEnum):
    MAKE = "maak"
    REVOKE = "trek-in"


def place() -> Component:
    return html.Div(id=Feed.PLACE, className="slot")


def foot() -> Component:
    source = html.Span("Bron: kalender en agenda's in het portaal")
    return html.P([source, download(FILE, "Download als agendabestand")], className="source")


@callback(Permission.EDIT_OWN_ACCOUNT, Output(Feed.PLACE, "children"), Input(Ids.START, "data"))
def show_feed(_: Written) -> Component:
    return card(QUESTION, html.Div(_body(current_viewer()), id=Feed.BODY), sub=SUB, foot=foot())


@callback(
    Permission.EDIT_OWN_ACCOUNT,
    Output(Feed.BODY, "children"),
    Input({"type": Feed.ACT.value, "act": ALL}, "n_clicks"),
    prevent_initial_call=True,
)
def change_feed(clicks: list[Clicks]) -> Any:
    if not any(clicks):  # buttons that came anew are not clicks
        return no_update
    viewer = current_viewer()
    return _body(viewer, do(viewer, pressed_id()["act"]))


def do(viewer: Viewer, act: str) -> Told:
    """Makes an address or revokes the one there is. Raises RowNotFound for a button that is not there."""

    def made(session: Session) -> Told:
        return Told("", token=make_calendar_address(session, viewer))

    def revoked(session: Session) -> Told:
        revoke_calendar_address(session, viewer)
        return Told("Ingetrokken: het adres geeft niets meer.")

    match act:
        case Act.MAKE:
            return attempt(made)
        case Act.REVOKE:
            return attempt(revoked)
        case _:
            raise RowNotFound("button")


def _body(viewer: Viewer, told: Told | None = None) -> list[Component]:
    with reading() as session:
        return drawn(calendar_made_at(session, viewer), told)


def drawn(made_at: datetime | None, told: Told | None = None) -> list[Component]:
    """What there is, what can be done with it, and what became of the last act."""
    token = told.token if told else ""
    stands = f"Uw agenda-adres is gemaakt op {moment(made_at)}." if made_at else "U hebt nog geen agenda-adres."
    ways = (
        [_button(Act.REVOKE, "Trek in"), _button(Act.MAKE, "Maak een nieuw")]
        if made_at
        else [_button(Act.MAKE, "Maak mijn agenda-adres")]
    )
    renews = "Een nieuw adres vervangt het vorige, dat dan niets meer geeft." if made_at else ""
    return [
        html.P([stands, " ", renews]),
        *([copy_box(address_of(token), "Uw agenda-adres", ONCE)] if token else []),
        html.Div(ways, className="edit-choices"),
        *(
            [html.Div(told.said, className=said_class(refused=told.refused), role="status")]
            if told and told.said
            else []
        ),
    ]


def _button(act: Act, label: str) -> Component:
    asked = {"type": Feed.ACT.value, "act": act.value}
    return html.Button(label, id=asked, className="btn btn-outline-primary btn-sm", n_clicks=0)
