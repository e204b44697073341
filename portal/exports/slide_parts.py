"""Charts and tables on a slide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from portal.exports import slide_style as style
from portal.exports.slide_style import POINTS, Box, Fitted, cut, plain
from portal.exports.slides import Look, described, paragraph, write
from portal.text import number

COUNT, COUNT_NOT_ZERO = "#,##0", "#,##0;-#,##0;;"
NAME_SHARE = 0.4  # of the width, for the names beside the bars
_STARTS_A_FORMULA = ("=", "+", "-", "@", "{", "http:", "https:", "mailto:", "ftp:", "internal:", "external:")
_LINES = {"bars": 3, "stacked": 1, "columns": 2}  # of a name
_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
}


@dataclass(frozen=True, slots=True)
class Series:
    """Values in the order of the categories; None for what is not known. `ink` for its labels."""

    name: str
    values: Sequence[int | Decimal | None]
    colour: str
    ink: str = style.INK


@dataclass(frozen=True, slots=True)
class Chart:
    """`kind`: bars, stacked or columns; the first category stands on top or at the left."""

    name: str
    alt: str
    kind: str
    categories: Sequence[str]
    series: tuple[Series, ...]
    labels: str | None = COUNT
    axis: str | None = None
    size: float = 12


def chart(slide: Any, drawn: Chart, box: Box) -> Any:
    """Its graphic frame."""
    data: Any = CategoryChartData(number_format=drawn.labels or drawn.axis or COUNT)  # type: ignore[no-untyped-call]
    data.categories = [_name(category, drawn, box) for category in drawn.categories]
    for one in drawn.series:
        data.add_series(one.name, [None if value is None else float(value) for value in one.values])
    frame = slide.shapes.add_chart(_KINDS[drawn.kind], *box.emu, data)
    described(frame, drawn.name, drawn.alt)
    _dress(frame.chart, drawn)
    return frame


def _name(category: str, drawn: Chart, box: Box) -> str:
    """Short enough to stand at its bar; in the workbook behind the chart it is a text and no formula."""
    told = plain(category)
    told = f"'{told}" if told.lower().startswith(_STARTS_A_FORMULA) else told
    share = 0.8 / len(drawn.categories) if drawn.kind == "columns" else NAME_SHARE
    return cut(told, box.width * POINTS * share, _LINES[drawn.kind], drawn.size).text


def _dress(made: Any, drawn: Chart) -> None:
    made.font.size, made.font.color.rgb = Pt(drawn.size), style.rgb(style.INK)
    made.has_title = False
    made.has_legend = len(drawn.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = made.plots[0]
    plot.gap_width = 45
    plot.overlap = 100 if drawn.kind == "stacked" else -10
    for one, series in zip(drawn.series, plot.series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = style.rgb(one.colour)
        if drawn.labels:
            _label(series, one, drawn)
    _axes(made, drawn)


def _label(series: Any, one: Series, drawn: Chart) -> None:
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, drawn.labels, False
    labels.font.size = Pt(drawn.size)
    labels.font.color.rgb = style.rgb(one.ink)
    labels.position = XL_LABEL_POSITION.CENTER if drawn.kind == "stacked" else XL_LABEL_POSITION.OUTSIDE_END


def _axes(made: Any, drawn: Chart) -> None:
    names, values = made.category_axis, made.value_axis
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = style.rgb(style.LINE)
    names.has_major_gridlines = False
    if all(value is None or value >= 0 for one in drawn.series for value in one.values):
        values.minimum_scale = 0
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.has_major_gridlines = drawn.axis is not None
    values.format.line.fill.background()
    if drawn.axis is None:
        values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    else:
        values.major_gridlines.format.line.color.rgb = style.rgb(style.LINE_SOFT)
        values.tick_labels.number_format, values.tick_labels.number_format_is_linked = drawn.axis, False
    if drawn.kind != "columns":
        names.reverse_order = True


SIDE, ABOVE = 0.06, 0.045  # inches of room in a cell
HAIR = 1e-9
REST = 0.3  # what the sentence about the rows left out needs
_SOFT = Look((11, 10, 9), style.INK_SOFT)
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True, slots=True)
class Column:
    """`share` of the width against the other columns."""

    heading: str
    share: float
    right: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """`alt`: what it shows, for who does not see it. `last_is_total`: the last row always stands there, in bold."""

    name: str
    alt: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    sizes: Sequence[float] = (14, 13, 12)
    most_lines: int = 2
    last_is_total: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many rows stand there, and where it ends, in inches."""

    shown: int
    bottom: float


