"""Who may sign in, drawn: the list, the form that invites, the form of one person."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component
from flask import request

from portal.clock import REGION_TIME
from portal.components import editing, grids
from portal.components.cards import card
from portal.components.filters import Option, choose_some
from portal.pages.management.ids import Ids
from portal.pages.told import Told
from portal.permissions import Role
from portal.text import day, moment

ROLES = [(role.value, role.label) for role in Role]
COLUMNS = [
    grids.text("name", "Naam", grow=2, width=220, cellRenderer="RowButton"),
    grids.text("email", "E-mailadres", grow=2, width=220),
    grids.text("role", "Rol", grow=1, width=180),
    grids.text("places", "Partners en ateliers", grow=2, width=180),
    grids.text("standing", "Stand", width=170),
    grids.text("last", "Laatst aangemeld", width=150),
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


def rows(people: pd.DataFrame, at: datetime) -> list[dict[str, Any]]:
    """The frame of `accounts` as the grid has it."""
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "email": row["email"],
            "role": row["role"].label,
            "places": ", ".join(filter(None, (row["partners"], row["ateliers"]))),
            "standing": standing(row, at),
            "last": f"{row['last_sign_in'].astimezone(REGION_TIME):%d/%m/%Y %H:%M}" if row["last_sign_in"] else "",
        }
        for row in people.to_dict("records")
    ]


def standing(row: Mapping[Hashable, Any], at: datetime) -> str:
    """Whether the person may come in, and how."""
    if not row["active"]:
        return "uitgeschakeld"
    if row["invited_until"] is not None and row["invited_until"] > at:
        return f"uitgenodigd tot {day(row['invited_until'].astimezone(REGION_TIME).date())}"
    if row["has_password"]:
        return "actief"
    return "uitnodiging verlopen" if row["invited_until"] is not None else "zonder wachtwoord"


def person(row: Mapping[Hashable, Any], partners: Choices, ateliers: Choices, told: Told, until: datetime) -> Component:
    """The form of one person, as the row is now, and what became of the last act."""
    controls = (Ids.PERSON_ROLE, Ids.PERSON_PARTNERS, Ids.PERSON_ATELIERS)
    chosen = row["role"].value, row["partner_slugs"], row["atelier_codes"]
    form = editing.posted(
        f"Wijzig {row['name']}",
        _places(controls, chosen, partners, ateliers),
        editing.said_place(Ids.PERSON_SAID, told.said, refused=told.refused),
        editing.button(Ids.SAVE, "Bewaar rol en plaats", main=True),
        editing.button(Ids.RENEW, "Nieuwe uitnodiging", disabled=not row["active"]),
        editing.button(Ids.SWITCH, "Schakel uit" if row["active"] else "Schakel in"),
    )
    seen = {"id": row["id"], "version": row["version"], "active": row["active"]}
    box = [dcc.Store(id=Ids.WHO, data=seen), html.H3(f"{row['name']} · {row['email']}"), form]
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
