"""What a cell means: never guessed, and what a Belgian writes comes back as it was."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.cells import Cell, CellKind
from data_loaders.values import (
    Rule,
    ValueWrong,
    belgian,
    code,
    day,
    decimal,
    euro,
    number_in,
    one_of,
    percent,
    percentages,
    shown,
    text,
    whole,
    word,
    yes_no,
)
from portal.vocabulary import Phase
from tests.data_loaders.books import number_cell, text_cell

UNREADABLE = Cell(2, 3, CellKind.UNREADABLE, "bevat de fout #N/B; verbeter de formule")
NEW_YEAR = Cell(2, 3, CellKind.DATE, date(2026, 1, 1))
TRUE = Cell(2, 3, CellKind.YES_NO, True)
RULES: list[Rule[Any]] = [text(), code(), decimal, whole, euro, percent, day, one_of({"a": 1}), word(Phase), yes_no]


def wrong(rule: Rule[Any], cell: Cell | str) -> str:
    with pytest.raises(ValueWrong) as caught:
        rule(text_cell(cell) if isinstance(cell, str) else cell)
    return str(caught.value)


@pytest.mark.parametrize("rule", RULES)
def test_an_unreadable_cell_says_what_it_has_whatever_is_asked(rule: Rule[Any]):
    assert wrong(rule, UNREADABLE) == "bevat de fout #N/B; verbeter de formule."


@pytest.mark.parametrize("rule", [decimal, whole, euro, percent])
@pytest.mark.parametrize("written", ["1.234", "-1.234", "12.345", "999.000"])
def test_a_point_before_three_digits_is_never_guessed(rule: Rule[Any], written: str):
    other = written.replace(".", ",")
    assert wrong(rule, written) == f"“{written}” is niet duidelijk; schrijf {written.replace('.', '')} of {other}."


@pytest.mark.parametrize(
    "written",
    ["", "een", "1,234.5", "1.23.4", "12.34.567", "1,2,3", "--1", "1e5", "٣", "1/2", "0x10", "1_000", "9" * 50],
)
def test_what_is_no_number_is_no_number(written: str):
    assert number_in(written) is None
    if written:
        assert "is geen getal; schrijf het zoals 1234,5." in wrong(decimal, written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234", "1234"),
        ("1234,5", "1234.5"),
        ("1,234", "1.234"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("69.5", "69.5"),
        ("0.690", "0.690"),
        ("1234.567", "1234.567"),
        (" -3,5 ", "-3.5"),
        ("−3", "-3"),
        ("+3", "3"),
    ],
)
def test_a_number_is_read_as_belgians_write_it(written: str, number: str):
    assert decimal(text_cell(written)) == Decimal(number)


@given(st.decimals(-(10**9), 10**9, places=2), st.booleans())
def test_a_number_comes_back_from_how_it_is_written(number: Decimal, grouped: bool):
    written = f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".") if grouped else belgian(number)
    assert number_in(written) == number


@given(st.text(max_size=12))
def test_no_text_is_taken_for_a_number_that_it_does_not_spell(written: str):
    number = number_in(written)
    if number is not None:
        digits = "".join(c for c in written if c in "0123456789")
        assert "".join(c for c in f"{abs(number):f}" if c.isdigit()).lstrip("0") == digits.lstrip("0")


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(["", "-", "+"]))
def test_no_number_with_one_point_before_three_digits_is_guessed(left: int, right: int, sign: str):
    assert number_in(f"{sign}{left}.{right:03d}") is None


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_a_number_of_excel_keeps_fifteen_digits(value: float):
    assert decimal(number_cell(value)) == Decimal(format(value, ".15g"))


@pytest.mark.parametrize("cell", [number_cell(1.5), text_cell("1,5"), text_cell("3000000000"), NEW_YEAR, TRUE])
def test_a_broken_or_endless_number_is_not_whole(cell: Cell):
    assert "geen geheel getal" in wrong(whole, cell)


@pytest.mark.parametrize("cell", [number_cell(7), text_cell("7"), text_cell("7,0")])
def test_a_whole_number_is_whole_however_it_was_typed(cell: Cell):
    assert whole(cell) == 7


# -- amounts


@pytest.mark.parametrize("written", ["1,005", "0,001"])
def test_an_amount_has_no_thousandths(written: str):
    assert "meer dan twee decimalen" in wrong(euro, written)


@pytest.mark.parametrize("cell", ["twee euro", "$ 5", "1000000000000", number_cell(0.5, CellKind.PERCENT)])
def test_what_is_no_amount_is_refused(cell: Cell | str):
    assert "is geen bedrag; schrijf het zoals 1234,50." in wrong(euro, cell)


@pytest.mark.parametrize("written", ["€ 1.234,50", "1.234,50 EUR", "eur 1234,5", "1234.50", "€1 234,50"])
def test_an_amount_is_exact(written: str):
    assert euro(text_cell(written)) == Decimal("1234.50")


def test_an_amount_that_a_sheet_keeps_with_an_error_is_what_it_shows():
    assert euro(number_cell(0.1 + 0.2)) == Decimal("0.30")


@given(st.decimals(-(10**11), 10**11, places=2))
def test_an_amount_comes_back_from_a_sheet(amount: Decimal):
    assert euro(number_cell(float(amount))) == euro(text_cell(belgian(amount))) == amount


# -- percentages


@pytest.mark.parametrize(
    "cell", [number_cell(101), number_cell(-1), number_cell(69, CellKind.PERCENT), text_cell("150 %")]
)
def test_a_percentage_lies_between_0_and_100(cell: Cell):
    assert "geen percentage tussen 0 en 100" in wrong(percent, cell)


@pytest.mark.parametrize(
    "cell",
    [text_cell("69 %"), text_cell("69%"), number_cell(0.69, CellKind.PERCENT), number_cell(69), text_cell("69,0")],
)
def test_every_way_to_write_a_percentage_is_the_same(cell: Cell):
    assert percent(cell) == 69
    assert percentages([cell]) == [69]


def test_nothing_at_all_is_a_percentage_too():
    assert percent(number_cell(0, CellKind.PERCENT)) == 0
    assert percent(text_cell("0 %")) == 0


def test_a_column_that_counts_to_one_is_read_as_a_whole():
    assert percentages([number_cell(0.69), number_cell(1), text_cell("0,705")]) == [69, 100, Decimal("70.5")]


def test_a_column_that_counts_to_a_hundred_is_never_read_cell_by_cell():
    assert percentages([number_cell(69), number_cell(0.71)]) == [69, Decimal("0.71")]


def test_a_cell_that_says_that_it_is_a_percentage_is_taken_at_its_word():
    marked = [text_cell("69 %"), number_cell(0.5, CellKind.PERCENT), text_cell("0,5 %")]
    assert percentages([*marked, number_cell(0.71)]) == [69, 50, Decimal("0.5"), 71]
    assert percentages([*marked, number_cell(71)]) == [69, 50, Decimal("0.5"), 71]


def test_a_column_of_ones_is_not_guessed():
    found = percentages([number_cell(1), number_cell(0), text_cell("69 %")])
    assert [isinstance(one, ValueWrong) for one in found] == [True, True, False]
    assert "1 kan 1 % of 100 % zijn" in str(found[0])


def test_a_column_of_nothing_is_nothing():
    assert percentages([number_cell(0), number_cell(0)]) == [0, 0]


def test_a_wrong_cell_does_not_spoil_the_others_of_its_column():
    found = percentages([text_cell("veel"), number_cell(69), number_cell(120), text_cell("1.234 %")])
    assert [str(one) for one in found] == [
        "“veel” is geen getal; schrijf het zoals 1234,5.",
        "69",
        "“120” is geen percentage tussen 0 en 100.",
        "“1.234 %” is niet duidelijk; schrijf 1234 of 1,234.",
    ]


@given(st.lists(st.decimals(2, 100, places=1), min_size=1))
def test_a_column_means_the_same_in_every_way_to_write_it(points: list[Decimal]):
    assert percentages([number_cell(float(one)) for one in points]) == points
    assert percentages([text_cell(f"{belgian(one)} %") for one in points]) == points
    assert percentages([number_cell(float(one / 100)) for one in points]) == points or set(points) == {100}


# -- dates, words, texts


@pytest.mark.parametrize("written", ["30/02/2026", "29/02/2025", "00/01/2026", "01/13/2026"])
def test_a_day_that_never_was_is_refused(written: str):
    assert wrong(day, written) == f"“{written}” is een datum die niet bestaat."


@pytest.mark.parametrize("cell", ["2026-01-01", "1 januari 2026", "01/01/26", number_cell(45000)])
def test_a_date_is_written_in_one_way(cell: Cell | str):
    assert "is geen datum; schrijf dd/mm/jjjj" in wrong(day, cell)


@given(st.dates())
def test_a_date_comes_back_from_how_it_is_written(value: date):
    assert day(text_cell(f"{value.day:02d}/{value.month:02d}/{value.year:04d}")) == value
    assert day(Cell(1, 1, CellKind.DATE, value)) == value


def test_a_word_that_is_not_of_the_field_is_refused_with_those_that_are():
    assert wrong(word(Phase), "gepauzeerd") == (
        "“gepauzeerd” is geen van: idee, voorbereiding, uitvoering, on_hold, nazorg, afgerond, stopgezet."
    )


@pytest.mark.parametrize("written", ["on hold", "ON_HOLD", "On-Hold "])
def test_a_word_is_known_by_value_and_label(written: str):
    assert word(Phase)(text_cell(written)) is Phase.ON_HOLD


def test_a_name_is_known_without_regard_to_case_and_accents():
    assert one_of({"Oéver-aan-Zee": 7})(text_cell("oever AAN zee")) == 7


@pytest.mark.parametrize(("cell", "answer"), [(text_cell("Ja"), True), (text_cell("NEE"), False), (TRUE, True)])
def test_yes_and_no_are_words(cell: Cell, answer: bool):
    assert yes_no(cell) is answer


def test_a_maybe_is_no_answer():
    assert wrong(yes_no, "misschien") == "“misschien” is geen ja of nee."


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("a\0b", "onleesbaar"),
        ("abcd", "telt 4 tekens; er passen er 3."),
        (number_cell(1.5), "geen tekst"),
        (NEW_YEAR, "“01/01/2026” is geen tekst"),
        (TRUE, "“WAAR” is geen tekst"),
    ],
)
def test_what_is_no_text_is_refused(cell: Cell | str, sentence: str):
    assert sentence in wrong(text(3), cell)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=50))
def test_text_is_kept_composed(written: str):
    import unicodedata

    assert text()(text_cell(written)) == unicodedata.normalize("NFC", written)


def test_a_number_in_a_column_of_text_is_its_digits():
    assert text()(number_cell(34022)) == code()(number_cell(34022)) == "34022"


def test_a_code_is_one_word():
    assert code()(text_cell(" U-001 ")) == "U-001"
    assert "een code telt geen spaties" in wrong(code(), "U 001")


def test_a_cell_is_shown_as_it_looks():
    assert [shown(one) for one in (number_cell(0.69, CellKind.PERCENT), number_cell(1234.5), NEW_YEAR, TRUE)] == [
        "69 %",
        "1234,5",
        "01/01/2026",
        "WAAR",
    ]


def test_a_long_cell_is_shown_short():
    assert len(wrong(decimal, "x" * 500)) < 100
