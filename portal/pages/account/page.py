"""The own account: who somebody is here, and another password."""

from enum import StrEnum
from typing import Any

from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, counted_try, current_viewer
from portal.commands.people import change_own_password
from portal.components import editing
from portal.components.cards import card, cards, skeleton
from portal.components.editing import said_class
from portal.components.frame import Crumb, page_header
from portal.credentials import LONGEST, PASSWORD_RULE
from portal.db.engine import reading
from portal.pages.given import Clicks, Written
from portal.pages.outcome import Told, attempt
from portal.permissions import Permission, Viewer
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.people import own_address
from portal.text import listed


class Ids(StrEnum):
    WHO = "account-who"
    CURRENT = "account-current"
    PASSWORD = "account-password"  # noqa: S105 - an id
    AGAIN = "account-again"
    SAVE = "account-save"
    SAID = "account-said"
    LEAVE = "account-leave"


def layout() -> Component:
    form = editing.posted(
        "Wachtwoord wijzigen",
        [
            _secret(Ids.CURRENT, "Huidig wachtwoord", "current-password"),
            _secret(Ids.PASSWORD, "Nieuw wachtwoord", "new-password"),
            _secret(Ids.AGAIN, "Nogmaals het nieuwe wachtwoord", "new-password"),
        ],
        editing.said_place(Ids.SAID),
        editing.button(Ids.SAVE, "Wijzig wachtwoord", main=True),
    )
    sub = f"{PASSWORD_RULE} Daarna meldt u zich overal opnieuw aan."
    place = html.Div(id=Ids.LEAVE)
    return html.Div(
        [
            html.Div(skeleton(120), id=Ids.WHO, className="page-head"),
            cards(card("Hoe wijzigt u uw wachtwoord?", form, place, sub=sub)),
        ]
    )


def _secret(control_id: Ids, label: str, autocomplete: str) -> Component:
    return editing.typed(control_id, label, kind="password", most=LONGEST, autoComplete=autocomplete)


AFTER = "/aanmelden?melding=wachtwoord"
UNEQUAL = "De twee nieuwe wachtwoorden zijn niet gelijk; er is niets gewijzigd."


@callback(Permission.EDIT_OWN_ACCOUNT, Output(Ids.WHO, "children"), Input(Ids.WHO, "id"))
def show_account(_: str) -> Component:
    viewer = current_viewer()
    with reading() as session:
        places = [*reference.own_partner_options(session, viewer), *reference.own_atelier_options(session, viewer)]
        as_of = portal_state(session).as_of
    whose = f"{viewer.role.label} · {listed([place.label for place in places])}" if places else viewer.role.label
    return page_header(viewer.name, [Crumb("Overzicht", "/"), Crumb("Mijn account")], as_of, whose)


@callback(
    Permission.EDIT_OWN_ACCOUNT,
    Output(Ids.SAID, "children"),
    Output(Ids.SAID, "className"),
    Output(Ids.LEAVE, "children"),
    Input(Ids.SAVE, "n_clicks"),
    State(Ids.CURRENT, "value"),
    State(Ids.PASSWORD, "value"),
    State(Ids.AGAIN, "value"),
    prevent_initial_call=True,
)
def change_password(_: Clicks, current: Written, password: Written, again: Written) -> tuple[Any, ...]:
    if (password or "") != (again or ""):
        return UNEQUAL, said_class(refused=True), no_update
    done = changed_password(current_viewer(), current or "", password or "")
    leave = no_update if done.refused else dcc.Location(id="account-away", href=AFTER, refresh=True)
    return done.said, said_class(refused=done.refused), leave


def changed_password(viewer: Viewer, current: str, password: str) -> Told:
    """Every sign-in of the person ends, this one too."""

    with reading() as asking:
        address = own_address(asking, viewer)

    def act(session: Session) -> Told:
        with counted_try(address) as counted:
            change_own_password(session, viewer, counted=counted, current=current, password=password)
        return Told("Uw wachtwoord is gewijzigd.")

    return attempt(act)
