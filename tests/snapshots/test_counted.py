"""Each figure of a meeting at its edges: nothing, one, unknown; and in the order of the programme."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from portal.pages.steering import reading
from portal.permissions import Role, Viewer
from portal.queries.meetings.meetings import report_of
from portal.queries.results.deliverables import results_per_atelier
from portal.snapshots import agreed, counted
from portal.snapshots.state import Kind, State
from portal.vocabulary import Health, MeetingBody, ParticipationState, ResultState
from tests.snapshots.rows import NOW, THEN, later, row, state

EMPTY = state(NOW)


def results(**of: str) -> State:
    rows = {str(place): row(Kind.RESULT, code=code, atelier=of[code]) for place, code in enumerate(of, 1)}
    return state(NOW, {Kind.RESULT: rows})


def test_rows_come_in_the_order_of_their_ids_also_after_they_were_kept():
    ten = state(NOW, {Kind.RESULT: {str(number): row(Kind.RESULT, code=str(number)) for number in range(1, 13)}})
    kept = State.from_json(ten.to_json())
    for each in (ten, kept):
        assert [one["code"] for one in counted.rows_of(each, Kind.RESULT)] == [str(number) for number in range(1, 13)]


def test_a_participation_is_ordered_by_its_project_and_then_its_partner():
    keys = ["10.2", "2.10", "2.9", "1.1"]
    assert [key for key, _ in counted.in_order({key: {} for key in keys})] == ["1.1", "2.9", "2.10", "10.2"]


def test_ateliers_come_in_the_order_of_their_results_and_without_results_after():
    one = results(a="IX", b="V", c="IX")
    money = {"II": row(Kind.MONEY), "zonder-atelier": row(Kind.MONEY), "V": row(Kind.MONEY)}
    assert counted.atelier_codes(State(NOW, 0, {**one.rows, Kind.MONEY: money})) == ["IX", "V", "II"]
    assert counted.atelier_codes(EMPTY) == []


def test_an_atelier_has_the_title_that_the_money_gives_it():
    assert counted.atelier_titles(state(NOW, {Kind.MONEY: {"I": row(Kind.MONEY)}})) == {"I": "Dienstverlening"}
    assert counted.atelier_titles(EMPTY) == {}


def test_results_are_counted_per_state_and_no_state_is_left_out():
    counts = counted.results_by_state([row(Kind.RESULT), row(Kind.RESULT, state="bereikt"), row(Kind.RESULT)])
    assert counts == {each: {ResultState.RUNNING: 2, ResultState.REACHED: 1}.get(each, 0) for each in ResultState}


@pytest.mark.parametrize(
    ("step", "result", "late"),
    [
        ({"due_expected": later(NOW, -1)}, {}, True),
        ({"due_expected": str(NOW)}, {}, False),
        ({"due_expected": later(NOW, -1), "done_on": str(THEN)}, {}, False),
        ({"due_expected": later(NOW, -1)}, {"done_on": str(THEN)}, False),
        ({"due_expected": later(NOW, -1), "of_code": "R-01"}, {}, False),
    ],
    ids=["gisteren", "vandaag", "klaar", "resultaat bereikt", "van een project"],
)
def test_a_milestone_is_late_the_day_after_while_its_result_waits(
    step: dict[str, str], result: dict[str, str], late: bool
):
    one = state(NOW, milestone=row(Kind.MILESTONE, **step), result=row(Kind.RESULT, **result))
    assert bool(counted.late_milestones(one)) is late
    assert bool(counted.late_milestones(one, "I")) is late
    assert counted.late_milestones(one, "II") == []


def test_the_longest_late_comes_first():
    steps = {str(days): row(Kind.MILESTONE, due_expected=later(NOW, -days)) for days in (3, 40, 9)}
    late = counted.late_milestones(state(NOW, {Kind.MILESTONE: steps}, result=row(Kind.RESULT)))
    assert [counted.days_over(each, "due_expected", NOW) for each in late] == [40, 9, 3]


@pytest.mark.parametrize(
    ("given", "living"),
    [({}, True), ({"scope": "bovenregionaal"}, True), ({"scope": "lokaal"}, False), ({"phase": "afgerond"}, False)],
)
def test_a_shared_project_lives_until_it_ended(given: dict[str, str], living: bool):
    assert bool(counted.living_projects(state(NOW, project=row(Kind.PROJECT, **given)))) is living


def test_colours_are_counted_of_living_projects_alone():
    rows = {
        "1": row(Kind.PROJECT, health="rood", signal="oranje"),
        "2": row(Kind.PROJECT, phase="afgerond", health="rood"),
        "3": row(Kind.PROJECT, health="onbekend"),
    }
    one = state(NOW, {Kind.PROJECT: rows})
    assert counted.by_colour(one, "health") == {
        Health.GREEN: 0,
        Health.AMBER: 0,
        Health.RED: 1,
        Health.UNKNOWN: 1,
    }
    assert counted.by_colour(one, "signal")[Health.AMBER] == 1


def test_a_coalition_is_counted_of_its_own_project_and_following_is_not_taking_part():
    rows = {
        "1.1": row(Kind.PARTICIPATION, state="trekker"),
        "1.2": row(Kind.PARTICIPATION, state="volgt"),
        "11.1": row(Kind.PARTICIPATION),
    }
    counts = counted.coalition(state(NOW, {Kind.PARTICIPATION: rows}), "1")
    assert (counts[ParticipationState.LEAD], counts[ParticipationState.FOLLOWS]) == (1, 1)
    assert (sum(counts.values()), counted.takes_part(counts)) == (2, 1)


def test_the_total_is_the_exact_sum_and_what_belongs_to_no_atelier_comes_last():
    rows = {
        "zonder-atelier": row(Kind.MONEY, budgeted="0.01"),
        "II": row(Kind.MONEY, budgeted="0.10", forecast=None),
        "I": row(Kind.MONEY, budgeted="0.20", forecast="0.05"),
    }
    amounts = counted.money_per_atelier(state(NOW, {Kind.MONEY: rows}))
    assert [each.code for each in amounts] == ["I", "II", "zonder-atelier"]
    total = counted.total(amounts)
    assert (total.budgeted, total.forecast) == (Decimal("0.31"), Decimal("950.05"))


def test_a_forecast_that_nobody_made_is_unknown_and_not_zero():
    assert counted.total([]).forecast is None
    unknown = counted.money_per_atelier(state(NOW, {Kind.MONEY: {"I": row(Kind.MONEY, forecast=None)}}))
    assert counted.total(unknown).forecast is None


def test_lines_over_their_budget_come_by_how_much():
    rows = {
        "1": row(Kind.LINE, forecast="1000.01", standing="boven"),
        "2": row(Kind.LINE, forecast="1500.00", standing="ver-boven"),
        "3": row(Kind.LINE, forecast="1000.00", standing="binnen"),
        "4": row(Kind.LINE),
    }
    found = counted.over_budget(state(NOW, {Kind.LINE: rows}))
    assert [over for over, _ in found] == [Decimal("500.00"), Decimal("0.01")]


def test_open_actions_come_by_their_day_and_those_without_one_last():
    rows = {
        "1": row(Kind.ACTION, text="geen dag", due_on=None),
        "2": row(Kind.ACTION, text="straks", due_on=later(NOW, 3)),
        "3": row(Kind.ACTION, text="gedaan", done_on=str(NOW)),
        "4": row(Kind.ACTION, text="te laat", due_on=str(THEN)),
    }
    found = counted.open_actions(state(NOW, {Kind.ACTION: rows}))
    assert [each["text"] for each in found] == ["te laat", "straks", "geen dag"]


@pytest.mark.parametrize(("due", "days"), [(later(NOW, -1), 1), (str(NOW), None), (None, None)])
def test_something_is_over_its_day_from_the_next_day_on(due: str | None, days: int | None):
    assert counted.days_over(row(Kind.ACTION, due_on=due), "due_on", NOW) == days


def test_challenges_are_counted_per_partner_by_name():
    rows = {
        "1": row(Kind.CHALLENGE, partner="Wervik", status="opgelost"),
        "2": row(Kind.CHALLENGE, partner="Avelgem"),
        "3": row(Kind.CHALLENGE, partner="Wervik", status="in_aanpak"),
    }
    found = counted.challenges_per_partner(state(NOW, {Kind.CHALLENGE: rows}))
    assert found == [("Avelgem", 1, 1), ("Wervik", 2, 1)]


# -- one definition: what the pages count is what is counted here


def test_the_figures_are_those_of_the_pages(demo_session: Session):
    table = Viewer(role=Role.STEERING)
    report = report_of(demo_session, table, MeetingBody.STEERING)
    ateliers = results_per_atelier(demo_session, table).to_dict("records")
    assert counted.atelier_codes(report.state) == [each["code"] for each in ateliers]
    for each in ateliers:
        rows = [one for one in counted.rows_of(report.state, Kind.RESULT) if one["atelier"] == each["code"]]
        by_state = counted.results_by_state(rows)
        assert {state_.value: by_state[state_] for state_ in ResultState} == {
            state_.value: each[state_.value] for state_ in ResultState
        }
        assert len(counted.late_milestones(report.state, each["code"])) == each["milestones_late"]
    assert len(agreed.open_actions(report)) == len(counted.open_actions(report.state))
    differ = [one for _, one in counted.living_projects(report.state) if one["signal"] != one["health"]]
    assert len(reading.colours(report)) == len(differ)
