"""What every figure shares: text as text, one hue for amounts, axes that do not speak."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.figures import base


def light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>vet</b>", "&lt;b&gt;vet&lt;/b&gt;"),
        ("Data & cijfers", "Data &amp; cijfers"),
        ("&lt;", "&amp;lt;"),
        ('"aanhaling"', '"aanhaling"'),
        (12, "12"),
        (None, "None"),
        ("", ""),
    ],
)
def test_text_from_people_starts_no_markup_and_reads_as_it_was_written(text, shown):
    assert base.plain(text) == shown


@given(st.text())
def test_no_text_whatever_leaves_an_opening_sign(text):
    assert "<" not in base.plain(text)
    assert ">" not in base.plain(text)
    unescaped = base.plain(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert unescaped == text


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("", 10, ""),
        ("precies10!", 10, "precies10!"),
        ("een lange titel", 10, "een lange …"),
        ("Onderwijsinfrastructuurdossier", 10, "Onderwijsi …"),
        ("een twee drie", 7, "een …"),
    ],
)
def test_a_title_is_cut_at_a_word_and_only_when_it_is_too_long(text, most, shown):
    assert base.shortened(text, most) == shown


@given(st.text(alphabet="ab ", max_size=80), st.integers(3, 60))
def test_a_cut_title_is_the_beginning_of_the_whole_and_no_longer_than_asked(text, most):
    cut = base.shortened(text, most)
    assert cut == text or text.startswith(cut.removesuffix(" …"))
    assert len(cut) <= max(most + 2, 3)


def test_nothing_is_white_and_the_smallest_something_is_not():
    assert base.shade(0) == base.SURFACE
    assert base.shade(0.001) != base.SURFACE
    assert base.shade(1) != base.shade(0.5)


def test_the_largest_share_has_a_colour_also_when_it_was_counted_a_hair_too_large():
    assert base.shade(1 + 1e-12) == base.shade(1)
    assert base.shade(3 * 0.1 / 0.3) == base.shade(1)


def test_the_ink_on_every_shade_can_be_read(subtests):
    for hundredth in range(101):
        with subtests.test(hundredth=hundredth):
            share = hundredth / 100
            assert contrast(base.shade(share), base.ink_on(share)) >= 4.5


def test_more_is_never_lighter():
    shades = [light(base.shade(hundredth / 100)) for hundredth in range(101)]
    assert shades == sorted(shades, reverse=True)


def test_what_a_figure_asks_for_goes_before_what_all_share():
    made = base.figure([], 300, showlegend=True, margin={"l": 40})
    assert (made["layout"]["height"], made["layout"]["showlegend"]) == (300, True)
    assert made["layout"]["margin"] == {"l": 40}
    assert made["layout"]["separators"] == ",."


def test_two_figures_share_no_layout_that_one_could_change():
    one, other = base.figure([], 100), base.figure([], 100)
    one["layout"]["font"]["size"] = 99
    one["layout"]["margin"]["l"] = 99
    assert (other["layout"]["font"]["size"], other["layout"]["margin"]["l"]) == (14, 8)


def test_names_down_the_left_begin_on_top_and_are_plain():
    axis = base.names_axis(["Menen", "A & B"], range=[0, 1])
    assert axis["categoryarray"] == ["A &amp; B", "Menen"]
    assert axis["range"] == [0, 1]


def test_an_axis_that_does_not_speak_cannot_be_dragged_either():
    assert base.quiet_axis(range=[0, 9]) == {"visible": False, "fixedrange": True, "range": [0, 9]}


def test_a_note_points_at_nothing_and_may_stand_anywhere():
    made = base.note("hier", 0, 3, **base.LEFT)
    assert (made["showarrow"], made["text"], made["xanchor"], made["xref"]) == (False, "hier", "left", "paper")
    assert base.note("daar", 1, 3, **base.RIGHT)["xanchor"] == "right"


def test_softer_text_is_still_dark_enough_to_read():
    assert base.INK_SOFT in base.soft("bijzin")
    assert contrast(base.INK_SOFT, base.SURFACE) >= 4.5
    assert contrast(base.INK, base.SURFACE) >= 7


@pytest.mark.parametrize("colour", [base.LEIE, base.STEEN, base.GROEN, base.VLAS])
def test_a_colour_that_draws_stands_out_from_the_page(colour):
    assert contrast(colour, base.SURFACE) >= 3
