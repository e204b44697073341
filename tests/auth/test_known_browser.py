"""A browser that signed in before is held up by its own failures alone; with anything else it is a stranger's."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Response
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer

from portal.auth import throttle
from portal.auth.throttle import (
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    KNOWN_FOR,
    MOST_ACCOUNTS,
    PAIR_LIMIT,
    browser_for,
    counted_try,
    remember,
)
from portal.clock import standing_at
from portal.config import Settings
from portal.db.models import SignInAttempt
from tests.auth.conftest import House, csrf_token, sign_in
from tests.auth.small_portal import make_server
from tests.test_config import GOOD

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
AN, BO = "an@voorbeeld.test", "bo@voorbeeld.test"
TOWN_HALL, HOME, ELSEWHERE = "192.0.2.1", "192.0.2.2", "192.0.2.3"
COOKIE = "portal-browser"


def at(house: House, address: str, cookie: str | None = None) -> FlaskClient:
    """A browser behind this address, with this cookie of a browser that signed in before."""
    client = house.client()
    client.environ_base["REMOTE_ADDR"] = address
    if cookie is not None:
        client.set_cookie(COOKIE, cookie)
    return client


def known_for(house: House, *emails: str) -> str:
    """The cookie of a browser in which these signed in, one after the other."""
    client = at(house, HOME)
    for email in emails:
        assert sign_in(client, email).status_code == 303
        cookie = client.get_cookie(COOKIE)
        assert cookie
        client = at(house, HOME, cookie.value)
    return cookie.value


def fail(client: FlaskClient, times: int, email: str = AN) -> list[int]:
    form = {"email": email, "password": "verkeerd", "csrf_token": csrf_token(client)}
    return [client.post("/aanmelden", data=form).status_code for _ in range(times)]


def attack(house: House, email: str = AN) -> None:
    """So many failures from so many addresses that no stranger comes in to this account."""
    for number in range(ACCOUNT_LIMIT):
        wrong_try(house, email, f"198.51.100.{number // PAIR_LIMIT}")


def wrong_try(house: House, email: str, address: str) -> None:
    """As a wrong password, without the work that makes one slow."""
    with house.app.server.test_request_context("/", environ_base={"REMOTE_ADDR": address}), counted_try(email):
        pass


@pytest.fixture
def people(house: House) -> House:
    house.add(email=AN)
    house.add(email=BO)
    return house


def test_an_attack_from_one_address_keeps_out_nobody_elsewhere(people: House) -> None:
    assert fail(at(people, ELSEWHERE), PAIR_LIMIT + 1) == [401] * PAIR_LIMIT + [429]
    assert sign_in(at(people, ELSEWHERE)).status_code == 429
    assert sign_in(at(people, HOME)).status_code == 303


def test_guessing_from_many_addresses_is_stopped_and_the_known_browser_comes_in(people: House) -> None:
    cookie = known_for(people, AN)
    attack(people)
    assert sign_in(at(people, ELSEWHERE)).status_code == 429
    assert sign_in(at(people, ELSEWHERE, cookie)).status_code == 303
    assert sign_in(at(people, ELSEWHERE)).status_code == 429  # the right password there forgave no stranger


def test_a_town_hall_of_known_browsers_is_not_hit_by_a_stranger_there(people: House) -> None:
    cookies = {email: known_for(people, email) for email in (AN, BO)}
    for number in range(ADDRESS_LIMIT):
        wrong_try(people, f"p{number}@voorbeeld.test", TOWN_HALL)
    assert fail(at(people, TOWN_HALL), 1, "nog-iemand@voorbeeld.test") == [429]
    assert [sign_in(at(people, TOWN_HALL, cookies[email]), email).status_code for email in (AN, BO)] == [303, 303]
    assert sign_in(at(people, TOWN_HALL), AN).status_code == 429


def test_a_known_browser_does_not_guess_without_limit_either(people: House) -> None:
    cookie = known_for(people, AN)
    assert fail(at(people, HOME, cookie), PAIR_LIMIT + 1) == [401] * PAIR_LIMIT + [429]
    assert sign_in(at(people, ELSEWHERE, cookie)).status_code == 429
    assert sign_in(at(people, HOME)).status_code == 303  # strangers are counted apart


def test_a_known_browser_is_a_strangers_for_another_account(people: House) -> None:
    cookie = known_for(people, BO)
    attack(people)
    assert sign_in(at(people, ELSEWHERE, cookie), AN).status_code == 429
    assert sign_in(at(people, ELSEWHERE, cookie), BO).status_code == 303


def test_a_forged_cookie_gives_nothing(people: House) -> None:
    cookie = known_for(people, AN)
    payload, _, signature = cookie.rpartition(".")
    foreign = URLSafeSerializer("een andere sleutel", salt=throttle.SALT).dumps(["x", {}])
    other_salt = URLSafeSerializer(str(people.app.server.secret_key), salt="anders").dumps(["x", {}])
    attack(people)
    for forged in (payload, f"{payload[:-1]}.{signature}", f"{payload}.{signature[:-1]}", foreign, other_salt, "", "."):
        assert sign_in(at(people, ELSEWHERE, forged)).status_code == 429, forged
    assert {row.browser_key for row in people.rows(SignInAttempt)} == {None}


def test_a_browser_is_known_until_its_time_is_over(people: House) -> None:
    with standing_at(MORNING):
        cookie = known_for(people, AN)
    for passed, expected in ((KNOWN_FOR - timedelta(hours=1), 303), (KNOWN_FOR, 429)):
        with standing_at(MORNING + passed):
            attack(people)
            assert sign_in(at(people, ELSEWHERE, cookie)).status_code == expected


def test_a_shared_machine_knows_who_signed_in_last_and_has_one_name(people: House) -> None:
    both = known_for(people, AN, BO)
    attack(people, AN)
    attack(people, BO)
    assert [sign_in(at(people, ELSEWHERE, both), email).status_code for email in (AN, BO)] == [303, 303]


def test_the_longest_ago_is_forgotten_first(house: House) -> None:
    cookie = ""
    for number in range(MOST_ACCOUNTS + 1):
        with request_with(house, cookie), standing_at(MORNING + timedelta(minutes=number)):
            answer = Response()
            remember(answer, f"p{number}@voorbeeld.test")
            cookie = answer.headers["Set-Cookie"].split(";")[0].partition("=")[2]
    with request_with(house, cookie), standing_at(MORNING + timedelta(hours=1)):
        known = [bool(browser_for(f"P{number}@voorbeeld.test ")) for number in range(MOST_ACCOUNTS + 1)]
    assert known == [False] + [True] * MOST_ACCOUNTS
    assert len(cookie) < 2_000


def request_with(house: House, cookie: str):
    return house.app.server.test_request_context("/", headers={"Cookie": f"{COOKIE}={cookie}"})


def test_the_cookie_names_nobody_and_is_set_by_a_right_password_alone(people: House) -> None:
    client = at(people, HOME)
    fail(client, 1)
    assert client.get_cookie(COOKIE) is None
    given = next(one for one in sign_in(client).headers.getlist("Set-Cookie") if one.startswith(COOKIE))
    assert "voorbeeld" not in str(URLSafeSerializer("", salt="").loads_unsafe(given.split(";")[0].partition("=")[2]))
    for word in ("HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={KNOWN_FOR.days * 86_400}"):
        assert word in given
    client.get("/")
    client.post("/afmelden", data={"csrf_token": client.get_cookie("_csrf_token").value})  # type: ignore[union-attr]
    assert client.get("/").status_code == 302
    assert client.get_cookie(COOKIE)


def test_in_production_the_cookie_travels_over_https_alone() -> None:
    server = make_server(Settings(env="production", secret_key=GOOD))  # type: ignore[arg-type]
    with server.test_request_context("/"):
        answer = Response()
        remember(answer, AN)
    given = answer.headers["Set-Cookie"]
    assert given.startswith("__Host-portal-browser=")
    assert "Secure" in given
    assert "Domain" not in given


def test_the_privacy_page_names_the_cookie_and_how_long_it_stays(house: House) -> None:
    page = house.client().get("/privacy").text
    assert f"<code>{COOKIE}</code>" in page
    assert f"blijft {KNOWN_FOR.days} dagen" in page
