"""The floor of a browser: a bare Dash page with one chart and one grid of rows, filled by one callback."""

import json
import os
from typing import Any

import dash_ag_grid as dag
from dash import Dash, Input, Output, dcc, html

ROWS: list[dict[str, Any]] = json.loads(os.environ["BENCH_ROWS"])
FIRST, LAST = next(iter(ROWS[0])), next(reversed(ROWS[0]))

app = Dash("floor")
server = app.server
app.layout = html.Div(
    [
        html.Button("Anders", id="again"),
        dcc.Graph(id="chart"),
        dag.AgGrid(id="rows", columnDefs=[{"field": name} for name in ROWS[0]]),
    ]
)


@app.callback(Output("chart", "figure"), Output("rows", "rowData"), Input("again", "n_clicks"))
def show(clicks: int | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    rows = ROWS[:: -1 if (clicks or 0) % 2 else 1]
    bars = {"type": "bar", "orientation": "h", "y": [row[FIRST] for row in rows], "x": [row[LAST] for row in rows]}
    return {"data": [bars], "layout": {"margin": {"l": 160, "t": 8}}}, rows
