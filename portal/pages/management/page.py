"""Beheer: the trace, the archive, files, words and users."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components.aria import named
from portal.components.cards import cards, skeleton
from portal.components.frame import Crumb, page_header
from portal.db.engine import reading
from portal.exports.workbook import About, Column, Kind, Table
from portal.pages.downloads import Download, Made
from portal.pages.history import history_rows
from portal.pages.management import archive, imports, synonyms, trace, users
from portal.pages.management.ids import Ids
from portal.permissions import Permission, Viewer
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.trace.search import TraceFilter, count_trace, trace_kinds, trace_people, trace_rows
from portal.text import number

MOST = 20_000
COLUMNS = (
    Column("Wanneer", "at", Kind.INSTANT),
    Column("Wie", "who"),
    Column("Rij", "what"),
    Column("Wat", "field_label"),
    Column("Oud", "old"),
    Column("Nieuw", "new"),
    Column("Langs", "source"),
    Column("Volgnummer", "sequence", Kind.NUMBER),
)


def trace_book(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    wanted = TraceFilter.from_query(urlencode(query))
    total = count_trace(session, viewer, wanted)
    rows = history_rows(trace_rows(session, viewer, wanted, size=MOST))
    filters = tuple(f"{key}: {text}" for key, text in query.items() if key in trace.KEYS and text)
    cut = (f"De nieuwste {number(MOST)} van {number(total)} wijzigingen.",) if total > MOST else ()
    about = About("Logboek", "logboek van het portaal", portal_state(session).as_of, filters + cut)
    return about, (Table("Logboek", COLUMNS, rows),)


DOWNLOADS = {"logboek": Download(Permission.VIEW_AUDIT, trace_book)}


def layout(**query: str) -> Component:
    """`query` is what the address carries: what is sought in the trace."""
    wanted = urlencode({key: text for key, text in query.items() if key in trace.KEYS})
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=wanted),
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
    drawn: Mapping[str, Callable[[], Component]] = {
        "gebruikers": lambda: users.section(*places),
        "synoniemen": synonyms.section,
        "imports": imports.section,
        "archief": archive.section,
        "logboek": lambda: trace.section(query, *sought),
    }
    return [html.Div(cards(drawn[name]()), id=name) for name, _, right in SECTIONS if viewer.may(right)]


PARTS = (users, synonyms, imports, archive, trace)


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.HEAD, "children"),
    Output(Ids.BODY, "children"),
    Input(Ids.START, "data"),
)
def show_page(query: str) -> tuple[Component, list[Component]]:
    viewer = current_viewer()
    with reading() as session:
        places = reference.partner_options(session), reference.atelier_options(session)
        sought = trace_people(session, viewer), trace_kinds(session, viewer)
        as_of = portal_state(session).as_of
    return head(viewer, as_of), body(viewer, query or "", places, sought)
