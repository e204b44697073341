"""A command is right, change and audit row in one transaction: together or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.clock import REGION_TIME
from portal.commands import once
from portal.commands.trail import Origin, TrailBroken, recorded, write_trail
from portal.db.base import ValueRefused
from portal.db.engine import is_taken
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, require
from portal.vocabulary import AuditSource

P = ParamSpec("P")
R = TypeVar("R")
_RUNNING = "portal_command"
REGISTRY: dict[str, Permission] = {}
TAKEN_MEANWHILE = "Op hetzelfde moment is net hetzelfde bewaard; er is niets gewijzigd. Herlaad en bekijk het opnieuw."


class Refused(Exception):
    """A rule of the field forbids this change; the text is one Dutch sentence for the person who tried."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One value that two people see differently; `key` names the field as people edit it."""

    key: str
    theirs: object
    mine: object


class Conflict(Refused):
    """Somebody changed the row after this person last saw it.

    Where the row is known: the values that differ, who changed it last and when (UTC), and the version it has now.
    """

    clashes: tuple[Clash, ...] = ()
    who: str = ""
    at: datetime | None = None
    version: int | None = None

    @classmethod
    def between(cls, clashes: tuple[Clash, ...], *, who: str, at: datetime | None, version: int) -> Self:
        moment = f" op {at.astimezone(REGION_TIME):%d/%m/%Y om %H:%M}" if at else ""
        found = cls(f"{who} wijzigde dit{moment}, nadat u het las; er is niets gewijzigd.")
        found.clashes, found.who, found.at, found.version = clashes, who, at, version
        return found


class MustWait(Refused):
    """Too many failed tries at a secret; `seconds` until the next one is looked at."""

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        unit = "minuut" if minutes == 1 else "minuten"
        super().__init__(f"Te veel mislukte pogingen. Probeer het over {minutes} {unit} opnieuw.")
        self.seconds = seconds


REFUSALS = (Refused, PermissionDenied, RowNotFound, ValueRefused, StaleDataError)
"""What a command raises when it changes nothing because it may not, or cannot."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Through which door changes come in, and in which import run."""

    source: AuditSource = AuditSource.WEB
    import_run_id: int | None = None


_trace: ContextVar[Trace] = ContextVar("trace", default=Trace())  # noqa: B039 - frozen


@contextmanager
def coming_from(source: AuditSource) -> Iterator[None]:
    """Commands inside the block are traced to this door."""
    token = _trace.set(replace(_trace.get(), source=source))
    try:
        yield
    finally:
        _trace.reset(token)


@contextmanager
def importing(import_run_id: int) -> Iterator[None]:
    """Commands inside the block are traced to this import run."""
    token = _trace.set(Trace(AuditSource.IMPORT, import_run_id))
    try:
        yield
    finally:
        _trace.reset(token)


def command(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[Session, Viewer, P], R]],
    Callable[Concatenate[Session, Viewer, P], R],
]:
    """Marks a write. The outermost command commits; a command called by another joins its transaction.

    Raises PermissionDenied before anything is read when the role lacks the permission; whatever is raised,
    nothing was changed.
    """

    def decorate(
        function: Callable[Concatenate[Session, Viewer, P], R],
    ) -> Callable[Concatenate[Session, Viewer, P], R]:
        REGISTRY[f"{function.__module__}.{function.__qualname__}"] = permission

        @wraps(function)
        def run(session: Session, by: Viewer, /, *args: P.args, **named: P.kwargs) -> R:
            require(by, permission)
            if session.info.get(_RUNNING):
                return function(session, by, *args, **named)
            return _once(session, by, function, lambda: function(session, by, *args, **named))

        return run

    return decorate


def _once(session: Session, by: Viewer, function: Callable[..., R], act: Callable[[], R]) -> R:
    """Does it in one transaction; what was asked before by the same key is answered as it was then."""
    origin = _origin(by, function.__name__)
    done = once.line_of(session, origin.once_key) if once.is_asked() else None
    if done is None:
        try:
            return _one_transaction(session, origin, function, act)
        except (*REFUSALS, IntegrityError):  # by the very same, when it is sent twice at once
            done = once.line_of(session, origin.once_key) if once.is_asked() else None
            if done is None:
                raise
    given: R = once.first_answer(session, function, done)
    return given


def _origin(by: Viewer, name: str) -> Origin:
    trace = _trace.get()
    return Origin(by.user_id, name, trace.source, trace.import_run_id, once.seal(by.user_id, name))


def _one_transaction(session: Session, origin: Origin, function: Callable[..., R], act: Callable[[], R]) -> R:
    session.info[_RUNNING] = origin.command
    try:
        with recorded(session) as changes:
            given = act()
            session.flush()
        write_trail(session, changes, origin, given)
        return given if _committed(session, origin.once_key) else once.again(session, function, origin.once_key, given)
    except TrailBroken as broken:
        session.rollback()
        raise Refused(str(broken)) from broken
    except IntegrityError as fault:
        session.rollback()
        if not is_taken(fault):
            raise
        raise Refused(TAKEN_MEANWHILE) from fault
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info[_RUNNING]


def _committed(session: Session, sealed: str) -> bool:
    """Commits. False when the answer was lost, though it is kept; raises what went wrong when it is not."""
    try:
        session.commit()
    except DBAPIError:
        if not once.is_kept(session, sealed):
            raise
        return False
    return True


def changed(row: Any, **values: Any) -> bool:
    """Sets what differs; True when anything did. Values left as they were make no audit row."""
    differing = {key: value for key, value in values.items() if getattr(row, key) != value}
    for key, value in differing.items():
        setattr(row, key, value)
    return bool(differing)
