"""How many files a change touches, counted on a copy of the house in which the recipe was followed to the letter."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.config import ROOT
from portal.db.migrate import known_revisions
from tests.databases import Databases
from tests.new_field import HELP, PLACES

KEY, LABEL, MEANING, CODE = "lessons", "Geleerde lessen", "Wat een volgend project ervan overneemt.", "R-05"
MOST_FILES = 5
REVISION = '''"""what was learned from a project"""

import sqlalchemy as sa
from alembic import op

revision = "{new}"
down_revision = "{last}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("project") as project:
        project.add_column(sa.Column("{key}", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("project") as project:
        project.drop_column("{key}")
'''


def in_file(house: Path, name: str, before: str, after: str) -> None:
    """Writes `after` where `before` stands, once."""
    file = house / name
    text = file.read_text(encoding="utf-8")
    assert len(re.findall(re.escape(before), text)) == 1, f"{name}: {before}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def add_the_field(house: Path) -> None:
    """As docs/architecture.md says under "Add a field"."""
    line = "    service_effect: Mapped[str] = shown("
    in_file(
        house,
        "portal/db/models/inventory.py",
        line,
        f'    {KEY}: Mapped[str] = shown("{LABEL}", Text, default="", means="{MEANING}")\n{line}',
    )
    last = known_revisions()[-1]
    new = f"{int(last) + 1:04}"
    revision = house / f"portal/db/migrations/versions/{new}_what_was_learned.py"
    revision.write_text(REVISION.format(new=new, last=last, key=KEY), encoding="utf-8")
    entity = "portal/entities/inventory.py"
    in_file(house, entity, " service_effect external_lead", f" service_effect {KEY} external_lead")
    in_file(house, entity, " last_seen quiet", f" last_seen quiet {KEY}")


def texts(house: Path) -> dict[Path, bytes]:
    files = (file for folder in ("portal", "data_loaders") for file in (house / folder).rglob("*") if file.is_file())
    return {file.relative_to(house): file.read_bytes() for file in files if file.suffix != ".pyc"}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The product, copied."""
    for folder in ("portal", "data_loaders"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_a_field_of_a_project_touches_at_most_five_files_and_is_then_in_every_place(
    house: Path, both_databases: dict[str, Databases]
):
    before = texts(house)
    add_the_field(house)
    after = texts(house)
    touched = sorted(str(file) for file in after if after[file] != before.get(file))
    assert len(touched) <= MOST_FILES, touched
    embedded = both_databases["sqlite"]
    url = embedded.new_url(embedded.demo_template_url)
    shutil.copy(ROOT / "tests" / "new_field.py", house)
    env = os.environ | {"PORTAL_DATABASE_URL": url, "PORTAL_ENV": "demo", "PYTHONPATH": str(house)}
    ran = subprocess.run(
        [sys.executable, "new_field.py", KEY, LABEL, CODE, MEANING],
        env=env, cwd=house, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == dict.fromkeys((*PLACES, HELP), True)
