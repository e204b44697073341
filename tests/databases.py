"""Databases for tests: of each kind, empty or copied from a template, which is built once for this code and this day
and kept between runs."""

import fcntl
import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from data_loaders.demo import build_demo
from data_loaders.reference import load_reference
from portal import clock
from portal.config import ROOT, settings
from portal.credentials import hash_of
from portal.db import migrate
from portal.db.engine import database_url, make_engine

REQUIRE_ALL = os.environ.get("PORTAL_REQUIRE_ALL") == "1"
POSTGRESQL = os.environ.get("PORTAL_TEST_DATABASE_URL", "postgresql://root@127.0.0.1:5432/test")
BUILT_FROM = ("portal", "data_loaders")


def absent(what: str) -> None:
    """Skips with a sentence; where everything is required, fails with it."""
    if REQUIRE_ALL:
        pytest.fail(what)
    pytest.skip(what)


@contextmanager
def undone(engine: Engine) -> Iterator[Session]:
    """A session whose every change, committed or not, is undone at the end: for a test, or for one of the many
    examples that it draws."""
    with engine.connect() as connection, connection.begin() as everything:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        everything.rollback()


def checkpoint(engine: Engine) -> None:
    """Leaves a database so that its file, or the server, can copy it."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.commit()
        raw = engine.raw_connection()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[attr-defined]
        raw.close()
    engine.dispose()


def mark_of_today() -> str:
    """What a template is made of: every file of the product that is read for it, who may sign in, and the day."""
    told = hashlib.sha256(f"{clock.today()} {settings().demo_password.get_secret_value()}".encode())
    for file in sorted(file for folder in BUILT_FROM for file in (ROOT / folder).rglob("*") if file.is_file()):
        if file.suffix != ".pyc":
            told.update(str(file.relative_to(ROOT)).encode())
            told.update(file.read_bytes())
    return told.hexdigest()[:12]


class Databases:
    """Makes and drops databases of one kind; each worker process has its own, and the templates are everybody's."""

    def __init__(self, kind: str, folder: Path, kept: Path) -> None:
        self.kind, self.folder, self.kept = kind, folder, kept
        self.made: list[str] = []
        self.templates: dict[str, str] = {}

    @property
    def empty_url(self) -> str:
        """A migrated database in which nobody ever wrote a row, to be copied."""
        return self._template("empty", self._empty)

    @property
    def template_url(self) -> str:
        """A migrated database with the reference data, to be copied."""
        return self._template("reference", self._reference, self.empty_url)

    @property
    def demo_template_url(self) -> str:
        """A demo database built today, to be copied."""
        return self._template("demo", self._demo, self.template_url)

    def new_url(self, template: str | None = None) -> str:
        """The address of a new database: empty, or a copy of a template's address (which nobody may be using)."""
        name = f"portal_{uuid.uuid4().hex[:12]}"
        if self.kind == "sqlite":
            target = self.folder / f"{name}.db"
            if template:
                target.write_bytes(Path(template.removeprefix("sqlite:///")).read_bytes())
            return f"sqlite:///{target}"
        suffix = f' TEMPLATE "{database_url(template).database}"' if template else ""
        # nobody mourns it when the server falls: a commit need not wait for the disk
        self._on_server(f'CREATE DATABASE "{name}"{suffix}', f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        self.made.append(name)
        return written(database_url(POSTGRESQL).set(database=name))

    def drop(self, url: str) -> None:
        """Gives the room back at once."""
        if self.kind == "sqlite":
            Path(url.removeprefix("sqlite:///")).unlink(missing_ok=True)
            return
        name = database_url(url).database or ""
        self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.made.remove(name)

    def drop_all(self) -> None:
        for name in self.made:
            self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _empty(self, url: str) -> None:
        engine = make_engine(url)
        migrate.upgrade(engine)
        checkpoint(engine)

    def _reference(self, url: str) -> None:
        engine = make_engine(url)
        load_reference(engine)
        checkpoint(engine)

    def _demo(self, url: str) -> None:
        engine = make_engine(url)
        build_demo(engine, password_hash=hash_of, password=settings().demo_password.get_secret_value())
        checkpoint(engine)

    def _template(self, name: str, build: Callable[[str], None], begun: str | None = None) -> str:
        """Built by whichever worker needs it first; the others wait, and copy it. It goes when the code changes."""
        if name not in self.templates:
            with locked(self.kept / f"{self.kind}-{name}.lock"):
                self.templates[name] = self._kept(name) or self._built(name, begun, build)
        return self.templates[name]

    def _note(self, name: str) -> Path:
        """Says which template stands ready, and what it was made of."""
        return self.kept / f"{self.kind}-{name}.txt"

    def _kept(self, name: str) -> str | None:
        note = self._note(name)
        mark, _, url = note.read_text().partition(" ") if note.exists() else ("", "", "")
        return url if mark == mark_of_today() and self._stands(url) else None

    def _built(self, name: str, begun: str | None, build: Callable[[str], None]) -> str:
        note = self._note(name)
        if note.exists():
            self._forget(note.read_text().partition(" ")[2])
            note.unlink()
        url = self.new_url(begun)
        build(url)
        url = self._apart(url)
        note.write_text(f"{mark_of_today()} {url}")
        return url

    def _apart(self, url: str) -> str:
        """Where a template outlives the run."""
        if self.kind == "sqlite":
            made = Path(url.removeprefix("sqlite:///"))
            target = self.kept / made.name
            target.write_bytes(made.read_bytes())
            made.unlink()
            return f"sqlite:///{target}"
        self.made.remove(database_url(url).database or "")
        return url

    def _stands(self, url: str) -> bool:
        if self.kind == "sqlite":
            return Path(url.removeprefix("sqlite:///")).exists()
        engine = create_engine(database_url(url))
        try:
            engine.connect().close()
        except OperationalError:
            return False
        finally:
            engine.dispose()
        return True

    def _forget(self, url: str) -> None:
        if self.kind == "sqlite":
            Path(url.removeprefix("sqlite:///")).unlink(missing_ok=True)
            return
        self._on_server(f'DROP DATABASE IF EXISTS "{database_url(url).database}" WITH (FORCE)')

    def _on_server(self, *statements: str) -> None:
        server = create_engine(database_url(POSTGRESQL), isolation_level="AUTOCOMMIT")
        try:
            with server.connect() as connection:
                for statement in statements:
                    connection.execute(text(statement))
        except OperationalError as fault:
            absent(
                "PostgreSQL does not answer; install Debian's package postgresql "
                f"or say where it is with PORTAL_TEST_DATABASE_URL ({type(fault.orig).__name__})"
            )
        finally:
            server.dispose()


def written(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """One process at a time inside."""
    with file.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