Cells = list[Fitted]


def table(slide: Any, grid: Grid, box: Box) -> Drawn:
    """As large as all of it fits; else at the smallest size what fits, and in a sentence below it how many do not."""
    for size in grid.sizes:
        rows = _that_fit(grid, size, box, box.height)
        if len(rows) > len(grid.rows) and sum(map(_height, rows)) <= box.height + HAIR:
            return Drawn(len(grid.rows), _draw(slide, grid, box, rows))
    kept = _that_fit(grid, grid.sizes[-1], box, box.height - REST)
    if grid.last_is_total:
        kept[-1] = _cells(grid, grid.rows[-1], grid.sizes[-1], box)
    bottom = _draw(slide, grid, box, kept)
    shown = len(kept) - 1
    if shown == len(grid.rows):
        return Drawn(shown, bottom)
    write(slide, more(len(grid.rows) - shown), Box(box.left, bottom + 0.04, box.width, REST - 0.04), _SOFT)
    return Drawn(shown, bottom + REST)


def more(count: int) -> str:
    """What a slide says of rows that are not on it."""
    return f"En nog {number(count)} {'ander' if count == 1 else 'andere'}: zie het werkboek."


def height_of(grid: Grid, box: Box) -> float:
    """What it needs at its smallest, whole, in inches."""
    return sum(map(_height, _measured(grid, grid.sizes[-1], box)))


def _measured(grid: Grid, size: float, box: Box) -> Iterator[Cells]:
    """The heading, then the rows."""
    yield _cells(grid, [column.heading for column in grid.columns], size, box, bold=True)
    for row in grid.rows:
        yield _cells(grid, row, size, box)


def _that_fit(grid: Grid, size: float, box: Box, height: float) -> list[Cells]:
    """The heading, the first row, and what more has room; what has none is not measured."""
    rows: list[Cells] = []
    used = 0.0
    for cells in _measured(grid, size, box):
        used += _height(cells)
        if used > height + HAIR and len(rows) > 1:
            break
        rows.append(cells)
    return rows


def _cells(grid: Grid, row: Sequence[str], size: float, box: Box, *, bold: bool = False) -> Cells:
    widths = _widths(grid, box)
    return [
        cut(text, (width - 2 * SIDE) * POINTS, grid.most_lines, size, bold=bold or column.bold)
        for text, width, column in zip(row, widths, grid.columns, strict=True)
    ]


def _widths(grid: Grid, box: Box) -> list[float]:
    shares = sum(column.share for column in grid.columns)
    return [box.width * column.share / shares for column in grid.columns]


def _height(cells: Cells) -> float:
    return max(cell.height for cell in cells) / POINTS + 2 * ABOVE


def _draw(slide: Any, grid: Grid, box: Box, rows: list[Cells]) -> float:
    """Its bottom, in inches."""
    heights = [_height(row) for row in rows]
    place = Box(box.left, box.top, box.width, sum(heights))
    frame = slide.shapes.add_table(len(rows), len(grid.columns), *place.emu)
    described(frame, grid.name, grid.alt)
    made = frame.table
    frame.element.graphic.graphicData.tbl.tblPr.find("{*}tableStyleId").text = NO_STYLE
    for column, width in zip(made.columns, _widths(grid, box), strict=True):
        column.width = Inches(width)
    for number_, (cells, height) in enumerate(zip(rows, heights, strict=True)):
        made.rows[number_].height = Inches(height)
        total = grid.last_is_total and number_ == len(rows) - 1
        for place_, (told, column) in enumerate(zip(cells, grid.columns, strict=True)):
            _cell(made.cell(number_, place_), told, column, heading=number_ == 0, total=total)
    return place.bottom


def _cell(cell: Any, told: Fitted, column: Column, *, heading: bool, total: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    colour = style.LEIE_DEEP if heading else style.INK
    paragraph(
        cell.text_frame.paragraphs[0],
        told,
        Look(colour=colour, bold=heading or total or column.bold, right=column.right),
    )
    cell.text_frame.word_wrap = True
    if heading:
        cell.fill.solid()
        cell.fill.fore_color.rgb = style.rgb(style.LEIE_WASH)
    edge = style.LEIE_LINE if heading or total else style.LINE
    _line_below(cell, edge)


def _line_below(cell: Any, colour: str) -> None:
    line = f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{colour.upper()}"/></a:solidFill></a:lnB>'
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))
