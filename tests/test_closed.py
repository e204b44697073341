"""Names of closed rows in texts that others wrote: found however they are spelled, and nothing else is touched."""

import pytest

from portal.closed import Closed, names_of
from portal.words import fold


def closed(*titles: str) -> Closed:
    return Closed(names=names_of(map(fold, titles)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Digitaal loket", "een onderwerp"),
        ("‘Digitaal loket’ gaat door.", "‘een onderwerp’ gaat door."),
        ("DIGITAAL  Loket, en meer", "een onderwerp, en meer"),
        ("Eerst U-WER-01, dan\nhet digitáál-loket", "Eerst een onderwerp, dan\nhet een onderwerp"),
        ("Digitaal loket, digitaal loket", "een onderwerp, een onderwerp"),
        ("Over digitaal loket in Menen", "Over een onderwerp in Menen"),
    ],
)
def test_a_name_goes_out_of_a_text_and_the_rest_stays_as_it_was_written(text: str, said: str):
    assert closed("Digitaal loket", "U-WER-01").out_of(text) == said


@pytest.mark.parametrize("text", ["", "Digitale loketten", "Loket digitaal", "Een digitaal", "U-WER-010", "…"])
def test_a_text_that_names_nothing_closed_stays_exactly(text: str):
    assert closed("Digitaal loket", "U-WER-01").out_of(text) == text
    assert Closed().out_of(text) == text


def test_the_longest_of_the_names_that_begin_in_one_place_goes():
    assert closed("Loket", "Loket voor ouders").out_of("Het loket voor ouders", near=True) == "Het een onderwerp"


def test_a_short_word_alone_is_a_name_in_a_title_and_where_it_is_all_there_is():
    short = closed("Loket")
    assert short.out_of("Het loket sluit vroeger.") == "Het loket sluit vroeger."
    assert short.out_of("Het loket", near=True) == "Het een onderwerp"
    assert short.out_of("“Loket”") == "“een onderwerp”"
    assert closed("Informatieveiligheid").out_of("Over informatieveiligheid.") == "Over een onderwerp."


def test_a_title_without_letters_or_digits_is_found_in_no_text():
    assert closed("…", "").out_of("… en zo voort") == "… en zo voort"
