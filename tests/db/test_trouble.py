"""What keeps a database from serving is one kind of trouble on both; what is a fault of ours is none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.db.engine import (
    CANNOT_ANSWER,
    CANNOT_WRITE,
    Trouble,
    Unavailable,
    make_engine,
    reading,
    trouble_of,
    writing,
)

REGION = text("SELECT region FROM portal_info")
SERVER_SAYS = {
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "42501": Trouble.READ_ONLY,
    "57P01": Trouble.LOST,
    "08006": Trouble.LOST,
    "53300": Trouble.BUSY,
    "55P03": Trouble.BUSY,
    "57014": Trouble.BUSY,
    "40P01": Trouble.BUSY,
    "23505": None,
    "42601": None,
}


@pytest.mark.parametrize(
    "statement", ["SELECT nothing FROM nowhere", "SELEC", "INSERT INTO theme (code) VALUES (NULL)"]
)
def test_a_fault_of_ours_is_no_trouble_and_stays_what_it_is(fresh_engine: Engine, statement: str):
    with pytest.raises(DBAPIError) as found, writing(fresh_engine) as session:
        session.execute(text(statement))
    assert trouble_of(found.value) is None


def test_what_the_server_says_is_known(both_databases: dict[str, Any]):
    engine = make_engine(both_databases["postgresql"].new_url())
    for code, trouble in SERVER_SAYS.items():
        raised = text(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$")
        with pytest.raises(DBAPIError) as found, engine.connect() as connection:
            connection.execute(raised)
        assert trouble_of(found.value) is trouble, code
    engine.dispose()


def test_nobody_who_answers_is_trouble_for_who_reads_and_for_who_writes():
    engine = make_engine("postgresql://nobody@127.0.0.1:1/nothing")
    for opened, said in ((reading, CANNOT_ANSWER), (writing, CANNOT_WRITE)):
        with pytest.raises(Unavailable) as found, opened(engine) as session:
            session.execute(text("SELECT 1"))
        assert (found.value.trouble, str(found.value)) == (Trouble.LOST, said)


def test_who_waits_too_long_for_another_is_told_that_nothing_changed(fresh_engine: Engine):
    update = text("UPDATE portal_info SET audit_sequence = audit_sequence")
    with writing(fresh_engine) as first:
        first.execute(update)
        with pytest.raises(Unavailable) as found, writing(fresh_engine, patience_ms=50) as second:
            second.execute(update)
    assert (found.value.trouble, found.value.unchanged) == (Trouble.BUSY, True)


def test_what_fails_after_something_was_kept_does_not_say_that_nothing_changed(fresh_engine: Engine):
    update = text("UPDATE portal_info SET audit_sequence = audit_sequence")

    def keep_and_fail(first: Session) -> None:
        with writing(fresh_engine, patience_ms=50) as second:
            second.execute(update)
            second.commit()
            first.execute(update)
            second.execute(update)

    with writing(fresh_engine) as first, pytest.raises(Unavailable) as found:
        keep_and_fail(first)
    assert (str(found.value), found.value.unchanged) == (CANNOT_ANSWER, False)


def test_connections_that_the_server_ended_are_made_anew(both_databases: dict[str, Any]):
    engine = make_engine(both_databases["postgresql"].new_url())
    with reading(engine) as session:
        session.execute(text("SELECT 1"))
    with engine.connect() as other:
        of_here = "datname = current_database() AND pid <> pg_backend_pid()"
        other.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {of_here}"))
    with reading(engine) as session:
        assert session.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_a_server_that_lets_nobody_write_is_not_overruled_by_who_read_before(both_databases: dict[str, Any]):
    engine = make_engine(both_databases["postgresql"].new_url())
    with reading(engine) as session:
        session.execute(text("SELECT 1"))
    with engine.begin() as connection:
        name = connection.engine.url.database
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    engine.dispose()
    with reading(engine) as session:
        session.execute(text("SELECT 1"))
    with pytest.raises(Unavailable) as found, writing(engine) as session:
        session.execute(text("CREATE TABLE x (y int)"))
    assert found.value.trouble is Trouble.READ_ONLY
    engine.dispose()


@pytest.fixture
def embedded(both_databases: dict[str, Any]) -> Iterator[tuple[Engine, Path]]:
    """An embedded database that somebody has read: its connection waits in the pool."""
    url = both_databases["sqlite"].new_url(both_databases["sqlite"].template_url)
    engine = make_engine(url)
    with reading(engine) as session:
        session.scalar(REGION)
    yield engine, Path(url.removeprefix("sqlite:///"))
    engine.dispose()


def test_a_file_that_was_removed_is_written_to_by_nobody(embedded: tuple[Engine, Path]):
    engine, file = embedded
    file.unlink()
    with pytest.raises(Unavailable) as told, writing(engine) as session:
        session.execute(text("UPDATE portal_info SET region = 'nieuw'"))
    assert (told.value.trouble, file.exists()) == (Trouble.LOST, False)
