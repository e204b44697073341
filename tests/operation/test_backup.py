"""What was kept comes back exactly; what is damaged changes nothing. On both databases."""

import stat
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from portal.db import migrate
from portal.db.base import Base
from portal.db.engine import make_engine
from portal.db.models import PortalInfo, Theme
from portal.operation import OperationRefused
from portal.operation.archive import unpack
from portal.operation.backup import back_up, restore
from portal.queries.trace.verify import trail_anchor
from portal.vocabulary import DatabaseKind


def content(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table."""
    with engine.connect() as connection:
        rows = {name: connection.execute(select(table)).all() for name, table in Base.metadata.tables.items()}
        rows["alembic_version"] = connection.execute(text("SELECT * FROM alembic_version")).all()
    return {name: sorted(map(repr, found)) for name, found in rows.items()}


def change_something(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(Theme(code="extra", title="Een thema erbij", position=99))
        session.commit()


def mark(engine: Engine, kind: DatabaseKind) -> None:
    with Session(engine) as session:
        session.get_one(PortalInfo, 1).kind = kind
        session.commit()


def damaged(file: Path, tmp_path: Path, at: float) -> Path:
    """The same file with one byte other, at a share of its length."""
    content = bytearray(file.read_bytes())
    content[int(len(content) * at)] ^= 0xFF
    broken = tmp_path / "beschadigd.zip"
    broken.write_bytes(content)
    return broken


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_damaged_backup_is_refused_and_nothing_changes(fresh_engine: Engine, tmp_path: Path, at: float):
    back_up(fresh_engine, tmp_path / "b.zip")
    change_something(fresh_engine)
    before = content(fresh_engine)
    with pytest.raises(OperationRefused):
        restore(fresh_engine, damaged(tmp_path / "b.zip", tmp_path, at))
    assert content(fresh_engine) == before


def test_a_backup_that_was_cut_short_is_refused(fresh_engine: Engine, tmp_path: Path):
    back_up(fresh_engine, tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(OperationRefused, match="geen onbeschadigde back-up"):
        restore(fresh_engine, tmp_path / "b.zip")


def test_a_backup_whose_counts_do_not_fit_is_refused_and_nothing_changes(fresh_engine: Engine, tmp_path: Path):
    back_up(fresh_engine, tmp_path / "b.zip")
    change_something(fresh_engine)
    before = content(fresh_engine)
    with pytest.raises(OperationRefused, match="tellingen"):
        restore(fresh_engine, repacked(tmp_path / "b.zip", tmp_path, '"theme": 5', '"theme": 6'))
    assert content(fresh_engine) == before


def test_the_content_must_have_the_hash_of_the_manifest(fresh_engine: Engine, tmp_path: Path):
    back_up(fresh_engine, tmp_path / "b.zip")
    with pytest.raises(OperationRefused, match="controlegetal"):
        restore(fresh_engine, repacked(tmp_path / "b.zip", tmp_path, '"sha256": "', '"sha256": "0'))


def test_a_backup_of_a_newer_release_is_refused(fresh_engine: Engine, tmp_path: Path):
    back_up(fresh_engine, tmp_path / "b.zip")
    newest = migrate.newest_revision()
    with pytest.raises(OperationRefused, match="nieuwere versie"):
        restore(fresh_engine, repacked(tmp_path / "b.zip", tmp_path, f'"revision": "{newest}"', '"revision": "9999"'))


def repacked(file: Path, tmp_path: Path, old: str, new: str) -> Path:
    """The same backup with a manifest that says something else."""
    with ZipFile(file) as archive:
        manifest, data = archive.read("manifest.json").decode(), archive.read("database")
    assert old in manifest
    with ZipFile(tmp_path / "anders.zip", "w") as archive:
        archive.writestr("manifest.json", manifest.replace(old, new))
        archive.writestr("database", data)
    return tmp_path / "anders.zip"


def test_a_demo_never_replaces_a_real_database(fresh_engine: Engine, tmp_path: Path):
    mark(fresh_engine, DatabaseKind.DEMO)
    back_up(fresh_engine, tmp_path / "demo.zip")
    mark(fresh_engine, DatabaseKind.REAL)
    with pytest.raises(OperationRefused, match="demodatabase"):
        restore(fresh_engine, tmp_path / "demo.zip")


def test_a_backup_never_replaces_a_file(fresh_engine: Engine, tmp_path: Path):
    (tmp_path / "b.zip").write_text("kostbaar")
    with pytest.raises(OperationRefused, match="bestaat al"):
        back_up(fresh_engine, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "kostbaar"


def test_an_empty_database_has_nothing_to_keep(databases, tmp_path: Path):
    engine = make_engine(databases.new_url())
    with pytest.raises(OperationRefused):
        back_up(engine, tmp_path / "b.zip")
    engine.dispose()
    assert not list(tmp_path.glob("*.zip"))


def test_what_was_kept_comes_back_exactly(fresh_engine: Engine, tmp_path: Path):
    before = content(fresh_engine)
    back_up(fresh_engine, tmp_path / "b.zip")
    change_something(fresh_engine)
    assert content(fresh_engine) != before
    restore(fresh_engine, tmp_path / "b.zip")
    assert content(fresh_engine) == before


def test_a_backup_can_be_put_into_an_empty_database(fresh_engine: Engine, databases, tmp_path: Path):
    back_up(fresh_engine, tmp_path / "b.zip")
    elsewhere = make_engine(databases.new_url())
    restore(elsewhere, tmp_path / "b.zip")
    assert content(elsewhere) == content(fresh_engine)
    migrate.downgrade(elsewhere, "base")
    elsewhere.dispose()


def test_tables_of_a_later_revision_do_not_outlive_a_restore(fresh_engine: Engine, tmp_path: Path):
    back_up(fresh_engine, tmp_path / "b.zip")
    with fresh_engine.begin() as connection:
        connection.execute(text("CREATE TABLE later (id integer primary key)"))
    restore(fresh_engine, tmp_path / "b.zip")
    with fresh_engine.connect() as connection:
        assert "later" not in fresh_engine.dialect.get_table_names(connection)


def test_nothing_but_the_backup_is_left_behind_and_only_its_maker_reads_it(fresh_engine: Engine, tmp_path: Path):
    back_up(fresh_engine, tmp_path / "b.zip")
    restore(fresh_engine, tmp_path / "b.zip")
    assert [file.name for file in tmp_path.iterdir()] == ["b.zip"]
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600


def test_the_manifest_says_what_is_in_it(fresh_engine: Engine, tmp_path: Path):
    made = back_up(fresh_engine, tmp_path / "b.zip")
    manifest = unpack(tmp_path / "b.zip", tmp_path / "copy")
    assert manifest == made
    assert manifest.database == fresh_engine.dialect.name
    assert manifest.facts.revision == migrate.newest_revision()
    assert manifest.facts.counts["portal_info"] == 1
    with Session(fresh_engine) as session:
        assert manifest.facts.anchor == str(trail_anchor(session))


def test_a_backup_goes_back_to_its_own_kind_of_database(fresh_engine: Engine, tmp_path: Path):
    back_up(fresh_engine, tmp_path / "b.zip")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[fresh_engine.dialect.name]
    with pytest.raises(OperationRefused, match="dezelfde soort"):
        restore(
            fresh_engine,
            repacked(
                tmp_path / "b.zip", tmp_path, f'"database": "{fresh_engine.dialect.name}"', f'"database": "{other}"'
            ),
        )
