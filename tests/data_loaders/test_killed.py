"""An import that dies, loses its database or finds the disk full: all of it is there, or nothing.

PORTAL_KILLED_MOMENTS and PORTAL_KILLED_ROWS ask for more of both.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.orm import Session

from data_loaders.inventory import tables
from portal.cli import main
from portal.config import ROOT, settings
from portal.db.engine import current_engine, make_engine
from portal.db.models import Audit, Challenge, ChallengeWords, ImportRun, User
from portal.permissions import Role, Viewer
from tests.data_loaders.test_round_trip import book

MOMENTS = int(os.environ.get("PORTAL_KILLED_MOMENTS", "3"))
ROWS = int(os.environ.get("PORTAL_KILLED_ROWS", "120"))
EMAIL = "coordinator@voorbeeld.be"


@pytest.fixture
def file(fresh_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A workbook with ROWS new challenges, and a coordinator to bring it in."""
    with Session(fresh_engine) as session:
        session.add(User(email=EMAIL, name="Ann", role=Role.COORDINATOR))
        session.commit()
        made = tables(session, Viewer(Role.COORDINATOR))
    empty = tuple(replace(table, rows=[]) for table in made)
    one: dict[str, Any] = {key: choices[0] for key, choices in made[0].choices.items() if key != "urgency"}
    one |= {"urgency": 2, "description": "Inwoners vragen het online. " * 5}
    rows = [one | {"code": f"U-NEW-{number}", "title": f"Loket {number}"} for number in range(ROWS)]
    keys = [column.key for column in made[0].sheet.columns]
    filled = replace(made[0], rows=[{key: row.get(key) for key in keys} for row in rows])
    path = tmp_path / "nieuw.xlsx"
    path.write_bytes(book((filled, *empty[1:])).content)
    monkeypatch.setenv("PORTAL_DATABASE_URL", fresh_engine.url.render_as_string(hide_password=False))
    settings.cache_clear()
    yield path
    current_engine().dispose()
    monkeypatch.undo()
    settings.cache_clear()


def rows_in(engine: Engine) -> list[int | None]:
    counted = (Challenge, Audit, ImportRun, ChallengeWords)
    with Session(engine) as session:
        return [session.scalar(select(func.count()).select_from(model)) for model in counted]


def test_an_import_killed_at_any_moment_is_there_whole_or_not_at_all(file: Path, fresh_engine: Engine):
    before = rows_in(fresh_engine)
    fresh_engine.dispose()
    command = [sys.executable, "-m", "tests.data_loaders.killed_load", str(file), EMAIL, str(MOMENTS)]
    ran = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    assert [one["status"] for one in told] == [0, *[signal.SIGKILL] * (MOMENTS + 2)]
    assert [one["rows"] for one in told[:-1]] == [before] * (MOMENTS + 2)
    after = [before[0] + ROWS, before[1] + ROWS, before[2] + 1, before[3] + ROWS]  # type: ignore[operator]
    assert told[-1]["rows"] == after == rows_in(fresh_engine)
    again = CliRunner().invoke(main, ["load", "inventory", str(file), "--as", EMAIL, "--json"], prog_name="portal")
    assert json.loads(again.stdout) == {"written": 0, "unchanged": ROWS, "problems": []}


def test_a_disk_that_is_full_or_a_connection_that_is_lost_leaves_nothing(file: Path, fresh_engine: Engine):
    before = rows_in(fresh_engine)
    engine = current_engine()
    fault = _full_disk if engine.dialect.name == "sqlite" else _lost_connection
    fault(engine)
    ran = CliRunner().invoke(main, ["load", "inventory", str(file), "--as", EMAIL], prog_name="portal")
    assert (ran.exit_code, rows_in(fresh_engine)) == (1, before)
    assert ran.stderr.startswith("De databank kan nu niet ")
    settings.cache_clear()


def _full_disk(engine: Engine) -> None:
    """The database may grow by a few pages."""

    @event.listens_for(engine, "connect")
    def limit(connection: Any, _: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")


def _lost_connection(engine: Engine) -> None:
    """The server ends the session while rows are being written."""
    elsewhere = make_engine(engine.url.render_as_string(hide_password=False))

    @event.listens_for(engine, "after_cursor_execute")
    def end(connection: Any, cursor: Any, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO challenge "):
            pid = cursor.connection.info.backend_pid
            with elsewhere.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            elsewhere.dispose()
