"""A sign-in holds as long as it may, and not a moment longer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from portal.clock import standing_at
from portal.commands import people
from portal.credentials import token_hash
from portal.db.models import Audit, LoginSession, User
from portal.permissions import Role
from tests.auth.conftest import House, call, sign_in
from tests.auth.small_portal import body

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NEW = "een heel andere zin voor later"


def test_signing_out_ends_the_sign_in_on_the_server_too(house: House) -> None:
    client = house.signed_in()
    kept = client.get_cookie("portal")
    assert kept
    cookie = client.get_cookie("_csrf_token")
    assert cookie
    answer = client.post("/afmelden", headers={"X-CSRFToken": cookie.value})
    assert (answer.location, answer.headers["Clear-Site-Data"]) == ("/aanmelden?melding=afgemeld", '"storage"')
    client.set_cookie("portal", kept.value)  # a copy of the cookie that somebody kept
    assert client.get("/_dash-layout").status_code == 401


def change_password(house: House, user: User) -> None:
    house.act(people.set_password_by_admin, user_id=user.id, password=NEW)


def change_role(house: House, user: User) -> None:
    house.act(people.change_role, user_id=user.id, role=Role.MAYOR)


def disable(house: House, user: User) -> None:
    house.act(people.disable_user, user_id=user.id)


def move_elsewhere(house: House, user: User) -> None:
    house.act(people.change_role, user_id=user.id, role=Role.COORDINATOR, partner_ids=[1])


@pytest.mark.parametrize("change", [change_password, change_role, disable, move_elsewhere])
def test_a_change_of_the_person_ends_every_sign_in(house: House, change: Callable[[House, User], None]) -> None:
    client = house.signed_in()
    change(house, house.rows(User)[0])
    assert client.get("/_dash-layout").status_code == 401


def test_being_enabled_again_brings_no_old_sign_in_back(house: House) -> None:
    client = house.signed_in()
    user = house.rows(User)[0]
    disable(house, user)
    house.act(people.enable_user, user_id=user.id)
    assert client.get("/_dash-layout").status_code == 401
    assert sign_in(client).status_code == 303


def test_an_idle_hour_ends_the_sign_in(house: House) -> None:
    with standing_at(MORNING):
        client = house.signed_in()
    with standing_at(MORNING + timedelta(minutes=59)):
        assert client.get("/_dash-layout").status_code == 200
    with standing_at(MORNING + timedelta(minutes=59 + 60)):
        assert client.get("/_dash-layout").status_code == 401


def test_half_a_day_ends_the_sign_in_however_busy(house: House) -> None:
    with standing_at(MORNING):
        client = house.signed_in()
    for minutes in range(30, 12 * 60, 30):
        with standing_at(MORNING + timedelta(minutes=minutes)):
            assert client.get("/_dash-layout").status_code == 200
    with standing_at(MORNING + timedelta(hours=12)):
        assert client.get("/_dash-layout").status_code == 401


def test_a_read_writes_when_it_was_seen_once_a_minute(house: House) -> None:
    with standing_at(MORNING):
        client = house.signed_in()
    seen = []
    for seconds in (30, 59, 60, 90):
        with standing_at(MORNING + timedelta(seconds=seconds)):
            client.get("/_dash-layout")
        seen.append(house.rows(LoginSession)[0].seen_at - MORNING)
    assert [one.seconds for one in seen] == [0, 0, 60, 60]


def test_a_new_sign_in_is_a_new_id_and_ends_the_old_one(house: House) -> None:
    client = house.signed_in()
    first = house.rows(LoginSession)[0]
    old = client.get_cookie("portal")
    cookie = client.get_cookie("_csrf_token")
    assert cookie
    sign_in(client, csrf_token=cookie.value)
    second = house.rows(LoginSession)[1]
    assert second.token_hash != first.token_hash
    assert house.rows(LoginSession)[0].revoked_at is not None
    other = house.client()
    assert old
    other.set_cookie("portal", old.value)
    assert other.get("/_dash-layout").status_code == 401


def test_an_id_that_the_visitor_chose_is_never_taken_over(house: House) -> None:
    house.add()
    client = house.client()
    with client.session_transaction() as planted:
        planted["sign-in"] = "gekozen door een ander"
    sign_in(client)
    with client.session_transaction() as own:
        assert own["sign-in"] != "gekozen door een ander"


def test_the_table_holds_only_the_hash_of_the_cookies_token(house: House) -> None:
    client = house.signed_in()
    with client.session_transaction() as own:
        token = own["sign-in"]
        assert set(own) == {"sign-in", "csrf_token"}
    row = house.rows(LoginSession)[0]
    assert row.token_hash == token_hash(token)
    assert token not in repr(vars(row))


def test_signing_in_and_out_leaves_no_trace_of_changes(house: House) -> None:
    house.add()
    before = len(house.rows(Audit))
    sign_in(house.client())
    assert len(house.rows(Audit)) == before


def test_sign_ins_long_past_are_forgotten(house: House) -> None:
    with standing_at(MORNING):
        house.signed_in()
    with standing_at(MORNING + timedelta(days=3)):
        sign_in(house.client())
    assert [row.created_at for row in house.rows(LoginSession)] == [MORNING + timedelta(days=3)]


def test_two_people_at_once_each_stay_themselves(house: House) -> None:
    coordinator, admin = house.signed_in(), house.signed_in(Role.ADMIN, "bo@voorbeeld.test")
    for _ in range(3):
        assert call(coordinator, body("admin")).status_code == 403
        assert call(admin, body("admin")).status_code == 200
