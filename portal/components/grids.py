"""Grids: every long list. Rows are data, never components; formats and looks live in assets/grid.js."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.tags import Sign, signs_of
from portal.text import NBSP, NO_DATA
from portal.vocabulary import Word

ColumnDef: TypeAlias = dict[str, Any]

ROW_HEIGHT = 40
_OPTIONS: dict[str, Any] = {
    "theme": {"function": "portalTheme(themeQuartz)"},
    "getLocaleText": {"function": "dutchText(params)"},
    "ensureDomOrder": True,
    "enableCellTextSelection": True,
    "animateRows": False,
    "rowBuffer": 4,  # rows drawn beyond those in sight
    "suppressColumnVirtualisation": True,
    "suppressDragLeaveHidesColumns": True,
    "paginationPageSizeSelector": False,  # else made for a list without pages too
    "tooltipShowDelay": 400,
}
# for a column whose cells take as many lines as their text (fitRows of assets/grid.js)
WRAPS: ColumnDef = {
    "wrapText": True,
    "cellStyle": {"lineHeight": "1.35", "paddingTop": "8px", "paddingBottom": "8px", "hyphens": "auto"},
}
# what may change how many lines a row takes
_TOUCHED = (
    *("firstDataRendered", "modelUpdated", "viewportChanged", "cellValueChanged"),
    *("displayedColumnsChanged", "columnResized", "gridSizeChanged"),
)
FITTED = {event: ["fitRows(params)"] for event in _TOUCHED}
_DEFAULT_COLUMN: ColumnDef = {
    "sortable": True,
    "resizable": True,
    "suppressHeaderMenuButton": True,
    "wrapHeaderText": True,
    "autoHeaderHeight": True,
    "minWidth": 80,
    "valueFormatter": {"function": "parted(params.value)"},
}
LETTER, ROOM = 8.0, 24  # pixels: of a letter, and beside what a cell or a heading says
THREE_LINES = 80  # the height of a row that comes by the page: there a cell cannot ask for more


def text(field: str, title: str, *, width: int | None = None, grow: int = 0, **more: Any) -> ColumnDef:
    """`width` in pixels; a column that may `grow` takes its share of what is left, and `width` is then its least. A
    cell takes as many lines as its text."""
    wide = max(width or (120 if grow else 140), _least(title))
    size = {"flex": grow, "minWidth": wide} if grow else {"width": wide}
    return {"field": field, "headerName": title, "tooltipField": field, **size, **WRAPS, **more}


def _least(*said: str) -> int:
    """The width at which each word of a heading, or of what cells say on one line, stays whole."""
    return ROOM + round(LETTER * max((len(word) for one in said for word in re.split("[ /]|(?<=-)", one)), default=0))


def _numeric(field: str, title: str, formatter: str, width: int, more: ColumnDef) -> ColumnDef:
    shown = {"valueFormatter": {"function": f"{formatter}(params.value)"}, "type": "rightAligned"}
    return {"field": field, "headerName": title, "width": max(width, _least(title)), **shown, **more}


def number(field: str, title: str, *, width: int = 110, **more: Any) -> ColumnDef:
    """1.234,5; empty for None."""
    return _numeric(field, title, "asNumber", width, more)


def count(field: str, title: str, *, width: int = 110, **more: Any) -> ColumnDef:
    """A number of things; "geen gegevens" for None, which is not 0."""
    return _numeric(field, title, "asCount", max(width, _least(NO_DATA.replace(" ", NBSP))), more)


def euro(field: str, title: str, *, width: int = 140, **more: Any) -> ColumnDef:
    """€ 1.234,50. The row holds the exact amount as text ("1234.50"), or a whole number of euro."""
    by_amount = {"comparator": {"function": "byAmount"}}
    return _numeric(field, title, "asEuro", width, {**by_amount, **more})


def date(field: str, title: str, *, width: int = 120, **more: Any) -> ColumnDef:
    """31/12/2025 from an ISO date; sorts as a date."""
    shown = {"valueFormatter": {"function": "asDate(params.value)"}}
    return {"field": field, "headerName": title, "width": max(width, _least(title)), **shown, **more}


def link(field: str, title: str, path: str, code_field: str = "code", **more: Any) -> ColumnDef:
    """The text of `field`, leading to `path` plus the row's code ("/uitdaging/" + "U-ANZ-01")."""
    looks: ColumnDef = {"cellRenderer": "InsideLink", "cellRendererParams": {"path": path, "codeField": code_field}}
    return text(field, title, **looks, **more)


