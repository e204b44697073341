"""Moving house: everything goes over, to either kind of database, or nothing does."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.db import migrate
from portal.db.engine import make_engine, reading, writing
from portal.db.models import PortalInfo, Synonym
from portal.operation import OperationRefused
from portal.operation.move import move
from portal.queries.verify import trail_anchor, verify
from portal.vocabulary import DatabaseKind
from tests.commands.test_trail import ADMIN, do
from tests.conftest import Databases
from tests.operation.test_backup import content


def misfit(session: Session) -> str:
    found = verify(session)
    return found.why if found else ""


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def other(request: pytest.FixtureRequest, both_databases: dict[str, Databases]) -> Iterator[str]:
    """The address of an empty database, of each kind."""
    url = both_databases[request.param].new_url()
    yield url
    both_databases[request.param].drop(url)


@pytest.fixture
def demo(databases: Databases, demo_template_url: str) -> Iterator[Engine]:
    url = databases.new_url(demo_template_url)
    engine = make_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


def is_empty(url: str) -> bool:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return engine.dialect.get_table_names(connection) == []
    finally:
        engine.dispose()


def test_a_database_that_is_not_empty_is_refused_and_untouched(fresh_engine: Engine, other: str):
    there = make_engine(other)
    with there.begin() as connection:
        connection.execute(text("CREATE TABLE boekhouding (id integer)"))
    with pytest.raises(OperationRefused, match="niet leeg"):
        move(fresh_engine, other, misfit)
    with there.connect() as connection:
        assert there.dialect.get_table_names(connection) == ["boekhouding"]
    there.dispose()


def test_nobody_moves_into_the_house_they_live_in(fresh_engine: Engine):
    before = content(fresh_engine)
    with pytest.raises(OperationRefused, match="niet leeg"):
        move(fresh_engine, address(fresh_engine), misfit)
    assert content(fresh_engine) == before


def test_a_database_of_another_release_is_refused(fresh_engine: Engine, other: str):
    migrate.downgrade(fresh_engine, "0003")
    with pytest.raises(OperationRefused, match="portal migrate"):
        move(fresh_engine, other, misfit)
    assert is_empty(other)


def test_a_trail_that_does_not_fit_is_not_carried_over(fresh_engine: Engine, other: str):
    with fresh_engine.begin() as connection:
        connection.execute(text("UPDATE audit SET after = '{}' WHERE sequence = 3"))
    with pytest.raises(OperationRefused, match="Rij 3"):
        move(fresh_engine, other, misfit)
    assert is_empty(other)


def test_a_row_that_only_the_old_database_takes_leaves_the_new_one_empty(
    databases: Databases, template_url: str, other: str
):
    if databases.kind != "sqlite" or other.startswith("sqlite"):
        return  # only PostgreSQL holds a text to its length
    old = make_engine(databases.new_url(template_url))
    long = {"kind": "k" * 41, "at": "2026-03-02 12:00:00.000000"}
    with old.begin() as connection:
        made = "INSERT INTO import_run (kind, file_name, sha256, at, counts) VALUES (:kind, 'f', 's', :at, '{}')"
        connection.execute(text(made), long)
    with pytest.raises(OperationRefused, match="tabel import_run"):
        move(old, other, misfit)
    assert is_empty(other)
    old.dispose()


def writes(engine: Engine) -> bool:
    """Whether somebody who does not wait may begin to write there."""
    try:
        if engine.dialect.name == "sqlite":
            with closing(sqlite3.connect(str(engine.url.database), timeout=0)) as connection:
                connection.execute("BEGIN IMMEDIATE")
            return True
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
            connection.execute(text("SELECT id FROM portal_info FOR UPDATE"))
    except (sqlite3.OperationalError, OperationalError):
        return False
    return True


def test_while_it_is_read_and_compared_nobody_changes_it(fresh_engine: Engine, other: str):
    seen: list[bool] = []

    def meanwhile(session: Session) -> str:
        seen.append(writes(fresh_engine))
        return ""

    move(fresh_engine, other, meanwhile)
    assert seen == [False, False]
    assert writes(fresh_engine)


def test_everything_goes_over_and_work_goes_on_there(demo: Engine, other: str):
    before = content(demo)
    moved = move(demo, other, misfit)
    there = make_engine(other)
    assert content(there) == before == content(demo)
    assert moved.rows == sum(map(len, before.values())) - 1  # the revision is no row of ours
    with reading(demo) as old, reading(there) as new:
        assert (verify(new), trail_anchor(new)) == (None, trail_anchor(old))
        assert new.get_one(PortalInfo, 1).kind is DatabaseKind.DEMO
        newest = new.scalar(select(func.max(Synonym.id))) or 0
    with writing(there) as session:
        do(session, ADMIN, act=lambda s: s.add(Synonym(term="verhuisd", meaning="nieuw huis")))
    with reading(there) as new:
        assert verify(new) is None
        assert new.scalars(select(Synonym.id).where(Synonym.term == "verhuisd")).one() > newest
    there.dispose()


def test_and_back_again(demo: Engine, other: str, databases: Databases):
    before, back = content(demo), databases.new_url()
    move(demo, other, misfit)
    there = make_engine(other)
    move(there, back, misfit)
    home = make_engine(back)
    assert content(home) == before
    for engine in (there, home):
        engine.dispose()
    databases.drop(back)
