"""Numbers, amounts and days as Belgians write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal import text


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, None, "0"),
        (1234, None, "1.234"),
        (1234.5, None, "1.234,5"),
        (1234567.891, 2, "1.234.567,89"),
        (2.5, 0, "3"),
        (-1234, None, "−1.234"),
        (-0.01, 0, "0"),
        (Decimal("0.05"), 1, "0,1"),
    ],
)
def test_a_number_has_points_for_thousands_and_a_comma(value, decimals, written):
    assert text.number(value, decimals) == written


def test_money_is_refused_as_a_float():
    with pytest.raises(TypeError):
        text.euro(1234.5)


def test_money_is_written_to_the_cent_with_its_sign_in_front():
    assert text.euro(Decimal("1234.5")) == "€\u00a01.234,50"
    assert text.euro(Decimal("99999999999999.99")) == "€\u00a099.999.999.999.999,99"
    assert text.euro(Decimal("-12.345")) == "€\u00a0−12,35"
    assert text.euro(2500000, cents=False) == "€\u00a02.500.000"


def test_a_percentage_is_given_in_points():
    assert text.percentage(66) == "66\u00a0%"
    assert text.percentage(Decimal("14.55"), 1) == "14,6\u00a0%"


def test_a_day_is_written_day_first():
    assert text.day(date(2025, 12, 31)) == "31/12/2025"
    assert text.day(None) == "geen datum"
    assert text.long_day(date(2026, 12, 4)) == "vrijdag 4 december 2026"


def test_an_instant_is_told_in_the_time_of_the_region():
    assert text.moment(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == "02/07/2026 om 0.05 uur"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "geen uitdagingen"), (1, "1 uitdaging"), (2, "2 uitdagingen"), (1264, "1.264 uitdagingen")]
)
def test_one_is_singular(count, said):
    assert text.plural(count, "uitdaging", "uitdagingen") == said


def test_numbers_up_to_twelve_are_words_in_a_sentence():
    assert [text.in_words(n) for n in (0, 1, 12, 13, 1300)] == ["nul", "één", "twaalf", "13", "1.300"]
    assert text.sentence(text.in_words(1) + " traject") == "Eén traject"
    assert text.sentence("twaalf dagen") == "Twaalf dagen"


def test_a_list_ends_with_and():
    assert [text.listed(list("abc")[:n]) for n in range(4)] == ["", "a", "a en b", "a, b en c"]
