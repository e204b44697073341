"""A demo database comes to be whole or not at all, and never where anything else lives."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from portal.config import DEMO_SECRET
from portal.db import migrate
from portal.db.engine import database_url, make_engine
from portal.operation import OperationRefused
from portal.operation.sqlite_copy import made_whole
from portal.vocabulary import DatabaseKind

Filler = Callable[[Engine], object]
BUILDING = "portal_demo_building"


def demo_secret(folder: Path) -> str:
    """The key that signs the demo's cookies; made once and kept for this account's eyes only."""
    kept = folder / DEMO_SECRET
    folder.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text(encoding="ascii")


def prepare_demo(url: str, fill: Filler, *, fresh: bool = False) -> bool:
    """Makes the demo database when it is not there yet; True when it was made now.

    `fill` brings the demo into a migrated database. Raises OperationRefused for a database that holds anything else.
    """
    if database_url(url).get_backend_name() == "sqlite":
        return _prepare_file(url, fill, fresh)
    return _prepare_on_server(url, fill, fresh)


def _prepare_file(url: str, fill: Filler, fresh: bool) -> bool:
    target = Path(database_url(url).database or "")
    if target.exists() and not _must_build(url, fresh):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    made_whole(target, lambda engine: _build(engine, fill))
    return True


def _prepare_on_server(url: str, fill: Filler, fresh: bool) -> bool:
    """A mark is set before the first table and taken away after the last row: a killed build is begun again."""
    engine = make_engine(url)
    try:
        if not _must_build(url, fresh):
            return False
        with engine.begin() as connection:
            connection.execute(text(f"CREATE TABLE IF NOT EXISTS {BUILDING} (id integer)"))
        if migrate.current_revision(engine):
            migrate.downgrade(engine, "base")
        _build(engine, fill)
        with engine.begin() as connection:
            connection.execute(text(f"DROP TABLE {BUILDING}"))
    finally:
        engine.dispose()
    return True


def _build(engine: Engine, fill: Filler) -> None:
    migrate.upgrade(engine)
    fill(engine)


def _must_build(url: str, fresh: bool) -> bool:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            kind = connection.scalar(text("SELECT kind FROM portal_info")) if "portal_info" in tables else None
    except DatabaseError as fault:
        raise OperationRefused(
            "Dit bestand of deze database kan niet gelezen worden; er is niets gewijzigd."
        ) from fault
    finally:
        engine.dispose()
    if not tables or BUILDING in tables:
        return True
    if kind != DatabaseKind.DEMO:
        raise OperationRefused(
            "Deze database is niet leeg en geen demodatabase; ze wordt niet aangeraakt."
            " Kies met PORTAL_DATABASE_URL een lege database, of laat die instelling weg."
        )
    return fresh
