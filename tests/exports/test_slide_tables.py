"""A table on a slide never runs over: what has no room is counted, and the sentence says where it stands."""

from datetime import date
from typing import Any

import pytest
from pptx.util import Inches

from portal.exports.slide_parts import Column, Drawn, Grid, height_of, more, table
from portal.exports.slide_style import Box
from portal.exports.slides import Foot, Slides
from tests.exports.packs import tables, texts

BOX = Box(1, 1, 6, 2)
COLUMNS = (Column("Wat", 3, bold=True), Column("Hoeveel", 1, right=True))
LONG = "Een omschrijving die meer dan één lijn nodig heeft omdat ze zo lang is, " * 6


def drawn(grid: Grid, box: Box = BOX) -> tuple[Any, Drawn]:
    slide = Slides("", Foot("", date(2026, 10, 23))).bare()
    return slide, table(slide, grid, box)


def grid(rows: list[tuple[str, str]], **more_: Any) -> Grid:
    return Grid("Rijen", "Tabel van de rijen.", COLUMNS, rows, **more_)


def counted(count: int) -> list[tuple[str, str]]:
    return [(f"rij {number}", str(number)) for number in range(count)]


def test_without_rows_only_the_heading_stands_there():
    slide, made = drawn(grid([]))
    assert (tables(slide)["Rijen"], made.shown) == ([["Wat", "Hoeveel"]], 0)


def test_a_table_that_fits_shows_every_row_and_says_nothing_more():
    slide, made = drawn(grid(counted(5)))
    assert tables(slide)["Rijen"] == [["Wat", "Hoeveel"], *(list(row) for row in counted(5))]
    assert made.shown == 5
    assert not any("zie het werkboek" in text for text in texts(slide))


@pytest.mark.parametrize("count", [7, 8, 40])
def test_what_does_not_fit_is_counted_honestly(count: int):
    slide, made = drawn(grid(counted(count)))
    shown = len(tables(slide)["Rijen"]) - 1
    assert made.shown == shown < count
    assert more(count - shown) in texts(slide)


def test_one_row_that_is_too_high_is_written_as_small_as_it_can_be():
    slide, made = drawn(grid([(LONG, "1")], sizes=(20, 10), most_lines=9), Box(1, 1, 3, 1.2))
    assert (made.shown, size_in(slide)) == (1, 10)


def test_one_row_left_out_is_one_and_two_are_two():
    assert more(1) == "En nog 1 ander: zie het werkboek."
    assert more(1200) == "En nog 1.200 andere: zie het werkboek."


@pytest.mark.parametrize("rows", [counted(1), counted(40), [(LONG, "1")] * 20, [("", "")] * 3])
def test_table_and_sentence_stay_inside_the_box(rows: list[tuple[str, str]]):
    slide, made = drawn(grid(rows))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    assert sum(line.height for line in frame.table.rows) <= Inches(BOX.height) + 10
    assert sum(column.width for column in frame.table.columns) <= Inches(BOX.width) + 10
    assert made.bottom <= BOX.bottom + 0.01
    bottoms = [shape.top + shape.height for shape in slide.shapes if "werkboek" in getattr(shape, "text", "")]
    assert all(bottom <= Inches(BOX.bottom) + 10 for bottom in bottoms)


def test_a_table_with_room_is_written_larger():
    few, _ = drawn(grid(counted(2), sizes=(16, 14, 12)))
    many, _ = drawn(grid(counted(5), sizes=(16, 14, 12)))
    assert size_in(few) == 16
    assert size_in(many) < 16


def size_in(slide: Any) -> float:
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    return float(frame.table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size.pt)


def test_a_long_cell_is_cut_at_its_last_line_and_says_so():
    slide, _ = drawn(grid([(LONG, "1")], most_lines=2))
    assert tables(slide)["Rijen"][1][0].endswith(" …")
    whole, _ = drawn(grid([("kort", "1")], most_lines=2))
    assert tables(whole)["Rijen"][1][0] == "kort"


def test_the_total_stands_there_also_when_rows_are_left_out():
    slide, made = drawn(grid([*counted(30), ("Totaal", "435")], last_is_total=True))
    assert tables(slide)["Rijen"][-1] == ["Totaal", "435"]
    assert more(31 - made.shown) in texts(slide)


def test_numbers_stand_right_and_only_heading_total_and_names_are_bold():
    slide, _ = drawn(grid([("Rij", "1"), ("Totaal", "1")], last_is_total=True))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    bold = [[cell.text_frame.paragraphs[0].runs[0].font.bold for cell in line.cells] for line in frame.table.rows]
    assert bold == [[True, True], [True, False], [True, True]]
    assert [cell.text_frame.paragraphs[0].alignment.name for cell in frame.table.rows[1].cells] == ["LEFT", "RIGHT"]


def test_the_height_that_is_asked_for_is_enough():
    asked = grid(counted(12), sizes=(14, 12))
    slide, made = drawn(asked, Box(1, 1, 6, height_of(asked, BOX)))
    assert made.shown == 12
    assert len(tables(slide)["Rijen"]) == 13


def test_a_row_without_text_is_no_higher_than_one_with_text():
    slide, _ = drawn(grid([("", ""), ("woord", "1")]))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    heights = [line.height for line in frame.table.rows]
    assert len(set(heights)) == 1
    assert 'endParaRPr lang="nl-BE"' in frame.element.xml
