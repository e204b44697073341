"""A demo database is whole or not there, and never takes the place of anything else. On both databases."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from portal import clock
from portal.db.engine import database_url, make_engine
from portal.db.models import PortalInfo, Theme
from portal.operation import OperationRefused
from portal.operation.demo import BUILDING, demo_secret, prepare_demo
from portal.vocabulary import DatabaseKind


def filling(kind: DatabaseKind = DatabaseKind.DEMO, themes: int = 1):
    """What brings rows in: a marked database with some themes."""

    def fill(engine: Engine) -> None:
        with Session(engine) as session:
            session.add(PortalInfo(id=1, kind=kind, created_at=clock.now()))
            session.add_all(Theme(code=f"t{n}", title="Thema", position=n) for n in range(themes))
            session.commit()

    return fill


def killed(engine: Engine) -> None:
    filling()(engine)
    raise KeyboardInterrupt


def themes_in(url: str) -> int:
    return scalar(url, "SELECT count(*) FROM theme")


def scalar(url: str, statement: str) -> int:
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            return (
                connection.scalar(text(statement)) if statement.startswith("SELECT") else execute(connection, statement)
            )
    finally:
        engine.dispose()


def execute(connection, statement: str) -> int:
    return connection.execute(text(statement)).rowcount


def test_a_real_database_is_refused_and_untouched(databases):
    url = databases.new_url(databases.empty_url)
    engine = make_engine(url)
    filling(DatabaseKind.REAL, themes=3)(engine)
    engine.dispose()
    for fresh in (False, True):
        with pytest.raises(OperationRefused, match="geen demodatabase"):
            prepare_demo(url, filling(), fresh=fresh)
    assert themes_in(url) == 3


def test_a_database_with_anything_in_it_is_refused(databases):
    url = databases.new_url()
    scalar(url, "CREATE TABLE boekhouding (id integer)")
    with pytest.raises(OperationRefused, match="niet leeg"):
        prepare_demo(url, filling(), fresh=True)
    assert scalar(url, "SELECT count(*) FROM boekhouding") == 0


def test_a_build_that_is_killed_leaves_nothing_that_looks_like_a_demo_and_is_begun_again(databases):
    url = databases.new_url()
    with pytest.raises(KeyboardInterrupt):
        prepare_demo(url, killed)
    assert prepare_demo(url, filling(themes=4)) is True
    assert themes_in(url) == 4


def test_a_killed_rebuild_of_a_file_leaves_the_old_demo(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    prepare_demo(url, filling(themes=2))
    with pytest.raises(KeyboardInterrupt):
        prepare_demo(url, killed, fresh=True)
    assert themes_in(url) == 2
    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("demo.db")] == []


def test_a_file_that_is_no_database_is_refused(tmp_path: Path):
    (tmp_path / "demo.db").write_text("boodschappen" * 100)
    with pytest.raises(OperationRefused, match="niet gelezen"):
        prepare_demo(f"sqlite:///{tmp_path / 'demo.db'}", filling(), fresh=True)
    assert (tmp_path / "demo.db").read_text().startswith("boodschappen")


def test_an_empty_database_becomes_a_demo_once(databases):
    url = databases.new_url()
    assert prepare_demo(url, filling(themes=2)) is True
    assert prepare_demo(url, filling(themes=9)) is False
    assert themes_in(url) == 2


def test_fresh_builds_it_again(databases):
    url = databases.new_url()
    prepare_demo(url, filling(themes=2))
    assert prepare_demo(url, filling(themes=5), fresh=True) is True
    assert themes_in(url) == 5


def test_the_mark_of_a_build_is_gone_when_it_is_done(databases):
    url = databases.new_url()
    prepare_demo(url, filling())
    engine = make_engine(url)
    with engine.connect() as connection:
        assert BUILDING not in engine.dialect.get_table_names(connection)
    engine.dispose()


def test_the_folder_of_the_demo_is_made(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'instance' / 'demo.db'}"
    prepare_demo(url, filling())
    assert Path(database_url(url).database or "").exists()


def test_the_key_of_the_demo_is_made_once_and_only_its_maker_reads_it(tmp_path: Path):
    key = demo_secret(tmp_path / "instance")
    assert demo_secret(tmp_path / "instance") == key
    assert len(key) > 40
    assert stat.S_IMODE((tmp_path / "instance" / "demo-secret").stat().st_mode) == 0o600
