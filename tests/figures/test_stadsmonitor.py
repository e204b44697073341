"""The figures of the survey: one against region and best, two indicators together, two editions."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from portal.figures import stadsmonitor
from portal.figures.base import GROEN, INK_SOFT, LEIE, OTHERS, STEEN, soft

EVIL = '<img src="x" onerror="alert(1)"> & zonen'


def strips(*rows):
    """indicator, partner, value, best; the mean is 60."""
    made = pd.DataFrame(rows, columns=["indicator", "partner", "value", "best"])
    return made.assign(region_mean=60.0, place="tweede", gap=["" if best else "9 achter" for best in made["best"]])


def pairs(*rows):
    return pd.DataFrame(rows, columns=["partner", "x", "y"])


def moves(*rows):
    """partner, before, after, beyond chance, improved."""
    made = pd.DataFrame(rows, columns=["partner", "value_before", "value", "beyond_chance", "improved"])
    return made.assign(change=made["value"] - made["value_before"])


SOME = strips(("Loket", "Menen", 66.25, False), ("Loket", "Kuurne", 80.0, True), ("Info", "Kuurne", None, False))
PAIRS = pairs(("Menen", 60.0, 50.0), ("Kuurne", 80.0, 70.0), ("Wervik", None, 70.0))
MOVES = moves(
    ("Menen", 60.0, 72.0, True, True),
    ("Kuurne", 80.0, 70.0, True, False),
    ("Wervik", 50.0, 52.0, False, True),
    ("Avelgem", None, 52.0, False, False),
)
TITLES, MEANS, YEARS = ("Digitaal (%)", "Loket (%)"), (70.0, 60.0), (2020, 2023)
FIGURES = {
    "profile": stadsmonitor.profile(strips((EVIL, EVIL, 66.0, True)), EVIL),
    "no profile": stadsmonitor.profile(strips(), None),
    "profile of nobody": stadsmonitor.profile(SOME, None),
    "together": stadsmonitor.together(pairs((EVIL, 1.0, 2.0)), EVIL, (EVIL, EVIL), MEANS),
    "nothing together": stadsmonitor.together(pairs(), None, ("", ""), (0.0, 0.0)),
    "slope": stadsmonitor.slope(moves((EVIL, 50.0, 60.0, True, True)), YEARS, EVIL),
    "no slope": stadsmonitor.slope(moves(), YEARS, None),
    "bounds": stadsmonitor.slope(moves(("Menen", 0.0, 100.0, True, True)), YEARS, None),
}


@pytest.fixture(params=FIGURES, ids=str)
def figure(request):
    return FIGURES[request.param]


def test_plotly_knows_every_key_and_the_small_bundle_draws_it(figure):
    assert go.Figure(figure).to_dict()["layout"]["separators"] == ",."
    assert {trace["type"] for trace in figure["data"]} <= {"scatter"}
    assert "title" not in figure["layout"]


def test_it_travels_as_plain_json_and_text_starts_no_markup(figure):
    assert json.loads(json.dumps(figure)) == figure
    assert "<img" not in json.dumps(figure)


def notes(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


def named(figure):
    return {trace["name"]: trace for trace in figure["data"]}


def test_a_value_is_read_as_belgians_write_it():
    assert [stadsmonitor.said(value) for value in (69.0, 69.25, 0.0, 100.0)] == ["69", "69,3", "0", "100"]


def test_the_profile_says_the_own_value_and_place_and_what_is_not_known():
    own = ["Loket", "Info", "<b>66,3</b> · tweede", "geen gegevens", "Kuurne 80", soft("9 achter")]
    assert notes(stadsmonitor.profile(SOME, "Menen")) == own
    assert notes(stadsmonitor.profile(SOME, None)) == ["Loket", "Info", "Kuurne 80"]


@pytest.mark.parametrize(("best", "name_to"), [(90.0, "right"), (10.0, "left")])
def test_who_is_best_is_named_at_its_sign_with_the_own_gap_below(best, name_to):
    drawn = stadsmonitor.profile(strips(("Loket", "Menen", 50.0, False), ("Loket", "Kuurne", best, True)), "Menen")
    *_, name, gap = drawn["layout"]["annotations"]
    assert (name["text"], name["x"], name["xref"], name["xanchor"]) == (f"Kuurne {best:.0f}", best, "x", name_to)
    assert (gap["text"], gap["x"], gap["xref"]) == (soft("9 achter"), 0, "paper")
    assert gap["yshift"] < name["yshift"] - 12  # they never stand on each other, however narrow


def test_the_axis_under_the_strips_has_numbers_and_room_for_every_dot_and_its_legend():
    layout = stadsmonitor.profile(SOME, "Menen")["layout"]
    low, high = layout["xaxis"]["range"]
    assert all(low < value < high for value in (66.25, 80.0))
    assert layout["xaxis"].get("visible", True)
    assert layout["xaxis"]["nticks"] >= 4
    assert layout["margin"]["b"] >= 60
    empty = stadsmonitor.profile(strips(("A", "x", None, False)), "x")["layout"]
    assert (empty["xaxis"]["range"], empty["annotations"][-1]["text"]) == ([-3, 103], "geen gegevens")


def test_best_mean_and_own_differ_in_shape_as_well_as_in_colour():
    drawn = named(stadsmonitor.profile(SOME, "Menen"))
    assert list(drawn) == ["andere", "gemiddelde", "beste", "Menen"]
    assert drawn["beste"]["marker"]["symbol"] == "diamond"
    assert drawn["gemiddelde"]["marker"]["symbol"] == "line-ns-open"
    assert (drawn["beste"]["marker"]["color"], drawn["Menen"]["marker"]["color"]) == (GROEN, LEIE)
    assert (drawn["beste"]["x"], drawn["Menen"]["x"], drawn["andere"]["x"]) == ([80.0], [66.25], [])
    assert drawn["gemiddelde"]["x"] == [60.0]


def test_a_municipality_without_a_value_has_no_dot():
    drawn = stadsmonitor.profile(SOME, "Kuurne")
    assert sum(len(trace["x"]) for trace in drawn["data"] if trace["name"] != "gemiddelde") == 3
    assert all(value is not None for trace in drawn["data"] for value in trace["x"])


def test_only_who_has_both_values_stands_in_the_scatter_with_its_name():
    (dots,) = stadsmonitor.together(PAIRS, "Kuurne", TITLES, MEANS)["data"]
    assert dots["text"] == ["Menen", "<b>Kuurne</b>"]
    assert dots["marker"]["color"] == [OTHERS, LEIE]
    assert (dots["x"], dots["y"]) == ([60.0, 80.0], [50.0, 70.0])


def test_the_means_are_two_lines_and_the_axes_are_named():
    drawn = stadsmonitor.together(PAIRS, None, TITLES, MEANS)
    assert [line.get("x0") for line in drawn["layout"]["shapes"]] == [70.0, 0]
    assert [line.get("y0") for line in drawn["layout"]["shapes"]] == [0, 60.0]
    assert [title in text for title, text in zip(reversed(TITLES), notes(drawn), strict=True)] == [True, True]
    assert stadsmonitor.together(pairs(), None, TITLES, MEANS)["layout"]["shapes"] == []


def test_equal_points_still_have_a_range_to_stand_in():
    layout = stadsmonitor.together(pairs(("Menen", 60.0, 60.0), ("Kuurne", 60.0, 60.0)), None, TITLES, MEANS)["layout"]
    assert layout["xaxis"]["range"][0] < 60 < layout["xaxis"]["range"][1]


def test_what_is_more_than_chance_has_an_arrow_and_the_rest_stays_grey():
    drawn = stadsmonitor.slope(MOVES, YEARS, None)
    assert notes(drawn) == ["2020", "2023", "▲ Menen 72", "▼ Kuurne 70", "Wervik 52"]
    assert [trace["line"]["color"] for trace in drawn["data"]] == [OTHERS, GROEN, STEEN]
    assert drawn["layout"]["annotations"][-1]["font"]["color"] == INK_SOFT


def test_the_own_line_is_drawn_last_and_bold():
    drawn = stadsmonitor.slope(MOVES, YEARS, "Wervik")
    assert drawn["data"][-1]["line"]["color"] == LEIE
    assert "<b>Wervik 52</b>" in notes(drawn)


def test_a_rise_that_is_no_improvement_is_not_green():
    drawn = stadsmonitor.slope(moves(("Menen", 10.0, 30.0, True, False)), YEARS, None)
    assert drawn["data"][0]["line"]["color"] == STEEN
    assert "▲ Menen 30" in notes(drawn)
    assert "(+20)" in drawn["data"][0]["hovertext"]


def test_names_of_equal_values_do_not_stand_on_each_other():
    drawn = stadsmonitor.slope(moves(*((f"G{n}", 50.0, 60.0, False, True) for n in range(13))), YEARS, None)
    heights = [note["y"] for note in drawn["layout"]["annotations"][2:]]
    assert len({round(height, 3) for height in heights}) == 13
    low, high = drawn["layout"]["yaxis"]["range"]
    assert low <= min(heights) <= max(heights) <= high
