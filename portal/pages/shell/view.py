"""The rail in words: which pages, in which order, with which number."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from portal.components.frame import MenuLink, brand, rail, who
from portal.pages import PAGES
from portal.permissions import Role, Viewer
from portal.queries.about import MenuNumbers, PortalState
from portal.queries.reference import Option
from portal.text import listed, number

ACCOUNT = "/account"
SOURCES = "Bronnen: inventaris van de gemeenten, Gemeente-Stadsmonitor, projectaanvraag en wat partners hier bijhouden."
LICENCE = "Cijfers van de Gemeente-Stadsmonitor: Agentschap Binnenlands Bestuur, modellicentie gratis hergebruik."


def rail_of(
    viewer: Viewer, own: Sequence[Option], numbers: MenuNumbers, state: PortalState, path: str
) -> list[Component]:
    """The children of the rail; a director finds the own partner first."""
    name = brand(state.programme, state.region, "/assets/logo.svg")
    partners = listed([partner.label for partner in own])
    role = " · ".join(filter(None, (viewer.role.label, partners)))
    account = who(viewer.name, role, ACCOUNT, sign_out())
    return rail(name, menu(viewer, own, numbers), path, account)


def menu(viewer: Viewer, own: Sequence[Option], numbers: MenuNumbers) -> list[MenuLink]:
    """The pages this role may open, and before them the own partners of who has some."""
    mine = [MenuLink(f"/gemeente/{partner.code}", partner.label) for partner in own]
    pages = [
        MenuLink(page.path, page.title, counted(page.name, numbers))
        for page in PAGES
        if page.in_menu and viewer.may(page.right)
    ]
    return [*mine, *pages] if viewer.role is Role.DIRECTOR else [*pages, *mine]


def counted(page: str, numbers: MenuNumbers) -> str:
    """The one number that counts on a page, as text."""
    match page:
        case "inventory":
            return f"{number(numbers.challenges)} · {number(numbers.projects)}"
        case "coalitions":
            return number(numbers.coalitions)
        case "ateliers":
            return number(numbers.deliverables)
        case "partners":
            return number(numbers.partners)
        case "steering":
            return until(numbers.days_to_steering)
        case _:
            return ""


def until(days: int | None) -> str:
    """ "in 12 d", or nothing when no meeting is known to come."""
    return "" if days is None else {0: "vandaag", 1: "morgen"}.get(days, f"in {number(days)} d")


def sign_out() -> Component:
    """A form, since signing out changes something; its token comes from the session."""
    token = dcc.Input(type="hidden", name="csrf_token", value=generate_csrf())
    return html.Form([token, html.Button("Afmelden", type="submit")], action="/afmelden", method="POST")
