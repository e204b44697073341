"""The ateliers in words: the sentence on top, what stands where nothing is, the rows as people read them."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from dash import html

from portal.pages.ateliers import cards
from portal.pages.ateliers import page as view
from portal.pages.ateliers import view as drawing
from portal.pages.ateliers.filters import Choice, choice_in, chosen_words
from portal.queries.counted import WorkCounts
from portal.queries.meetings.calendar import SteeringCalendar
from portal.queries.results.deliverables import ATELIER_COLUMNS
from portal.vocabulary import ResultState, TargetKind
from tests.reading import links, parts, read, row, said

TODAY = date(2026, 11, 22)
PAST, SOON = date(2026, 11, 12), date(2026, 12, 3)
MEETING = SteeringCalendar(TODAY, (date(2026, 10, 22),), SOON, 7)
NO_MEETING = SteeringCalendar(TODAY, (), None, None)


def ateliers(*given: dict[str, Any]) -> pd.DataFrame:
    known = dict.fromkeys([*ATELIER_COLUMNS[3:]], 0) | {"code": "I", "title": "Dienst"}
    return pd.DataFrame([known | one for one in given], columns=list(ATELIER_COLUMNS), dtype=object)


def steps(*given: dict[str, Any]) -> list[cards.MilestoneTold]:
    known = {"title": "Klaar", "of_code": "R1", "of_title": "Panel", "waiting": True, "atelier": "I"}
    return [row(cards.MilestoneTold, **known | {"due_first": PAST, "due_expected": PAST} | one) for one in given]


def results(*given: dict[str, Any]) -> list[cards.ResultTold]:
    known = {"code": "R1", "title": "Panel", "atelier": "I", "part": "B", "part_title": "Onderzoek", "target_unit": ""}
    known |= {"milestones": 0, "milestones_done": 0, "reached_by": (), "not_yet": ()}
    known |= {"target_kind": TargetKind.YES_NO, "state": ResultState.RUNNING}
    return [row(cards.ResultTold, **known | one) for one in given]


SOME = ateliers({"results": 5, "bereikt": 1, "bezig": 2, "over_tijd": 1, "niet_gestart": 1, "milestones": 9})
LATE, DUE = {"days_late": 10}, {"due_expected": SOON}


def test_without_results_the_sentence_says_what_to_do():
    assert "nog geen resultaten" in said(view.story(ateliers(), steps(), WorkCounts(0, 0, 0, 0), MEETING))


def test_without_milestones_the_sentence_says_so_and_promises_nothing():
    told = said(view.story(ateliers({"results": 5, "onbekend": 5}), steps(), WorkCounts(0, 0, 0, 0), MEETING))
    assert told == "5 resultaten in één atelier: van 5 nog geen gegevens. Er staan nog geen mijlpalen genoteerd."


def test_the_sentence_says_apart_what_the_model_of_steering_promises():
    told = said(
        view.story(ateliers({"results": 5, "of_model": 1, "bezig": 5}), steps(), WorkCounts(0, 0, 0, 0), MEETING)
    )
    assert told.startswith("5 resultaten in één atelier, 4 uit de ateliers en het model van aansturing: 5 bezig. ")


NOTHING_DUE = "; vóór de stuurgroep van 03/12/2026 moet verder niets klaar zijn."


@pytest.mark.parametrize(
    ("urgent", "calendar", "end"),
    [
        (steps(), MEETING, f"Geen enkele mijlpaal is te laat{NOTHING_DUE}"),
        (steps(LATE), MEETING, f"Eén mijlpaal is te laat{NOTHING_DUE}"),
        (
            steps(LATE, LATE, DUE),
            MEETING,
            "mijlpalen zijn te laat; één moet klaar zijn vóór de stuurgroep van 03/12/2026.",
        ),
        (steps(DUE, DUE), MEETING, "is te laat; twee moeten klaar zijn vóór de stuurgroep van 03/12/2026."),
        (steps(LATE), NO_MEETING, "Eén mijlpaal is te laat; er is geen volgende stuurgroep bekend."),
    ],
)
def test_the_sentence_says_what_is_late_and_what_is_due(urgent, calendar, end):
    late = sum(one.days_late is not None for one in urgent)
    story = view.story(SOME, urgent, WorkCounts(0, 0, late, len(urgent) - late), calendar)
    told = said(story)
    assert told.startswith("5 resultaten in één atelier: 1 bereikt, 2 bezig, 1 te laat en 1 nog niet gestart. ")
    assert told.endswith(end)
    assert sum(isinstance(part, html.B) for part in parts(story)) <= 2


def test_when_nothing_is_urgent_the_card_says_until_when():
    told = said(view.urgent_card(steps(), MEETING, TODAY))
    assert "Niets is te laat en niets moet klaar zijn vóór de stuurgroep van 03/12/2026." in told
    assert "Niets is te laat." in said(view.urgent_card(steps(), NO_MEETING, TODAY))


def test_what_is_urgent_is_listed_with_its_source_and_download():
    card = view.urgent_card(steps(LATE | {"id": 1}), MEETING, TODAY)
    assert ["te laat" in one["Stand"] for one in read(card)] == [True]
    assert links(card)[-1] == "/download/ateliers/dringend.xlsx"
    assert "stand van 22/11/2026" in said(card)


def test_late_and_due_are_told_apart_and_the_first_day_stays():
    late, due = steps(LATE | {"due_first": date(2026, 9, 1)}, DUE)
    assert (late.moment, late.first, late.due) == ("laat", "01/09/2026", "12/11/2026")
    assert (due.moment, due.due) == ("straks", "03/12/2026")


def test_a_step_does_not_repeat_its_result():
    (found,) = steps({"title": "Klaar: Panel"})
    assert (found.step, found.title) == ("Klaar", "Klaar: Panel")


def test_a_result_without_milestones_has_no_date_and_strikes_nothing_out():
    (found,) = results({})
    assert (found.first, found.due, found.steps) == ("", "geen datum", "nog geen mijlpalen")


def test_a_part_is_named_within_its_atelier():
    (found,) = results({})
    assert found.part_name == "I.B · Onderzoek"


def test_only_what_partners_reach_one_by_one_names_partners():
    counted = {"target_kind": TargetKind.PARTNERS, "target_value": 2.0, "reached": 1}
    names = {"reached_by": ("Kade",), "not_yet": ("Oever", "Dijk")}
    shown = cards.partner_rows(results({}, counted | names))
    assert [(one.count, one.reached_names, one.not_yet_names) for one in shown] == [
        ("1 van 3 partners", "Kade", "Oever, Dijk")
    ]


def test_no_results_leave_no_partners():
    assert cards.partner_rows(results()) == []


def test_the_overview_adds_up_and_says_milestones_in_words():
    two = ateliers({"results": 2, "bezig": 2, "milestones": 4, "milestones_done": 1}, {"code": "II", "results": 1})
    total = cards.overview_total(two)
    assert (total["results"], total["bezig"], total["steps"]) == (3, 2, "1 van 4")
    assert list(cards.overview_rows(two)["steps"]) == ["1 van 4", "nog geen mijlpalen"]
    assert cards.overview_rows(two)["name"].iloc[0] == "I · Dienst"


@pytest.mark.parametrize(
    ("done", "late", "state"),
    [
        ((None, None), (None, None), ResultState.NOT_STARTED),
        ((PAST, None), (None, None), ResultState.RUNNING),
        ((PAST, None), (None, 10), ResultState.OVERDUE),
        ((PAST, PAST), (None, None), ResultState.REACHED),
    ],
)
def test_a_project_has_the_state_of_its_milestones(done, late, state):
    given = [{"of_code": "P1", "done_on": on, "days_late": days} for on, days in zip(done, late, strict=True)]
    assert set(view.lanes(steps(*given), results())["state"]) == {state.value}


def test_a_lane_has_the_state_of_its_result():
    known = results({"state": ResultState.OVERDUE})
    assert list(view.lanes(steps({}), known)["state"]) == [ResultState.OVERDUE.value]


def test_a_long_atelier_is_drawn_on_even_sheets_and_every_step_once():
    many = steps(*({"of_code": f"R{place}"} for place in range(5)), {"of_code": "P1", "atelier": None})
    lanes = view.lanes(many, results())
    sheets = view.sheets(lanes, 3)
    assert [(atelier, len(part)) for atelier, part in sheets] == [("I", 3), ("I", 2), (None, 1)]
    assert sum(len(part) for _, part in sheets) == len(many)


def test_the_figures_stand_under_their_atelier_once_and_have_a_name():
    drawn = [(code, {"data": [], "layout": {"height": 100}}) for code in ("I", "I", None)]
    shown = view.timelines(drawn, {"I": "Dienst"})
    assert [said(part) for part in shown if isinstance(part, html.H3)] == ["I · Dienst", "Projecten zonder atelier"]
    assert len({graph.id for graph in parts(shown) if graph._type == "Graph"}) == 3


def test_without_milestones_the_figure_is_a_sentence():
    assert "nog geen mijlpalen" in said(view.timelines([], {}))
    assert view.timeline_said(steps(), results({})) == ""


@pytest.mark.parametrize(
    ("without", "end"),
    [
        (0, drawing.READ),
        (1, "Eén resultaat heeft nog geen mijlpalen en staat er niet in."),
        (2, "Twee resultaten hebben nog geen mijlpalen en staan er niet in."),
    ],
)
def test_how_many_results_are_not_in_the_figure_is_said(without, end):
    known = results({"milestones": 2}, *({} for _ in range(without)))
    told = view.timeline_said(steps({"done_on": PAST}, {}), known)
    assert told.startswith("1 van 2 mijlpalen gehaald.")
    assert told.endswith(end)


@pytest.mark.parametrize(
    ("query", "choice"),
    [
        ("", Choice()),
        ("atelier=", Choice()),
        ("atelier=II", Choice("II", "Mensen")),
        ("?atelier=II&tab=x", Choice("II", "Mensen")),
        ("atelier=IX", Choice(unknown="IX")),
        ("atelier=" + "x" * 300, Choice(unknown="x" * 40)),
    ],
)
def test_the_address_names_one_atelier_or_all(query, choice):
    assert choice_in(query, [("I", "Dienst"), ("II", "Mensen")]) == choice


def test_an_atelier_that_does_not_exist_is_said_and_leaves_all():
    told = said(chosen_words(Choice(unknown="IX"), results()))
    assert (
        told == "Alle ateliers: geen resultaten in geen onderdelen.Atelier ‘IX’ is niet bekend; u ziet alle ateliers."
    )


def test_what_is_chosen_is_counted_in_results_and_parts():
    two = results({}, {"part": "C"}, {"part": "C"})
    assert said(chosen_words(Choice("I", "Dienst"), two)) == "Dienst: 3 resultaten in 2 onderdelen."


def test_of_all_ateliers_only_what_is_off_its_plan_is_drawn():
    first = date(2026, 12, 1)
    calm = {"of_code": "I.A-1", "due_first": first, "due_expected": first + timedelta(days=14)}
    moved = {"of_code": "I.A-2", "due_first": first, "due_expected": first + timedelta(days=15)}
    late = {"of_code": "I.A-3", "days_late": 1}
    every = view.lanes(steps(calm, moved, late), results())
    drawn = view.off_plan(every)
    assert list(drawn["of_code"]) == ["I.A-2", "I.A-3"]
    assert "Eén lijn loopt volgens plan" in view.left_out(drawn, every)
    all_calm = view.lanes(steps(calm), results())
    assert len(view.off_plan(all_calm)) == 1
    assert view.left_out(all_calm, all_calm) == ""
