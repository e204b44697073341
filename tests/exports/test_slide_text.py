"""Text stays inside its box: it shrinks, and where that does not help it is cut and says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exports.slide_style import CUT, LINE_SPACING, cut, fitted, plain, width_of, wrapped

SIZES = (28, 20, 12)
TITLE = "Gevalideerde uniforme aanpak van de meldpunten"
TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=400)


def test_a_text_that_has_room_keeps_the_largest_size():
    assert fitted(TITLE, 900, 40, SIZES) == fitted(TITLE, 900, 400, SIZES)
    assert fitted(TITLE, 900, 40, SIZES).size == 28


def test_a_longer_text_gets_a_smaller_size_before_anything_is_cut():
    told = fitted(TITLE * 3, 800, 80, SIZES)
    assert (told.text, told.size) == (TITLE * 3, 20)


def test_a_text_that_never_fits_is_cut_and_says_so():
    told = fitted(TITLE * 20, 600, 80, SIZES)
    assert told.size == 12
    assert told.text.endswith(CUT)
    assert TITLE.startswith(told.text[:10])


def test_a_box_that_is_too_low_for_one_line_still_says_something():
    assert fitted(TITLE, 600, 3, SIZES).lines == 1


@given(TEXT, st.integers(30, 900), st.integers(20, 400))
def test_no_text_is_higher_than_its_box_nor_wider(text: str, width: int, height: int):
    told = fitted(text, width, height, SIZES)
    assert told.height <= max(height, 12 * LINE_SPACING)
    assert all(width_of(line, told.size) <= width for line in wrapped(told.text, width, told.size))


@given(TEXT, st.integers(60, 900), st.integers(1, 4))
def test_what_is_cut_takes_no_more_lines_than_allowed(text: str, width: int, most: int):
    told = cut(text, width, most, 12)
    assert len(wrapped(told.text, width, 12)) <= most
    assert told.lines <= most


def test_a_word_that_is_wider_than_a_line_is_broken_and_loses_no_letter():
    lines = wrapped("Samenwerkingsovereenkomst" * 3, 60, 12)
    assert "".join(lines) == "Samenwerkingsovereenkomst" * 3
    assert len(lines) > 3


def test_bold_takes_more_room_than_plain_and_wide_letters_more_than_narrow():
    assert width_of(TITLE, 12, bold=True) > width_of(TITLE, 12)
    assert width_of("WWWW", 12) > width_of("mmmm", 12) * 0.9 > width_of("iiii", 12)
    assert width_of("\N{CJK UNIFIED IDEOGRAPH-4E00}", 10) == 10


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ("een\nregel\tmet  twee", "een regel met twee"),
        ("een\x00teken\x0bdat\x1fniet kan", "een teken dat niet kan"),
        ("half een \ud83d teken", "half een teken"),
        ("", ""),
    ],
)
def test_a_slide_holds_one_line_without_what_no_file_can_hold(given_: object, told: str):
    assert plain(given_) == told
