"""The schema goes up, down and up again, is what the models say, and is never half done. On both databases."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from portal.db import migrate
from portal.db.base import Base
from portal.db.engine import make_engine
from portal.db.migrate import known_revisions


@pytest.fixture
def empty(databases) -> Iterator[Engine]:
    engine = make_engine(databases.new_url())
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def constraints(engine: Engine) -> Iterator[tuple[str, str, str | None]]:
    """Table, kind and name of every constraint and index in the database."""
    found = inspect(engine)
    for table in sorted(tables(engine) - {"alembic_version"}):
        yield table, "primary key", found.get_pk_constraint(table)["name"]
        for kind, rows in (
            ("foreign key", found.get_foreign_keys(table)),
            ("unique", found.get_unique_constraints(table)),
            ("check", found.get_check_constraints(table)),
            ("index", found.get_indexes(table)),
        ):
            for row in rows:
                yield table, kind, row["name"]


def test_an_upgrade_that_fails_halfway_leaves_nothing(empty: Engine, monkeypatch: pytest.MonkeyPatch):
    create, made = op.create_table, []

    def fails_at_the_tenth(name: str, *rest: Any, **named: Any) -> Any:
        made.append(name)
        if len(made) == 10:
            raise KeyboardInterrupt
        return create(name, *rest, **named)

    monkeypatch.setattr(op, "create_table", fails_at_the_tenth)
    with pytest.raises(KeyboardInterrupt):
        migrate.upgrade(empty)
    assert len(made) == 10
    assert tables(empty) == set()
    assert migrate.current_revision(empty) is None


def test_a_downgrade_that_fails_halfway_leaves_everything(empty: Engine, monkeypatch: pytest.MonkeyPatch):
    migrate.upgrade(empty)
    before = tables(empty)
    drop, gone = op.drop_table, []

    def fails_at_the_tenth(name: str, *rest: Any, **named: Any) -> Any:
        gone.append(name)
        if len(gone) == 10:
            raise KeyboardInterrupt
        return drop(name, *rest, **named)

    monkeypatch.setattr(op, "drop_table", fails_at_the_tenth)
    with pytest.raises(KeyboardInterrupt):
        migrate.downgrade(empty, "base")
    assert tables(empty) == before
    assert migrate.current_revision(empty) == migrate.newest_revision()


def test_up_down_and_up_again_ends_in_the_same_schema(empty: Engine):
    migrate.upgrade(empty)
    first = sorted(constraints(empty))
    migrate.downgrade(empty, "base")
    assert tables(empty) <= {"alembic_version"}
    migrate.upgrade(empty)
    assert sorted(constraints(empty)) == first


@pytest.mark.parametrize("revision", known_revisions())
def test_every_revision_can_be_undone_and_done_again(empty: Engine, revision: str):
    migrate.upgrade(empty, revision)
    before = sorted(constraints(empty))
    below = ScriptDirectory(str(migrate.MIGRATIONS)).get_revision(revision).down_revision
    migrate.downgrade(empty, str(below or "base"))
    migrate.upgrade(empty, revision)
    assert sorted(constraints(empty)) == before


def test_the_migrated_schema_is_what_the_models_say(empty: Engine):
    migrate.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "target_metadata": Base.metadata}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_checks_in_the_database_are_those_of_the_models(empty: Engine):
    """Alembic compares everything but check constraints."""
    migrate.upgrade(empty)
    said = {
        (table.name, str(check.name))
        for table in Base.metadata.tables.values()
        for check in table.constraints
        if type(check).__name__ == "CheckConstraint"
    }
    there = {(table, name) for table, kind, name in constraints(empty) if kind == "check"}
    assert there == said


def test_every_constraint_has_a_name(empty: Engine):
    migrate.upgrade(empty)
    found = list(constraints(empty))
    assert len(found) > 100
    assert [row for row in found if not row[2]] == []


def test_migrating_twice_is_migrating_once(empty: Engine):
    migrate.upgrade(empty)
    before = sorted(constraints(empty))
    migrate.upgrade(empty)
    assert sorted(constraints(empty)) == before


def test_there_is_one_line_of_revisions():
    assert ScriptDirectory(str(migrate.MIGRATIONS)).get_heads() == [migrate.newest_revision()]
    assert known_revisions()[-1] == migrate.newest_revision()
