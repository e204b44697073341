"""The real portal over a demo database, and visitors who sign in with the demo accounts."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from dash import Dash
from flask import g
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from portal.auth.callbacks import DECLARED
from portal.auth.sessions import SignedIn
from portal.config import settings
from portal.db.engine import engine_for, reading
from portal.pages.editing.places import Part
from portal.permissions import Viewer
from portal.problems import PROBLEM_ID
from portal.queries.people import viewer_at

ACCOUNTS = {
    "stuurgroep": "stuurgroep@demo.example",
    "directeur": "directeur.wervik@demo.example",
    "andere directeur": "directeur.spiere-helkijn@demo.example",
    "burgemeester": "burgemeester@demo.example",
    "coordinator": "coordinator@demo.example",
    "atelier": "atelier1@demo.example",
    "beheerder": "beheerder@demo.example",
}

PLACE = {"what": "uitdagingen", "of": "", "mode": "grid"}
# what an input may be, the least first
LEAST: list[Any] = [
    *("", "/", 0, None, False, [], {}),
    {"page": "project", "of": ""},
    {"colId": "", "value": ""},
    {"startRow": 0, "endRow": 1, "sortModel": []},
    {"id": 0, "version": 0, "active": True},
    PLACE,
    PLACE | {"id": 0, "version": 0, "act": "", "field": "", "value": "", "seen": "", "number": 0},
]


class Portal:
    """The portal as visitors meet it; the database is a shared demo that nobody changes."""

    def __init__(self, app: Dash, engine: Engine) -> None:
        self.app, self.engine = app, engine
        self.clients: dict[str, FlaskClient] = {}

    def stranger(self) -> FlaskClient:
        return self.app.server.test_client()

    def visitor(self, account: str) -> FlaskClient:
        """A browser in which this account is signed in; once per account."""
        if account not in self.clients:
            client = self.stranger()
            token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/aanmelden").text)
            assert token
            fields = {"email": ACCOUNTS[account], "password": settings().demo_password.get_secret_value()}
            answer = client.post("/aanmelden", data=fields | {"csrf_token": token[1]})
            assert answer.status_code == 303, answer.text
            assert client.get("/").status_code == 200
            self.clients[account] = client
        return self.clients[account]

    def viewer(self, account: str) -> Viewer:
        with reading(self.engine) as session:
            viewer = viewer_at(session, ACCOUNTS[account])
        assert viewer
        return viewer

    def call(self, account: str, output: str, inputs: list[Any], state: list[Any] | None = None) -> TestResponse:
        """Posts a callback as the renderer does."""
        client = self.visitor(account)
        cookie = client.get_cookie("_csrf_token")
        assert cookie
        body = body_of(self.app, output, inputs, state or [])
        return whole(client.post("/_dash-update-component", json=body, headers={"X-CSRFToken": cookie.value}))

    def post(self, account: str, filled: Part, given: Part, place: dict[str, str], value: Any) -> TestResponse:
        """Posts to a place for editing as its script does: what is `given`, and the part that the answer fills."""
        (output,) = (one for one in self.app.callback_map if f'"type":"{filled.value}"' in one)
        parts = [part.rsplit(".", 1) for part in output.strip(".").split("...")]
        kinds = [(json.loads(id_)["type"], prop.split("@")[0]) for id_, prop in parts]
        filled_in = [{"id": place | {"type": kind}, "property": prop} for kind, prop in kinds]
        asked = {"id": place | {"type": given.value}, "property": "data", "value": value}
        body = {
            "output": output,
            "outputs": filled_in if output.startswith("..") else filled_in[0],
            "inputs": [asked],
            "state": [],
            "changedPropIds": [f"{json.dumps(asked['id'], sort_keys=True, separators=(',', ':'))}.data"],
        }
        client = self.visitor(account)
        cookie = client.get_cookie("_csrf_token")
        assert cookie
        return whole(client.post("/_dash-update-component", json=body, headers={"X-CSRFToken": cookie.value}))

    @contextmanager
    def as_account(self, account: str) -> Iterator[Viewer]:
        """Callbacks called as plain functions inside the block see this account."""
        viewer = self.viewer(account)
        with self.app.server.test_request_context("/"):
            g._login_user = SignedIn(0, viewer)
            yield viewer


def whole(answer: TestResponse) -> TestResponse:
    """The answer of a callback, which did not break: one that did is answered 200 too, and says so in the page."""
    said = (answer.json or {}).get("sideUpdate", {}).get(PROBLEM_ID, {}) if answer.is_json else {}
    assert said.get("color") != "danger", said
    return answer


def body_of(app: Dash, output: str, inputs: list[Any], state: list[Any]) -> dict[str, Any]:
    """The body of a callback's request, with these values for its inputs and states in their order."""
    known = app.callback_map[output]
    outputs = [part.rsplit(".", 1) for part in output.strip(".").split("...")]
    parts = [{"id": one_of(id_), "property": prop.split("@")[0]} for id_, prop in outputs]
    given = [_entry(part, value) for part, value in zip(known["inputs"], inputs, strict=True)]
    return {
        "output": output,
        "outputs": parts if output.startswith("..") else parts[0],
        "inputs": given,
        "state": [_entry(part, value) for part, value in zip(known["state"], state, strict=True)],
        "changedPropIds": [f"{_spelled(part['id'])}.{part['property']}" for part in given[:1] if part],
    }


def fitting(app: Dash, output: str) -> tuple[list[Any], list[Any]]:
    """Inputs and states that the callback lets pass, each as little as it may be."""
    given = [next(value for value in LEAST if fits(value)) for fits in DECLARED[output]]
    inputs = len(app.callback_map[output]["inputs"])
    return given[:inputs], given[inputs:]


def one_of(id_: str) -> Any:
    """The id of a component that this registered id means: of a pattern the one with 1 in its open places."""
    return {key: 1 if value == ["MATCH"] else value for key, value in json.loads(id_).items()} if "{" in id_ else id_


def _entry(part: dict[str, Any], value: Any) -> Any:
    """What the renderer sends for an input or state; for all of a pattern, that there are none."""
    return [] if '["ALL"]' in part["id"] else part | {"id": one_of(part["id"]), "value": value}


def _spelled(id_: Any) -> str:
    return id_ if isinstance(id_, str) else json.dumps(id_, sort_keys=True, separators=(",", ":"))


@contextmanager
def open_portal(app: Dash, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """The portal with its settings pointing at this engine's database."""
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    settings.cache_clear()
    yield Portal(app, engine)
    engine_for(url).dispose()
    settings.cache_clear()
