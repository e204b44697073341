"""Charts: fixed height and safe settings; the table behind them is the page's."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.aria import named

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
    return html.Figure(graph, className="chart", **named(label))
