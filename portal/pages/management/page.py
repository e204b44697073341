"""Beheer: the trace, the archive, files, words and users."""

from collections.abc import Mapping
from datetime import date

from dash import Input, Output, html
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.cards import cards
from portal.components.frame import Crumb, page_header
from portal.db.engine import reading
from portal.pages.cards import offering
from portal.pages.management import Ids, archive, learning, synonyms, trace, users
from portal.pages.management.trace import FILTERS, TRACE, meant
from portal.pages.parts import Draw, parted
from portal.permissions import Permission, Viewer
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.trace.search import trace_kinds, trace_people

DOWNLOADS = offering(meant, TRACE)


def layout(**query: str) -> Component:
    """`query` is what the address carries: what is sought in the trace."""
    draws: dict[str, Draw] = {
        "gebruikers": lambda: cards(_users()),
        "synoniemen": lambda: cards(synonyms.section(), learning.section()),
        "imports": lambda: cards(archive.imports_section()),
        "archief": lambda: cards(archive.archive_section()),
        "logboek": lambda: cards(_trace(query)),
    }
    start, *_ = FILTERS.stores(query)
    otherwise = "logboek" if set(FILTERS.names) & query.keys() else ""
    head = html.Div(id=Ids.HEAD, className="page-head")
    return parted("management", query, draws, start, head, otherwise=otherwise)


def _users() -> Component:
    with reading() as session:
        return users.section(reference.partner_options(session), reference.atelier_options(session))


def _trace(query: Mapping[str, str]) -> Component:
    viewer = current_viewer()
    with reading() as session:
        sought = trace_people(session, viewer), trace_kinds(session, viewer)
    return trace.section(query, *sought)


def head(viewer: Viewer, as_of: date) -> Component:
    return page_header("Beheer", [Crumb("Overzicht", "/"), Crumb("Beheer")], as_of, opening(viewer))


def opening(viewer: Viewer) -> str:
    if viewer.may(Permission.MANAGE_PORTAL):
        return "Wie mag erin, welke woorden betekenen hetzelfde, wat kwam binnen en wie wijzigde wat."
    return "Welke bestanden kwamen binnen, wat staat in het archief en wie wijzigde wat."


@callback(Permission.VIEW_AUDIT, Output(Ids.HEAD, "children"), Input(FILTERS.start, "data"))
def show_head(_: str) -> Component:
    with reading() as session:
        as_of = portal_state(session).as_of
    return head(current_viewer(), as_of)
