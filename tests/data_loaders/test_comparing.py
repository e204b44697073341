"""A sheet beside the rows of its export: keys, versions, empty cells, names for codes; what each column says."""

from datetime import date
from typing import Any

import pytest

from data_loaders.comparing import compared, present_in, wanted_of
from data_loaders.kind import Table
from data_loaders.sheets import VERSION, Column, Sheet
from portal.values import Code, Day, Euro, Line, Prose, Ref, Whole, Words
from portal.vocabulary import Phase
from tests.data_loaders.books import workbook
from tests.data_loaders.reads import rows_of

SHEET = Sheet(
    "Blad",
    (
        Column("code", "code", Code()),
        Column("titel", "title", Prose(), required=False),
        Column("dag", "day", Day(), required=False),
        Column("onderwerp", "subject", Prose(), info=True, says="waar ze bij hoort"),
        VERSION,
    ),
    ("code",),
)
HEADS = ["code", "titel", "dag", "onderwerp", "versie"]


def label(row: Any) -> str:
    return f"{row['code']}!"


def wanted(*rows: list[Any], heads: list[str] = HEADS) -> tuple[list[Any], list[str]]:
    read, problems, _ = rows_of(workbook(Blad=[heads, *rows]), SHEET)
    return wanted_of(Table(SHEET, (), label=label), read["Blad"]), problems


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
    row = {"code": "U-1", "title": "a", "day": date(2026, 1, 5), "subject": "x", "more": 1, "version": 2}
    (found,) = present_in((Table(SHEET, [row], label=label),)).items()
    assert (found[0], found[1].values) == (("Blad", "U-1"), {"title": "a", "day": date(2026, 1, 5)})
    assert (found[1].version, found[1].label) == (2, "U-1!")


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (Column("a", "a", Day()), "een datum, zoals 31/12/2026"),
        (
            Column("a", "a", Euro(), required=False),
            "een bedrag in euro, zoals 1234,50; nooit 1.234; mag leeg zijn",
        ),
        (Column("a", "a", Line(300)), "tekst, ten hoogste 300 tekens"),
        (Column("a", "a", Words(Phase)), f"een van: {', '.join(one.label for one in Phase)}"),
        (Column("a", "a", Whole(), says="1 tot 3"), "1 tot 3"),
        (Column("a", "a", Ref((("a", "Aap"), ("b", "Beer")))), "een van: a, b"),
        (SHEET.columns[3], "waar ze bij hoort; wordt niet ingelezen"),
    ],
)
def test_a_column_says_what_may_stand_in_it(column: Column, says: str):
    assert column.explained == says
