"""Closed unless listed: who gets through the door, and what the others hear."""

from itertools import product

import pytest
from dash import Dash
from flask.testing import FlaskClient

from portal.auth.guard import OPEN, is_for_signed_in, is_open
from portal.permissions import Role
from tests.auth.conftest import House, call
from tests.auth.small_portal import body

OPEN_PATHS = ["/healthz", "/readyz", "/assets/tokens.css"]


@pytest.mark.parametrize("path", ["/_dash-layout", "/_dash-dependencies", "/download/lijst"])
def test_a_stranger_gets_no_data_but_a_401_in_dutch(stranger: FlaskClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["message"] == "Meld u aan om verder te gaan."


def test_a_stranger_calls_no_callback(stranger: FlaskClient) -> None:
    assert call(stranger, body()).status_code == 401


def test_an_ended_sign_in_is_401_and_not_a_missing_token(stranger: FlaskClient) -> None:
    assert stranger.post("/_dash-update-component", json=body()).status_code == 401


@pytest.mark.parametrize("path", ["/", "/inventaris", "/bestaat-niet", "/geheim", "/_favicon.ico"])
def test_a_stranger_who_asks_a_page_goes_to_the_door(stranger: FlaskClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 302
    assert answer.location.startswith("/aanmelden")


def test_the_door_remembers_where_the_stranger_was_going(stranger: FlaskClient) -> None:
    assert stranger.get("/inventaris?thema=2&x=a b").location == "/aanmelden?next=/inventaris%3Fthema%3D2%26x%3Da%20b"
    assert stranger.get("/").location == "/aanmelden"


@pytest.mark.parametrize("path", OPEN_PATHS)
def test_what_is_open_is_open_to_strangers(stranger: FlaskClient, path: str) -> None:
    assert stranger.get(path).status_code == 200


def test_no_other_method_is_answered(stranger: FlaskClient, subtests: pytest.Subtests) -> None:
    for path, method in product(
        ["/", "/aanmelden", "/healthz", "/_dash-layout", "/geheim"], ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]
    ):
        with subtests.test(path=path, method=method):
            assert stranger.open(path, method=method).status_code == 405


@pytest.mark.parametrize("path", ["/", "/healthz", "/_dash-layout", "/privacy"])
def test_a_page_is_not_posted_to(stranger: FlaskClient, path: str) -> None:
    answer = stranger.post(path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_nobody_signs_out_by_following_a_link(stranger: FlaskClient) -> None:
    assert stranger.get("/afmelden").status_code == 405


def test_every_rule_is_open_or_for_those_signed_in_or_shut(small_app: Dash) -> None:
    rules = {rule.rule for rule in small_app.server.url_map.iter_rules()}
    assert {rule for rule in rules if is_open(rule)} == OPEN | {"/assets/<path:name>"}
    shut = {rule for rule in rules if not is_open(rule) and not is_for_signed_in(rule)}
    assert shut == {"/geheim", "/_reload-hash", "/kleren/<path:filename>"}


def test_a_rule_that_nobody_listed_is_shut_for_an_administrator_too(house: House) -> None:
    assert house.signed_in(Role.ADMIN).get("/geheim").status_code == 404


def test_an_unknown_page_is_a_dutch_404(house: House) -> None:
    answer = house.signed_in().get("/uitdaging/U-2")
    assert answer.status_code == 404
    assert "Niet gevonden" in answer.text


def test_who_is_signed_in_opens_pages_and_calls_callbacks(house: House) -> None:
    client = house.signed_in()
    assert client.get("/uitdaging/U-1").status_code == 200
    assert client.get("/_dash-layout").status_code == 200
    assert client.get("/download/lijst").text == "een bestand"
    assert call(client, body()).json["response"]["echo"]["children"] == "dag!"
