"""A chart in its place, and the small bars and strips that need none."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.components.links import Content
from portal.components.tags import sign_of
from portal.text import day, number, percentage
from portal.vocabulary import Health

CONFIG: dcc.Graph.Config = {
    "locale": "nl",
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "modeBarButtons": [["toImage"]],
    "doubleClick": False,
    "scrollZoom": False,
}
NOTHING_YET: dict[str, Any] = {
    "data": [],
    "layout": {
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    },
}


def chart(chart_id: str, label: str, height: int, figure: dict[str, Any] | None = None) -> Component:
    """A chart; without `figure` it comes by callback. `label` says what it shows, `height` in pixels is kept free."""
    graph = dcc.Graph(id=chart_id, figure=figure or NOTHING_YET, config=CONFIG, style={"minHeight": f"{height}px"})
    # the figure keeps the room: the graph itself is nothing until its library has come
    return html.Figure(graph, className="chart", style={"minHeight": f"{height}px"}, **named(label))


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


class Track(NamedTuple):
    name: Content
    strong: Decimal
    soft: Decimal
    whole: Decimal
    text: str


def tracks(rows: Sequence[Track], label: str) -> Component:
    """One line a row, in the order given; what goes over the whole fills the track and is said in the text."""
    lines = []
    for row in rows:
        soft, strong = _length(row.soft, row.whole), _length(row.strong, row.whole)
        parts = html.Span([html.I(className="soft", style=soft), html.I(style=strong)], className="track", **HIDDEN)
        lines.append(html.Li([html.Span(row.name), parts, html.Span(row.text, className="n")]))
    return html.Ul(lines, className="tracks", **named(label))


def _length(part: Decimal, whole: Decimal) -> dict[str, str]:
    share = min(max(part / whole, Decimal(0)), Decimal(1)) if whole > 0 else Decimal(0)
    return {"width": f"{100 * share:.1f}%"}


UNCHANGED = "ongewijzigd"


class Moment(NamedTuple):
    """One report: its day and colour, how far the work was (or None), and whether it only confirmed the one before."""

    on: date
    health: Health
    progress: int | None = None
    unchanged: bool = False


def colour_strip(moments: Sequence[Moment], label: str) -> Component:
    """In the order given, oldest first: a list that reads as text and wraps where it is narrow."""
    steps = [html.Li(_step(one), className=sign_of(one.health).tone) for one in moments]
    return html.Ol(steps, className="strip", **named(label))


def _step(moment: Moment) -> list[Component]:
    sign = sign_of(moment.health)
    far = [] if moment.progress is None else [percentage(moment.progress)]
    more = " · ".join([*far, *([UNCHANGED] if moment.unchanged else [])])
    told = [html.Small(more)] if more else []
    return [
        html.B([html.Span(f"{sign.symbol} ", **HIDDEN), sign.word]),
        html.Small(day(moment.on)),
        *told,
    ]
