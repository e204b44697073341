"""Scenes have their day, and money is split to the cent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data_loaders.demo.money import split
from data_loaders.demo.stage import PAST_ROUNDS, THURSDAY, Stage
from portal import clock
from portal.permissions import Role
from tests.databases import undone

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


def test_every_steering_group_falls_on_a_thursday_and_the_next_is_about_twelve_days_ahead(engine, subtests):
    for offset in range(7):
        with subtests.test(offset=offset), undone(engine) as session:
            rounds = Stage(session, TODAY + timedelta(days=offset)).rounds
            assert len(rounds) == PAST_ROUNDS + 1
            assert {day.weekday() for day in rounds} == {THURSDAY}
            assert timedelta(days=9) <= rounds[-1] - (TODAY + timedelta(days=offset)) <= timedelta(days=15)


def test_the_grant_began_two_years_ago_and_ends_in_about_a_year(stage):
    assert stage.begun == date(2024, 11, 1)
    assert stage.ends == date(2027, 10, 31)


def test_the_dice_of_one_subject_fall_alike_and_of_another_differently(stage):
    throws = [stage.dice(subject).random() for subject in ("a", "a", "b")]
    assert throws[0] == throws[1] != throws[2]


def test_the_forgotten_and_the_quiet_are_no_part_of_each_other(stage):
    assert set(stage.running) < set(stage.shared)
    assert len(stage.quiet) == 3
    assert set(stage.quiet) <= set(stage.running)


def test_whom_nobody_plays_the_portal_itself_plays(stage):
    assert stage.acting(Role.COORDINATOR).name == "Portaal"
    assert stage.director_of(1).user_id is None
    assert stage.waited_for == []


@given(
    st.decimals(min_value=0, max_value=5_000_000, places=2), st.lists(st.integers(min_value=1, max_value=9), min_size=1)
)
def test_the_parts_of_an_amount_sum_to_it_to_the_cent(total, weights):
    parts = split(total, weights)
    assert sum(parts, Decimal()) == total
    assert len(parts) == len(weights)
