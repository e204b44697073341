"""What somebody types, taken apart: what stands for a word, what means the same, and where a text has it."""

import pytest

from portal.likeness.marking import marks_in
from portal.likeness.sought import MOST_WORDS, Rank, Sought, sought
from portal.likeness.words import Thesaurus
from portal.words import fold

WORDS = Thesaurus({"helmgras": "zand", "stuifzand": "zand", "duin op drift": "zand", "meeuw": "vogels"})


def rank(
    typed: str, title: str, description: str = "", *, code: str = "", near: str = "", exact: bool = False
) -> Rank | None:
    bag = "|".join(WORDS.bag(title, description))
    asked = sought(WORDS, typed, exact=exact)
    return asked.rank(fold(code), fold(title), fold(f"{code} {title} {description}"), bag, fold(near))


@pytest.mark.parametrize("typed", ["", " ", "?", "x", "é", "- _ %", "\x00"])
def test_what_says_nothing_seeks_nothing(typed: str):
    assert sought(WORDS, typed).parts == ()
    assert Sought("", ()).rank("", "", "", "") is None


@pytest.mark.parametrize(
    ("typed", "title", "expected"),
    [
        ("helmgras", "Helmgras", Rank.NAMED),
        ("helmgr", "Helmgras planten", Rank.BEGINS),
        ("planten", "Helmgras planten", Rank.PHRASE),
        ("planten helmgras", "Helmgras planten", Rank.IN_TITLE),
        ("gras", "Helmgras planten", Rank.IN_TITLE),
        ("helmgras", "Stuifzand", Rank.MEANT_IN_TITLE),
        ("duin op drift", "Stuifzand", Rank.MEANT_IN_TITLE),
        ("helmgras", "Meeuwen", None),
        ("op", "Opgelost", Rank.BEGINS),
        ("gr", "Helmgras", None),
    ],
)
def test_a_title_answers_the_better_the_more_it_says_what_was_typed(typed: str, title: str, expected: Rank | None):
    assert rank(typed, title) == expected


def test_a_text_below_the_title_answers_less():
    assert rank("helmgras", "Iets", "met helmgras") is Rank.IN_TEXT
    assert rank("helmgras", "Iets", "met stuifzand") is Rank.MEANT
    assert rank("helmgras", "Iets", "met stuifzand", exact=True) is None


def test_a_code_is_found_however_its_signs_are_typed_and_is_never_split():
    for typed in ("I.E-1", "i e 1", "I-E-1"):
        assert rank(typed, "Iets", code="I.E-1") is Rank.NAMED, typed
    assert rank("I.E-1", "E 1 of I", code="I.E-2") is None


def test_what_a_row_belongs_to_may_give_some_of_the_words_but_not_all():
    assert rank("helmgras wervik", "Helmgras", near="Wervik") is Rank.IN_TEXT
    assert rank("wervik", "Helmgras", near="Wervik") is None


def test_the_beginning_of_a_word_of_the_list_means_what_the_word_means():
    assert sought(WORDS, "helmg").parts[0].meaning == "zand"
    assert sought(WORDS, "hel").parts[0].meaning is None


def test_only_the_first_words_count_so_that_a_page_of_text_is_no_attack():
    assert len(sought(WORDS, " ".join(f"woord{place}" for place in range(40))).parts) == MOST_WORDS


@pytest.mark.parametrize(
    ("typed", "text", "marked", "otherwise"),
    [
        ("meeuw", "Eén meeuw, twee meeuwen.", ["meeuw", "meeuwen"], []),
        ("helmgras", "Het helmgras en een duin op drift!", ["helmgras"], ["duin op drift"]),
        ("zaal", "De zalen (en de zaal).", ["zalen", "zaal"], []),
        ("e-loket", "Naar het e-loket", ["e-loket"], []),
        ("nergens", "Niets hiervan", [], []),
    ],
)
def test_a_mark_stands_on_whole_words_of_the_text(typed: str, text: str, marked: list[str], otherwise: list[str]):
    marks = marks_in(WORDS, sought(WORDS, typed), text)
    assert [text[mark.start : mark.end] for mark in marks if not mark.otherwise] == marked
    assert [text[mark.start : mark.end] for mark in marks if mark.otherwise] == otherwise
