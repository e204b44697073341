"""A sheet beside the rows of its export: keys, versions, empty cells, names for codes; what each column says."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from data_loaders import values
from data_loaders.cells import CellKind
from data_loaders.comparing import among, compared, plain_rows, present_in, wanted_of
from data_loaders.kind import Table
from data_loaders.problems import Problems
from data_loaders.rules import explanation
from data_loaders.sheets import VERSION, Column, Sheet, read_sheets
from data_loaders.values import ValueWrong
from data_loaders.workbook import open_workbook
from portal.vocabulary import Phase
from tests.data_loaders.books import number_cell, text_cell, told, workbook

SHEET = Sheet(
    "Blad",
    (
        Column("code", "code", values.code()),
        Column("titel", "title", values.text(), required=False, empty=""),
        Column("dag", "day", values.day, required=False),
        Column("onderwerp", "subject", values.text(), info=True, says="waar ze bij hoort"),
        VERSION,
    ),
    ("code",),
)
HEADS = ["code", "titel", "dag", "onderwerp", "versie"]


def label(row: Any) -> str:
    return f"{row['code']}!"


def wanted(*rows: list[Any], heads: list[str] = HEADS) -> tuple[list[Any], list[str]]:
    problems = Problems()
    with open_workbook(workbook(Blad=[heads, *rows])) as book:
        read = read_sheets(book, [SHEET], problems)["Blad"]
    return wanted_of(SHEET, read, label), told(problems)


def test_an_empty_cell_is_what_the_portal_keeps_for_nothing():
    (one,), problems = wanted(["U-1", None, None, None, 3])
    assert (one.key, one.values, one.version, problems) == (("Blad", "U-1"), {"title": "", "day": None}, 3, [])
    assert (one.label, one.sheet, one.cell) == ("U-1!", "Blad", "A2")


def test_what_is_there_for_information_is_never_read_and_may_be_left_out():
    (one,), problems = wanted(["U-1", "a", None, "=geen formule, een tekst", None])
    assert (list(one.values), problems) == (["title", "day"], [])
    (_,), problems = wanted(["U-1", "a", None, None], heads=["code", "titel", "dag", "versie"])
    assert problems == []
    assert compared(SHEET) == ["title", "day"]


def test_a_row_with_only_information_is_no_row():
    assert wanted([None, None, None, "iets", None]) == ([], [])


def test_what_is_present_has_the_same_keys_and_python_s_own_values():
    rows = pd.DataFrame({"code": ["U-1"], "title": ["a"], "day": [date(2026, 1, 5)], "subject": ["x"], "more": [1]})
    rows["version"] = pd.array([2], dtype="Int64")
    (found,) = present_in((Table(SHEET, rows),), {"Blad": label}).items()
    assert (found[0], found[1].values) == (("Blad", "U-1"), {"title": "a", "day": date(2026, 1, 5)})
    assert (found[1].version, found[1].label) == (2, "U-1!")


def test_nothing_in_a_frame_is_none_whatever_pandas_calls_it():
    rows = pd.DataFrame({"a": pd.array([None], dtype="Int64"), "b": [float("nan")], "c": [pd.NaT], "d": [None]})
    assert plain_rows(rows) == [{"a": None, "b": None, "c": None, "d": None}]


OPTIONS = [("data", "Data valoriseren"), ("mens", "Mensen"), ("mensen", "Twee"), ("x", "Zelfde"), ("y", "zelfde")]


@pytest.mark.parametrize(
    ("written", "code"),
    [("data", "data"), ("DATA", "data"), ("Data  valoriseren", "data"), ("mensen", "mensen"), ("Twee", "mensen")],
)
def test_a_code_is_named_by_itself_or_by_a_title_that_no_other_has(written: str, code: str):
    assert among(OPTIONS)(text_cell(written)) == code


@pytest.mark.parametrize("written", ["zelfde", "nergens"])
def test_a_title_of_two_is_nobody_s_and_only_codes_are_told(written: str):
    with pytest.raises(ValueWrong, match=f"“{written}” is geen van: data, mens, mensen, x, y."):
        among(OPTIONS)(text_cell(written))


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (Column("a", "a", values.day), "een datum van Excel, of dd/mm/jjjj"),
        (
            Column("a", "a", values.euro, required=False),
            "een bedrag in euro, zoals 1234,50; nooit 1.234; mag leeg zijn",
        ),
        (Column("a", "a", values.text(300)), "tekst, ten hoogste 300 tekens"),
        (Column("a", "a", values.word(Phase)), f"een van: {', '.join(Phase)}"),
        (Column("a", "a", values.whole, says="1 tot 3"), "1 tot 3"),
        (Column("a", "a", among(OPTIONS)), "een van: data, mens, mensen, x, y"),
        (SHEET.columns[3], "waar ze bij hoort; wordt niet ingelezen"),
    ],
)
def test_a_column_says_what_may_stand_in_it(column: Column, says: str):
    assert column.explained == says


def test_every_rule_of_the_house_explains_itself_and_another_may_be_silent():
    rules = (values.decimal, values.whole, values.euro, values.percent, values.day, values.yes_no, values.code())
    assert all(explanation(rule) for rule in rules)
    assert explanation(lambda cell: cell) == ""


def test_an_explained_rule_reads_as_it_did():
    assert values.whole(number_cell(3)) == 3
    assert values.yes_no(text_cell("Ja")) is True
    with pytest.raises(ValueWrong):
        values.day(number_cell(3, CellKind.PERCENT))
