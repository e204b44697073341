"""SQLite and PostgreSQL behave alike: keys are kept, savepoints hold, readers cannot write, writers lose nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session, load_only
from sqlalchemy.orm.exc import DetachedInstanceError, StaleDataError

from portal.config import settings
from portal.db import models as m
from portal.db.engine import (
    BUSY_TIMEOUT_MS,
    WAIT_SECONDS,
    current_engine,
    database_url,
    engine_for,
    make_engine,
    reading,
    writing,
)
from tests.databases import Databases
from tests.makers import make_challenge, make_partner

WRITERS, EDITS = 4, 5


@pytest.fixture(scope="module")
def one_engine(databases: Databases, template_url: str) -> Iterator[Engine]:
    """A database of these tests alone, in which everything really commits; one for all, for making it is slow."""
    engine = make_engine(databases.new_url(template_url))
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def no_words_of_an_earlier_test(request: pytest.FixtureRequest) -> None:
    if "one_engine" in request.fixturenames:
        with writing(request.getfixturevalue("one_engine")) as session:
            session.execute(text("DELETE FROM synonym WHERE term LIKE 'woord %'"))
            session.commit()


def term(number: int | str) -> m.Synonym:
    return m.Synonym(term=f"woord {number}", meaning="iets")


def terms(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(m.Synonym).where(m.Synonym.term.like("woord %"))) or 0


# -- addresses


@pytest.mark.parametrize("address", ["", "geen adres", "://x"])
def test_what_is_no_address_is_refused(address: str):
    with pytest.raises(ArgumentError):
        database_url(address)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgresql_means_the_same_driver(scheme: str):
    url = database_url(f"{scheme}://ik:geheim@daar:5433/portaal?sslmode=require")
    assert url.drivername == "postgresql+psycopg"
    assert (url.username, url.password, url.host, url.port) == ("ik", "geheim", "daar", 5433)
    assert (url.database, url.query["sslmode"]) == ("portaal", "require")


def test_an_address_of_a_file_is_left_as_it_is():
    assert database_url("sqlite:///a/b.db").render_as_string() == "sqlite:///a/b.db"


def test_a_password_is_not_in_what_an_engine_prints():
    engine = make_engine("postgresql://ik:geheim@127.0.0.1:1/niets")
    assert "geheim" not in repr(engine)
    engine.dispose()


def test_a_server_that_is_away_is_not_waited_for_without_end():
    engine = make_engine("postgresql://ik@127.0.0.1:1/niets")
    assert engine.pool.timeout() == WAIT_SECONDS  # type: ignore[attr-defined]
    with pytest.raises(DBAPIError), engine.connect():
        pass
    engine.dispose()


def test_a_file_that_cannot_be_made_is_said_when_it_is_asked_and_not_before(tmp_path: Path):
    engine = make_engine(f"sqlite:///{tmp_path / 'geen' / 'map' / 'x.db'}")
    with pytest.raises(DBAPIError), engine.connect():
        pass
    engine.dispose()


def test_one_address_has_one_engine_in_a_process(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'een.db'}"
    assert engine_for(url) is engine_for(url)
    assert engine_for(url) is not engine_for(f"sqlite:///{tmp_path / 'ander.db'}")
    for one in (url, f"sqlite:///{tmp_path / 'ander.db'}"):
        engine_for(one).dispose()


def test_the_current_engine_is_that_of_the_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"sqlite:///{tmp_path / 'hier.db'}")
    settings.cache_clear()
    assert current_engine().url.database == str(tmp_path / "hier.db")
    assert current_engine() is current_engine()
    current_engine().dispose()
    monkeypatch.undo()
    settings.cache_clear()


def test_an_sqlite_file_waits_for_others_and_is_safe_against_a_power_cut(tmp_path: Path):
    engine = make_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.connect() as connection:
        said = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert said == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": BUSY_TIMEOUT_MS}
    engine.dispose()


# -- what both refuse


def test_a_row_that_points_at_nothing_is_refused(session: Session):
    session.add(m.PublishedCount(partner_id=999_999, year=2022, challenges=1, projects=1))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_row_that_others_point_at_is_not_deleted(session: Session):
    partner = make_partner(session)
    make_challenge(session, partner=partner)
    session.delete(partner)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_what_is_nothing_without_its_parent_goes_with_it(session: Session):
    user = m.User(email="weg@demo.example", name="Weg", role="stuurgroep")
    session.add(user)
    session.flush()
    session.add(m.UserPartner(user_id=user.id, partner_id=make_partner(session).id))
    session.flush()
    session.delete(user)
    session.flush()
    assert session.scalar(select(func.count()).where(m.UserPartner.user_id == user.id)) == 0


def test_a_statement_that_failed_in_a_savepoint_spoils_nothing_around_it(session: Session):
    session.add(term("voor"))
    session.flush()
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(term("voor"))
    session.add(term("na"))
    session.flush()
    assert terms(session) == 2


def test_a_savepoint_that_is_given_up_takes_only_its_own_rows(session: Session):
    session.add(term("buiten"))
    session.flush()
    with session.begin_nested() as inner:
        session.add(term("binnen"))
        session.flush()
        inner.rollback()
    assert terms(session) == 1


# -- readers


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO synonym (term, meaning) VALUES ('woord x', 'iets')",
        "UPDATE partner SET title = 'Weg'",
        "DELETE FROM published_count",
        "CREATE TABLE geheim (id integer)",
        "DROP TABLE synonym",
    ],
)
def test_a_session_for_reading_refuses_every_write(engine: Engine, statement: str):
    with reading(engine) as session, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        session.execute(text(statement))


def test_a_row_that_was_changed_while_reading_is_not_kept(engine: Engine):
    with reading(engine) as session:
        partner = session.scalars(select(m.Partner).order_by(m.Partner.id)).first()
        partner.title = "Een andere naam"
        with pytest.raises(DBAPIError):
            session.flush()


def fall_halfway(engine: Engine, *statements: str) -> None:
    with writing(engine) as session:
        for statement in statements:
            session.execute(text(statement))
        raise RuntimeError("halverwege")


def test_what_was_not_committed_is_undone(one_engine: Engine):
    with writing(one_engine) as session:
        session.add(term("vergeten"))
        session.flush()
    with pytest.raises(RuntimeError):
        fall_halfway(one_engine, "INSERT INTO synonym (term, meaning) VALUES ('woord gevallen', 'iets')")
    with reading(one_engine) as session:
        assert terms(session) == 0


def test_who_reads_is_not_stopped_by_who_writes_and_sees_only_what_was_committed(one_engine: Engine):
    with writing(one_engine) as writer:
        writer.add(term("nog niet"))
        writer.flush()
        with reading(one_engine) as reader:
            assert terms(reader) == 0
        writer.commit()
    with reading(one_engine) as reader:
        assert terms(reader) == 1


def test_a_table_that_was_made_in_a_transaction_that_failed_was_never_made(one_engine: Engine):
    with pytest.raises(RuntimeError):
        fall_halfway(one_engine, "CREATE TABLE halverwege (id integer)", "INSERT INTO halverwege VALUES (1)")
    with one_engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("SELECT id FROM halverwege"))


def test_a_writer_on_sqlite_takes_its_lock_at_once_and_a_reader_takes_none(tmp_path: Path):
    engine, begun = make_engine(f"sqlite:///{tmp_path / 'x.db'}"), []
    event.listen(engine, "before_cursor_execute", lambda *asked: begun.append(asked[2]))
    with writing(engine) as session:
        session.execute(text("SELECT 1"))
    with reading(engine) as session:
        session.execute(text("SELECT 1"))
    assert [line for line in begun if line.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]
    engine.dispose()


# -- writers at the same time


def at_once(act, count: int = WRITERS) -> list[object]:
    """Runs it in threads that begin together; gives what each returned or raised."""
    together = Barrier(count)

    def run(number: int) -> object:
        together.wait()
        try:
            return act(number)
        except Exception as fault:
            return fault

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def test_writers_who_add_at_once_lose_no_row(one_engine: Engine):
    def add(number: int) -> None:
        for edit in range(EDITS):
            with writing(one_engine) as session:
                session.add(term(f"{number}-{edit}"))
                session.commit()

    assert at_once(add) == [None] * WRITERS
    with reading(one_engine) as session:
        assert terms(session) == WRITERS * EDITS


def test_writers_who_edit_one_row_at_once_lose_no_edit_unseen(one_engine: Engine):
    """Every edit either stands or was refused: what was accepted is exactly what is there."""
    with writing(one_engine) as session:
        partner = make_partner(session, population=0)
        session.commit()
        partner_id = partner.id

    def count_up(number: int) -> int:
        accepted = 0
        while accepted < EDITS:
            with writing(one_engine) as session:
                row = session.get_one(m.Partner, partner_id)
                row.population = (row.population or 0) + 1
                try:
                    session.commit()
                except StaleDataError:
                    continue
                accepted += 1
        return accepted

    assert sum(at_once(count_up)) == WRITERS * EDITS
    with reading(one_engine) as session:
        row = session.get_one(m.Partner, partner_id)
        assert (row.population, row.version) == (WRITERS * EDITS, WRITERS * EDITS + 1)


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_a_row_is_not_read_anew_after_its_transaction_whatever_became_of_it(one_engine: Engine, ending: str):
    slug = f"gehouden-{ending}"
    with writing(one_engine) as first:
        held = make_partner(first, slug, title="Zoals bewaard")
        first.commit()
        reference = first.scalars(select(m.Partner).where(m.Partner.slug == slug)).one()
        getattr(first, ending)()
        with writing(one_engine) as other:
            other.delete(other.scalars(select(m.Partner).where(m.Partner.slug == slug)).one())
            other.commit()
        assert (held.title, held.version) == ("Zoals bewaard", 1)
        if ending == "commit":
            assert reference.title == "Zoals bewaard"
        else:
            with pytest.raises(DetachedInstanceError):
                _ = reference.title
        assert first.scalars(select(m.Partner).where(m.Partner.slug == slug)).all() == []


def test_a_value_that_was_not_asked_before_the_commit_cannot_be_asked_after_it(one_engine: Engine):
    with writing(one_engine) as session:
        make_partner(session, "half-gelezen")
        session.commit()
        row = session.scalars(select(m.Partner).options(load_only(m.Partner.slug))).first()
        session.commit()
        with pytest.raises(DetachedInstanceError):
            _ = row.title  # type: ignore[union-attr]


def test_of_two_who_saw_the_same_row_only_the_first_writes(one_engine: Engine):
    with writing(one_engine) as session:
        make_partner(session, "gelezen")
        session.commit()
    with writing(one_engine) as late:
        seen = late.scalars(select(m.Partner).where(m.Partner.slug == "gelezen")).one()
        late.expunge(seen)
        late.rollback()  # nobody holds a lock while a person thinks
        with writing(one_engine) as early:
            early.scalars(select(m.Partner).where(m.Partner.slug == "gelezen")).one().title = "Van de eerste"
            early.commit()
        with pytest.raises(StaleDataError):
            late.merge(seen)
    with reading(one_engine) as session:
        assert session.scalar(select(m.Partner.title).where(m.Partner.slug == "gelezen")) == "Van de eerste"


def test_of_many_who_want_one_code_exactly_one_gets_it(one_engine: Engine):
    def take(number: int) -> None:
        with writing(one_engine) as session:
            session.add(term("enig"))
            session.commit()

    answers = at_once(take)
    assert [type(answer) for answer in answers if answer is not None] == [IntegrityError] * (WRITERS - 1)
    with reading(one_engine) as session:
        assert terms(session) == 1
