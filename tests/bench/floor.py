"""The floor: a bare Dash application with one callback; plain SQL, figures as plain dicts, rows as data for a grid."""

import json
import os
import sqlite3
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

import dash_ag_grid as dag
from dash import Dash, Input, Output, dcc, html

WORK = json.loads(Path(os.environ["BENCH_WORK"]).read_text(encoding="utf-8"))
_own = threading.local()

app = Dash("floor")
server = app.server
app.layout = html.Div([dcc.Store(id="wanted"), dcc.Graph(id="chart"), dag.AgGrid(id="rows"), dcc.Store(id="others")])


def _connection() -> sqlite3.Connection:
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(WORK["database"])
    return _own.connection


def _rows(statement: str, parameters: list[Any]) -> list[dict[str, Any]]:
    cursor = _connection().execute(statement, parameters)
    names = [f"{column[0]}_{place}" for place, column in enumerate(cursor.description)]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _figure(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The last column against the second, one bar for each value of the one before the last."""
    bars: dict[str, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for row in rows:
        values = list(row.values())
        name, place = (str(values[-2]), values[1]) if len(values) > 2 else ("", values[0])
        bars[name][0].append(values[-1])
        bars[name][1].append(place)
    return {
        "data": [{"type": "bar", "orientation": "h", "name": name, "x": x, "y": y} for name, (x, y) in bars.items()],
        "layout": {"barmode": "stack", "margin": {"l": 160, "t": 8}},
    }


@app.callback(Output("chart", "figure"), Output("rows", "rowData"), Output("others", "data"), Input("wanted", "data"))
def show(_: str) -> tuple[Any, ...]:
    answers = [_rows(statement, parameters) for statement, parameters in WORK["statements"]]
    longest = max(answers, key=len)
    return _figure(answers[0]), longest, [answer for answer in answers[1:] if answer is not longest]
