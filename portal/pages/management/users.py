"""Who may sign in, as whom and for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from dash import Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component
from flask import request
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, current_viewer
from portal.clock import REGION_TIME
from portal.commands import people
from portal.commands.base import Refused
from portal.commands.people import INVITATION_LASTS
from portal.components import editing, grids
from portal.components.cards import card
from portal.components.editing import said_class
from portal.components.filters import Option, choose_some
from portal.db.engine import reading
from portal.pages.given import Chosen, Clicks, Pressed, Written, row_number
from portal.pages.management import Ids
from portal.pages.outcome import Told, attempt
from portal.permissions import Permission, Role, RowNotFound, Viewer, require
from portal.queries import reference
from portal.queries.people import UserRow, place_ids, users
from portal.text import clocked, day, moment

ROLES = [(role.value, role.label) for role in Role]
COLUMNS = [
    grids.text("name", "Naam", grow=2, width=190, cellRenderer="RowButton"),
    grids.text("email", "E-mailadres", grow=2, width=280),
    grids.text("role", "Rol", grow=1, width=160),
    grids.text("places", "Partners en ateliers", grow=2, width=160),
    grids.text("standing", "Stand", width=160),
    grids.text("last", "Laatst aangemeld", width=130),
]
LINK_ONCE = (
    "Bezorg deze link zelf aan de persoon. Hij werkt één keer, tot {until}. Dit scherm toont hem alleen nu; "
    "nergens wordt hij bewaard."
)
Choices = Sequence[tuple[str, str]]


def section(partners: Choices, ateliers: Choices) -> Component:
    invite = editing.posted(
        "Gebruiker uitnodigen",
        [
            editing.typed(Ids.EMAIL, "E-mailadres", kind="email", autoComplete="off"),
            editing.typed(Ids.NAME, "Naam", autoComplete="off"),
            *_places((Ids.ROLE, Ids.PARTNERS, Ids.ATELIERS), ("", (), ()), partners, ateliers),
        ],
        editing.said_place(Ids.INVITED),
        editing.button(Ids.INVITE, "Maak uitnodiging", main=True),
    )
    return card(
        "Wie kan zich aanmelden?",
        editing.opener("Gebruiker uitnodigen", html.Div([invite, html.Div(id=Ids.INVITED_LINK)], className="editing")),
        html.Div(id=Ids.PERSON),
        grids.grid(Ids.PEOPLE, COLUMNS, label="Gebruikers", height=420, options={"rowHeight": 44}),
        dcc.Store(id=Ids.PEOPLE_NOW),
        sub="Kies een naam om rol en plaats te wijzigen, opnieuw uit te nodigen of uit te schakelen.",
    )


def rows(people: Sequence[UserRow], at: datetime) -> list[dict[str, Any]]:
    """As the grid has them."""
    return [
        {
            "id": row.id,
            "name": row.name,
            "email": row.email,
            "role": row.role.label,
            "places": row.places,
            "standing": standing(row, at),
            "last": clocked(row.last_sign_in) if row.last_sign_in else "",
        }
        for row in people
    ]


def standing(row: UserRow, at: datetime) -> str:
    """Whether the person may come in, and how."""
    if not row.active:
        return "uitgeschakeld"
    if row.invited_until is not None and row.invited_until > at:
        return f"uitgenodigd tot {day(row.invited_until.astimezone(REGION_TIME).date())}"
    if row.has_password:
        return "actief"
    return "uitnodiging verlopen" if row.invited_until is not None else "zonder wachtwoord"


def person(row: UserRow, partners: Choices, ateliers: Choices, told: Told, until: datetime) -> Component:
    """The form of one person, as the row is now, and what became of the last act."""
    controls = (Ids.PERSON_ROLE, Ids.PERSON_PARTNERS, Ids.PERSON_ATELIERS)
    chosen = row.role.value, [slug for slug, _ in row.partners], [code for code, _ in row.ateliers]
    form = editing.posted(
        f"Wijzig {row.name}",
        _places(controls, chosen, partners, ateliers),
        editing.said_place(Ids.PERSON_SAID, told.said, refused=told.refused),
        editing.button(Ids.SAVE, "Bewaar rol en plaats", main=True),
        editing.button(Ids.RENEW, "Nieuwe uitnodiging", disabled=not row.active),
        editing.button(Ids.SWITCH, "Schakel uit" if row.active else "Schakel in"),
    )
    seen = {"id": row.id, "version": row.version, "active": row.active}
    box = [dcc.Store(id=Ids.WHO, data=seen), html.H3(f"{row.name} · {row.email}"), form]
    return html.Div([*box, *([link_box(told.token, until)] if told.token else [])], className="editing")


def link_box(token: str, until: datetime) -> Component:
    """The link as it is given to the person; the token is nowhere else."""
    link = f"{request.host_url}uitnodiging/{token}"
    return editing.copy_box(link, "Eenmalige link", LINK_ONCE.format(until=moment(until)))


def _places(
    controls: tuple[Ids, Ids, Ids],
    chosen: tuple[str, Sequence[str], Sequence[str]],
    partners: Choices,
    ateliers: Choices,
) -> list[Component]:
    """Role, partners and ateliers, with what holds for this person."""
    role, own_partners, own_ateliers = chosen
    return [
        editing.labelled(controls[0], "Rol", editing.choice(controls[0], role, ROLES, wrong=False)),
        choose_some(controls[1], "Partners", [Option(*each) for each in partners], "Geen partner", own_partners),
        choose_some(controls[2], "Ateliers", [Option(*each) for each in ateliers], "Geen atelier", own_ateliers),
    ]


class Person(TypedDict):
    """Whose form it is, as it was seen."""

    id: int
    version: int
    active: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Role and places as the form has them."""

    role: Written
    partners: Chosen
    ateliers: Chosen

    def of(self, session: Session, viewer: Viewer) -> dict[str, Any]:
        """As the commands take them. Raises Refused for a role that is none."""
        role = next((each for each in Role if each.value == self.role), None)
        if role is None:
            raise Refused("Kies een rol; er is niets gewijzigd.")
        partners, ateliers = place_ids(session, viewer, self.partners or [], self.ateliers or [])
        return {"role": role, "partner_ids": partners, "atelier_ids": ateliers}


