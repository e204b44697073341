"""What a cell is called, how problems are told, and what a kind and an outcome promise."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string, get_column_letter

from data_loaders.cells import Cell, CellKind, Row, address, letters
from data_loaders.kind import Asked, Reading
from data_loaders.load import KINDS, Outcome
from data_loaders.plan import Plan
from data_loaders.problems import MOST_CELLS, MOST_PROBLEMS, Problem, Problems
from data_loaders.sheets import Column, is_missing, value_of
from data_loaders.workbook import File, WorkbookRefused
from portal.values import Line, Wrong


def cell(value: object, kind: CellKind = CellKind.TEXT) -> Cell:
    return Cell(2, 1, kind, value)


# -- addresses


@pytest.mark.parametrize(
    ("column", "name"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")],
)
def test_a_column_is_called_as_excel_does_at_every_turn(column: int, name: str):
    assert letters(column) == name


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_an_address_is_the_one_that_excel_shows(column: int, row: int):
    assert address(row, column) == f"{get_column_letter(column)}{row}"
    assert column_index_from_string(letters(column)) == column


def test_a_cell_knows_its_address_and_cannot_be_changed():
    one = Cell(10, 28, CellKind.TEXT, "x")
    assert one.address == "AB10"
    with pytest.raises(FrozenInstanceError):
        one.value = "y"  # type: ignore[misc]


def test_a_row_holds_only_the_cells_that_are_filled():
    assert Row(3, {2: cell("x")}).cells.keys() == {2}


# -- problems


def test_no_problem_is_no_problem():
    assert not Problems()
    assert Problems().found() == ()


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem("Blad", "A1", "is leeg."), "Blad!A1: is leeg."),
        (Problem("Blad", "", "ontbreekt."), "Blad: ontbreekt."),
        (Problem("", "", "Het bestand is leeg."), "Het bestand is leeg."),
    ],
)
def test_a_problem_says_where_as_far_as_it_knows(problem: Problem, said: str):
    assert str(problem) == said


def test_equal_problems_of_two_sheets_are_two_problems():
    problems = Problems()
    problems.add("Een", "A1", "is leeg.")
    problems.add("Twee", "A1", "is leeg.")
    assert [found.sheet for found in problems.found()] == ["Een", "Twee"]


def test_the_first_cells_of_equal_problems_are_named_and_the_rest_counted():
    problems = Problems()
    for number in range(1, MOST_CELLS + 6):
        problems.add("Blad", f"A{number}", "is leeg.")
    (one,) = problems.found()
    assert one.cell == "A1"
    assert f"A{MOST_CELLS} en nog 5." in one.message
    assert f"A{MOST_CELLS + 1}" not in one.message


def test_one_cell_with_one_problem_twice_is_named_once():
    problems = Problems()
    problems.add("Blad", "A1", "is leeg.")
    problems.add("Blad", "A1", "is leeg.")
    assert problems.found()[0].message.count("A1") == 0


@pytest.mark.parametrize(("kinds", "more"), [(MOST_PROBLEMS, False), (MOST_PROBLEMS + 1, True)])
def test_beyond_a_number_of_problems_it_is_said_that_there_are_more(kinds: int, more: bool):
    problems = Problems()
    for number in range(kinds):
        problems.add("Blad", "A1", f"fout {number}.")
    found = problems.found()
    assert len(found) == MOST_PROBLEMS + more
    assert ("nog meer problemen" in found[-1].message) is more


def test_problems_are_told_in_the_order_in_which_they_were_met():
    problems = Problems()
    for number in (3, 1, 2):
        problems.add("Blad", f"A{number}", f"fout {number}.")
    assert [found.cell for found in problems.found()] == ["A3", "A1", "A2"]


# -- what is missing


@pytest.mark.parametrize("written", ["", "  ", "\t", "nb", "NB", " Nb "])
def test_a_word_for_nothing_is_nothing(written: str):
    assert is_missing(cell(written), frozenset({"nb"}))


@pytest.mark.parametrize("value", [cell("nbx"), cell(0.0, CellKind.NUMBER), cell(False, CellKind.YES_NO), cell("-")])
def test_a_zero_a_no_and_another_word_are_not_nothing(value: Cell):
    assert not is_missing(value, frozenset({"nb"}))


@pytest.mark.parametrize("nothing", [None, cell(" "), cell("nb")])
def test_a_required_cell_without_a_value_is_refused(nothing: Cell | None):
    column = Column("Titel", "title", Line(), missing=frozenset({"nb"}))
    with pytest.raises(Wrong, match="mag niet leeg zijn"):
        value_of(nothing, column)
    assert value_of(nothing, Column("Titel", "title", Line(), required=False, missing=frozenset({"nb"}))) == ""


def test_a_column_is_known_by_all_its_names():
    assert list(Column("Titel van de rij", "title", Line(), also=("Naam",)).names()) == ["titel van de rij", "naam"]


# -- files, kinds and outcomes


def test_a_file_is_called_without_its_folder_and_ending_whatever_system_wrote_it():
    assert File(r"C:\map\cijfers 2026.xlsx", b"").stem == "cijfers 2026"
    assert File("map/cijfers.csv", b"").stem == "cijfers"


def test_a_folder_is_no_file(tmp_path: Path):
    with pytest.raises(WorkbookRefused, match="niet te lezen"):
        File.at(tmp_path)


def test_a_file_is_known_by_its_content_and_not_by_its_name():
    assert File("a.xlsx", b"x").sha256 == File("b.xlsx", b"x").sha256 != File("a.xlsx", b"y").sha256


def test_an_outcome_is_told_in_json_with_nothing_else_than_was_agreed():
    outcome = Outcome(2, 3, (Problem("Blad", "A1", "is leeg."),), Plan(), ("let op",))
    assert outcome.as_json() == {
        "written": 2,
        "unchanged": 3,
        "problems": [{"sheet": "Blad", "cell": "A1", "message": "is leeg."}],
    }
    assert Outcome().as_json() == {"written": 0, "unchanged": 0, "problems": []}


def test_whoever_says_nothing_asks_nothing_and_a_file_that_says_nothing_has_nothing():
    assert Asked().year is None
    said = Reading()
    assert (said.rows, said.problems, said.notices, said.mapped.told(), said.looked) == ((), (), (), {}, None)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_is_called_by_its_name_and_says_what_it_loads(kind):
    assert KINDS[kind.name] is kind
    assert kind.description.strip()
    assert kind.name == kind.name.lower()
