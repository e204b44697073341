"""A downloaded workbook, cell by cell: headings, formats, widths, and text that is only text."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest

from portal.exports.workbook import (
    CELL_LIMIT,
    FORMATS,
    WIDEST,
    About,
    Column,
    Kind,
    Table,
    TooLong,
    sheet_name,
    workbook,
)

ABOUT = About("Wie doet mee?", "inventaris", date(2026, 11, 22))


def made(*tables: Table, about: About = ABOUT) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook(about, tables)))


def table(values: list[object], kind: Kind = Kind.TEXT, name: str = "Rijen", heading: str = "Waarde") -> Table:
    return Table(name, (Column(heading, "value", kind),), pd.DataFrame({"value": pd.Series(values, dtype=object)}))


def about_sheet(**given: object) -> dict[str, str]:
    about = About(**{"title": "x", "source": "y", "as_of": date(2026, 11, 22)} | given)
    return {row[0].value: row[1].value for row in made(table(["a"]), about=about)["Toelichting"].iter_rows()}


def test_one_sign_more_than_a_cell_holds_is_refused_and_what_just_fits_is_whole():
    with pytest.raises(TooLong, match=str(CELL_LIMIT + 1)):
        workbook(ABOUT, (table(["x" * (CELL_LIMIT + 1)]),))
    assert len(made(table(["x" * CELL_LIMIT]))["Rijen"]["A2"].value) == CELL_LIMIT


def test_a_question_or_filter_that_is_too_long_is_refused_too():
    with pytest.raises(TooLong):
        workbook(About("x" * (CELL_LIMIT + 1), "y", date(2026, 1, 1)), (table(["a"]),))


def test_a_control_character_makes_no_broken_book():
    assert made(table(["een\x0btwee\x00drie\x1f"]))["Rijen"]["A2"].value == "een twee drie "
    assert made(table(["regel\neen\ttab"]))["Rijen"]["A2"].value == "regel\neen\ttab"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")'])
def test_no_cell_of_the_whole_book_is_a_formula(sign):
    data = workbook(About(sign, sign, date(2026, 1, 1), (sign,), sign), (table([sign], heading=sign),))
    with ZipFile(BytesIO(data)) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (Kind.NUMBER, 1234, 1234),
        (Kind.DECIMAL, 12.5, 12.5),
        (Kind.EURO, Decimal("-1234.50"), -1234.5),
        (Kind.PERCENT, 0.66, 0.66),
        (Kind.DATE, date(2026, 12, 4), datetime(2026, 12, 4)),
        (Kind.INSTANT, datetime(2026, 12, 4, 9, 30, tzinfo=UTC), datetime(2026, 12, 4, 9, 30)),
    ],
)
def test_a_value_keeps_its_nature_and_is_shown_as_belgians_write_it(kind, value, read):
    cell = made(table([value], kind))["Rijen"]["A2"]
    assert cell.value == read
    assert cell.number_format == FORMATS[kind]


def test_every_kind_of_value_can_be_written():
    values = {Kind.TEXT: "a", Kind.DATE: date(2026, 1, 1), Kind.INSTANT: datetime(2026, 1, 1, tzinfo=UTC)}
    for kind in Kind:
        assert made(table([values.get(kind, 1)], kind))["Rijen"]["A2"].value is not None


def test_a_false_and_a_nought_and_an_empty_text_are_values_and_not_unknown():
    assert made(table([0, None], Kind.NUMBER))["Rijen"]["A2"].value == 0
    assert made(table(["", "b"]))["Rijen"]["A3"].value == "b"
    assert made(table([False]))["Rijen"]["A2"].value == "False"


def test_rows_keep_their_order_and_columns_the_order_of_the_headings():
    rows = pd.DataFrame({"b": [2, 1], "a": ["x", "y"], "geheim": ["nee", "nee"]})
    sheet = made(Table("T", (Column("A", "a"), Column("B", "b", Kind.NUMBER)), rows))["T"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["A", "B"], ["x", 2], ["y", 1]]


def test_the_heading_stays_in_sight_and_its_rows_can_be_filtered():
    sheet = made(table(["a", "b", "c"]))["Rijen"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:A4"
    assert sheet["A1"].font.bold


def test_a_table_without_rows_is_not_filtered():
    sheet = made(table([]))["Rijen"]
    assert sheet.auto_filter.ref is None
    assert sheet["A1"].value == "Waarde"


def test_a_column_is_as_wide_as_its_longest_text_and_never_wider_than_a_page():
    narrow, wide = made(table(["ab"], heading="x")), made(table(["x" * 500]))
    assert narrow["Rijen"].column_dimensions["A"].width < 10
    assert wide["Rijen"].column_dimensions["A"].width == pytest.approx(WIDEST, abs=1)


def test_tables_stand_after_the_explanation_in_the_order_given():
    book = made(table(["a"], name="Projecten"), table(["b"], name="Uitdagingen"))
    assert book.sheetnames == ["Toelichting", "Projecten", "Uitdagingen"]


def test_the_explanation_counts_the_rows_of_each_sheet():
    book = made(table([], name="Leeg"), table(["b", "c"], name="Thema/dienst"))
    said = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows()}
    assert (said["Blad Leeg"], said["Blad Thema dienst"]) == ("0 rijen", "2 rijen")


def test_without_filters_it_says_none_and_without_a_notice_it_says_nothing():
    said = about_sheet()
    assert said["Filters"] == "geen"
    assert not {"Let op", "Gedownload op"} & said.keys()


def test_the_notice_of_a_demo_is_the_first_thing_that_is_read():
    said = about_sheet(notice="Demodata: verzonnen", filters=("a", "b"))
    assert next(iter(said)) == "Let op"
    assert said["Filters"] == "a; b"


def test_when_it_was_downloaded_stands_beside_what_it_is_true_for():
    said = about_sheet(downloaded_at=datetime(2026, 11, 23, 8, 5, tzinfo=UTC))
    assert (said["Stand van"], said["Gedownload op"]) == ("22/11/2026", "23/11/2026 08:05")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("'aangehaald'", "aangehaald"),
        ("x" * 40, "x" * 31),
        ("a*b?c", "a b c"),
        ("   ", "Blad"),
        ("", "Blad"),
        ("Geschiedenis", "Geschiedenis"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(text, name):
    assert sheet_name(text) == name


def test_two_sheets_of_one_name_are_refused_and_not_one_of_them_lost():
    with pytest.raises(Exception, match="already in use"):
        workbook(ABOUT, (table(["a"]), table(["b"])))


def test_a_column_that_the_rows_do_not_have_is_a_fault():
    with pytest.raises(KeyError):
        workbook(ABOUT, (Table("T", (Column("A", "ontbreekt"),), pd.DataFrame({"a": [1]})),))
