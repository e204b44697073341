"""A backup is one file that says what must be in it, and is never half written. No database is needed to see it."""

import json
import stat
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import create_engine, text

from portal.db.migrate import known_revisions
from portal.operation import OperationRefused
from portal.operation.archive import DATA, FORMAT, MANIFEST, Facts, Manifest, facts_of, pack, unpack
from portal.operation.backup import COPIERS, back_up, restore

FACTS = Facts("demo", "0001", {"partner": 15, "audit": 0}, anchor="7-abcdef")
CONTENT = bytes(range(256)) * 5000


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / "copy").write_bytes(CONTENT)
    return tmp_path / "copy"


@pytest.fixture
def packed(tmp_path: Path, copy: Path) -> Path:
    pack(tmp_path / "b.zip", copy, "sqlite", "2026-03-02T09:00:00+00:00", FACTS)
    return tmp_path / "b.zip"


def rewritten(source: Path, **parts: bytes | None) -> Path:
    """The same archive with some of its parts replaced, or left out."""
    target = source.with_name("anders.zip")
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = parts.get(name.split(".")[0], old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def manifest_of(source: Path) -> dict:
    with ZipFile(source) as archive:
        return json.loads(archive.read(MANIFEST))


# -- what is refused


def test_a_backup_that_is_not_there_is_said_so(tmp_path: Path):
    with pytest.raises(OperationRefused, match="bestaat niet"):
        unpack(tmp_path / "nergens.zip", tmp_path / "uit")


@pytest.mark.parametrize("content", [b"", b"PK", b"geen zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_of_ours_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(OperationRefused, match="geen onbeschadigde back-up"):
        unpack(tmp_path / "b.zip", tmp_path / "uit")


def test_a_folder_is_no_backup(tmp_path: Path):
    with pytest.raises(OperationRefused, match="geen onbeschadigde back-up"):
        unpack(tmp_path, tmp_path / "uit")


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b"niet", b'{"facts": {}}', b'{"format": 1, "facts": {"kind": "demo"}}']
)
def test_a_manifest_that_does_not_say_what_it_should_is_refused(packed: Path, tmp_path: Path, manifest: bytes):
    with pytest.raises(OperationRefused, match="geen onbeschadigde back-up"):
        unpack(rewritten(packed, manifest=manifest), tmp_path / "uit")


@pytest.mark.parametrize("missing", ["manifest", "database"])
def test_an_archive_without_one_of_its_parts_is_refused(packed: Path, tmp_path: Path, missing: str):
    with pytest.raises(OperationRefused, match="geen onbeschadigde back-up"):
        unpack(rewritten(packed, **{missing: None}), tmp_path / "uit")


def test_a_backup_of_before_there_were_anchors_is_taken(packed: Path, tmp_path: Path):
    manifest = manifest_of(packed)
    del manifest["facts"]["anchor"]
    assert unpack(rewritten(packed, manifest=json.dumps(manifest).encode()), tmp_path / "uit").facts.anchor == ""


def test_an_archive_of_another_format_is_refused(packed: Path, tmp_path: Path):
    later = manifest_of(packed) | {"format": FORMAT + 1}
    with pytest.raises(OperationRefused, match="andere versie van het portaal"):
        unpack(rewritten(packed, manifest=json.dumps(later).encode()), tmp_path / "uit")


@pytest.mark.parametrize("content", [b"", CONTENT[:-1], CONTENT + b"x"])
def test_a_copy_that_is_not_the_one_that_was_kept_is_refused(packed: Path, tmp_path: Path, content: bytes):
    with pytest.raises(OperationRefused, match="controlegetal"):
        unpack(rewritten(packed, database=content), tmp_path / "uit")


def test_a_copy_that_cannot_be_read_leaves_nothing_half_written(tmp_path: Path):
    with pytest.raises(OSError, match="nergens"):
        pack(tmp_path / "b.zip", tmp_path / "nergens", "sqlite", "nu", FACTS)
    assert list(tmp_path.iterdir()) == []


# -- what is kept


def test_what_was_packed_comes_back_to_the_byte_with_its_facts(packed: Path, tmp_path: Path):
    manifest = unpack(packed, tmp_path / "uit")
    assert (tmp_path / "uit").read_bytes() == CONTENT
    assert (manifest.facts, manifest.facts.anchor) == (FACTS, FACTS.anchor)
    assert (manifest.database, manifest.made_at, manifest.format) == ("sqlite", "2026-03-02T09:00:00+00:00", FORMAT)


def test_only_its_maker_may_read_a_backup(packed: Path):
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600


def test_the_archive_holds_its_two_parts_and_nothing_else(packed: Path):
    with ZipFile(packed) as archive:
        assert archive.namelist() == [MANIFEST, DATA]


def test_what_is_returned_is_what_was_written(tmp_path: Path, copy: Path):
    manifest = pack(tmp_path / "b.zip", copy, "postgresql", "nu", FACTS)
    assert isinstance(manifest, Manifest)
    assert unpack(tmp_path / "b.zip", tmp_path / "uit") == manifest


# -- around it


def test_both_databases_can_be_kept():
    assert set(COPIERS) == {"sqlite", "postgresql"}


def test_a_backup_goes_into_a_folder_that_is_there(tmp_path: Path):
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(OperationRefused, match=r"map .* bestaat niet"):
        back_up(engine, tmp_path / "geen" / "b.zip")
    with pytest.raises(OperationRefused, match="nog geen database"):
        back_up(engine, tmp_path / "b.zip")
    assert list(tmp_path.iterdir()) == []
    engine.dispose()


def test_a_restore_of_what_is_not_there_touches_nothing(tmp_path: Path):
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(OperationRefused):
        restore(engine, tmp_path / "geen" / "b.zip")
    assert list(tmp_path.iterdir()) == []
    engine.dispose()


def test_a_database_without_a_portal_has_no_facts(tmp_path: Path):
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num text)"))
        with pytest.raises(OperationRefused, match="geen portaal"):
            facts_of(connection)
    engine.dispose()


def test_facts_count_every_table_and_say_kind_and_revision(tmp_path: Path):
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.begin() as connection:
        for statement in (
            "CREATE TABLE alembic_version (version_num text)",
            "INSERT INTO alembic_version VALUES ('0001')",
            "CREATE TABLE portal_info (kind text, audit_sequence integer, audit_hash text)",
            "INSERT INTO portal_info VALUES ('echt', 7, 'abcdef')",
            'CREATE TABLE "een naam met spaties" (id integer)',
        ):
            connection.execute(text(statement))
        found = facts_of(connection)
        assert found == Facts("echt", "0001", {"alembic_version": 1, "een naam met spaties": 0, "portal_info": 1})
        assert found.anchor == "7-abcdef"
    engine.dispose()


def test_revisions_are_known_oldest_first_and_once():
    known = known_revisions()
    assert known == sorted(set(known))
    assert known[0] == "0001"
