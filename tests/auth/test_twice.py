"""Each form of the doors that comes twice: at the same moment, and at every moment between two commits of the first."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.commands import people
from portal.db.models import LoginSession, SignInAttempt, User
from portal.permissions import Role
from tests.auth.conftest import PASSWORD, House, csrf_token

pytestmark = pytest.mark.both_databases

AT_ONCE = 4
NEW = "een heel andere zin voor later"
Post = Callable[[FlaskClient], TestResponse]


def same_browser(house: House, client: FlaskClient) -> FlaskClient:
    twin = house.client()
    for name in ("portal", "portal-browser", "_csrf_token"):
        cookie = client.get_cookie(name)
        if cookie:
            twin.set_cookie(name, cookie.value)
    return twin


def at_once(house: House, client: FlaskClient, post: Post) -> list[int]:
    twins = [same_browser(house, client) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sorted(answer.status_code for answer in threads.map(post, twins))


def after_each_commit(house: House, prepare: Callable[[], tuple[FlaskClient, Post]]) -> Iterator[tuple[int, int]]:
    """The answers to one form that comes again right after the first, second, ... commit of itself."""
    for moment in count(1):
        client, post = prepare()
        twin, left, again = same_browser(house, client), [moment], []

        def between(_: Session, left: list[int] = left, again: list[int] = again, twin: FlaskClient = twin) -> None:
            left[0] -= 1
            if left[0] == 0:
                again.append(post(twin).status_code)  # noqa: B023 - called within the loop

        event.listen(Session, "after_commit", between)
        try:
            first = post(client).status_code
        finally:
            event.remove(Session, "after_commit", between)
        if not again:
            return
        yield first, again[0]


def signing_in(house: House, password: str = PASSWORD) -> tuple[FlaskClient, Post]:
    client = house.client()
    form = {"email": "an@voorbeeld.test", "password": password, "csrf_token": csrf_token(client)}
    return client, lambda browser: browser.post("/aanmelden", data=form)


def test_signing_in_twice_comes_in_twice_and_leaves_no_failure(house: House) -> None:
    house.add()
    found = list(after_each_commit(house, lambda: signing_in(house)))
    assert found == [(303, 303)] * 3  # counted, forgotten, signed in
    assert at_once(house, *signing_in(house)) == [303] * AT_ONCE
    assert house.rows(SignInAttempt) == []


def test_a_wrong_password_that_comes_twice_is_refused_and_counted_twice(house: House) -> None:
    house.add()
    assert list(after_each_commit(house, lambda: signing_in(house, "verkeerd"))) == [(401, 401)]
    before = len(house.rows(SignInAttempt))
    assert at_once(house, *signing_in(house, "verkeerd")) == [401] * AT_ONCE
    assert len(house.rows(SignInAttempt)) == before + AT_ONCE


def test_signing_out_twice_ends_the_one_sign_in(house: House) -> None:
    house.add()

    def signing_out() -> tuple[FlaskClient, Post]:
        client, post = signing_in(house)
        post(client)
        client.get("/")
        cookie = client.get_cookie("_csrf_token")
        assert cookie
        return client, lambda browser: browser.post("/afmelden", data={"csrf_token": cookie.value})

    assert list(after_each_commit(house, signing_out)) == [(303, 303)]
    assert at_once(house, *signing_out()) == [303] * AT_ONCE
    assert all(row.revoked_at for row in house.rows(LoginSession))


def test_an_invitation_that_is_taken_twice_is_taken_once(house: House) -> None:
    numbers = count()

    def accepting() -> tuple[FlaskClient, Post]:
        email = f"cel{next(numbers)}@voorbeeld.test"
        token = house.act(people.invite_user, email=email, name="Cel", role=Role.STEERING)
        path, client = f"/uitnodiging/{token}", house.client()
        form = {"csrf_token": csrf_token(client, path), "password": NEW, "password_again": NEW}
        return client, lambda browser: browser.post(path, data=form)

    assert [sorted(answers) for answers in after_each_commit(house, accepting)] == [[303, 410]] * 3
    assert at_once(house, *accepting()) == [303] + [410] * (AT_ONCE - 1)
    assert {user.epoch for user in house.rows(User)} == {2}
