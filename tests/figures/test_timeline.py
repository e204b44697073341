"""Results in time: the plan behind what is expected, a mark per milestone, today, the meetings."""

import json
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from portal.figures import timeline
from portal.figures.base import GROEN, LEIE, STEEN, VLAS, Figure
from portal.figures.timeline import BOTTOM, MEETINGS_LANE, PAPER, ROOMY, THIN, TOP, milestones_in_time
from portal.vocabulary import ResultState

TODAY = date(2026, 11, 22)
PAST, SOON, LATER = date(2026, 3, 1), date(2026, 12, 15), date(2027, 6, 1)
DAY = 86_400_000
EVIL = '<img src="x" onerror="alert(1)"> & zonen'


def step(of: str = "Panel", **given: Any) -> dict[str, Any]:
    rest = {"of_code": of, "of_title": of, "state": ResultState.RUNNING.value, "title": "Stap", "done_on": None}
    days = {"due_first": SOON, "due_expected": given.get("due_first", SOON), "days_late": None}
    return rest | days | given


def drawn(*steps: dict[str, Any], meetings: tuple[date, ...] = (), **options: Any) -> Figure:
    rows = pd.DataFrame(list(steps), columns=list(step()))
    return milestones_in_time(rows, TODAY, timeline.time_span(rows, TODAY), meetings, **options)


def notes(figure: Figure) -> str:
    return " | ".join(note["text"] for note in figure["layout"]["annotations"])


def marks(figure: Figure, word: str) -> list[str]:
    (trace,) = [trace for trace in figure["data"] if trace.get("name") == word]
    return list(trace["x"])


FIGURES = {
    "nothing": drawn(),
    "nothing but meetings": drawn(meetings=(TODAY,)),
    "evil": drawn(step(EVIL, title=EVIL), meetings=(TODAY,), tell_next=True),
    "evil and late": drawn(step(EVIL, due_first=PAST, days_late=266)),
    "done": drawn(step(done_on=PAST, state="bereikt")),
}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=list(FIGURES))
def test_plotly_knows_every_key_and_the_bundle_draws_it(figure):
    assert go.Figure(figure).to_dict()["layout"]["separators"] == ",."
    assert {trace["type"] for trace in figure["data"]} <= {"bar", "scatter"}
    assert json.loads(json.dumps(figure)) == figure
    assert "<img" not in json.dumps(figure)


def test_the_first_plan_stands_behind_what_is_expected_in_the_same_lane():
    plan, bar = drawn(step(due_first=PAST, due_expected=date(2026, 4, 1)), step(due_first=SOON, due_expected=LATER))[
        "data"
    ][:2]
    assert (plan["base"], bar["base"]) == (["2026-03-01"], ["2026-04-01"])
    assert (plan["x"], bar["x"]) == ([(SOON - PAST).days * DAY], [(LATER - date(2026, 4, 1)).days * DAY])
    assert plan["y"] == bar["y"]
    assert plan["width"] > bar["width"]


def test_every_milestone_is_a_mark_and_none_is_drawn_twice():
    figure = drawn(
        step(due_first=PAST, done_on=date(2026, 3, 5)),
        step(due_first=PAST, days_late=266),
        step(due_first=SOON, due_expected=LATER),
        step("Ander", due_first=TODAY),
    )
    assert marks(figure, "gehaald") == ["2026-03-05"]
    assert marks(figure, "te laat") == ["2026-03-01"]
    assert marks(figure, "te doen") == ["2027-06-01", "2026-11-22"]


def test_the_kinds_of_marks_differ_in_more_than_colour():
    signs = {(mark.symbol, mark.fill != "#ffffff") for mark in (timeline.DONE, timeline.TO_DO, timeline.LATE)}
    assert len(signs) == 3


