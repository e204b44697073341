"""What a downloaded workbook says and how its cells read back."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from portal.exports.workbook import HOLDS, About, Column, Kind, Table, TooLong, sheet_name, workbook

ABOUT = About("Uitdagingen", "inventaris 2022", date(2026, 11, 22), ("gemeente: Wervik",), "Demodata: verzonnen")


def read(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def one_column(kind: Kind, values: list[object]) -> Table:
    return Table("Rijen", (Column("Waarde", "value", kind),), pd.DataFrame({"value": pd.Series(values, dtype=object)}))


def test_a_text_that_excel_would_cut_is_refused():
    with pytest.raises(TooLong, match="40000 tekens"):
        workbook(ABOUT, (one_column(Kind.TEXT, ["x" * 40_000]),))


def test_the_first_sheet_says_of_each_column_what_it_means_and_what_it_holds():
    held, name = Column("Uitdagingen nu", "value", Kind.NUMBER, "Alle uitdagingen."), Column("Naam", "value")
    rows = pd.DataFrame({"value": [1]})
    made = workbook(ABOUT, (Table("Nu", (held, name), rows), Table("Toen", (held,), rows)))
    lines = list(read(made)["Toelichting"].iter_rows(values_only=True))
    assert lines[-4:] == [
        ("Blad", "Kolom", "Wat het betekent", "Wat erin staat"),
        ("Nu", "Uitdagingen nu", "Alle uitdagingen.", "getal"),
        ("Nu", "Naam", None, "tekst"),
        ("Toen", "Uitdagingen nu", "Alle uitdagingen.", "getal"),
    ]


def test_a_sentence_that_needs_more_lines_gets_them_and_a_short_one_does_not():
    told = Column("Waarde", "value", Kind.NUMBER, "Hoeveel er " + "heel " * 40 + "veel is."), Column("Naam", "value")
    sheet = read(workbook(ABOUT, (Table("Nu", told, pd.DataFrame({"value": [1]})),)))["Toelichting"]
    long, short = (sheet.row_dimensions[sheet.max_row - back].height for back in (1, 0))
    assert (long, short) == (60, None)


def test_every_kind_of_cell_is_called_by_a_word_of_its_own():
    assert HOLDS.keys() == set(Kind)
    assert len(set(HOLDS.values())) == len(Kind)


@pytest.mark.parametrize("text", ["=1+1", "+32 56", "-5", "@home", "https://voorbeeld.be", "0012"])
def test_a_text_stays_a_text_and_is_never_a_formula_or_a_link(text: str):
    cell = read(workbook(ABOUT, (one_column(Kind.TEXT, [text]),)))["Rijen"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_the_first_sheet_says_source_date_filters_and_demodata():
    sheet = read(workbook(ABOUT, (one_column(Kind.TEXT, ["a"]),)))["Toelichting"]
    said = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert said["Let op"] == "Demodata: verzonnen"
    assert said["Bron"] == "inventaris 2022"
    assert said["Stand van"] == "22/11/2026"
    assert said["Filters"] == "gemeente: Wervik"
    assert said["Blad Rijen"] == "1 rijen"


def test_an_amount_a_date_and_an_instant_keep_their_nature():
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    for kind, given, expected in (
        (Kind.EURO, Decimal("1234.50"), 1234.5),
        (Kind.DATE, date(2026, 12, 4), datetime(2026, 12, 4)),
        (Kind.DATE, pd.Timestamp("2026-12-04"), datetime(2026, 12, 4)),
        (Kind.INSTANT, moment, datetime(2026, 11, 22, 9, 30)),
        (Kind.NUMBER, 0, 0),
    ):
        assert read(workbook(ABOUT, (one_column(kind, [given]),)))["Rijen"]["A2"].value == expected


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT])
def test_what_is_not_known_is_an_empty_cell_and_not_a_zero(nothing: object):
    assert read(workbook(ABOUT, (one_column(Kind.NUMBER, [nothing, 3]),)))["Rijen"]["A2"].value is None


def test_an_empty_table_still_has_its_headings():
    sheet = read(workbook(ABOUT, (one_column(Kind.TEXT, []),)))["Rijen"]
    assert [cell.value for cell in sheet[1]] == ["Waarde"]


def test_a_sheet_is_named_as_excel_allows():
    assert sheet_name("Thema's: [alle] per gemeente en per dienst") == "Thema's   alle  per gemeente en"
    assert sheet_name("///") == "Blad"
