"""The headings of a list, also where they stand on two rows or a title stands above them; what a month means."""

import pytest

from data_loaders.cells import Cell, CellKind, Row
from data_loaders.mapping.file_map import FileMap, shape_of
from data_loaders.mapping.titles import titles_at
from data_loaders.workbook import WorkbookRefused
from portal.values import Day, Rough, Wrong


def rows(*lines: list[str]) -> list[Row]:
    made = []
    for number, line in enumerate(lines, start=1):
        cells = {place: Cell(number, place, CellKind.TEXT, text) for place, text in enumerate(line, start=1) if text}
        made.append(Row(number, cells))
    return [row for row in made if row.cells]


def test_headings_under_a_merged_one_carry_it_and_what_is_merged_downwards_stands_alone():
    found = rows(["Naam", "Planning", "", "Nota"], ["", "Start", "Einde", ""], ["Loket", "1", "2", "x"])
    assert titles_at(found, 2) == {1: "Naam", 2: "Planning Start", 3: "Planning Einde", 4: "Nota"}


def test_a_title_above_the_table_is_no_part_of_its_headings():
    found = rows(["Stad Wervik: projecten 2026"], ["Naam", "Fase"], ["Loket", "idee"])
    assert titles_at(found, 2) == {1: "Naam", 2: "Fase"}
    assert titles_at(found, 9) == {}


def test_two_columns_of_one_name_are_told_apart_by_what_stands_over_them_or_by_a_number():
    under = rows(["2026", "", "2027", ""], ["Bedrag", "Nota", "Bedrag", "Nota"], ["1", "x", "2", "y"])
    assert list(titles_at(under, 2).values()) == ["2026 Bedrag", "2026 Nota", "2027 Bedrag", "2027 Nota"]
    bare = rows(["Naam", "Nota", "Nota"], ["Loket", "x", "y"])
    assert list(titles_at(bare, 1).values()) == ["Naam", "Nota", "Nota (2)"]


def test_a_shape_is_that_of_the_headings_whatever_the_sheets_are_called_and_however_they_are_written():
    assert shape_of([["Naam", "Fase"], ["Code"]]) == shape_of([["CODE"], [" fase ", "naam"]])
    assert shape_of([["Naam", "Fase"]]) != shape_of([["Naam", "Fase", "Nota"]])


@pytest.mark.parametrize(
    ("typed", "last", "first"),
    [
        ("sep 2027", "30/09/2027", "01/09/2027"),
        ("feb 23", "28/02/2023", "01/02/2023"),
        ("eind maart 2027", "31/03/2027", "01/03/2027"),
        ("Q2 2027", "30/06/2027", "01/04/2027"),
        ("2026", "31/12/2026", "01/01/2026"),
    ],
)
def test_of_a_longer_time_the_last_day_is_meant_and_where_something_begins_the_first(typed: str, last: str, first: str):
    for kind, meant in ((Day(), last), (Day(begins=True), first)):
        with pytest.raises(Rough) as caught:
            kind.read(typed)
        assert caught.value.meant == meant
        assert meant in str(caught.value)


def test_a_word_with_a_number_is_no_month():
    for typed in ("week 23", "bij 10", "fase 2"):
        with pytest.raises(Wrong) as caught:
            Day().read(typed)
        assert (type(caught.value), caught.value.meant) == (Wrong, "")


def test_a_description_is_read_as_it_was_told_and_nothing_else_is_one():
    told = {"bladen": [{"blad": "A", "is": "Projecten", "koppen": 3, "kolommen": {"Naam": "titel", "Nr": ""}}]}
    assert FileMap.read(told).told() == told
    for wrong in ({"bladen": [{"is": "Projecten"}]}, {"bladen": "A"}, {"cellen": {"A!B2": 5}}, {"tekst": {}}):
        with pytest.raises(WorkbookRefused, match="niet te lezen"):
            FileMap.read(wrong)
