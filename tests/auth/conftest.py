"""Visitors of a small portal on a database of this test alone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from portal.commands import people
from portal.config import Settings, settings
from portal.db.engine import engine_for, reading, writing
from portal.db.models import Atelier, Partner, User
from portal.permissions import Role, Viewer
from tests.auth.small_portal import make_app

PASSWORD = "een lange zin om te testen"
CALLBACKS = "/_dash-update-component"


@pytest.fixture(scope="session")
def small_app() -> Dash:
    return make_app(Settings())


@pytest.fixture
def stranger(small_app: Dash) -> FlaskClient:
    """Somebody who is not signed in; there is no database behind this door."""
    return small_app.server.test_client()


class House:
    """The small portal with people in its database."""

    def __init__(self, app: Dash) -> None:
        self.app = app

    def add(self, role: Role = Role.COORDINATOR, email: str = "an@voorbeeld.test", **given: Any) -> User:
        with writing() as session:
            partner = session.scalars(select(Partner.id).order_by(Partner.id)).first()
            atelier = session.scalars(select(Atelier.id).order_by(Atelier.id)).first()
            places = {
                "partner_ids": [partner] if role is Role.DIRECTOR else [],
                "atelier_ids": [atelier] if role is Role.ATELIER else [],
            }
            rest = {"name": "An", "password": PASSWORD} | places
            return people.add_user(session, Viewer.system(), email=email, role=role, **rest | given)

    def act(self, command: Any, **named: Any) -> Any:
        with writing() as session:
            return command(session, Viewer.system(), **named)

    def rows(self, model: Any) -> list[Any]:
        with reading() as session:
            return list(session.scalars(select(model).order_by(model.id)))

    def client(self) -> FlaskClient:
        return self.app.server.test_client()

    def signed_in(self, role: Role = Role.COORDINATOR, email: str = "an@voorbeeld.test") -> FlaskClient:
        """A browser in which a new person of this role has signed in and opened the first page."""
        self.add(role, email)
        client = self.client()
        assert sign_in(client, email).status_code == 303
        assert client.get("/").status_code == 200
        return client


@pytest.fixture
def house(fresh_engine: Engine, small_app: Dash, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    url = fresh_engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    settings.cache_clear()
    yield House(small_app)
    engine_for(url).dispose()
    settings.cache_clear()


def csrf_token(client: FlaskClient, path: str = "/aanmelden") -> str:
    """The token in the form on a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def sign_in(
    client: FlaskClient, email: str = "an@voorbeeld.test", password: str = PASSWORD, **fields: str
) -> TestResponse:
    token = fields.pop("csrf_token", None) or csrf_token(client)
    return client.post("/aanmelden", data={"email": email, "password": password, "csrf_token": token} | fields)


def call(client: FlaskClient, body: Any, **headers: str) -> TestResponse:
    """Posts a callback as the renderer does: the cookie's token as a header."""
    cookie = client.get_cookie("_csrf_token")
    sent = {"X-CSRFToken": cookie.value if cookie else ""} | headers
    return client.post(CALLBACKS, json=body, headers=sent)
