"""The projects of one partner in time."""

from datetime import date

import pandas as pd
import pytest

from portal.figures import partner
from portal.figures.base import GROEN, LEIE, STEEN
from tests.figures.test_figures import TODAY, plans


def _notes(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize(
    ("first", "expected", "ended", "colour", "said"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), None, LEIE, ""),
        (date(2027, 3, 1), date(2027, 2, 1), None, LEIE, ""),
        (date(2027, 3, 1), date(2027, 3, 2), None, STEEN, "1 d uitloop"),
        (TODAY, None, None, LEIE, ""),
        (date(2026, 11, 21), None, None, STEEN, "te laat"),
        (date(2026, 11, 21), date(2027, 1, 1), date(2026, 11, 1), GROEN, "klaar"),
    ],
)
def test_a_bar_is_coloured_by_what_is_known_today(first, expected, ended, colour, said):
    drawn = partner.projects_in_time(plans(("Website", date(2026, 1, 5), first, expected, ended)), TODAY)
    assert drawn["data"][1]["marker"]["color"] == [colour]
    assert said in "".join(_notes(drawn))


def test_a_remark_stands_beside_its_bar_where_there_is_room_and_else_beside_the_title():
    short = ("Kort", date(2026, 1, 5), date(2026, 2, 1), date(2026, 3, 1), None)
    whole = ("Lang " * 20, date(2026, 1, 5), date(2028, 1, 1), date(2028, 12, 31), None)
    drawn = partner.projects_in_time(plans(short, whole), TODAY)
    beside, above = (note for note in drawn["layout"]["annotations"] if "uitloop" in note["text"])
    assert (beside["x"], beside["xanchor"]) == ("2026-03-01", "left")
    assert (above["x"], above["xref"], above["xanchor"]) == (1, "paper", "right")
    assert max(map(len, _notes(drawn)[1].split("<br>"))) <= 30


def test_the_word_today_stays_within_the_figure():
    def anchor(*days):
        rows = plans(("A", days[0], days[1], None, None))
        return partner.projects_in_time(rows, TODAY)["layout"]["annotations"][-1]["xanchor"]

    assert anchor(date(2020, 1, 1), date(2021, 1, 1)) == "right"
    assert anchor(date(2026, 11, 20), date(2029, 1, 1)) == "left"
    assert anchor(date(2025, 11, 22), date(2027, 11, 22)) == "center"


def test_the_first_plan_stays_behind_what_is_expected():
    row = ("Website", date(2026, 1, 5), date(2026, 2, 4), date(2026, 3, 6), None)
    plan, bar = partner.projects_in_time(plans(row), TODAY)["data"]
    day = 86_400_000
    assert (plan["x"], bar["x"]) == ([30 * day], [60 * day])
    assert plan["base"] == bar["base"] == ["2026-01-05"]


def test_today_is_the_day_that_was_given():
    line = partner.projects_in_time(plans(), TODAY)["layout"]["shapes"][0]
    assert line["x0"] == line["x1"] == "2026-11-22"


@pytest.mark.parametrize("missing", [None, pd.NaT, float("nan")])
def test_a_project_without_dates_keeps_its_line_and_says_so(missing):
    early = ("Vroeg", date(2026, 1, 5), date(2026, 2, 4), None, None)
    drawn = partner.projects_in_time(plans(("Ooit", *[missing] * 4), early), TODAY)
    assert _notes(drawn)[:2] == ["Vroeg", "Ooit"]
    assert any("geen data bekend" in text for text in _notes(drawn))
    assert len(drawn["data"][1]["y"]) == 1


def test_a_long_span_is_marked_by_years_and_a_short_one_by_months():
    def ticks(end):
        return partner.projects_in_time(plans(("A", date(2025, 1, 5), end, None, None)), TODAY)["layout"]["xaxis"]

    assert ticks(date(2031, 1, 1))["ticktext"] == [str(year) for year in range(2025, 2032)]
    assert ticks(date(2026, 3, 1))["ticktext"] == ["jan 2025", "jul 2025", "jan 2026", "jul 2026"]
