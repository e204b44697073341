"""What is sent twice is done once: a key from the browser, kept with the trail of the command that it led to."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from hashlib import sha256
from itertools import count
from secrets import token_hex
from typing import Any, cast, get_args, get_type_hints
from uuid import uuid4

from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.db.base import Base
from portal.db.models import Audit, PortalInfo

UNKNOWN = (
    "Het is onbekend of dit bewaard is: de verbinding met de databank viel weg. Het portaal vraagt het opnieuw; "
    "wat u typte, blijft staan en wordt niet dubbel bewaard."
)
_KEY = re.compile(r"once-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Unknown(Exception):
    """The database was lost while it was asked to keep something, and cannot yet be asked whether it did."""

    def __init__(self) -> None:
        super().__init__(UNKNOWN)


_asked: ContextVar[str] = ContextVar("once", default="")
_mark: ContextVar[Callable[[], str]] = ContextVar("mark", default=partial(token_hex, 20))  # noqa: B039 - no state


def new_key() -> str:
    """For a form or a button, made when it is drawn."""
    return f"once-{uuid4()}"


def is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None


@contextmanager
def once(key: str, about: object = "") -> Iterator[None]:
    """The command inside the block is done once for this key, this person and what it is `about`: asked again, it
    changes nothing and gives the row that it gave first. "" is no key.
    """
    token = _asked.set(f"{key} {about!r}" if key else "")
    try:
        yield
    finally:
        _asked.reset(token)


@contextmanager
def numbered() -> Iterator[None]:
    """What carries no key is marked by a number in the block: a demo is the same each time it is built."""
    token = _mark.set(partial(next, (f"demo {number}" for number in count(1))))
    try:
        yield
    finally:
        _mark.reset(token)


def is_asked() -> bool:
    return bool(_asked.get())


def seal(user_id: int | None, command: str) -> str:
    """How the trail keeps the key. The person is in it: somebody else's same key is another one.

    Without a key one of its own: also then it can be looked up whether the command was kept.
    """
    asked = _asked.get()
    return sha256(f"{user_id} {command} {asked}".encode()).hexdigest()[:40] if asked else _mark.get()()


def line_of(session: Session, sealed: str) -> Audit | None:
    """The line of the trail that carries the key."""
    return session.scalars(select(Audit).where(Audit.once_key == sealed)).one_or_none()


def is_kept(session: Session, sealed: str) -> bool:
    """Whether what was to be committed when the connection was lost stands. Raises Unknown when nobody can tell yet.

    Whoever writes holds the head of the trail until the end: that is waited for, the own lost transaction's too.
    """
    try:
        session.rollback()
        session.execute(select(PortalInfo.id).with_for_update())
        found = line_of(session, sealed) is not None
        session.rollback()  # and nobody waits for us
    except DBAPIError as lost:
        raise Unknown from lost
    return found


def first_answer(session: Session, function: Callable[..., Any], line: Audit) -> Any:
    """The row that the command gave, as it is now; None where it gave no row, or did not itself change it."""
    returns = get_type_hints(function).get("return")
    models = [one for one in (returns, *get_args(returns)) if isinstance(one, type) and issubclass(one, Base)]
    model = next((one for one in models if one.__tablename__ == line.entity), None)
    return session.get(model, line.entity_id) if model else None


def given_before(session: Session, user_id: int | None, function: Callable[..., Any]) -> Any:
    """What this command gave before, for the key of the block; None when it did nothing yet, or gave no row."""
    line = line_of(session, seal(user_id, function.__name__)) if is_asked() else None
    return first_answer(session, function, line) if line else None


def again(session: Session, function: Callable[..., Any], sealed: str, given: Any) -> Any:
    """What the command gave before the connection was lost, with its rows read anew."""
    if not isinstance(given, Base) or inspect(given).persistent:
        return given
    return first_answer(session, function, cast(Audit, line_of(session, sealed)))
