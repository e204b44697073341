"""Charts are native: their figures can be edited in PowerPoint, and are those that were given."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from pptx.enum.chart import XL_CHART_TYPE

from portal.exports.slide_parts import COUNT_NOT_ZERO, Chart, Series, chart
from portal.exports.slide_style import LEIE, STEEN, Box, rgb
from portal.exports.slides import Foot, Slides
from tests.exports.packs import charts

NAMES = ["Atelier I", "Atelier II"]


def drawn(kind: str = "bars", names: list[str] = NAMES, *series: Series, **more: Any) -> Any:
    slide = Slides("", Foot("", date(2026, 10, 23))).bare()
    chosen = series or (Series("Resultaten", [3] * len(names), LEIE),)
    chart(slide, Chart("Stand", "Staafdiagram van de stand.", kind, names, chosen, **more), Box(1, 1, 6, 3))
    return slide


def native(slide: Any) -> Any:
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    return frame.chart


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("bars", XL_CHART_TYPE.BAR_CLUSTERED),
        ("stacked", XL_CHART_TYPE.BAR_STACKED),
        ("columns", XL_CHART_TYPE.COLUMN_CLUSTERED),
    ],
)
def test_every_kind_is_a_chart_of_powerpoint_with_its_alt_text(kind: str, type_: XL_CHART_TYPE):
    slide = drawn(kind)
    assert native(slide).chart_type == type_
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    assert frame.element.nvGraphicFramePr.cNvPr.get("descr") == "Staafdiagram van de stand."


def test_the_values_are_those_that_were_given_and_unknown_is_not_zero():
    slide = drawn("columns", NAMES, Series("prognose", [Decimal("1234.56"), None], LEIE), Series("n", [0, 2], STEEN))
    assert charts(slide)["Stand"] == {
        "prognose": {"Atelier I": 1234.56, "Atelier II": None},
        "n": {"Atelier I": 0.0, "Atelier II": 2.0},
    }


def test_the_workbook_behind_it_holds_the_same_figures():
    blob = native(drawn("bars", NAMES, Series("Resultaten", [3, 0], LEIE))).part.chart_workbook.xlsx_part.blob
    rows = list(openpyxl.load_workbook(BytesIO(blob)).active.iter_rows(values_only=True))
    assert rows == [(None, "Resultaten"), ("Atelier I", 3), ("Atelier II", 0)]


@pytest.mark.parametrize("name", ["=1+1", "+32 56", "@SUM(A1)", "https://voorbeeld.be", "internal:Blad1!A1", "{=1}"])
def test_a_name_in_that_workbook_is_never_a_formula_or_a_link(name: str):
    blob = native(drawn("bars", [name])).part.chart_workbook.xlsx_part.blob
    cell = openpyxl.load_workbook(BytesIO(blob)).active["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert name in cell.value


def test_a_name_that_no_file_can_hold_is_written_without_it():
    assert list(native(drawn("columns", ["een\x0bnaam <b> & zo\x00"])).plots[0].categories) == ["een naam <b> & zo"]


def test_a_long_name_leaves_room_for_its_bar_and_says_that_it_is_cut():
    (short,) = native(drawn("stacked", ["Gevalideerde aanpak van de meldpunten " * 8])).plots[0].categories
    assert short.endswith(" …")
    assert len(short) < 60


def test_the_first_of_the_bars_stands_on_top():
    assert native(drawn("bars")).category_axis.reverse_order is True
    assert native(drawn("columns")).category_axis.reverse_order is False


def test_one_series_needs_no_legend_and_more_do():
    assert native(drawn()).has_legend is False
    assert native(drawn("bars", NAMES, Series("a", [1, 1], LEIE), Series("b", [1, 1], STEEN))).has_legend is True


def test_a_series_wears_its_colour_and_its_labels_an_ink_of_their_own():
    slide = drawn("stacked", NAMES, Series("a", [1, 0], LEIE, STEEN), Series("b", [1, 1], STEEN), labels=COUNT_NOT_ZERO)
    first = native(slide).plots[0].series[0]
    assert first.format.fill.fore_color.rgb == rgb(LEIE)
    assert first.data_labels.font.color.rgb == rgb(STEEN)
    assert first.data_labels.number_format.endswith(";;")


@pytest.mark.parametrize(("values", "starts"), [([1, 2], 0), ([-1, 2], None), ([None, 2], 0)])
def test_the_bars_begin_at_zero_unless_one_goes_below(values: list[int | None], starts: float | None):
    assert native(drawn("columns", NAMES, Series("a", values, LEIE))).value_axis.minimum_scale == starts