@pytest.mark.parametrize(
    ("state", "days_late", "expected", "colour", "said"),
    [
        (ResultState.RUNNING, None, SOON, LEIE, ""),
        (ResultState.RUNNING, None, date(2026, 12, 16), LEIE, "▲ 1 d"),
        (ResultState.OVERDUE, 12, SOON, STEEN, "■ 12 d"),
        (ResultState.REACHED, None, LATER, GROEN, "✓"),
        (ResultState.REACHED, 12, LATER, GROEN, "✓"),
    ],
)
def test_the_colour_of_a_lane_is_its_state_and_its_remark_says_it_without_colour(
    state, days_late, expected, colour, said
):
    figure = drawn(step(state=state.value, due_expected=expected, days_late=days_late))
    assert figure["data"][1]["marker"]["color"] == [colour]
    assert said in notes(figure)
    assert ("▲" in notes(figure)) == said.startswith("▲")


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([step(title="Klaarzetten")], "volgende · 15/12/2026 · Klaarzetten"),
        ([step(title="Later", due_first=LATER), step(title="Eerst")], "volgende · 15/12/2026 · Eerst"),
        ([step(due_first=PAST, days_late=266, state="over_tijd")], "■ 266 d te laat · 01/03/2026 · Stap"),
        ([step(due_expected=LATER)], "▲ 168 d uitloop · 01/06/2027 · Stap"),
        ([step(done_on=PAST, state="bereikt")], "✓ bereikt · alle mijlpalen gehaald"),
    ],
)
def test_for_one_atelier_each_lane_says_what_comes_next(steps, said):
    assert said in notes(drawn(*steps, tell_next=True))


def test_a_figure_is_as_high_as_its_lanes_and_no_higher():
    two = drawn(step("A"), step("A"), step("B"))
    assert two["layout"]["height"] == TOP + 2 * ROOMY.high() + BOTTOM
    assert drawn(step("A"), tell_next=True)["layout"]["height"] == TOP + ROOMY.high(tell_next=True) + BOTTOM
    assert drawn(step("A"), meetings=(TODAY,))["layout"]["height"] == TOP + ROOMY.high() + MEETINGS_LANE + BOTTOM


@pytest.mark.parametrize("tell_next", [False, True])
@pytest.mark.parametrize("fewer", range(9))
def test_the_most_lanes_of_one_figure_fit_on_a_sheet_of_paper_whatever_their_titles(tell_next, fewer):
    titles = [f"R{place} {LONG}" for place in range(max(timeline.most_lanes(tell_next=tell_next) - fewer, 1))]
    figure = drawn(*map(step, titles), meetings=(TODAY,), tell_next=tell_next)
    assert figure["layout"]["height"] <= PAPER
    assert fewer or figure["layout"]["height"] > PAPER - 2 * THIN.high(2, tell_next=tell_next)


LONG = "Digitale-maturiteitscheck bij alle medewerkers van de regio"


@pytest.mark.parametrize("tell_next", [False, True])
@pytest.mark.parametrize("late", [None, 12])
def test_a_long_title_stands_whole_on_two_lines_and_its_bar_below_it(tell_next, late):
    short, long = (drawn(step(title_, days_late=late), tell_next=tell_next) for title_ in ("Kort", LONG))
    title = long["layout"]["annotations"][0]["text"]
    assert title.replace("<br>", " ") == LONG
    assert title.count("<br>") == 1
    assert long["data"][1]["y"][0] - short["data"][1]["y"][0] == ROOMY.line
    assert long["layout"]["height"] - short["layout"]["height"] == ROOMY.line


@pytest.mark.parametrize(("tell_next", "few"), [(False, 8), (True, 5)])
def test_many_lanes_are_thinner_and_still_no_type_is_below_12_pixels(tell_next, few):
    heights = {}
    for count in (few, few + 1):
        figure = drawn(*[step(f"R{place}") for place in range(count)], tell_next=tell_next)
        heights[count] = (figure["layout"]["height"] - TOP - BOTTOM) / count
        assert min(note.get("font", {}).get("size", 14) for note in figure["layout"]["annotations"]) >= 12
    assert heights[few + 1] < heights[few]


@pytest.mark.parametrize("tell_next", [False, True])
@pytest.mark.parametrize("count", [1, 12])
def test_the_line_of_today_runs_beside_every_bar_and_through_no_word(tell_next, count):
    late = [step(f"{LONG} {place}", due_first=PAST, days_late=266) for place in range(count)]
    figure = drawn(*late, meetings=(TODAY,), tell_next=tell_next)
    runs = [(line["y0"], line["y1"]) for line in figure["layout"]["shapes"]]
    assert all(any(top < bar < bottom for top, bottom in runs) for bar in figure["data"][1]["y"])
    for word in figure["layout"]["annotations"][: 2 * count]:
        lines, size = 1 + word["text"].count("<br>"), word["font"]["size"]
        assert all(bottom <= word["y"] or top >= word["y"] + lines * size for top, bottom in runs), word["text"]


