"""Tables on a slide: as many rows as there is room for, and honestly how many are left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from portal.exports import slide_style as style
from portal.exports.slide_style import POINTS, Box
from portal.exports.slide_text import Fitted, cut
from portal.exports.slides import Look, described, paragraph, write
from portal.text import number

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
