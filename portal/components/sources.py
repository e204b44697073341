"""The line under every figure and table: source, as-of date, download."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from portal.components.links import download
from portal.text import day


def source_line(
    source: str, as_of: date | None = None, download_href: str | None = None, download_id: str | None = None
) -> Component:
    """ "Bron: ... · stand van dd/mm/jjjj" with, at the other end, the download. An id lets a callback set the link."""
    said = f"Bron: {source}" + (f" · stand van {day(as_of)}" if as_of else "")
    wanted = {"id": download_id} if download_id else {}
    link = [download(download_href or "", **wanted)] if download_href or download_id else []
    return html.P([html.Span(said), *link], className="source")
