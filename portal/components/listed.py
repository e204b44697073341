"""A few rows that nobody edits, as a table that is read: what the columns of a grid say, without the grid."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.grids import ColumnDef, grid
from portal.components.links import inside
from portal.components.tables import Cell, Column, small_table
from portal.components.tags import tag
from portal.text import day, euro, number

MOST_ROWS, MOST_DRAWN = 15, 140  # rows, and components: more than that a browser draws quicker as a grid

Row = Mapping[str, Any]
Looks = Mapping[str, Any]


def listed(
    list_id: str,
    columns: Sequence[ColumnDef],
    rows: Sequence[Row],
    *,
    label: str,
    height: int,
    row_id: str = "id",
    total: Row | None = None,
) -> Component:
    """A table of few rows; of more a grid under `list_id` of `height` pixels, with a scroll of its own."""
    if len(rows) <= MOST_ROWS:
        table = _table(columns, rows, label, total)
        if _size(table) <= MOST_DRAWN:
            return table
    return grid(list_id, columns, label=label, height=height, rows=rows, row_id=row_id, total=total)


def _table(columns: Sequence[ColumnDef], rows: Sequence[Row], label: str, total: Row | None) -> Component:
    return small_table(
        label,
        [Column(str(one["headerName"]), _is_numeric(one)) for one in columns],
        [[cell(one, row) for one in columns] for row in rows],
        [cell(one, total) if one["field"] in total else "" for one in columns] if total else None,
    )


def _size(drawn: Any) -> int:
    if isinstance(drawn, list):
        return sum(map(_size, drawn))
    return 1 + _size(getattr(drawn, "children", None)) if isinstance(drawn, Component) else 0


def _is_numeric(column: ColumnDef) -> bool:
    return column.get("type") == "rightAligned"


def cell(column: ColumnDef, row: Row) -> Cell:
    """What assets/grid.js draws of this value."""
    value = row.get(column["field"])
    renderer, looks = column.get("cellRenderer", ""), column.get("cellRendererParams", {})
    if renderer in DRAWN:
        return DRAWN[renderer](value, row, looks)
    return FORMATS.get(_format(column), _plain)(value)


def _format(column: ColumnDef) -> str:
    formatter: str = column.get("valueFormatter", {}).get("function", "")
    return formatter.partition("(")[0]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _number(value: Any) -> Cell:
    return "" if value is None else number(value)


def _count(value: Any) -> Cell:
    return None if value is None else number(value)


def _euro(value: Any) -> Cell:
    return "" if value is None else euro(Decimal(str(value)))


def _forecast(value: Any) -> Cell:
    return "geen prognose" if value is None else _euro(value)


def _day(value: Any) -> Cell:
    if isinstance(value, str):
        value = date.fromisoformat(value[:10]) if value else None  # an instant on its day
    return day(value, "")


def _link(value: Any, row: Row, looks: Looks) -> str | Component:
    code = row.get(looks["codeField"])
    if value is None or value == "" or code is None or code == "":
        return _plain(value)
    address = f"{looks['path']}{quote(str(code), safe='')}" if looks["path"] else str(code)
    return inside(str(value), address)


def _link_above(value: Any, row: Row, looks: Looks) -> Cell:
    below = row.get(looks["belowField"])
    link = _link(value, row, looks)
    return html.Span([link, html.Small(below)], className="link-above") if below else link


def _tag(value: Any, _: Row, looks: Looks) -> Cell:
    sign = looks["signs"].get(value)
    return tag(sign["word"], sign["tone"], sign["symbol"]) if sign else _plain(value)


def _dots(value: Any, _: Row, looks: Looks) -> Cell:
    if value is None:
        return ""
    most = looks["most"]
    full = max(0, min(int(value), most))
    drawn = ["●" * full, html.I("●" * (most - full))]
    return html.Span(drawn, className="dots", role="img", **named(f"{full} van {most}"))


def _old_new(value: Any, row: Row, looks: Looks) -> Cell:
    before = row.get(looks["oldField"])
    if before is None or before in {"", value}:
        return _plain(value)
    return html.Span([html.Del(str(before)), " → ", html.Ins(_plain(value) or "—")])


FORMATS: Mapping[str, Callable[[Any], Cell]] = {
    "asNumber": _number,
    "asCount": _count,
    "asEuro": _euro,
    "asForecast": _forecast,
    "asDate": _day,
}
DRAWN: Mapping[str, Callable[[Any, Row, Looks], Cell]] = {
    "InsideLink": _link,
    "LinkAbove": _link_above,
    "Tag": _tag,
    "Dots": _dots,
    "OldNew": _old_new,
}
"""The looks of assets/grid.js by their names there."""
