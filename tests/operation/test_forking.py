"""Workers made by fork never talk through their parent's connection."""

import subprocess
import sys

import pytest

from tests.databases import Databases

FORKS = """
import os
from portal.db.engine import current_engine
from portal.operation.probes import keep_connections_apart
from sqlalchemy import text

def backend():
    with current_engine().connect() as connection:
        return connection.scalar(text("SELECT pg_backend_pid()"))

keep_connections_apart()
mine = backend()
out, into = os.pipe()
child = os.fork()
if child == 0:
    os.write(into, str(backend()).encode())
    os._exit(0)
os.waitpid(child, 0)
print(mine == backend(), mine == int(os.read(out, 20)))
"""


@pytest.mark.postgresql
def test_a_worker_opens_its_own_connection_and_the_parent_keeps_its_own(both_databases: dict[str, Databases]):
    url = both_databases["postgresql"].new_url()
    said = subprocess.run(
        [sys.executable, "-c", FORKS],
        env={"PORTAL_DATABASE_URL": url, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["True", "False"]
