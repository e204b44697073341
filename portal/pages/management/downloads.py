"""The trace as a workbook: the same search."""

from collections.abc import Mapping
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from portal.exports.workbook import About, Column, Kind, Table
from portal.pages.downloads import Download, Made
from portal.pages.history import history_rows
from portal.pages.management import fields
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.trace.search import TraceFilter, count_trace, trace_rows
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


def trace(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    wanted = TraceFilter.from_query(urlencode(query))
    total = count_trace(session, viewer, wanted)
    rows = history_rows(trace_rows(session, viewer, wanted, size=MOST))
    filters = tuple(f"{key}: {text}" for key, text in query.items() if key in fields.KEYS and text)
    cut = (f"De nieuwste {number(MOST)} van {number(total)} wijzigingen.",) if total > MOST else ()
    about = About("Logboek", "logboek van het portaal", portal_state(session).as_of, filters + cut)
    return about, (Table("Logboek", COLUMNS, rows),)


DOWNLOADS = {"logboek": Download(Permission.VIEW_AUDIT, trace)}
