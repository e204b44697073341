"""The two open doors answer at once, and tell a stranger nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, inspect, text

from portal.db import migrate
from portal.db.engine import make_engine
from portal.operation.probes import install_health

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


def test_asking_changes_nothing(watching: Watcher, fresh_engine: Engine):
    before = state_of(fresh_engine)
    assert watching(fresh_engine).get("/readyz").status_code == 200
    assert state_of(fresh_engine) == before


def state_of(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        head = connection.execute(text("SELECT audit_sequence, audit_hash FROM portal_info")).all()
        count = connection.scalar(text("SELECT count(*) FROM audit"))
    return [head, count, inspect(engine).has_table("portal_readiness")]


def test_who_holds_the_head_of_the_trail_does_not_make_the_portal_unready(watching: Watcher, fresh_engine: Engine):
    with fresh_engine.connect() as writer:
        writer.execute(text("UPDATE portal_info SET audit_sequence = audit_sequence"))
        assert watching(fresh_engine).get("/readyz").status_code == 200


def test_a_file_that_went_is_not_ready_and_no_empty_one_takes_its_place(watching: Watcher, both_databases):
    embedded = both_databases["sqlite"]
    url = embedded.new_url(embedded.template_url)
    engine = make_engine(url)
    client, file = watching(engine), Path(url.removeprefix("sqlite:///"))
    assert client.get("/readyz").status_code == 200
    kept = file.read_bytes()
    file.unlink()
    assert (client.get("/readyz").status_code, file.exists()) == (503, False)
    file.write_bytes(kept)
    assert client.get("/readyz").status_code == 200
    engine.dispose()
