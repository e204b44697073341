"""Freezing, backing up and moving, killed at any moment: done or not begun, never between, and nothing is left behind.

PORTAL_KILLED_MOMENTS asks for more moments.
"""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from portal.commands.meetings.meetings import plan_meeting
from portal.config import ROOT
from portal.db.base import Base
from portal.db.engine import make_engine, writing
from portal.permissions import Role, Viewer
from portal.vocabulary import MeetingBody
from tests.databases import Databases
from tests.makers import SOME_DAY

MOMENTS = int(os.environ.get("PORTAL_KILLED_MOMENTS", "1"))
TABLES = len(Base.metadata.tables) + 1  # the schema's revision


def told(engine: Engine, work: str, target: str, tmp_path: Path) -> list[dict[str, Any]]:
    engine.dispose()
    url = engine.url.render_as_string(hide_password=False)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.operation.killed_work", work, target, str(MOMENTS)],
        cwd=ROOT,
        env={**os.environ, "PORTAL_DATABASE_URL": url, "PORTAL_COUNTED": str(tmp_path / "counted")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    assert [line["left"] for line in lines] == [[]] * (MOMENTS + 1), "the next command took away what was left"
    assert [line["next"] for line in lines] == [0] * (MOMENTS + 1), ran.stderr
    assert [line["status"] for line in lines] == [0, *[signal.SIGKILL] * MOMENTS], ran.stderr
    return lines


def test_a_backup_that_is_killed_is_whole_or_not_there(fresh_engine: Engine, tmp_path: Path):
    (folder := tmp_path / "kopieën").mkdir()
    lines = told(fresh_engine, "backup", str(folder / "b.zip"), tmp_path)
    assert lines[0]["there"] == ["b.zip"]
    assert {tuple(line["there"]) for line in lines} <= {(), ("b.zip",)}


@pytest.mark.postgresql
@pytest.mark.parametrize(("kind", "other"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_move_that_is_killed_is_whole_or_not_begun(
    both_databases: dict[str, Databases], tmp_path: Path, kind: str, other: str
):
    (folder := tmp_path / "nieuw").mkdir()
    target = f"sqlite:///{folder / 'n.db'}" if other == "sqlite" else both_databases[other].new_url()
    source = make_engine(both_databases[kind].new_url(both_databases[kind].template_url))
    lines = told(source, "move", target, tmp_path)
    files = ["n.db"] if other == "sqlite" else []
    assert lines[0]["there"] == [TABLES, files]
    assert all(line["there"] in ([0, []], [TABLES, files]) for line in lines)


def test_a_freezing_that_is_killed_keeps_all_of_it_or_nothing(fresh_engine: Engine, tmp_path: Path):
    with writing(fresh_engine) as session:
        for turn in range(MOMENTS + 2):
            day = SOME_DAY + timedelta(days=42 * turn - 42 * MOMENTS)
            plan_meeting(session, Viewer(Role.ADMIN), body=MeetingBody.STEERING, values={"planned_on": day})
    lines = told(fresh_engine, "freeze", "", tmp_path)
    for line in lines:
        frozen, kept, in_the_trail = line["there"]
        assert frozen == kept == in_the_trail
    counts = [line["there"][0] for line in lines]
    assert (counts[0], counts) == (1, sorted(counts))
