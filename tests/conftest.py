"""What every test may ask for: both databases, fresh or shared, and makers of rows."""

import logging
import os
import uuid
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import hypothesis
import pytest
from dash import Dash
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

# no test reaches a database that a person works in
os.environ["PORTAL_DATABASE_URL"] = "sqlite:////nonexistent/never.db"
os.environ.setdefault("PORTAL_ENV", "demo")

from data_loaders.demo import build_demo
from data_loaders.reference import load_reference
from portal.config import settings
from portal.credentials import hash_of
from portal.db import migrate
from portal.db.engine import database_url, make_engine
from tests.visitors import Portal, open_portal

REQUIRE_ALL = os.environ.get("PORTAL_REQUIRE_ALL") == "1"
# no example is timed: how long one takes says how busy the machine is
UNTIMED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("untimed", **UNTIMED)
# what passes here must pass again: the same examples each time, and no minutes spent on a smaller one
PHASES = [phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.shrink]
hypothesis.settings.register_profile("steady", **UNTIMED, derandomize=True, phases=PHASES)
hypothesis.settings.load_profile("steady" if REQUIRE_ALL else "untimed")
POSTGRESQL = os.environ.get("PORTAL_TEST_DATABASE_URL", "postgresql://root@127.0.0.1:5432/test")
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(autouse=True)
def the_log_speaks() -> None:
    """Another library's set-up of logging in this process may have silenced the loggers that were there."""
    logging.getLogger("portal.requests").disabled = False


def absent(what: str) -> None:
    """Skips with a sentence; where everything is required, fails with it."""
    if REQUIRE_ALL:
        pytest.fail(what)
    pytest.skip(what)


class Databases:
    """Makes and drops databases of one kind; each worker process has its own."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        self.made: list[str] = []

    @cached_property
    def template_url(self) -> str:
        """A migrated database with the reference data, to be copied."""
        url = self.new_url()
        engine = make_engine(url)
        migrate.upgrade(engine)
        load_reference(engine)
        checkpoint(engine)
        return url

    @cached_property
    def demo_template_url(self) -> str:
        """A demo database built today, to be copied."""
        url = self.new_url(self.template_url)
        engine = make_engine(url)
        build_demo(engine, password_hash=hash_of, password=settings().demo_password.get_secret_value())
        checkpoint(engine)
        return url

    def new_url(self, template: str | None = None) -> str:
        """The address of a new database: empty, or a copy of a template's address (which nobody may be using)."""
        name = f"portal_{uuid.uuid4().hex[:12]}"
        if self.kind == "sqlite":
            target = self.folder / f"{name}.db"
            if template:
                target.write_bytes(Path(template.removeprefix("sqlite:///")).read_bytes())
            return f"sqlite:///{target}"
        suffix = f' TEMPLATE "{database_url(template).database}"' if template else ""
        self._on_server(f'CREATE DATABASE "{name}"{suffix}')
        self.made.append(name)
        return database_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Gives the room back at once."""
        if self.kind == "sqlite":
            Path(url.removeprefix("sqlite:///")).unlink(missing_ok=True)
            return
        name = database_url(url).database or ""
        self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.made.remove(name)

    def drop_all(self) -> None:
        for name in self.made:
            self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _on_server(self, statement: str) -> None:
        server = create_engine(database_url(POSTGRESQL), isolation_level="AUTOCOMMIT")
        try:
            with server.connect() as connection:
                connection.execute(text(statement))
        except OperationalError as fault:
            absent(
                "PostgreSQL does not answer; install Debian's package postgresql "
                f"or say where it is with PORTAL_TEST_DATABASE_URL ({type(fault.orig).__name__})"
            )
        finally:
            server.dispose()


@pytest.fixture(scope="session")
def both_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Databases]]:
    """The databases of each kind, kept until the end: pytest forgets a fixture with parameters at every change of
    kind, and then each file would build its templates anew."""
    made = {kind: Databases(kind, tmp_path_factory.mktemp(kind)) for kind in ("sqlite", "postgresql")}
    yield made
    for one in made.values():
        one.drop_all()


@pytest.fixture(scope="session", params=BOTH)
def databases(request: pytest.FixtureRequest, both_databases: dict[str, Databases]) -> Databases:
    """Both kinds of database, one after the other."""
    return both_databases[request.param]


@pytest.fixture(scope="session")
def template_url(databases: Databases) -> str:
    """A migrated database with the reference data, to be copied."""
    return databases.template_url


def checkpoint(engine: Engine) -> None:
    """Leaves a database so that its file, or the server, can copy it."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.commit()
        raw = engine.raw_connection()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[attr-defined]
        raw.close()
    engine.dispose()


@pytest.fixture(scope="session")
def engine(databases: Databases, template_url: str) -> Iterator[Engine]:
    """A shared database with the reference data; tests only reach it through `session`."""
    url = databases.new_url(template_url)
    engine = make_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose every change, committed or not, is undone after the test."""
    yield from _undone(engine)


def _undone(engine: Engine) -> Iterator[Session]:
    with engine.connect() as connection, connection.begin() as everything:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        everything.rollback()


@pytest.fixture(scope="session")
def demo_template_url(databases: Databases) -> str:
    """A demo database built today, to be copied."""
    return databases.demo_template_url


@pytest.fixture(scope="session")
def demo_engine(databases: Databases, demo_template_url: str) -> Iterator[Engine]:
    """A shared demo; by convention nobody writes in it."""
    engine = make_engine(databases.new_url(demo_template_url))
    yield engine
    engine.dispose()


@pytest.fixture
def demo_session(demo_engine: Engine) -> Iterator[Session]:
    """A session in the demo whose every change, committed or not, is undone after the test."""
    yield from _undone(demo_engine)


@pytest.fixture(scope="session")
def portal_app() -> Dash:
    """The real portal, made once: Dash's callbacks register once per process."""
    from portal.app import create_app

    app = create_app(settings())
    app.server.test_client().get("/healthz")  # Dash takes the registered callbacks at its first request
    return app


@pytest.fixture(scope="session")
def portal(portal_app: Dash, demo_engine: Engine) -> Iterator[Portal]:
    """The portal over the shared demo, on both databases; nobody changes anything in it."""
    with pytest.MonkeyPatch.context() as patch, open_portal(portal_app, demo_engine, patch) as opened:
        yield opened


@pytest.fixture
def own_portal(
    portal_app: Dash, databases: Databases, demo_template_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Portal]:
    """The portal over a demo of this test alone, for what must really change."""
    url = databases.new_url(demo_template_url)
    engine = make_engine(url)
    with open_portal(portal_app, engine, monkeypatch) as opened:
        yield opened
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def fresh_engine(databases: Databases, template_url: str) -> Iterator[Engine]:
    """A database of this test alone, for what must really commit."""
    url = databases.new_url(template_url)
    engine = make_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)
