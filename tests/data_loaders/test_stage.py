"""Scenes have their day, and money is split to the cent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data_loaders.demo.money import MILLION, PLANNED, shares_by_year, split, spread
from data_loaders.demo.stage import PAST_ROUNDS, Stage
from portal import clock
from portal.permissions import Role

TODAY = date(2026, 11, 22)


@pytest.fixture
def stage(session: Session) -> Stage:
    return Stage(session, TODAY)


def test_scenes_are_played_in_the_order_of_their_days_whatever_the_order_of_planning(stage):
    seen = []
    for day in (date(2026, 3, 1), date(2025, 1, 1), date(2026, 2, 1)):
        stage.on(day, lambda: seen.append(clock.today()))
    stage.play()
    assert seen == [date(2025, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


def test_nothing_happens_today_or_later(stage):
    seen = []
    stage.on(TODAY + timedelta(days=9), lambda: seen.append(clock.today()))
    stage.play()
    assert seen == [TODAY - timedelta(days=1)]


def test_a_scene_that_a_scene_plans_is_never_played_before_it(stage):
    seen = []

    def plan_more() -> None:
        stage.on(date(2024, 1, 1), lambda: seen.append(clock.today()))

    stage.on(date(2026, 1, 5), plan_more)
    stage.play()
    assert seen == [date(2026, 1, 5)]


def test_a_later_scene_of_one_day_is_a_little_later(stage):
    seen = []
    for _ in range(3):
        stage.on(date(2026, 1, 5), lambda: seen.append(clock.now()))
    stage.play()
    assert seen[0] < seen[1] < seen[2] < seen[0] + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("today", "ahead"),
    [
        (date(2026, 11, 30), 11),
        (date(2026, 12, 1), 10),  # a Saturday would be eleven days ahead
        (date(2026, 12, 2), 12),  # and here a Sunday
        (date(2026, 12, 3), 11),
    ],
)
def test_the_next_steering_group_comes_in_eleven_days_never_in_a_weekend_and_the_others_lie_six_weeks_apart(
    session, today, ahead
):
    rounds = Stage(session, today).rounds
    assert [(day - today).days for day in rounds] == [ahead - 42 * back for back in range(PAST_ROUNDS, -1, -1)]


@pytest.mark.parametrize(
    ("today", "begun", "ends"),
    [
        (TODAY, date(2024, 11, 1), date(2027, 10, 31)),
        (date(2026, 11, 12), date(2024, 10, 1), date(2027, 9, 30)),
        (date(2027, 1, 31), date(2025, 1, 1), date(2027, 12, 31)),
        (date(2028, 2, 29), date(2026, 2, 1), date(2029, 1, 31)),
    ],
)
def test_the_grant_began_25_months_ago_and_lasts_three_years(session, today, begun, ends):
    stage = Stage(session, today)
    assert (stage.begun, stage.ends) == (begun, ends)


def test_the_dice_of_one_subject_fall_alike_and_of_another_differently(stage):
    throws = [stage.dice(subject).random() for subject in ("a", "a", "b")]
    assert throws[0] == throws[1] != throws[2]


def test_the_forgotten_project_is_shared_but_not_worked_on(stage):
    assert {project.code for project in set(stage.shared) - set(stage.running)} == {"R-09"}


def test_whom_nobody_plays_the_portal_itself_plays(stage):
    assert stage.acting(Role.COORDINATOR).name == "Portaal"
    assert stage.director_of(1).user_id is None


@given(
    st.decimals(min_value=0, max_value=5_000_000, places=2), st.lists(st.integers(min_value=1, max_value=9), min_size=1)
)
def test_the_parts_of_an_amount_sum_to_it_to_the_cent(total, weights):
    parts = split(total, weights)
    assert sum(parts, Decimal()) == total
    assert len(parts) == len(weights)


AMOUNTS = st.decimals(min_value=0, max_value=90_000, places=2)


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1))
def test_what_is_spread_sums_to_the_total_and_nothing_is_larger_than_its_room(total, rooms):
    parts = spread(total, rooms)
    assert sum(parts, Decimal()) == min(total, sum(rooms, Decimal()))
    assert all(0 <= part <= room for part, room in zip(parts, rooms, strict=True))


@given(st.dates(min_value=date(2025, 1, 1), max_value=date(2035, 12, 31)))
def test_on_any_day_the_plan_of_the_years_stands_where_the_story_says(today):
    begun, ends = today - timedelta(days=760), today + timedelta(days=335)
    shares = shares_by_year(begun, today, ends)
    before = sum(share for year, share in shares.items() if year < today.year)
    year_begins = date(today.year - 1, 12, 31)
    gone = (today - year_begins) / (min(date(today.year, 12, 31), ends) - year_begins)
    assert (before + shares[today.year] * gone) / MILLION == pytest.approx(float(PLANNED), abs=0.0001)
    assert sum(shares.values()) == pytest.approx(MILLION, abs=5)
    assert min(shares.values()) > 0