def invited(viewer: Viewer, email: str, name: str, wanted: Wanted) -> Told:
    def act(session: Session) -> Told:
        require(viewer, Permission.MANAGE_PORTAL)
        given = {"email": email, "name": name, **wanted.of(session, viewer)}
        token = people.invite_user(session, viewer, **given)
        return Told(f"{name.strip()} is toegevoegd.", token=token)

    return attempt(act)


def do(viewer: Viewer, button: object, who: Person, wanted: Wanted) -> Told:
    """What this button of a person's form asks. Raises RowNotFound for a button that is not there."""
    user_id = who["id"]

    def act(session: Session) -> Told:
        require(viewer, Permission.MANAGE_PORTAL)
        match button:
            case Ids.SAVE:
                seen = who["version"]
                people.change_role(session, viewer, user_id=user_id, version=seen, **wanted.of(session, viewer))
                return Told("Bewaard. Wie van rol of plaats verandert, meldt zich opnieuw aan.")
            case Ids.RENEW:
                token = people.renew_invitation(session, viewer, user_id=user_id)
                return Told("Er is een nieuwe uitnodiging; een vorige link werkt niet meer.", token=token)
            case Ids.SWITCH if who["active"]:
                people.disable_user(session, viewer, user_id=user_id)
                return Told("Uitgeschakeld; de persoon is overal afgemeld.")
            case Ids.SWITCH:
                people.enable_user(session, viewer, user_id=user_id)
                return Told("Weer ingeschakeld.")
            case _:
                raise RowNotFound("button")

    return attempt(act)


@callback(Permission.MANAGE_PORTAL, Output(Ids.PEOPLE, "rowData"), Input(Ids.PEOPLE_NOW, "data"))
def list_people(_: Written) -> list[dict[str, Any]]:
    with reading() as session:
        return rows(users(session, current_viewer()), clock.now())


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
    done = invited(current_viewer(), email or "", name or "", Wanted(role, partners, ateliers))
    if done.refused:
        return done.said, said_class(refused=True), None, *(no_update,) * 6
    link = link_box(done.token, clock.now() + INVITATION_LASTS)
    return done.said, said_class(refused=False), link, "", "", "", [], [], clock.now().isoformat()


@callback(
    Permission.MANAGE_PORTAL,
    Output(Ids.PERSON, "children"),
    Input(Ids.PEOPLE, "cellRendererData"),
    prevent_initial_call=True,
)
def choose_person(pressed: Pressed) -> Component:
    return form_of(current_viewer(), row_number(pressed["value"]), Told(""))


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
    who: Person,
    role: Written,
    partners: Chosen,
    ateliers: Chosen,
) -> tuple[Any, ...]:
    if not (saved or renewed or switched):
        return (no_update,) * 4
    done = do(current_viewer(), ctx.triggered_id, who, Wanted(role, partners, ateliers))
    if done.refused:
        return no_update, done.said, said_class(refused=True), no_update
    return form_of(current_viewer(), who["id"], done), no_update, no_update, clock.now().isoformat()


def form_of(viewer: Viewer, user_id: int, done: Told) -> Component:
    """Raises RowNotFound when there is no such person."""
    with reading() as session:
        found = next((row for row in users(session, viewer) if row.id == user_id), None)
        places = reference.partner_options(session), reference.atelier_options(session)
    if found is None:
        raise RowNotFound("user")
    return person(found, *places, done, clock.now() + INVITATION_LASTS)
