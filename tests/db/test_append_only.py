"""On PostgreSQL the portal works as a role that can add to its trace and read it, and nothing else."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from portal.cli import main
from portal.config import ROOT, settings
from portal.db.engine import current_engine, make_engine
from tests.databases import Databases

pytestmark = pytest.mark.postgresql
PASSWORD = "een-lang-genoeg-wachtwoord-9"


def block() -> str:
    """The SQL of the page, as it is printed."""
    (found,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8"), re.S)
    return found


@pytest.fixture
def owner(both_databases: dict[str, Databases]) -> Iterator[Engine]:
    server = both_databases["postgresql"]
    url = server.new_url(server.template_url)
    engine = make_engine(url)
    yield engine
    engine.dispose()
    server.drop(url)


@pytest.fixture
def application(owner: Engine) -> Iterator[str]:
    """The address of the portal's own role, made by the block; a test has one of its own on the shared server."""
    role = f"portal_app_{uuid.uuid4().hex[:8]}"
    with owner.begin() as connection:
        connection.connection.cursor().execute(re.sub(r"\bportal_app\b", role, block()))
    yield owner.url.set(username=role).render_as_string(hide_password=False)
    with owner.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {role}"))
        connection.execute(text(f"DROP ROLE {role}"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET after = '{}'",
        "UPDATE audit SET id = id",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DROP TABLE audit",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "UPDATE alembic_version SET version_num = '0003'",
    ],
)
def test_what_was_written_in_the_trail_is_out_of_its_reach(application: str, statement: str):
    engine = create_engine(make_engine(application).url)
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_the_portals_commands_work_as_that_role(application: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORTAL_DATABASE_URL", application)
    settings.cache_clear()

    def portal(*words: str, typed: str | None = None) -> Result:
        said = CliRunner().invoke(main, list(words), input=typed, prog_name="portal")
        assert said.exit_code == 0, f"{words}: {said.stderr}"
        return said

    person = ("user", "add", "an@voorbeeld.be", "--name", "An", "--role", "coordinator", "--password-stdin")
    portal(*person, typed=f"{PASSWORD}\n")
    portal("user", "password", "an@voorbeeld.be", "--password-stdin", typed=f"{PASSWORD}-nieuw\n")
    portal("user", "list")
    portal("export", "inventory", str(tmp_path / "i.xlsx"), "--as", "an@voorbeeld.be")
    portal("load", "inventory", str(tmp_path / "i.xlsx"), "--as", "an@voorbeeld.be")
    portal("remind")
    portal("backup", str(tmp_path / "b.zip"))
    assert "Het spoor klopt" in portal("audit", "verify").stdout
    assert portal("migrate").stdout.startswith("Schema: ")
    current_engine().dispose()
    settings.cache_clear()
