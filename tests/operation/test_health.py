"""The two open doors answer at once, and tell a stranger nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from portal.db import migrate
from portal.db.engine import make_engine
from portal.operation.health import install_health

Watcher = Callable[[Engine], FlaskClient]


@pytest.fixture
def watching() -> Watcher:
    def watch(engine: Engine) -> FlaskClient:
        server = Flask("watched")
        install_health(server, lambda: engine)
        return server.test_client()

    return watch


def test_a_database_that_cannot_be_reached_is_not_ready_but_the_process_lives(watching: Watcher):
    client = watching(make_engine("postgresql://nobody@127.0.0.1:1/nothing"))
    assert (client.get("/readyz").status_code, client.get("/healthz").status_code) == (503, 200)


def test_an_empty_database_is_not_ready(watching: Watcher, databases):
    engine = make_engine(databases.new_url())
    assert watching(engine).get("/readyz").status_code == 503
    engine.dispose()


def test_another_revision_is_not_ready(watching: Watcher, fresh_engine: Engine):
    with fresh_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    assert watching(fresh_engine).get("/readyz").status_code == 503


def test_a_refusal_does_not_say_why(watching: Watcher):
    answer = watching(make_engine("postgresql://nobody@127.0.0.1:1/nothing")).get("/readyz")
    assert answer.get_json() == {"status": "niet klaar"}


def test_a_migrated_database_is_ready(watching: Watcher, fresh_engine: Engine):
    answer = watching(fresh_engine).get("/readyz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})
    assert migrate.current_revision(fresh_engine) == migrate.newest_revision()


def test_somebody_who_writes_does_not_make_the_portal_unready(watching: Watcher, fresh_engine: Engine):
    with fresh_engine.connect() as writer:
        writer.execute(text("UPDATE theme SET position = position"))
        assert watching(fresh_engine).get("/readyz").status_code == 200


@pytest.mark.parametrize("door", ["/healthz", "/readyz"])
def test_the_answer_is_never_kept(watching: Watcher, fresh_engine: Engine, door: str):
    assert watching(fresh_engine).get(door).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("door", ["/healthz", "/readyz"])
def test_nothing_can_be_posted(watching: Watcher, fresh_engine: Engine, door: str):
    assert watching(fresh_engine).post(door).status_code == 405