def test_lanes_stand_in_the_order_given():
    figure = drawn(step("Zwaan"), step("Aap"))
    assert figure["data"][1]["y"][0] < figure["data"][1]["y"][1]
    assert notes(figure).startswith("Zwaan | Aap")


def test_today_is_a_line_and_a_word_that_stays_within_the_figure():
    figure = drawn(step(due_first=LATER))
    assert {line[end] for line in figure["layout"]["shapes"] for end in ("x0", "x1")} == {"2026-11-22"}
    word = figure["layout"]["annotations"][-1]
    assert (word["text"], word["x"], word["xanchor"]) == ("vandaag", "2026-11-22", "left")
    assert drawn(step(due_first=date(2025, 1, 1)))["layout"]["annotations"][-1]["xanchor"] == "right"


def test_meetings_are_ticks_at_the_bottom_as_far_as_they_fall_within_the_time_drawn():
    figure = drawn(step(due_first=PAST), meetings=(date(2026, 10, 22), date(2026, 12, 3), date(2020, 1, 1)))
    (ticks,) = [trace for trace in figure["data"] if trace.get("name") == "stuurgroep"]
    assert ticks["x"] == ["2026-10-22", "2026-12-03"]
    assert min(ticks["y"]) > max(figure["data"][1]["y"])
    assert [colour == VLAS for colour in ticks["marker"]["line"]["color"]] == [False, True]
    assert "gepland" in ticks["hovertext"][1]


def test_the_hover_tells_old_and_new_day_only_when_they_differ():
    (moved,) = drawn(step(due_expected=LATER))["data"][3]["hovertext"]
    (kept,) = drawn(step())["data"][3]["hovertext"]
    assert "15/12/2026 → 01/06/2027" in moved
    assert "→" not in kept


@pytest.mark.parametrize("missing", [None, pd.NaT, float("nan")])
def test_what_is_missing_is_missing_however_the_frame_says_it(missing):
    figure = drawn(step(done_on=missing, days_late=missing), step("B", done_on=PAST, days_late=missing))
    assert (marks(figure, "te doen"), marks(figure, "gehaald")) == (["2026-12-15"], ["2026-03-01"])
    assert "■" not in notes(figure)


def test_figures_over_the_same_span_share_one_line_of_time():
    rows = pd.DataFrame([step("A", due_first=PAST), step("B", due_first=LATER)])
    span = timeline.time_span(rows, TODAY)
    axes = [milestones_in_time(rows[rows["of_code"] == code], TODAY, span)["layout"]["xaxis"] for code in "AB"]
    assert axes[0] == axes[1]


@pytest.mark.parametrize(
    ("last", "labels"),
    [
        (date(2026, 6, 1), ["jan 2026", "apr 2026"]),
        (date(2027, 6, 1), ["jan 2026", "jul 2026", "jan 2027"]),
        (date(2029, 6, 1), ["2026", "2027", "2028", "2029"]),
        (date(2040, 6, 1), ["2028", "2031", "2034", "2037", "2040"]),
    ],
)
def test_the_line_of_time_has_a_few_labels_whatever_its_length(last, labels):
    assert timeline.time_axis(date(2025, 12, 1), last)["ticktext"] == labels


def test_what_lies_further_than_can_be_read_is_left_out_and_said():
    far, further = date(2040, 12, 31), date(2015, 1, 2)
    figure = drawn(step("A"), step("B", due_expected=far))
    first, last = figure["layout"]["xaxis"]["range"]
    assert "Buiten beeld: 31/12/2040" in notes(figure)
    assert first < TODAY.isoformat() < last < "2036"
    both = drawn(step("A", due_first=further), step("B", due_expected=far))
    assert "Buiten beeld: 2 dagen, van 02/01/2015 tot 31/12/2040" in notes(both)
    assert "Buiten beeld" not in notes(drawn(step("A", due_first=PAST), step("B", due_expected=LATER)))
