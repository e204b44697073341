"""SQLite in and out through its backup API, which is safe while the portal runs."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import TypeVar

from sqlalchemy import Engine, create_engine

from portal.db.engine import make_engine
from portal.operation import OperationRefused
from portal.operation.archive import Facts, facts_of
from portal.operation.workplace import workplace

R = TypeVar("R")
PATIENCE = 15.0  # seconds
WAITING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def copy_out(engine: Engine, copy: Path) -> Facts:
    """One consistent copy in one file, also while others write."""
    database = Path(engine.url.database or "")
    if not database.exists():
        raise OperationRefused(f"Er is nog geen database op {database}.")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        _pour(source, target)
        target.execute("PRAGMA journal_mode=DELETE")  # everything in the one file
    return _checked(copy)


def copy_in(engine: Engine, copy: Path, facts: Facts) -> None:
    """Replaces the database's content in one SQLite transaction, so a running portal sees the old or the new."""
    if _checked(copy) != facts:
        raise OperationRefused("De back-up is beschadigd: de tellingen kloppen niet.")
    database = Path(engine.url.database or "")
    database.parent.mkdir(parents=True, exist_ok=True)
    engine.dispose()
    _set_aside_if_broken(database)
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(database)) as target:
        _pour(source, target)


def made_whole(target: Path, fill: Callable[[Engine], R]) -> R:
    """A database in a new file, which gets its name once it is filled."""
    with workplace() as work:
        unfinished = work.folder / "made.db"
        engine = make_engine(f"sqlite:///{unfinished}")
        try:
            filled = fill(engine)
            with engine.connect() as connection:
                connection.commit()
                connection.connection.cursor().execute("PRAGMA journal_mode=DELETE")  # everything in the one file
        finally:
            engine.dispose()
        for end in ("-wal", "-shm"):  # what SQLite keeps next to a file that is going to be another
            target.with_name(target.name + end).unlink(missing_ok=True)
        work.deliver(unfinished, target)
    return filled


def _pour(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    until = monotonic() + PATIENCE

    def watch(status: int, remaining: int, total: int) -> None:
        if status in WAITING and monotonic() > until:  # the driver itself would wait for ever
            raise OperationRefused("De database is in gebruik; stop het portaal en probeer opnieuw.")

    source.backup(target, progress=watch)


def _set_aside_if_broken(database: Path) -> None:
    """A file that is no database any more cannot be written through SQLite; it is kept under another name."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as fault:
        if isinstance(fault, sqlite3.OperationalError):
            raise
        for part in ("", "-wal", "-shm"):
            piece = database.with_name(database.name + part)
            if piece.exists():
                piece.replace(piece.with_name(f"{database.name}.kapot{part}"))


def _checked(copy: Path) -> Facts:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            strays = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError:
        verdict, strays = "unreadable", None
    if verdict != "ok" or strays:
        raise OperationRefused("De kopie van de database is beschadigd.")
    engine = create_engine(f"sqlite:///{copy}")
    try:
        with engine.connect() as connection:
            return facts_of(connection)
    finally:
        engine.dispose()
