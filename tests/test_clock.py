"""One clock: instants in UTC, days as the region's walls have them, and a chosen instant that never leaks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from portal import clock

SOME_INSTANT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_now_is_aware_and_in_utc():
    before = datetime.now(UTC)
    now = clock.now()
    assert now.utcoffset() == timedelta()
    assert before <= now <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 1, 22, 59, tzinfo=UTC), date(2026, 1, 1)),  # winter: one hour ahead
        (datetime(2026, 1, 1, 23, 0, tzinfo=UTC), date(2026, 1, 2)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),  # summer: two
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2024, 2, 28, 23, 30, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_a_day_begins_at_midnight_in_the_region(instant: datetime, day: date):
    with clock.standing_at(instant):
        assert clock.today() == day


@pytest.mark.parametrize(
    ("instant", "hours"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 1),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 2),
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), 2),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), 1),
    ],
)
def test_the_region_changes_to_summer_and_winter_time(instant: datetime, hours: int):
    assert instant.astimezone(clock.REGION_TIME).utcoffset() == timedelta(hours=hours)


def test_inside_the_block_the_clock_stands_still():
    with clock.standing_at(SOME_INSTANT):
        assert clock.now() == clock.now() == SOME_INSTANT


def test_an_instant_of_elsewhere_is_told_in_utc():
    elsewhere = SOME_INSTANT.astimezone(timezone(timedelta(hours=-5)))
    with clock.standing_at(elsewhere):
        assert clock.now() == SOME_INSTANT
        assert clock.now().tzinfo is UTC


def test_the_chosen_instant_of_one_visitor_is_not_that_of_another():
    with clock.standing_at(SOME_INSTANT), ThreadPoolExecutor(1) as other:
        assert other.submit(clock.now).result() > SOME_INSTANT
