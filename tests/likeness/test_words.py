"""Dutch words lose their endings, and no more than that."""

import pytest

from portal.likeness.words import STOP, spoken_and_stemmed, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("afspraken", "afspraak"),
        ("digitale", "digitaal"),
        ("schijven", "schijf"),
        ("bomen", "boom"),
        ("servers", "server"),
        ("websites", "website"),
        ("kaarten", "kaart"),
        ("loketten", "loket"),
        ("glazen", "glas"),
    ],
)
def test_forms_of_one_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("kaart", "krant"), ("opslag", "slag"), ("besluit", "bestuur"), ("burger", "burgerzaken")]
)
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["e", "it", "hr", "wcag", "2018", "proces", "status", "basis", "een", "see"])
def test_a_short_word_or_number_is_never_stripped_to_nothing(word):
    assert len(stem(word)) >= min(len(word), 2)


def test_a_word_is_kept_as_people_wrote_it_beside_its_stem():
    assert spoken_and_stemmed("Camera's, één geoviewer!") == [
        ("camera", "camera"),
        ("s", "s"),
        ("één", "en"),
        ("geoviewer", "geoviewer"),
    ]


def test_words_with_a_hyphen_are_two():
    assert [key for _, key in spoken_and_stemmed("E-loket")] == ["e", "loket"]


@pytest.mark.parametrize("text", ["", "  ", "…", "-- !!", "—"])
def test_a_text_without_words_has_none(text):
    assert spoken_and_stemmed(text) == []


@pytest.mark.parametrize("word", ["de", "gemeente", "digitale", "onze", "medewerkers"])
def test_words_that_every_text_has_say_nothing(word):
    assert stem(word) in STOP
