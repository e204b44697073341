"""What stands around every page: the rail, the banner, the problem that occurred, the footer."""

from collections.abc import Sequence
from enum import StrEnum

import dash
from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from portal import numbers
from portal.auth import callback, current_viewer, viewer_or_none
from portal.components.aria import HIDDEN
from portal.components.cards import nothing_found
from portal.components.frame import MenuLink, brand, demo_banner, footer, rail, shell, who
from portal.components.links import Content, inside
from portal.components.numbers import keyed
from portal.components.words import HELP, WORDS, help_link
from portal.db.engine import reading
from portal.pages import PAGES, PLACE, page_at, parts
from portal.pages.search import box
from portal.permissions import Permission, Role, Viewer
from portal.problems import problem_place
from portal.queries.about import MenuNumbers, PortalState, menu_numbers, portal_state
from portal.queries.reference import Option, own_partner_options
from portal.text import listed, number
from portal.vocabulary import DEMO_NOTICE


class Ids(StrEnum):
    BRAND = "shell-brand"
    RAIL = "shell-rail"
    HELP = "shell-help"


ACCOUNT = "/account"
SOURCES = "Bronnen: inventaris van de gemeenten, Gemeente-Stadsmonitor, projectaanvraag en wat partners hier bijhouden."
LICENCE = "Cijfers van de Gemeente-Stadsmonitor: Agentschap Binnenlands Bestuur, modellicentie gratis hergebruik."


def rail_of(
    viewer: Viewer, own: Sequence[Option], menu_counts: MenuNumbers, state: PortalState, path: str
) -> list[Component]:
    """The children of the rail; a director finds the own partner first."""
    name = brand(state.programme, state.region, "/assets/logo.svg")
    partners = listed([partner.label for partner in own])
    role = " · ".join(filter(None, (viewer.role.label, partners)))
    ways = html.Div([inside("Begrippen", WORDS), html.Span("·", **HIDDEN), sign_out()], className="ways")
    account = who(viewer.name, role, ACCOUNT, ways)
    return rail(name, menu(viewer, own, menu_counts), path, account)


def menu(viewer: Viewer, own: Sequence[Option], counts: MenuNumbers) -> list[MenuLink]:
    """The pages this role may open, and before them the own partners of who has some."""
    mine = [MenuLink(f"/gemeente/{partner.code}", partner.label) for partner in own]
    pages = [
        MenuLink(page.path, page.title, counted(page.name, counts))
        for page in PAGES
        if page.in_menu and viewer.may(page.right)
    ]
    return [*mine, *pages] if viewer.role is Role.DIRECTOR else [*pages, *mine]


def counted(page: str, menu: MenuNumbers) -> Content:
    """The one number that counts on a page; of the inventory two."""
    match page:
        case "inventory":
            return [keyed(numbers.CHALLENGES.at(menu.challenges)), " · ", keyed(numbers.PROJECTS.at(menu.projects))]
        case "coalitions":
            return keyed(numbers.COALITIONS.at(menu.coalitions))
        case "ateliers":
            return keyed(numbers.RESULTS.at(menu.deliverables))
        case "partners":
            return keyed(numbers.PARTNERS.at(menu.partners))
        case "steering" if menu.days_to_steering is not None:
            return keyed(numbers.DAYS_TO_MEETING.at(menu.days_to_steering), until(menu.days_to_steering))
        case _:
            return ""


def until(days: int) -> str:
    """ "in 12 d"."""
    return {0: "vandaag", 1: "morgen"}.get(days, f"in {number(days)} d")


def sign_out() -> Component:
    """A form, since signing out changes something; its token comes from the session."""
    token = dcc.Input(type="hidden", name="csrf_token", value=generate_csrf())
    return html.Form([token, html.Button("Afmelden", type="submit")], action="/afmelden", method="POST")


def layout() -> Component:
    """Asked anew each time the portal is opened, behind the guard as every page; and once when it starts."""
    return shell(
        Ids.RAIL,
        _banner() if viewer_or_none() else None,
        html.Div([problem_place(), html.Div(id=Ids.HELP), parts.asked_place(), dash.page_container]),
        footer(SOURCES, LICENCE),
        top=[html.Div(id=Ids.BRAND, className="brand-place"), box.layout()],
    )


def _banner() -> Component | None:
    with reading() as session:
        return demo_banner(DEMO_NOTICE) if portal_state(session).is_demo else None


def not_found(**_: str) -> Component:
    """For an address inside the portal that leads nowhere."""
    return html.Div([html.H1("Niet gevonden"), nothing_found("pagina op dit adres", "Kies een pagina in het menu.")])


def help_at(path: str) -> Component | None:
    """The way to the part of the guide about this page; on the guide itself there is none."""
    found = page_at(path)
    part = found[0].help if found else ""
    return None if path.rstrip("/") == HELP else help_link(part)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.BRAND, "children"),
    Output(Ids.RAIL, "children"),
    Output(Ids.HELP, "children"),
    Input(PLACE, "pathname"),
    by_browser=True,
)
def show_rail(path: str) -> tuple[Component, list[Component], Component | None]:
    with reading() as session:
        counts = menu_numbers(session, current_viewer())
        own = own_partner_options(session, current_viewer())
        state = portal_state(session)
    name, *menus = rail_of(current_viewer(), own, counts, state, path)
    return name, menus, help_at(path)


def register() -> None:
    """The page for an address that leads nowhere."""
    dash.register_page(  # type: ignore[no-untyped-call]
        "not_found_404", path="/niet-gevonden", title="Niet gevonden", layout=not_found
    )
