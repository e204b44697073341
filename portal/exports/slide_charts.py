"""Native charts on a slide: people can edit their figures in PowerPoint."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from portal.exports import slide_style as style
from portal.exports.slide_style import POINTS, Box
from portal.exports.slide_text import cut, plain
from portal.exports.slides import described

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
