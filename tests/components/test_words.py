"""A word explained where it stands: it carries its meaning, and asks nothing of anybody."""

import re

import pytest
from dash import html

from portal.components.words import by_letter, explained, explaining, help_link, meanings
from portal.config import ROOT
from portal.glossary import TERMS, Term, term
from portal.pages import PAGES
from tests.reading import parts, said

EB = Term("Eb (zee)", "Water dat zakt.", "zee", ("laagtij",))


def test_a_word_that_the_sentence_does_not_say_is_not_explained_in_it():
    with pytest.raises(ValueError, match="substring"):
        explaining("Niets te zien.", challenger="challenger")


def test_a_word_that_nobody_explains_stops_the_page():
    with pytest.raises(KeyError):
        explaining("Een zandbank.", zandbank="zandbank")


def test_a_word_is_a_button_that_carries_meaning_source_and_place():
    word = explained(EB, "eb")
    shown = word.to_plotly_json()["props"]
    assert isinstance(word, html.Button)
    assert (shown["children"], shown["type"], shown["aria-haspopup"]) == ("eb", "button", "dialog")
    assert [shown[f"data-{key}"] for key in ("word", "meaning", "source", "place")] == [
        "Eb (zee)",
        "Water dat zakt.",
        "zee",
        "/begrippen#eb-zee",
    ]
    assert "id" not in shown  # the same word may stand twice on a page


def test_a_sentence_keeps_its_words_and_explains_those_that_are_named():
    told = explaining("De challenger volgt de koploper.", koploper="koploper", challenger="challenger")
    assert said(told) == "De challenger volgt de koploper."
    assert [said(one) for one in told if isinstance(one, html.Button)] == ["challenger", "koploper"]


def test_every_word_has_its_place_on_the_page():
    drawn = meanings((EB, term("stil"), term("trekker")))
    assert [one.id for one in parts(drawn) if getattr(one, "id", None)] == ["eb-zee", "stil", "trekker"]
    assert said(drawn).startswith("Eb (zee)Water dat zakt. (zee)")


def test_the_words_of_a_letter_stand_closed_under_their_names():
    drawn = by_letter((term("trekker"), EB, term("stil"), Term("Schelde", "Een stroom.", "")))
    letters = [one for one in parts(drawn) if isinstance(one, html.Details)]
    closed = [said([one for one in parts(letter) if isinstance(one, html.Summary)]) for letter in letters]
    assert sorted(closed) == ["EEb (zee)", "Sstil, Schelde", "Ttrekker"]
    assert [getattr(one, "open", None) for one in letters] == [None] * 3
    assert {one.id for one in parts(drawn) if getattr(one, "id", None)} >= {"eb-zee", "stil", "trekker"}


def test_the_way_to_the_guide_says_what_it_is():
    link = help_link("inventaris")
    assert (link.href, said(link)) == ("/hulp#inventaris", "?")
    assert link.to_plotly_json()["props"]["aria-label"] == "Hulp bij deze pagina"
    assert help_link("").href == "/hulp"


def test_the_marks_of_a_word_are_those_that_its_script_reads():
    script = (ROOT / "assets" / "words.js").read_text(encoding="utf-8")
    carried = {key for key in explained(EB).to_plotly_json()["props"] if key.startswith("data-")}
    read = re.search(r"const \{ ([^}]+) \} = button\.dataset", script)
    assert read
    assert {f"data-{one.split(':')[0].strip()}" for one in read[1].split(",")} == carried


def test_the_page_of_words_and_the_guide_are_where_the_words_lead():
    assert {"/begrippen", "/hulp"} <= {page.path for page in PAGES}
    assert {explained(one).to_plotly_json()["props"]["data-place"].partition("#")[0] for one in TERMS} == {"/begrippen"}
