"""The dictionary of numbers: each said once, in one plain sentence; and no key figure without one."""

import inspect
from decimal import Decimal

import pytest

from portal import numbers
from portal.components.numbers import explained, key_figure, keyed, meaning
from portal.number import Counted, Number, Of, Unit
from portal.numbers import NUMBERS
from portal.pages.columns import count, holding, in_book, on_screen
from portal.pages.columns import written as columns_written
from tests.components.said import all_of, parts, text

EVERY = [pytest.param(each, id=key) for key, each in NUMBERS.items()]


def test_every_number_of_the_dictionary_is_found_by_its_own_key():
    said = [each for _, each in inspect.getmembers(numbers) if isinstance(each, Number)]
    assert {each.key for each in said} == set(NUMBERS)
    assert len(said) == len(NUMBERS)


def test_no_two_numbers_bear_one_name_or_one_sentence():
    for said in ([each.name for each in NUMBERS.values()], [each.meaning for each in NUMBERS.values()]):
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("number", EVERY)
def test_a_number_means_one_whole_sentence_and_is_true_for_something(number: Number):
    assert number.meaning[0].isupper()
    assert number.meaning.endswith(".")
    assert ". " not in number.meaning
    assert number.of
    assert set(number.of) <= set(Of)
    assert number.unit in Unit


def test_a_number_in_a_sentence_carries_its_key_its_scope_and_its_value():
    shown = keyed(numbers.CHALLENGES.at(14, "wervik"), "veertien")
    props = shown.to_plotly_json()["props"]
    assert (props["data-number"], props["data-of"], props["data-value"]) == ("uitdagingen", "wervik", "14")
    assert text(shown) == "veertien"


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        (numbers.CHALLENGES.at(1264), "1.264"),
        (numbers.CHALLENGES.at(None, "spiere"), "geen gegevens"),
        (numbers.SPENT.at(Decimal("1234.50"), "G-1"), "€\N{NO-BREAK SPACE}1.235"),
        (numbers.DAYS_TO_MEETING.at(0), "vandaag"),
        (numbers.DAYS_TO_MEETING.at(1), "1 dag"),
        (numbers.COVERAGE.at(27.4), "27\N{NO-BREAK SPACE}%"),
    ],
)
def test_a_number_is_written_as_its_unit_is(counted: Counted, told: str):
    assert counted.written == told


def test_a_key_figure_says_on_demand_what_it_means_by_the_name_it_has_there():
    figure = key_figure(numbers.WAITING.at(3, "wervik"), label="wacht op dit bestuur")
    (sign,) = all_of(figure, "Summary")
    assert sign.children == "?"
    assert sign.to_plotly_json()["props"]["aria-label"] == "Wat betekent dit: wacht op dit bestuur?"
    (told,) = all_of(figure, "P")
    assert text(told) == f"wacht op dit bestuur: {numbers.WAITING.meaning}"


def test_a_sentence_explains_each_of_its_numbers_once_and_without_numbers_nothing():
    inside = [keyed(numbers.OPEN.at(3)), " ", keyed(numbers.OPEN.at(4, "wervik")), [keyed(numbers.QUIET.at(1))]]
    assert len(all_of(explained(inside), "P")) == 2
    assert explained(["Er is nog niets geregistreerd."]) is None


def test_what_a_number_means_is_drawn_without_a_callback_and_opens_by_key():
    drawn = meaning([numbers.OPEN])
    assert drawn._type == "Details"
    assert not any(getattr(part, "id", None) for part in parts(drawn))


def test_a_column_that_holds_a_number_says_it_above_and_in_the_workbook():
    on_page, in_book_only = count("open", "Open"), columns_written("open", "Open")
    held = holding(numbers.OPEN, on_page)
    assert on_screen([held])[0]["headerTooltip"] == numbers.OPEN.meaning
    assert {column.meaning for column in in_book([held, holding(numbers.OPEN, in_book_only)])} == {numbers.OPEN.meaning}
    assert in_book([on_page])[0].meaning == ""
    assert on_screen([holding(numbers.OPEN, in_book_only)]) == []
