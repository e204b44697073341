"""Bringing a SQLite file back while somebody uses it, or when nothing can be read of it any more."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from portal import clock
from portal.db import migrate
from portal.db.engine import make_engine
from portal.db.models import PortalInfo, Theme
from portal.operation import OperationRefused, sqlite_copy
from portal.operation.backup import back_up, restore
from portal.vocabulary import DatabaseKind


@pytest.fixture
def engine_of_file(tmp_path: Path) -> Iterator[Engine]:
    """A migrated database that says it is real and holds one theme."""
    engine = make_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    migrate.upgrade(engine)
    add(engine, PortalInfo(id=1, kind=DatabaseKind.REAL, created_at=clock.now()), theme("eerste"))
    yield engine
    engine.dispose()


def theme(code: str) -> Theme:
    return Theme(code=code, title=code, position=1)


def add(engine: Engine, *rows: object) -> None:
    with Session(engine) as session:
        session.add_all(rows)
        session.commit()


def themes(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT code FROM theme ORDER BY code")))


def test_a_database_somebody_keeps_locked_is_left_alone(engine_of_file: Engine, tmp_path: Path, monkeypatch):
    back_up(engine_of_file, tmp_path / "b.zip")
    add(engine_of_file, theme("tweede"))
    monkeypatch.setattr(sqlite_copy, "PATIENCE", 0.0)
    writer = sqlite3.connect(tmp_path / "portal.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationRefused, match="in gebruik"):
        restore(engine_of_file, tmp_path / "b.zip")
    writer.close()
    assert themes(engine_of_file) == ["eerste", "tweede"]


def test_a_running_portal_sees_the_restored_rows(engine_of_file: Engine, tmp_path: Path):
    back_up(engine_of_file, tmp_path / "b.zip")
    add(engine_of_file, theme("tweede"))
    running = make_engine(engine_of_file.url.render_as_string())
    assert themes(running) == ["eerste", "tweede"]
    restore(engine_of_file, tmp_path / "b.zip")
    assert themes(running) == ["eerste"]
    running.dispose()


def test_a_backup_while_somebody_writes_holds_only_what_was_committed(engine_of_file: Engine, tmp_path: Path):
    with engine_of_file.connect() as writer:
        writer.execute(text("INSERT INTO theme (id, code, title, position) VALUES (9, 'half', 'half', 9)"))
        made = back_up(engine_of_file, tmp_path / "b.zip")
    assert made.facts.counts["theme"] == 1


def test_a_broken_database_file_is_kept_beside_the_restored_one(engine_of_file: Engine, tmp_path: Path):
    back_up(engine_of_file, tmp_path / "b.zip")
    engine_of_file.dispose()
    file = tmp_path / "portal.db"
    file.write_bytes(b"dit is geen database" * 500)
    restore(engine_of_file, tmp_path / "b.zip")
    assert themes(engine_of_file) == ["eerste"]
    assert (tmp_path / "portal.db.kapot").read_bytes().startswith(b"dit is geen")


def test_a_database_that_is_not_there_is_not_made_by_a_backup(tmp_path: Path):
    with pytest.raises(OperationRefused, match="nog geen database"):
        back_up(make_engine(f"sqlite:///{tmp_path / 'nergens.db'}"), tmp_path / "b.zip")
    assert not list(tmp_path.iterdir())
