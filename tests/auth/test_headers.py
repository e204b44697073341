"""What every answer tells the browser."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from dash import Dash
from flask.testing import FlaskClient

from portal.config import Settings
from tests.auth.conftest import House, sign_in
from tests.auth.small_portal import make_server

SECRET = "kP3v9QxT7mWz2LrB8nYc5HdJ6fGs4AeU1oIi0tRq"


@pytest.fixture
def production() -> FlaskClient:
    given = Settings(env="production", secret_key=SECRET, trusted_hosts="portaal.example,.intern.example")  # type: ignore[arg-type]
    return make_server(given).test_client()


@pytest.mark.parametrize("path", ["/", "/healthz", "/assets/x.css", "/_dash-layout", "/nergens"])
def test_every_answer_carries_the_headers(stranger: FlaskClient, path: str) -> None:
    headers = stranger.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_no_script_runs_but_files_of_ours_and_dashs_own(small_app: Dash, stranger: FlaskClient) -> None:
    policy = stranger.get("/healthz").headers["Content-Security-Policy"]
    scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "http" not in policy
    title = next(script for script in small_app._inline_scripts if "document.title" in script)
    assert f"'sha256-{b64encode(sha256(title.encode()).digest()).decode()}'" in scripts


def test_every_script_within_a_page_is_listed(house: House) -> None:
    answer = house.signed_in().get("/")
    page = re.sub(r"<!--.*?-->", "", answer.text, flags=re.DOTALL)
    inside = re.findall(r"<script(?![^>]*(?:src|/json))[^>]*>(.*?)</script>", page, re.DOTALL)
    assert inside
    for script in inside:
        listed = f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
        assert listed in answer.headers["Content-Security-Policy"]


def test_private_answers_are_kept_nowhere(house: House) -> None:
    client = house.signed_in()
    for path in ("/", "/_dash-layout", "/download/lijst", "/nergens", "/aanmelden"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    assert client.get("/assets/x.css").headers.get("Cache-Control") != "no-store"


def test_which_callbacks_there_are_travels_once_and_only_to_who_is_signed_in(house: House, stranger: FlaskClient):
    client = house.signed_in()
    first = client.get("/_dash-dependencies")
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get("/_dash-dependencies", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    turned_away = stranger.get("/_dash-dependencies", headers={"If-None-Match": first.headers["ETag"]})
    assert (turned_away.status_code, turned_away.headers["Cache-Control"]) == (401, "no-store")


def test_static_files_are_the_same_for_everybody(stranger: FlaskClient) -> None:
    answer = stranger.get("/assets/x.css")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    house.add()
    cookies = sign_in(house.client()).headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["portal", "portal-browser"]
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie  # the demo speaks plain http


def test_production_speaks_https_only(production: FlaskClient) -> None:
    with production.session_transaction("/", base_url="https://portaal.example") as some:
        some["x"] = 1
    answer = production.get("/healthz", base_url="https://portaal.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    server = production.application
    assert server.config["SESSION_COOKIE_SECURE"] is True
    assert server.config["SESSION_COOKIE_NAME"].startswith("__Host-")


@pytest.mark.parametrize("host", ["kwaad.example", "portaal.example.kwaad.example", "localhost"])
def test_another_host_name_is_refused(production: FlaskClient, host: str) -> None:
    for path in ("/healthz", "/", "/nergens"):
        assert production.get(path, base_url=f"https://{host}").status_code == 400


@pytest.mark.parametrize("host", ["portaal.example", "west.intern.example"])
def test_a_trusted_host_name_is_served(production: FlaskClient, host: str) -> None:
    assert production.get("/healthz", base_url=f"https://{host}").status_code == 200


def test_without_a_proxy_nobody_chooses_an_address(stranger: FlaskClient) -> None:
    assert not hasattr(stranger.application.wsgi_app, "x_for")
    behind = make_server(Settings(proxies=1))
    assert behind.wsgi_app.x_for == 1  # type: ignore[attr-defined]
