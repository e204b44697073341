"""The one place that knows SQLite and PostgreSQL differ."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 15_000
WAIT_SECONDS = 5  # a server that does not answer is said to be away, not waited for
_READ_ONLY = {"portal_read_only": True, "postgresql_readonly": True}
_PATIENCE = "portal_patience_ms"
_COMMITTED = "portal_committed"
_FILE = "portal_file"


class Trouble(StrEnum):
    """Why a database that is ours cannot serve at this moment."""

    LOST = "lost"
    READ_ONLY = "read only"
    FULL = "full"
    BUSY = "busy"


CANNOT_WRITE = "De databank kan nu niet schrijven; er is niets gewijzigd."
CANNOT_ANSWER = "De databank kan nu niet antwoorden. Probeer het over enkele minuten opnieuw."


class Unavailable(Exception):
    """The database could not serve. `unchanged`: it is certain that what was asked changed nothing."""

    def __init__(self, trouble: Trouble, *, unchanged: bool) -> None:
        super().__init__(CANNOT_WRITE if unchanged else CANNOT_ANSWER)
        self.trouble, self.unchanged = trouble, unchanged


UNIQUE_VIOLATION = "23505"  # in the words of PostgreSQL
_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: Trouble.LOST,
    sqlite3.SQLITE_CANTOPEN: Trouble.LOST,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
}
_POSTGRESQL = {  # the beginnings of its codes
    "08": Trouble.LOST,
    "57P": Trouble.LOST,  # stopped, starting, or this connection was ended
    "3D000": Trouble.LOST,
    "25P0": Trouble.LOST,
    "25006": Trouble.READ_ONLY,
    "42501": Trouble.READ_ONLY,
    "53100": Trouble.FULL,
    "58030": Trouble.LOST,
    "53": Trouble.BUSY,
    "55P03": Trouble.BUSY,
    "57014": Trouble.BUSY,
    "40": Trouble.BUSY,
}


def trouble_of(error: BaseException) -> Trouble | None:
    """What keeps the database from serving; None when the error is of another kind, such as a fault of ours."""
    if isinstance(error, NoneFree):
        return Trouble.BUSY
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF)  # the rest tells it more exactly
    state = getattr(error.orig, "sqlstate", "")
    if state is None:  # the driver's own: nobody answered, or not any more
        return Trouble.LOST if type(error.orig).__name__ == "OperationalError" else None
    known = next((trouble for begin, trouble in _POSTGRESQL.items() if state and state.startswith(begin)), None)
    return known or (Trouble.LOST if error.connection_invalidated else None)


def database_url(address: str) -> URL:
    """The address as SQLAlchemy wants it; `postgres://` and `postgresql://` mean psycopg 3."""
    url = make_url(address)
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def make_engine(url: str) -> Engine:
    """An engine on which both databases keep foreign keys, savepoints and transactional DDL."""
    address = database_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(
            address,
            connect_args={
                "timeout": BUSY_TIMEOUT_MS / 1000,
                "check_same_thread": False,
            },
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        if address.database and not address.database.startswith((":memory:", "file:")):
            _File(address.database).watch(engine)
        return engine
    engine = create_engine(
        address,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=WAIT_SECONDS,
        connect_args={
            "connect_timeout": WAIT_SECONDS,
            # who went without a word is found out, and does not hold up a worker for ever
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
        },
    )
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


class _File:
    """The file of an embedded database. Once it went, or another was put in its place, nothing is written to the old
    one any more, which SQLite would do without a word; and no empty one is made in its place.
    """

    def __init__(self, path: str) -> None:
        self.path, self.was_there = path, False

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "do_connect", self._refuse_an_empty_one)
        event.listen(engine, "connect", self._note)
        event.listen(engine, "checkout", self._leave_what_went)

    def _refuse_an_empty_one(self, dialect: Any, entry: ConnectionPoolEntry, args: Any, options: Any) -> None:
        if self.was_there and self._now() is None:
            gone = sqlite3.OperationalError("unable to open database file")
            gone.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise gone

    def _note(self, connection: Any, entry: ConnectionPoolEntry) -> None:
        self.was_there, entry.info[_FILE] = True, self._now()

    def _leave_what_went(self, connection: Any, entry: ConnectionPoolEntry, proxy: Any) -> None:
        if entry.info.get(_FILE) != self._now():
            raise DisconnectionError("another file")

    def _now(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


def _prepare_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # else the driver commits before DDL and forgets savepoints
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    read_only = options.get("portal_read_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
    connection.exec_driver_sql(f"PRAGMA busy_timeout={options.get(_PATIENCE, BUSY_TIMEOUT_MS)}")
    # a writer takes its lock at once: a deferred one would fail halfway when another came first
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _prepare_postgresql(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.autocommit = True  # else the setting would go with the first transaction that is undone
    connection.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")  # as long as the embedded one waits
    connection.autocommit = False


def _begin_postgresql(connection: Connection) -> None:
    raw: Any = connection.connection.dbapi_connection
    if raw.read_only is False:  # left by a reader; it would overrule a server that lets nobody write
        raw.read_only = None
    if patience := connection.get_execution_options().get(_PATIENCE):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(patience)}")
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(patience)}")


@cache
def engine_for(url: str) -> Engine:
    """One engine, and so one pool, per address and process; one that was forgotten would leave its connections open."""
    return make_engine(url)


def current_engine() -> Engine:
    """The engine of the configured database."""
    from portal.config import settings

    return engine_for(settings().database_url)


@contextmanager
def reading(engine: Engine | None = None, *, patience_ms: int | None = None) -> Iterator[Session]:
    """A session in which both databases refuse every write. Raises Unavailable when the database cannot serve."""
    with _session(engine, _READ_ONLY, patience_ms) as session:
        yield session


class Pen(Session):
    """A session whose rows end with their transaction.

    What is still held of a row afterwards are the values it had: it is never read anew, when another may have changed
    or deleted it. What was not loaded by then cannot be asked any more, and raises at the first try.
    """

    def commit(self) -> None:
        super().commit()
        self.expunge_all()

    def rollback(self) -> None:
        super().rollback()
        self.expunge_all()


@contextmanager
def writing(engine: Engine | None = None, *, patience_ms: int | None = None) -> Iterator[Session]:
    """A session for commands; the command commits, and what it did not commit is undone. Raises Unavailable."""
    with _session(engine, {}, patience_ms, Pen) as session:
        yield session


@contextmanager
def _session(
    engine: Engine | None, options: dict[str, bool], patience_ms: int | None, kind: type[Session] = Session
) -> Iterator[Session]:
    """`patience_ms`: how long to wait for others, when that is less than usual."""
    patience = {_PATIENCE: patience_ms} if patience_ms else {}
    session = kind((engine or current_engine()).execution_options(**options, **patience), expire_on_commit=False)
    event.listen(session, "after_commit", _note_commit)
    try:
        with session:
            yield session
    except (DBAPIError, NoneFree) as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        unchanged = not options and not session.info.get(_COMMITTED)
        raise Unavailable(trouble, unchanged=unchanged) from error


def _note_commit(session: Session) -> None:
    session.info[_COMMITTED] = True  # what fails later in this session did not undo it


def is_taken(fault: IntegrityError) -> bool:
    """Somebody else came first with what may stand only once."""
    code = getattr(fault.orig, "sqlite_errorcode", None) or getattr(fault.orig, "sqlstate", None)
    return code in {sqlite3.SQLITE_CONSTRAINT_UNIQUE, UNIQUE_VIOLATION}


def kind_of(session: Session) -> str:
    """`sqlite` or `postgresql`."""
    return session.get_bind().dialect.name


def try_to_write(engine: Engine, patience_ms: int) -> None:
    """Writes, and undoes it: nothing has changed, and no number was used up. Raises Unavailable."""
    with writing(engine, patience_ms=patience_ms) as session:
        session.execute(text("UPDATE portal_info SET audit_sequence = audit_sequence"))
        if kind_of(session) == "sqlite":
            _reach_the_disk(session)
        session.rollback()


def _reach_the_disk(session: Session) -> None:
    session.execute(text("PRAGMA cache_size=4"))  # too little for what follows, which so goes to the disk at once
    try:
        session.execute(text("CREATE TABLE portal_readiness (x)"))
        session.execute(text("INSERT INTO portal_readiness VALUES (zeroblob(65536))"))
    finally:
        session.execute(text("PRAGMA cache_size=-2000"))