def signed(field: str, title: str, signs: Mapping[str, Sign], *, width: int = 150, **more: Any) -> ColumnDef:
    """A tag for the row's value, by a table of signs; the row holds the value only."""
    looks = {"cellRenderer": "Tag", "cellRendererParams": {"signs": {key: asdict(s) for key, s in signs.items()}}}
    tags = ROOM + round(LETTER * max((len(f"{sign.symbol} {sign.word}  ") for sign in signs.values()), default=0))
    return {"field": field, "headerName": title, "width": max(width, tags, _least(title)), **looks, **more}


def word(field: str, title: str, words: type[Word], **more: Any) -> ColumnDef:
    """A tag for a word of the field; the row holds its stored value."""
    return signed(field, title, signs_of(words), **more)


def marked(field: str, title: str, words: type[Word], **more: Any) -> ColumnDef:
    """One square sign, for the cells of a matrix."""
    column = signed(field, title, signs_of(words), **more)
    return column | {"width": 44, "minWidth": 40, **more, "cellRenderer": "Mark", "cellClass": "sign-cell"}


def dots(field: str, title: str, most: int, *, width: int = 110, **more: Any) -> ColumnDef:
    """A small whole number as filled dots of `most`."""
    looks = {"cellRenderer": "Dots", "cellRendererParams": {"most": most}}
    return {"field": field, "headerName": title, "width": max(width, _least(title)), **looks, **more}


def old_new(field: str, title: str, old_field: str, **more: Any) -> ColumnDef:
    """The old value struck out before the new one, when they differ."""
    return text(field, title, cellRenderer="OldNew", cellRendererParams={"oldField": old_field}, **more)


def height_of(rows: int, most: int = 420) -> dict[str, str]:
    """The style of a grid that is as high as its rows, up to `most` pixels; where there are none, one sentence."""
    return {"height": f"{min(most, 104 + ROW_HEIGHT * max(rows, 1))}px", "width": "100%"}


def says_when_empty(sentence: str) -> dict[str, Any]:
    """Options of a grid that is not filtered: what it says when there is nothing."""
    return {"getLocaleText": {"function": "dutchOrEmpty(params)"}, "context": {"empty": sentence}}


def grid(
    grid_id: str | dict[str, str],
    columns: Sequence[ColumnDef],
    *,
    label: str,
    height: int | None = 560,
    rows: Sequence[Mapping[str, Any]] | None = None,
    row_id: str = "id",
    page: int | None = None,
    total: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Component:
    """A grid under `grid_id`, named `label`; `height` in pixels, or None for as high as its rows.

    With `page` the rows come by `getRowsRequest`, that many at a time (infinite model); without it they are `rowData`.
    `total` is a row that stays at the bottom. "Niets gevonden ..." shows by itself when there are no rows.
    """
    layout = {"domLayout": "autoHeight"} if height is None else {}
    paged = {"cacheBlockSize": page, "maxBlocksInCache": 20, "infiniteInitialRowCount": 1, "rowHeight": THREE_LINES}
    model = paged if page else {}
    pinned = {"pinnedBottomRowData": [{row_id: "totaal"} | dict(total)]} if total else {}
    table = dag.AgGrid(
        id=grid_id,
        columnDefs=list(columns),
        defaultColDef=_DEFAULT_COLUMN,
        rowModelType="infinite" if page else "clientSide",
        getRowId=f"params.data.{row_id}.toString()",
        eventListeners={} if page else FITTED,
        dashGridOptions=_OPTIONS | layout | model | pinned | dict(options or {}),
        style={"height": "auto" if height is None else f"{height}px", "width": "100%"},
        className="",
        **({} if page else {"rowData": [dict(row) for row in rows] if rows is not None else None}),
    )
    room = {} if height is None else {"minHeight": f"{height}px"}  # kept until the library has come
    look = "grid-frame" if page else "grid-frame fits"
    return html.Div(table, className=look, role="region", style=room, **named(label))
