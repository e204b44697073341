"""Whom to call: the directors of who shares most with us, or of the partner itself."""

from collections import Counter
from typing import NamedTuple

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.cards import card
from portal.components.links import inside
from portal.queries.partners.partners import PartnerDetail
from portal.text import listed

MOST_TO_CALL = 5
ALONE = "Nog niemand deelt een open uitdaging met ons. De projectcoördinator helpt u verder."


class Neighbour(NamedTuple):
    """A partner to call, with how many of the challenges it shares."""

    slug: str
    name: str
    shares: int


def neighbours(sharing: pd.DataFrame, most: int = MOST_TO_CALL) -> list[Neighbour]:
    """The partners that share most of the challenges, most first and then in the order of their names."""
    pairs = [
        (slug, name)
        for slugs, names in zip(sharing["partner_slugs"], sharing["partners"], strict=True)
        for slug, name in zip(slugs, names, strict=True)
    ]
    counted = sorted(Counter(pairs).items(), key=lambda one: (-one[1], one[0][1]))
    return [Neighbour(slug, name, count) for (slug, name), count in counted[:most]]


def call_card(partner: PartnerDetail, sharing: pd.DataFrame, contacts: pd.DataFrame) -> Component:
    """Of another partner its own directors; of the viewer's own partner those of who shares most with it."""
    if not partner.own:
        return card(f"Wie belt u bij {partner.name}?", _people(contacts, partner.slug) or _nobody(partner.name))
    near = neighbours(sharing)
    if not near:
        return card("Wie belt u?", html.P(ALONE, className="sub"))
    lines = [html.Li(_line(one, _people(contacts, one.slug)), style={"breakInside": "avoid"}) for one in near]
    silent = listed([one.name for one in near if _people(contacts, one.slug) is None])
    people = html.Ul(lines, style={"columns": "3 280px", "margin": "0"})
    sub = "De besturen die het meest met ons delen, en hun algemeen directeur."
    return card("Wie belt u?", people, _nobody(silent) if silent else None, sub=sub)


def to_call(partner: PartnerDetail, sharing: pd.DataFrame) -> list[str]:
    """The slugs of the partners whose directors the card names."""
    return [one.slug for one in neighbours(sharing)] if partner.own else [partner.slug]


def _line(one: Neighbour, people: Component | None) -> list[Component | str]:
    name = inside(one.name, f"/gemeente/{one.slug}")
    return [name, f" deelt er {one.shares}", people or html.Div("nog niemand bekend")]


def _people(contacts: pd.DataFrame, slug: str) -> Component | None:
    rows = contacts[contacts["partner_slug"] == slug].to_dict("records")
    return html.Div([_person(row["name"], row["email"]) for row in rows]) if rows else None


def _person(name: str, email: str) -> Component:
    return html.Div([f"{name}: ", html.A(email, href=f"mailto:{email}")])


def _nobody(names: str) -> Component:
    return html.P(
        f"Van {names} is nog niemand aangemeld. Vraag het de projectcoördinator; die kan iemand laten uitnodigen.",
        className="remark",
    )
