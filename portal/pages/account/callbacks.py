"""One's own account: who is signed in, and another password."""

from typing import Any

from dash import Input, Output, State, dcc, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, counted_try, current_viewer
from portal.commands.people import change_own_password
from portal.components.editing import said_class
from portal.components.frame import Crumb, page_header
from portal.db.engine import reading
from portal.pages.account.ids import Ids
from portal.pages.given import Clicks, Written
from portal.pages.told import Told, attempt
from portal.permissions import Permission, Viewer
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.people import own_address
from portal.text import listed

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
