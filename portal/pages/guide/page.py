"""The guide: first what somebody does in the own role, then its parts, each opened by the page it is about."""

from collections.abc import Mapping
from enum import StrEnum

from dash import Input, Output, html
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.cards import card, cards
from portal.components.frame import Crumb, page_header
from portal.components.prose import prose
from portal.db.engine import reading
from portal.guide import ROLES, Part, guide, start_of
from portal.pages import PAGES
from portal.pages.first_steps import Step, listed_steps, steps_of
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.reference import own_partner_options


class Ids(StrEnum):
    ALL = "guide-all"


DOING: Mapping[str, Permission] = {
    "in-tien-minuten-een-project-bijwerken-een-bestand-inlezen-een-datum-terugvinden": Permission.IMPORT_DATA,
    "de-inventaris-bewerken": Permission.EDIT_PROJECTS,
    "resultaten-mijlpalen-en-geld-bewerken": Permission.EDIT_DELIVERABLES,
}
"""The parts about an act, by their place, with the right it takes."""
OPENING = "Eerst wat u in uw rol doet, dan elke pagina. Het vraagteken boven een pagina opent haar deel."


def layout() -> Component:
    return html.Div(id=Ids.ALL)


@callback(Permission.VIEW_PORTAL, Output(Ids.ALL, "children"), Input(Ids.ALL, "id"))
def show_guide(_: str) -> list[Component]:
    viewer = current_viewer()
    with reading() as session:
        as_of = portal_state(session).as_of
        steps = steps_of(viewer, own_partner_options(session, viewer))
    head = page_header("Hulp", [Crumb("Overzicht", "/"), Crumb("Hulp")], as_of, OPENING)
    return [head, cards(_start(viewer, steps), _pages(viewer))]


def _pages(viewer: Viewer) -> Component:
    every = html.Div([_part(part) for part in parts_for(viewer)], className="closed-parts")
    return card("Hoe werkt elke pagina?", every, flows=True)


def parts_for(viewer: Viewer) -> list[Part]:
    """Those of the pages the viewer may open, and those that are of no page, as far as they are about what the viewer
    may do; without what the roles start with."""
    closed = {page.help for page in PAGES} - {page.help for page in PAGES if viewer.may(page.right)}
    closed |= {place for place, right in DOING.items() if not viewer.may(right)}
    return [part for part in guide() if part.title != ROLES and part.anchor not in closed]


def _start(viewer: Viewer, steps: tuple[Step, ...]) -> Component:
    said = prose(start_of(viewer.role.label))
    return card(f"Wat doet u als {viewer.role.label.lower()}?", *said, listed_steps(steps))


def _part(part: Part) -> Component:
    body = html.Div(prose(part.text), className="prose")
    return html.Details([html.Summary(html.H3(part.title)), body], id=part.anchor, className="guide-part")
