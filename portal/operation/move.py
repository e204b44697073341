"""Moving house: everything of one database into another, of the other kind too; whole or not at all.

While it is read nothing in the old one changes; it is compared row by row, and its trace verified, before it is there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.db import migrate
from portal.db.base import Base
from portal.db.engine import database_url, make_engine
from portal.operation import OperationRefused
from portal.operation.sqlite_copy import made_whole

AT_ONCE = 1000
Misfit = Callable[[Session], str]
"""Why the trace of this database does not fit; "" when it does."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How much went over."""

    tables: int
    rows: int


def move(engine: Engine, url: str, misfit: Misfit) -> Moved:
    """Fills the empty database at this address. Raises OperationRefused, and whatever is raised, it is still empty."""
    if migrate.current_revision(engine) != migrate.newest_revision():
        raise OperationRefused("Deze database is van een andere versie; voer eerst uit: portal migrate")
    into = _into_file if database_url(url).get_backend_name() == "sqlite" else _into_server
    with _standing_still(engine) as source:
        _refuse_misfit(source, misfit, "Het spoor van deze database klopt niet")
        return into(source, url, misfit)


@contextmanager
def _standing_still(engine: Engine) -> Iterator[Connection]:
    """One state of the database, in which nobody writes until this is done."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:  # the writer's lock
            yield connection
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(text("SET LOCAL lock_timeout = '15s'"))
        connection.execute(text("LOCK TABLE portal_info IN EXCLUSIVE MODE"))  # every writer's first stop
        yield connection


def _into_file(source: Connection, url: str, misfit: Misfit) -> Moved:
    target = Path(database_url(url).database or "")
    if not target.name or not target.parent.is_dir():
        raise OperationRefused("De map van de nieuwe database bestaat niet; er is niets verplaatst.")
    if target.exists():
        _refuse_filled(make_engine(url))
    return made_whole(target, lambda engine: _fill(source, engine, misfit))


def _into_server(source: Connection, url: str, misfit: Misfit) -> Moved:
    engine = make_engine(url)
    try:
        _refuse_silence(engine)
        return _fill(source, engine, misfit)
    finally:
        engine.dispose()


def _refuse_silence(engine: Engine) -> None:
    try:
        engine.connect().close()
    except DBAPIError as fault:
        raise OperationRefused(
            "Op het nieuwe adres antwoordt geen database; kijk het na. Er is niets verplaatst."
        ) from fault


def _refuse_filled(engine: Engine) -> None:
    try:
        with engine.connect().execution_options(portal_read_only=True) as connection:
            _refuse_tables(connection)
    except DBAPIError as fault:
        raise OperationRefused("Op het nieuwe adres staat al iets anders; er is niets verplaatst.") from fault
    finally:
        engine.dispose()


def _refuse_tables(connection: Connection) -> None:
    if inspect(connection).get_table_names():
        raise OperationRefused("De nieuwe database is niet leeg; kies een lege. Er is niets verplaatst.")


def _fill(source: Connection, engine: Engine, misfit: Misfit) -> Moved:
    """Schema, rows, numbers and the comparison, in one transaction."""
    with engine.begin() as target:
        _refuse_tables(target)
        migrate.upgrade_within(target)
        tables = Base.metadata.sorted_tables
        rows = sum(_copied(source, target, table) for table in tables)
        for table in tables:
            _refuse_difference(source, target, table)
        _refuse_misfit(target, misfit, "Het spoor in de nieuwe database klopt niet")
    return Moved(len(tables), rows)


def _copied(source: Connection, target: Connection, table: Table) -> int:
    rows = 0
    try:
        for part in _rows(source, table).partitions(AT_ONCE):
            target.execute(insert(table), [dict(row._mapping) for row in part])
            rows += len(part)
    except DBAPIError as fault:
        raise OperationRefused(
            f"De rijen van de tabel {table.name} passen niet in de nieuwe database; er is niets verplaatst."
        ) from fault
    if target.dialect.name == "postgresql" and rows:
        newest = select(func.max(table.c.id)).scalar_subquery()
        target.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), newest)))
    return rows


def _refuse_difference(source: Connection, target: Connection, table: Table) -> None:
    for old, new in zip_longest(_rows(source, table), _rows(target, table)):
        if old is None or new is None or tuple(old) != tuple(new):
            raise OperationRefused(
                f"Rij {(old or new).id} van de tabel {table.name} kwam niet gelijk over; er is niets verplaatst."
            )


def _rows(connection: Connection, table: Table) -> Any:
    return connection.execute(select(table).order_by(table.c.id).execution_options(yield_per=AT_ONCE))


def _refuse_misfit(connection: Connection, misfit: Misfit, what: str) -> None:
    with Session(connection, join_transaction_mode="rollback_only") as session:
        why = misfit(session)
    if why:
        raise OperationRefused(f"{what}; er is niets verplaatst. {why}")
