"""Failed tries at a secret are counted by every worker together; strangers apart from browsers that are known."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from portal.auth.throttle import (
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    BROWSER_LIMIT,
    PAIR_LIMIT,
    forget,
    keys_of,
    seconds_to_wait,
)
from portal.clock import standing_at
from portal.db.engine import make_engine, reading
from portal.db.models import SignInAttempt

pytestmark = pytest.mark.both_databases

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECRET = b"een geheim van de test"


@pytest.fixture
def workers(fresh_engine: Engine) -> Iterator[tuple[Engine, Engine]]:
    """Two workers: each its own pool on one database."""
    pair = (fresh_engine, make_engine(fresh_engine.url.render_as_string(hide_password=False)))
    yield pair
    pair[1].dispose()


def attempts(engine: Engine) -> list[SignInAttempt]:
    with reading(engine) as session:
        return list(session.scalars(select(SignInAttempt)))


def tried(
    engine: Engine,
    email: str = "an@voorbeeld.test",
    address: str = "192.0.2.1",
    minute: int = 0,
    browser: str | None = None,
) -> int:
    with standing_at(MORNING + timedelta(minutes=minute)):
        return seconds_to_wait(keys_of(SECRET, email, address, browser), engine)


def test_two_workers_count_one_account_at_one_address_together(workers: tuple[Engine, Engine]) -> None:
    waits = [tried(workers[number % 2]) for number in range(PAIR_LIMIT)]
    assert waits == [0] * PAIR_LIMIT
    assert [tried(worker) for worker in workers] == [900, 900]


def test_one_address_cannot_try_every_account(workers: tuple[Engine, Engine]) -> None:
    waits = [tried(workers[number % 2], email=f"p{number}@voorbeeld.test") for number in range(ADDRESS_LIMIT)]
    assert waits == [0] * ADDRESS_LIMIT
    assert tried(workers[0], email="nog-iemand@voorbeeld.test") == 900
    assert tried(workers[0], email="nog-iemand@voorbeeld.test", address="192.0.2.2") == 0


def test_an_attack_from_one_address_does_not_lock_the_account_elsewhere(workers: tuple[Engine, Engine]) -> None:
    for _ in range(PAIR_LIMIT * 2):
        tried(workers[0])
    assert tried(workers[0]) == 900
    assert tried(workers[0], address="192.0.2.2") == 0


def test_guessing_one_account_from_many_addresses_is_stopped(workers: tuple[Engine, Engine]) -> None:
    waits = [tried(workers[number % 2], address=f"192.0.2.{number}") for number in range(ACCOUNT_LIMIT)]
    assert waits == [0] * ACCOUNT_LIMIT
    assert tried(workers[0], address="192.0.2.99") == 900
    assert tried(workers[0], address="192.0.2.99", browser="van An") == 0


def test_a_known_browser_waits_for_its_own_failures_only(workers: tuple[Engine, Engine]) -> None:
    assert [tried(workers[n % 2], browser="van An") for n in range(BROWSER_LIMIT)] == [0] * BROWSER_LIMIT
    assert tried(workers[0], browser="van An") == 900
    assert tried(workers[0], browser="van An", address="192.0.2.2") == 900
    assert tried(workers[0], browser="andere van An") == 0
    assert tried(workers[0]) == 0


def test_failures_in_known_browsers_do_not_count_against_strangers(workers: tuple[Engine, Engine]) -> None:
    for number in range(ACCOUNT_LIMIT):
        tried(workers[0], browser=f"browser {number}")
    assert tried(workers[0]) == 0


def test_many_at_once_do_not_slip_through(workers: tuple[Engine, Engine]) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda number: tried(workers[number % 2]), range(40)))
    assert waits.count(0) <= PAIR_LIMIT


def test_many_right_ones_at_once_are_all_let_through_and_leave_nothing(workers: tuple[Engine, Engine]) -> None:
    def right(number: int) -> int:
        found = tried(workers[number % 2])
        forget(keys_of(SECRET, "an@voorbeeld.test", "192.0.2.1"), workers[number % 2])
        return found

    for _ in range(5):
        with ThreadPoolExecutor(PAIR_LIMIT) as pool:
            assert list(pool.map(right, range(PAIR_LIMIT))) == [0] * PAIR_LIMIT
    assert attempts(workers[0]) == []


def test_the_wait_shrinks_and_knocking_on_does_not_lengthen_it(workers: tuple[Engine, Engine]) -> None:
    for minute in range(PAIR_LIMIT):
        tried(workers[0], minute=minute)
    assert tried(workers[0], minute=8) == 7 * 60
    assert tried(workers[0], minute=10) == 5 * 60
    assert tried(workers[0], minute=15) == 0


def test_another_account_is_not_kept_waiting(workers: tuple[Engine, Engine]) -> None:
    for _ in range(PAIR_LIMIT + 1):
        tried(workers[0])
    assert tried(workers[0], email="bo@voorbeeld.test") == 0


def test_an_address_in_capitals_is_the_same_account(workers: tuple[Engine, Engine]) -> None:
    for number in range(PAIR_LIMIT):
        tried(workers[0], email="AN@voorbeeld.TEST " if number % 2 else "an@voorbeeld.test")
    assert tried(workers[0]) > 0


def test_the_right_secret_wipes_the_own_failures_and_nobody_elses(workers: tuple[Engine, Engine]) -> None:
    others = [
        {"address": "192.0.2.2"},
        {"email": "bo@voorbeeld.test"},
        {"browser": "andere van An"},
        {"email": "bo@voorbeeld.test", "browser": "van An"},
    ]
    for who in ({}, {"browser": "van An"}, *others):
        for _ in range(PAIR_LIMIT):
            tried(workers[0], **who)  # type: ignore[arg-type]
    forget(keys_of(SECRET, "an@voorbeeld.test", "192.0.2.1"), workers[1])
    assert tried(workers[0], browser="van An") == 900
    assert tried(workers[0]) == 0
    forget(keys_of(SECRET, "an@voorbeeld.test", "192.0.2.1", "van An"), workers[1])
    assert tried(workers[0], browser="van An") == 0
    assert [tried(workers[0], **who) for who in others] == [900] * 4  # type: ignore[arg-type]


def test_old_tries_are_removed_and_none_names_anybody(workers: tuple[Engine, Engine]) -> None:
    tried(workers[0])
    tried(workers[0], email="bo@voorbeeld.test", minute=15)
    (row,) = attempts(workers[0])
    assert "bo@" not in row.account_key
    assert row.account_key == keys_of(SECRET, "bo@voorbeeld.test", "").account
    assert row.account_key != keys_of(b"een ander geheim", "bo@voorbeeld.test", "").account
    tried(workers[0], minute=30, browser="van An")
    (row,) = attempts(workers[0])
    assert "van An" not in (row.browser_key or "")
