"""The words of the programme: each explained once, in sentences that end."""

import pytest

from portal.glossary import TERMS, Term, in_order, said_in, term
from portal.words import anchor, fold


def test_a_word_that_nobody_explains_is_not_guessed():
    with pytest.raises(KeyError):
        term("zandbank")


def test_a_word_is_found_however_it_is_written():
    assert term("CHALLENGER") is term("challenger")
    assert term("vastgelegd geld").word == "vastgelegd (geld)"


def test_every_word_is_explained_once_and_has_a_place_of_its_own():
    assert len({fold(one.word) for one in TERMS}) == len(TERMS)
    assert len({one.anchor for one in TERMS}) == len(TERMS)


def test_what_is_vastgelegd_of_money_and_of_a_meeting_are_two_things():
    assert term("vastgelegd (geld)").meaning != term("vastgelegd (vergadering)").meaning


def test_every_meaning_is_a_sentence_with_a_source():
    wrong = [
        one.word
        for one in TERMS
        if not (one.meaning[0].isupper() and one.meaning.endswith(".") and one.source and "  " not in one.meaning)
    ]
    assert wrong == []


def test_no_other_name_is_a_word_of_its_own_that_means_something_else():
    words = {fold(one.word) for one in TERMS}
    assert [name for one in TERMS for name in one.also if fold(name) in words] == []


def test_the_terms_of_the_house_are_in_the_order_of_the_alphabet():
    assert list(in_order(TERMS)) == list(TERMS)


def test_a_word_that_comes_twice_is_the_one_that_came_first():
    first, second = Term("Eb", "Water dat zakt.", "zee"), Term("eb", "Iets anders.", "land")
    assert in_order([Term("vloed", "Water dat stijgt.", "zee"), first, second]) == (
        first,
        Term("vloed", "Water dat stijgt.", "zee"),
    )


def test_a_text_says_a_word_whole_in_any_of_its_forms_but_not_by_another_name():
    bay, stage = Term("baai", "Een inham.", "de kust", ("baaien", "stap")), Term("boei", "Een baken.", "de kust")
    assert said_in(["Drie BAAIEN en een boeiend verhaal"], (bay, stage)) == (bay,)
    assert said_in(["een stap verder", "ba", "ai"], (bay, stage)) == ()


def test_the_first_plan_of_a_milestone_is_not_taken_for_the_plan_of_the_money():
    assert [one.word for one in said_in(["eerste plan", "mijlpaal"], TERMS)] == ["mijlpaal"]


def test_a_place_is_named_after_the_words_that_stand_there():
    assert anchor("Wie deelt Één vraag?") == "wie-deelt-een-vraag"
