"""Moving house: everything goes over, to either kind of database, or nothing does."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.cli import main
from portal.config import settings
from portal.db import migrate
from portal.db.base import Base
from portal.db.engine import make_engine, reading, writing
from portal.db.models import PortalInfo, Synonym
from portal.operation import OperationRefused
from portal.operation.move import move
from portal.queries.trace.verify import trail_anchor, verify
from portal.vocabulary import DatabaseKind
from tests.commands.test_trail import ADMIN, do
from tests.databases import Databases
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


def rows_of(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, by its number."""
    with engine.connect() as connection:
        tables = Base.metadata.sorted_tables
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in tables
        }


def test_everything_goes_over_and_work_goes_on_there(fresh_engine: Engine, other: str):
    before = rows_of(fresh_engine)
    moved = move(fresh_engine, other, misfit)
    there = make_engine(other)
    assert rows_of(there) == before == rows_of(fresh_engine)
    assert (moved.tables, moved.rows) == (len(before), sum(map(len, before.values())))
    with reading(fresh_engine) as old, reading(there) as new:
        assert trail_anchor(new) == trail_anchor(old)
        newest = new.scalar(select(func.max(Synonym.id))) or 0
    with writing(there) as session:
        do(session, ADMIN, act=lambda s: s.add(Synonym(term="verhuisd", meaning="nieuw huis")))
    with reading(there) as new:
        assert verify(new) is None
        assert new.scalars(select(Synonym.id).where(Synonym.term == "verhuisd")).one() > newest
    there.dispose()


@pytest.mark.postgresql
def test_a_demo_goes_to_a_server_and_comes_back_the_same(both_databases: dict[str, Databases]):
    files, server = both_databases["sqlite"], both_databases["postgresql"]
    home, there = make_engine(files.new_url(files.demo_template_url)), make_engine(server.new_url())
    before, back = rows_of(home), files.new_url()
    move(home, address(there), misfit)
    with reading(there) as session:
        assert session.get_one(PortalInfo, 1).kind is DatabaseKind.DEMO
    move(there, back, misfit)
    again = make_engine(back)
    assert rows_of(again) == before
    for engine in (home, there, again):
        engine.dispose()


@pytest.mark.parametrize(
    "typed",
    ["mysql://piet:geheim@huis/x", "geheim", "postgresql://piet:geheim@[huis/x", "postgresql://...", "sqlite:///"],
)
def test_an_address_that_is_none_is_refused_without_telling_it(fresh_engine: Engine, typed: str, monkeypatch):
    monkeypatch.setenv("PORTAL_DATABASE_URL", address(fresh_engine))
    settings.cache_clear()
    said = CliRunner().invoke(main, ["move", typed], prog_name="portal")
    settings.cache_clear()
    assert said.exit_code == 2
    assert "niet" in said.stderr or "geen adres" in said.stderr
    assert "geheim" not in said.output
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.postgresql
def test_a_server_that_does_not_answer_is_named_without_the_password(fresh_engine: Engine, monkeypatch):
    monkeypatch.setenv("PORTAL_DATABASE_URL", address(fresh_engine))
    settings.cache_clear()
    said = CliRunner().invoke(main, ["move", "postgresql://piet:geheim@127.0.0.1:1/x", "--debug"], prog_name="portal")
    settings.cache_clear()
    assert (said.exit_code, "geheim" in said.output) == (2, False)
