"""The parts of the page, and who may see each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.cards import cards
from portal.components.frame import Crumb, page_header
from portal.pages.management import archive, imports, synonyms, trace, users
from portal.permissions import Permission, Viewer

Choices = Sequence[tuple[str, str]]
PARTS = (
    ("gebruikers", "Gebruikers", Permission.MANAGE_PORTAL),
    ("synoniemen", "Synoniemen", Permission.MANAGE_PORTAL),
    ("imports", "Imports", Permission.VIEW_AUDIT),
    ("archief", "Archief", Permission.VIEW_AUDIT),
    ("logboek", "Logboek", Permission.VIEW_AUDIT),
)


def head(viewer: Viewer, as_of: date) -> Component:
    """The title, and a way to each part this viewer has."""
    header = page_header("Beheer", [Crumb("Overzicht", "/"), Crumb("Beheer")], as_of, opening(viewer))
    ways = [html.Li(html.A(title, href=f"#{name}")) for name, title, right in PARTS if viewer.may(right)]
    return html.Div([header, html.Nav(html.Ul(ways, className="tabs"), **named("Op deze pagina"))])


def opening(viewer: Viewer) -> str:
    if viewer.may(Permission.MANAGE_PORTAL):
        return "Wie mag erin, welke woorden betekenen hetzelfde, wat kwam binnen en wie wijzigde wat."
    return "Welke bestanden kwamen binnen, wat staat in het archief en wie wijzigde wat."


def body(
    viewer: Viewer, query: str, places: tuple[Choices, Choices], sought: tuple[Choices, Choices]
) -> list[Component]:
    """Only what this viewer may see is drawn; the rest is not on the page at all."""
    drawn: Mapping[str, Callable[[], Component]] = {
        "gebruikers": lambda: users.section(*places),
        "synoniemen": synonyms.section,
        "imports": imports.section,
        "archief": archive.section,
        "logboek": lambda: trace.section(query, *sought),
    }
    return [html.Div(cards(drawn[name]()), id=name) for name, _, right in PARTS if viewer.may(right)]
