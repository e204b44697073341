"""The list of synonyms gives words their meaning, in compounds, phrases and slips of the pen too."""

import pytest

from portal.likeness.words import Thesaurus

WORDS = Thesaurus(
    {
        "eBox": "digitale post",
        "digitaal loket": "loket",
        "loket": "balie",
        "melding": "meldingen",
        "telefooncentrale": "telefonie",
        "glasvezel": "netwerk",
        "wijk": "buurt",
        "tellingen": "sensoren",
        "in- en uitdienst": "toegang",
    }
)


def keys(text: str) -> list[str]:
    return [concept.key for concept in WORDS.concepts(text)]


def test_a_word_that_the_list_does_not_know_stands_for_itself():
    assert [(concept.key, concept.known) for concept in WORDS.concepts("Sleutelplannen")] == [("sleutelplan", False)]


def test_a_term_of_the_list_stands_for_its_meaning_whatever_its_spelling():
    assert keys("EBOX ebox e-Box") == ["digitale post", "digitale post", "box"]


def test_a_phrase_goes_before_the_words_in_it():
    assert keys("Het digitale loket") == ["loket"]
    assert keys("Het loket") == ["balie"]


def test_a_phrase_with_a_hyphen_is_found():
    assert keys("In- en uitdienst") == ["toegang"]


@pytest.mark.parametrize("text", ["meldingenbeheer", "Meldingsapp", "glasvezelnetwerk", "meldingen"])
def test_a_compound_means_what_its_part_means(text):
    assert keys(text)[0] in {"meldingen", "netwerk"}


@pytest.mark.parametrize("text", ["telefooncentrales", "telefooncentraal", "telefoncentrale"])
def test_a_slip_of_the_pen_is_forgiven(text):
    assert keys(text) == ["telefonie"]


@pytest.mark.parametrize("text", ["opstelling", "wijkteam", "verwijk"])
def test_a_short_or_broken_off_part_is_no_part(text):
    assert not {"sensoren", "buurt"} & set(keys(text))


def test_stop_words_and_numbers_say_nothing():
    assert keys("de gemeente in 2018 en de 36 burgers") == []


def test_a_bag_holds_each_concept_once_and_the_title_counts_most():
    assert WORDS.bag("eBox voor notarissen", "Notarissen en eBox: 3 stempels") == (
        "Tdigitale post",
        "tnotaris",
        "dstempel",
    )


def test_a_known_word_of_the_description_keeps_its_mark():
    assert WORDS.bag("Stempels", "De eBox") == ("tstempel", "Ddigitale post")


def test_what_was_spoken_is_kept_for_the_reasons():
    assert WORDS.spoken("Notarissen", "De EBOX.") == {"notaris": "notarissen", "digitale post": "ebox"}


def test_the_same_list_in_another_order_gives_the_same_answers():
    one = Thesaurus({"a-loket": "x", "a loket": "y"})
    other = Thesaurus({"a loket": "y", "a-loket": "x"})
    assert [c.key for c in one.concepts("a-loket")] == [c.key for c in other.concepts("a-loket")]


def test_an_empty_list_or_a_term_without_letters_does_no_harm():
    assert [c.key for c in Thesaurus({}).concepts("Notarissen")] == ["notaris"]
    assert [c.key for c in Thesaurus({"--": "x"}).concepts("Notarissen")] == ["notaris"]
