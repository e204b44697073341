"""The floor of a browser: a bare Dash page with one chart and one grid of rows, filled by one callback."""

import json
import os
from pathlib import Path
from typing import Any

import dash_ag_grid as dag
from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

ROWS: list[dict[str, Any]] = json.loads(Path(os.environ["BENCH_ROWS"]).read_text(encoding="utf-8"))
FIRST, LAST = next(iter(ROWS[0])), next(reversed(ROWS[0]))

app = Dash("floor")
server = app.server
app.layout = html.Div([html.Button("Anders", id="again"), html.Div(id="part")])


@app.callback(Output("part", "children"), Input("again", "n_clicks"))
def show(clicks: int | None) -> list[Component]:
    """Both made anew, as a tab does that brings another part."""
    rows = ROWS[:: -1 if (clicks or 0) % 2 else 1]
    bars = {"type": "bar", "orientation": "h", "y": [row[FIRST] for row in rows], "x": [row[LAST] for row in rows]}
    chart = dcc.Graph(figure={"data": [bars], "layout": {"margin": {"l": 160, "t": 8}}})
    return [chart, dag.AgGrid(rowData=rows, columnDefs=[{"field": name} for name in ROWS[0]])]
