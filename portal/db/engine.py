"""The one place that knows SQLite and PostgreSQL differ."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 15_000
WAIT_SECONDS = 5  # a server that does not answer is said to be away, not waited for
_READ_ONLY = {"portal_read_only": True, "postgresql_readonly": True}


def database_url(text: str) -> URL:
    """The address as SQLAlchemy wants it; `postgres://` and `postgresql://` mean psycopg 3."""
    url = make_url(text)
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
        return engine
    return create_engine(
        address,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=WAIT_SECONDS,
        connect_args={"connect_timeout": WAIT_SECONDS},
    )


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
    read_only = connection.get_execution_options().get("portal_read_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
    # a writer takes its lock at once: a deferred one would fail halfway when another came first
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


@cache
def engine_for(url: str) -> Engine:
    """One engine, and so one pool, per address and process; one that was forgotten would leave its connections open."""
    return make_engine(url)


def current_engine() -> Engine:
    """The engine of the configured database."""
    from portal.config import settings

    return engine_for(settings().database_url)


@contextmanager
def reading(engine: Engine | None = None) -> Iterator[Session]:
    """A session in which both databases refuse every write."""
    with Session((engine or current_engine()).execution_options(**_READ_ONLY)) as session:
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
def writing(engine: Engine | None = None) -> Iterator[Session]:
    """A session for commands; the command commits, and what it did not commit is undone."""
    with Pen(engine or current_engine(), expire_on_commit=False) as session:
        yield session


def kind_of(session: Session) -> str:
    """`sqlite` or `postgresql`."""
    return session.get_bind().dialect.name
