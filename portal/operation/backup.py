"""Backup and restore: the copy is checked before the target is touched, and the target changes whole or not at all."""

from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from portal import clock
from portal.db.migrate import known_revisions
from portal.operation import OperationRefused, postgresql_copy, sqlite_copy
from portal.operation.archive import Facts, Manifest, facts_of, pack, unpack
from portal.operation.workplace import workplace
from portal.vocabulary import DatabaseKind


class Copier(Protocol):
    """One kind of database: `copy_out` fills a file, `copy_in` puts one back after checking it."""

    def copy_out(self, engine: Engine, copy: Path) -> Facts: ...

    def copy_in(self, engine: Engine, copy: Path, facts: Facts) -> None: ...


COPIERS: dict[str, Copier] = {"sqlite": sqlite_copy, "postgresql": postgresql_copy}


def back_up(engine: Engine, target: Path) -> Manifest:
    """Writes one file that `restore` takes; raises OperationRefused rather than replace a file."""
    if target.exists():
        raise OperationRefused(f"{target} bestaat al; kies een andere naam.")
    if not target.parent.is_dir():
        raise OperationRefused(f"De map {target.parent} bestaat niet.")
    database = engine.dialect.name
    with workplace() as work:
        copy, packed = work.folder / "copy", work.folder / "packed"
        facts = COPIERS[database].copy_out(engine, copy)
        manifest = pack(packed, copy, database, clock.now().isoformat(), facts)
        work.deliver(packed, target)
    return manifest


def restore(engine: Engine, source: Path) -> Manifest:
    """Makes the database what it was; whatever is raised, it is still what it was before."""
    with workplace() as work:
        copy = work.folder / "copy"
        manifest = unpack(source, copy)
        _refuse_unfit(manifest, engine)
        COPIERS[engine.dialect.name].copy_in(engine, copy, manifest.facts)
    return manifest


def _refuse_unfit(manifest: Manifest, engine: Engine) -> None:
    if manifest.database != engine.dialect.name:
        raise OperationRefused(
            f"Deze back-up komt van {manifest.database} en de database is {engine.dialect.name};"
            " een back-up gaat terug naar dezelfde soort."
        )
    if manifest.facts.revision not in known_revisions():
        raise OperationRefused("Deze back-up komt van een nieuwere versie van het portaal; werk eerst het portaal bij.")
    if manifest.facts.kind == DatabaseKind.DEMO and _kind(engine) == DatabaseKind.REAL:
        raise OperationRefused(
            "Dit is een back-up van een demodatabase; een echte database wordt er niet door vervangen."
        )


def _kind(engine: Engine) -> str | None:
    """Demo, real, or None for a database that is empty or too broken to say."""
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return None
    try:
        with engine.connect() as connection:
            return facts_of(connection).kind
    except (SQLAlchemyError, OperationRefused):
        return None
