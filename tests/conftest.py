"""What every test may ask for: both databases, fresh or shared, and makers of rows."""

import logging
import os
import re
from collections.abc import Iterator

import hypothesis
import pytest
from dash import Dash
from sqlalchemy import Engine
from sqlalchemy.orm import Session

# no test reaches a database that a person works in
os.environ["PORTAL_DATABASE_URL"] = "sqlite:////nonexistent/never.db"
os.environ.setdefault("PORTAL_ENV", "demo")

from portal.config import settings
from portal.db.engine import make_engine
from tests.databases import Databases, undone
from tests.visitors import Portal, open_portal

# no example is timed: how long one takes says how busy the machine is. What passed must pass again, so by day the
# examples are the same each time, few, and no minutes are spent on a smaller one
UNTIMED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
PHASES = [phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.shrink]
hypothesis.settings.register_profile("all", **UNTIMED, max_examples=200)
hypothesis.settings.register_profile("few", **UNTIMED, max_examples=25, derandomize=True, phases=PHASES)
hypothesis.settings.load_profile("all" if os.environ.get("PORTAL_ALL_WALKS") == "1" else "few")
ON_ONE = re.compile(r"tests/(pages|auth|data_loaders/mapping)/|tests/test_(cli|access)")
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(autouse=True)
def the_log_speaks() -> None:
    """Another library's set-up of logging in this process may have silenced the loggers that were there."""
    logging.getLogger("portal.requests").disabled = False


@pytest.fixture(scope="session")
def both_databases(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[dict[str, Databases]]:
    """The databases of each kind, kept until the end: pytest forgets a fixture with parameters at every change of
    kind, and then each file would build its templates anew."""
    kept = pytestconfig.cache.mkdir("databases")
    made = {kind: Databases(kind, tmp_path_factory.mktemp(kind), kept) for kind in ("sqlite", "postgresql")}
    yield made
    for one in made.values():
        one.drop_all()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What reads, writes, locks or migrates is tried on both kinds; what only draws, signs in, explains a file or reads
    a command line on the embedded one, unless it says otherwise: it reaches the database by what was tried."""
    if "databases" in metafunc.fixturenames:
        said = metafunc.definition.get_closest_marker("both_databases")
        one = said is None and ON_ONE.match(metafunc.definition.nodeid)
        metafunc.parametrize("databases", BOTH[:1] if one else BOTH, indirect=True, scope="session")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, both_databases: dict[str, Databases]) -> Databases:
    """Each kind of database on which the test is tried, one after the other."""
    return both_databases[request.param]


@pytest.fixture(scope="session")
def template_url(databases: Databases) -> str:
    """A migrated database with the reference data, to be copied."""
    return databases.template_url


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
    with undone(engine) as session:
        yield session


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
    with undone(demo_engine) as session:
        yield session


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
