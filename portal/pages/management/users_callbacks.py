"""The people who may sign in: listed, invited, changed."""

from typing import Any

from dash import Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from portal import clock
from portal.auth import callback, current_viewer
from portal.commands.people import INVITATION_LASTS
from portal.components.editing import said_class
from portal.db.engine import reading
from portal.pages.given import Chosen, Clicks, Pressed, Written, number
from portal.pages.management import users, users_acts
from portal.pages.management.ids import Ids
from portal.pages.told import Told
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries import reference
from portal.queries.people import accounts


@callback(Permission.MANAGE_PORTAL, Output(Ids.PEOPLE, "rowData"), Input(Ids.PEOPLE_NOW, "data"))
def list_people(_: Written) -> list[dict[str, Any]]:
    with reading() as session:
        return users.rows(accounts(session, current_viewer()), clock.now())


@callback(
    Permission.MANAGE_PORTAL,
    Output(Ids.INVITED, "children"),
    Output(Ids.INVITED, "className"),
    Output(Ids.INVITED_LINK, "children"),
    Output(Ids.EMAIL, "value"),
    Output(Ids.NAME, "value"),
    Output(Ids.ROLE, "value"),
    Output(Ids.PARTNERS, "value"),
    Output(Ids.ATELIERS, "value"),
    Output(Ids.PEOPLE_NOW, "data"),
    Input(Ids.INVITE, "n_clicks"),
    State(Ids.EMAIL, "value"),
    State(Ids.NAME, "value"),
    State(Ids.ROLE, "value"),
    State(Ids.PARTNERS, "value"),
    State(Ids.ATELIERS, "value"),
    prevent_initial_call=True,
)
def invite(
    _: Clicks, email: Written, name: Written, role: Written, partners: Chosen, ateliers: Chosen
) -> tuple[Any, ...]:
    done = users_acts.invite(current_viewer(), email or "", name or "", users_acts.Wanted(role, partners, ateliers))
    if done.refused:
        return done.said, said_class(refused=True), None, *(no_update,) * 6
    link = users.link_box(done.token, clock.now() + INVITATION_LASTS)
    return done.said, said_class(refused=False), link, "", "", "", [], [], clock.now().isoformat()


@callback(
    Permission.MANAGE_PORTAL,
    Output(Ids.PERSON, "children"),
    Input(Ids.PEOPLE, "cellRendererData"),
    prevent_initial_call=True,
)
def choose_person(pressed: Pressed) -> Component:
    return form_of(current_viewer(), number(pressed["value"]), Told(""))


@callback(
    Permission.MANAGE_PORTAL,
    Output(Ids.PERSON, "children", allow_duplicate=True),
    Output(Ids.PERSON_SAID, "children"),
    Output(Ids.PERSON_SAID, "className"),
    Output(Ids.PEOPLE_NOW, "data", allow_duplicate=True),
    Input(Ids.SAVE, "n_clicks"),
    Input(Ids.RENEW, "n_clicks"),
    Input(Ids.SWITCH, "n_clicks"),
    State(Ids.WHO, "data"),
    State(Ids.PERSON_ROLE, "value"),
    State(Ids.PERSON_PARTNERS, "value"),
    State(Ids.PERSON_ATELIERS, "value"),
    prevent_initial_call=True,
)
def change_person(  # noqa: PLR0917 - one for each part of the form
    saved: Clicks,
    renewed: Clicks,
    switched: Clicks,
    who: users_acts.Person,
    role: Written,
    partners: Chosen,
    ateliers: Chosen,
) -> tuple[Any, ...]:
    if not (saved or renewed or switched):
        return (no_update,) * 4
    done = users_acts.do(current_viewer(), ctx.triggered_id, who, users_acts.Wanted(role, partners, ateliers))
    if done.refused:
        return no_update, done.said, said_class(refused=True), no_update
    return form_of(current_viewer(), who["id"], done), no_update, no_update, clock.now().isoformat()


def form_of(viewer: Viewer, user_id: int, done: Told) -> Component:
    """Raises RowNotFound when there is no such person."""
    with reading() as session:
        people = accounts(session, viewer)
        places = reference.partner_options(session), reference.atelier_options(session)
    found = people[people["id"] == user_id].to_dict("records")
    if not found:
        raise RowNotFound("user")
    return users.person(found[0], *places, done, clock.now() + INVITATION_LASTS)
