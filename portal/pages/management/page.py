"""Beheer: the trace, the archive, files, words and users."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from dash import Input, Output, html
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.aria import named
from portal.components.cards import cards, skeleton
from portal.components.frame import Crumb, page_header
from portal.db.engine import reading
from portal.pages.cards import offering
from portal.pages.management import Ids, archive, learning, synonyms, trace, users
from portal.pages.management.trace import FILTERS, TRACE, meant
from portal.permissions import Permission, Viewer
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.trace.search import trace_kinds, trace_people

DOWNLOADS = offering(meant, TRACE)


def layout(**query: str) -> Component:
    """`query` is what the address carries: what is sought in the trace."""
    start, *_ = FILTERS.stores(query)
    return html.Div(
        [
            start,
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            html.Div(skeleton(600), id=Ids.BODY, className="stack"),
        ]
    )


Choices = Sequence[tuple[str, str]]
SECTIONS = (
    ("gebruikers", "Gebruikers", Permission.MANAGE_PORTAL),
    ("synoniemen", "Synoniemen", Permission.MANAGE_PORTAL),
    ("imports", "Imports", Permission.VIEW_AUDIT),
    ("archief", "Archief", Permission.VIEW_AUDIT),
    ("logboek", "Logboek", Permission.VIEW_AUDIT),
)


def head(viewer: Viewer, as_of: date) -> Component:
    """The title, and a way to each part this viewer has."""
    header = page_header("Beheer", [Crumb("Overzicht", "/"), Crumb("Beheer")], as_of, opening(viewer))
    ways = [html.Li(html.A(title, href=f"#{name}")) for name, title, right in SECTIONS if viewer.may(right)]
    return html.Div([header, html.Nav(html.Ul(ways, className="tabs"), **named("Op deze pagina"))])


def opening(viewer: Viewer) -> str:
    if viewer.may(Permission.MANAGE_PORTAL):
        return "Wie mag erin, welke woorden betekenen hetzelfde, wat kwam binnen en wie wijzigde wat."
    return "Welke bestanden kwamen binnen, wat staat in het archief en wie wijzigde wat."


def body(
    viewer: Viewer, query: str, places: tuple[Choices, Choices], sought: tuple[Choices, Choices]
) -> list[Component]:
    """Only what this viewer may see is drawn; the rest is not on the page at all."""
    drawn: Mapping[str, Callable[[], Component | tuple[Component, ...]]] = {
        "gebruikers": lambda: users.section(*places),
        "synoniemen": lambda: (synonyms.section(), learning.section()),
        "imports": archive.imports_section,
        "archief": archive.archive_section,
        "logboek": lambda: trace.section(query, *sought),
    }
    return [html.Div(cards(*_each(drawn[name]())), id=name) for name, _, right in SECTIONS if viewer.may(right)]


def _each(sections: Component | tuple[Component, ...]) -> tuple[Component, ...]:
    return sections if isinstance(sections, tuple) else (sections,)


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.HEAD, "children"),
    Output(Ids.BODY, "children"),
    Input(FILTERS.start, "data"),
)
def show_page(query: str) -> tuple[Component, list[Component]]:
    viewer = current_viewer()
    with reading() as session:
        places = reference.partner_options(session), reference.atelier_options(session)
        sought = trace_people(session, viewer), trace_kinds(session, viewer)
        as_of = portal_state(session).as_of
    return head(viewer, as_of), body(viewer, query or "", places, sought)
