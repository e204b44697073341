"""Amounts along a track: the budget as ground, committed soft, spent strong. Lengths only draw; the text is exact."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.components.links import Content


class Track(NamedTuple):
    name: Content
    strong: Decimal
    soft: Decimal
    whole: Decimal
    text: str


def tracks(rows: Sequence[Track], label: str) -> Component:
    """One line a row, in the order given; what goes over the whole fills the track and is said in the text."""
    return html.Ul([html.Li(_line(row)) for row in rows], className="tracks", **named(label))


def _line(row: Track) -> list[Component]:
    parts = [html.I(className="soft", style=_length(row.soft, row.whole)), html.I(style=_length(row.strong, row.whole))]
    return [html.Span(row.name), html.Span(parts, className="track", **HIDDEN), html.Span(row.text, className="n")]


def _length(part: Decimal, whole: Decimal) -> dict[str, str]:
    share = min(max(part / whole, Decimal(0)), Decimal(1)) if whole > 0 else Decimal(0)
    return {"width": f"{100 * share:.1f}%"}
