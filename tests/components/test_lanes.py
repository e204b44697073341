"""Steps on their line in time and partners where they stand: what the eye sees is read too."""

from datetime import date

import pytest

from portal.components.lanes import Lane, Stand, lanes, lanes_legend, share_track, stands
from portal.components.tags import Tone
from tests.components.said import all_of, heard, label, text
from tests.reading import parts

FIRST, NOW, TODAY, ENDS = date(2026, 6, 1), date(2026, 9, 1), date(2026, 7, 1), date(2027, 10, 31)


def placed(drawn, look: str) -> list[float]:
    """Where on the line they stand, in percents."""
    found = (one for one in parts(drawn) if look in str(getattr(one, "className", "")).split())
    return [float(one.style["left"].removesuffix("%")) for one in found]


def test_a_partner_says_its_words_and_the_symbol_is_for_the_eye():
    drawn = stands([Stand("✓", "Menen", "bereikt, 03/2026", Tone.GOOD), Stand("·", "W13", "nog niet")], "Wie?")
    assert label(drawn) == "Wie?"
    assert [heard(one) for one in all_of(drawn, "Li")] == ["Menen bereikt, 03/2026", "W13 nog niet"]
    assert [one.className for one in all_of(drawn, "Li")] == ["groen", None]


@pytest.mark.parametrize(
    ("shares", "widths", "marks"),
    [
        ((0.4, 0.2, 0.5), ["60.0%", "40.0%"], ["50.0%"]),
        ((0.9, 0.3, 1), ["100.0%", "90.0%"], []),
        ((0, 0, None), ["0.0%"] * 2, []),
    ],
)
def test_a_track_is_never_longer_than_the_whole_and_marks_an_aim_within_it(shares, widths, marks):
    track = share_track(*shares, "5 van 15")
    assert label(track) == "5 van 15"
    assert [one.style["width"] for one in all_of(track, "I")] == widths
    assert [one.style["left"] for one in all_of(track, "Em")] == marks


def test_a_step_stands_between_the_first_day_and_the_last_and_moves_to_the_right_when_it_slips():
    drawn = lanes([Lane("Bestek", FIRST, NOW, "verwacht", "○", Tone.ATTENTION)], TODAY, ENDS, "Stappen")
    (plan,), (mark,) = placed(drawn, "plan"), placed(drawn, "mark")
    assert 0 < plan < mark < 100
    assert plan < placed(drawn, "now")[0] < mark < placed(drawn, "ends")[0]
    assert [heard(one) for one in all_of(drawn, "Li")] == ["Bestek verwacht"]
    assert label(all_of(drawn, "Ol")[0]) == "Stappen"


def test_a_step_that_came_early_stands_before_its_plan():
    drawn = lanes([Lane("Bestek", NOW, FIRST, "gehaald", "✓", Tone.GOOD)], TODAY, None, "Stappen")
    assert placed(drawn, "mark")[0] < placed(drawn, "plan")[0]
    assert placed(drawn, "ends") == []


def test_the_years_that_begin_on_the_line_are_named():
    drawn = lanes([Lane("Bestek", FIRST, NOW, "", "○")], TODAY, ENDS, "Stappen")
    assert [text(one) for one in all_of(drawn, "Span") if text(one).isdigit()] == ["2027"]


@pytest.mark.parametrize(("ends", "told"), [(None, False), (ENDS, True)])
def test_how_to_read_them_speaks_of_the_end_of_the_grant_where_there_is_one(ends, told):
    assert ("einde van de subsidie" in text(lanes_legend(ends))) is told
