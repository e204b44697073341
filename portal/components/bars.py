"""Bars of a few numbers without a chart: a name, a length, a number. They read, print and load as text."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.links import Content
from portal.text import number


def bars(rows: Sequence[tuple[Content, int | float]], label: str) -> Component:
    """In the order given; the longest bar is the largest number."""
    largest = max((value for _, value in rows), default=0) or 1
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(name),
                    html.I(style={"width": f"{100 * value / largest:.1f}%"}),
                    html.Span(number(value), className="n"),
                ]
            )
            for name, value in rows
        ],
        className="bars",
        **named(label),
    )
