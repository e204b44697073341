"""The page of words: the vision where it is known, each word once, and a number where it is one."""

import pytest

from portal.glossary import TERMS, Term
from portal.pages.glossary.page import drawn, show_words
from portal.queries.glossary import Vision
from tests.reading import parts, said
from tests.visitors import ACCOUNTS, Portal

WORD, NUMBER = Term("stil", "Geen teken.", "afspraak"), Term("Stil", "Al twee vergaderingen.", "cijfers")


def places(shown: object) -> list[str]:
    return [one.id for one in parts(shown) if getattr(one, "id", None)]


def test_without_a_vision_and_without_numbers_there_are_only_words():
    shown = drawn((WORD,), None, ())
    assert places(shown) == ["stil"]
    assert "Wat willen we samen?" not in said(shown)
    assert "cijfers" not in said(shown)


def test_a_word_that_is_a_number_is_explained_once_by_the_number():
    shown = drawn((WORD, Term("eb", "Water.", "zee")), None, (NUMBER,))
    assert sorted(places(shown)) == ["eb", "stil"]
    assert "Geen teken." not in said(shown)
    assert "Al twee vergaderingen." in said(shown)


def test_the_vision_comes_first_with_its_words():
    found = Vision(Term("visie", "Zand voor iedereen.", "besluit van de besturen"), (Term("zand", "Wat er ligt.", ""),))
    shown = drawn((WORD,), found, ())
    assert said(shown).startswith("Wat willen we samen?Zand voor iedereen.zandWat er ligt.")
    assert places(shown) == ["zand", "stil"]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_everybody_reads_every_word_at_a_place_of_its_own(portal: Portal, account: str):
    with portal.as_account(account):
        shown = show_words("")
    found = places(shown)
    assert {term.anchor for term in TERMS} | {"exello", "conferentie-van-burgemeesters", "type-1"} <= set(found)
    assert len(found) == len(set(found))
