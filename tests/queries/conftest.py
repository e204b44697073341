"""An empty database, a count of statements, and the seven who look on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields, is_dataclass
from typing import Any, Protocol

import pandas as pd
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from portal.commands.trail import Origin, recorded, write_trail
from portal.db.engine import make_engine
from portal.permissions import Role, Viewer
from portal.vocabulary import AuditSource
from tests.makers import partner_of, viewer

ADMIN = Viewer(Role.ADMIN, name="Beheerder")


class Counting(Protocol):
    def __call__(self) -> AbstractContextManager[list[str]]: ...


@pytest.fixture(scope="session")
def empty_engine(databases) -> Iterator[Engine]:
    engine = make_engine(databases.new_url(databases.empty_url))
    yield engine
    engine.dispose()


@pytest.fixture
def empty_session(empty_engine) -> Iterator[Session]:
    """A migrated database in which nobody ever wrote a row."""
    with empty_engine.connect() as connection, connection.begin() as everything:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        everything.rollback()


@pytest.fixture
def statements(session: Session) -> Counting:
    """Collects the statements that a block sends to the database."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            sent.append(statement)

        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(connection, "before_cursor_execute", note)

    return counting


@contextmanager
def traced(session: Session, user_id: int | None = None, command: str = "wijzig") -> Iterator[None]:
    """What is flushed inside the block is written to the trace, as a command would."""
    with recorded(session) as changes:
        yield
        session.flush()
    write_trail(session, changes, Origin(user_id, command, AuditSource.WEB))


def outsiders(session: Session) -> dict[str, Viewer]:
    """Everybody who may not know of the internal rows of `kortrijk`."""
    wervik = partner_of(session, "wervik")
    return {
        "directeur van een ander": viewer(Role.DIRECTOR, wervik),
        "directeur zonder bestuur": viewer(Role.DIRECTOR),
        "burgemeester": viewer(Role.MAYOR, partner_of(session, "kortrijk")),
        "stuurgroep": viewer(Role.STEERING),
        "atelier": viewer(Role.ATELIER, ateliers=[1, 2, 3, 4, 5]),
    }


def insiders(session: Session) -> dict[str, Viewer]:
    kortrijk = partner_of(session, "kortrijk")
    return {
        "directeur van kortrijk": viewer(Role.DIRECTOR, partner_of(session, "menen"), kortrijk),
        "coördinator": viewer(Role.COORDINATOR),
        "beheerder": ADMIN,
    }


def spelled(result: Any) -> str:
    """All that a query gives away, as text that can be compared."""
    if isinstance(result, pd.DataFrame):
        return str(result.to_csv())
    if is_dataclass(result) and not isinstance(result, type):
        return "\n".join(f"{field.name}={spelled(getattr(result, field.name))}" for field in fields(result))
    return repr(result)
