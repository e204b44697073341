"""A strip of colours reads as text: a symbol and a word beside each colour, in the order of time."""

from datetime import date

import pytest

from portal.components.charts import Moment, colour_strip
from portal.components.tags import sign_of
from portal.vocabulary import Health
from tests.components.said import all_of, heard, text

MOMENTS = [
    Moment(date(2026, 3, 20), Health.GREEN, 15),
    Moment(date(2026, 4, 29), Health.AMBER, 25, unchanged=True),
    Moment(date(2026, 6, 15), Health.RED),
]


def test_each_report_says_its_colour_in_a_word_and_a_symbol_with_its_day():
    steps = [text(step) for step in all_of(colour_strip(MOMENTS, "Kleur"), "Li")]
    assert steps == [
        "● groen 20/03/2026 15 %",
        "▲ oranje 29/04/2026 25 % · ongewijzigd",
        "■ rood 15/06/2026",
    ]


def test_who_listens_hears_the_words_without_the_symbols_and_what_the_list_is():
    strip = colour_strip(MOMENTS, "Gemelde kleur")
    assert heard(strip) == "Gemelde kleur"
    assert heard(strip.children[0]) == "groen 20/03/2026 15\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize("health", Health)
def test_a_colour_on_the_strip_is_that_of_its_tag(health: Health):
    (step,) = all_of(colour_strip([Moment(date(2026, 1, 1), health)], "x"), "Li")
    assert step.className == sign_of(health).tone
