"""The trace of every change: what each row was and became, chained by hashes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from portal import clock
from portal.db.base import Base
from portal.db.models import (
    Audit,
    ChallengeLike,
    ChallengeWords,
    ImportRun,
    LoginSession,
    PortalInfo,
    ProjectLike,
    ProjectWords,
    SignInAttempt,
)
from portal.db.trail_hash import canonical, fingerprint
from portal.vocabulary import AuditAction, AuditSource

UNTRACED = (
    *(Audit, PortalInfo, LoginSession, SignInAttempt, ImportRun),
    *(ChallengeWords, ChallengeLike, ProjectWords, ProjectLike),  # derived, and made anew at any time
)
DERIVED = frozenset({"id", "version", "title_key", "search_key"})
SECRET = frozenset({"password_hash", "invite_hash"})
SEALED = "(geheim)"
DIGESTED = frozenset({"snapshot"})  # long, and never changed: the trace keeps by what it is known


@dataclass(frozen=True, slots=True)
class Change:
    """One row that changed; `before` and `after` hold only the fields that differ."""

    entity: str
    entity_id: int
    action: AuditAction
    before: dict[str, Any]
    after: dict[str, Any]


@contextmanager
def recorded(session: Session) -> Iterator[list[Change]]:
    """Collects every row that is flushed inside the block, in the order of the flushes."""
    changes: list[Change] = []

    def collect(flushed: Session, context: UOWTransaction) -> None:
        changes.extend(_changes_of(flushed))

    event.listen(session, "after_flush", collect)  # ids are known, and the history is not yet forgotten
    try:
        yield changes
    finally:
        event.remove(session, "after_flush", collect)


def _changes_of(session: Session) -> Iterator[Change]:
    for rows, action in (
        (session.new, AuditAction.CREATED),
        (session.dirty, AuditAction.CHANGED),
        (session.deleted, AuditAction.REMOVED),
    ):
        for row in sorted(
            (r for r in rows if not isinstance(r, UNTRACED)),
            key=lambda r: (r.__tablename__, r.id),
        ):
            before, after = _difference(row, action)
            if before or after:
                yield Change(row.__tablename__, row.id, action, before, after)


def _difference(row: Base, action: AuditAction) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for attribute in inspect(row).mapper.column_attrs:
        name = attribute.key
        old, new = _old_and_new(row, name, action)
        if name not in DERIVED and old != new:
            before[name], after[name] = _seal(name, old), _seal(name, new)
    return before, after


def _old_and_new(row: Base, name: str, action: AuditAction) -> tuple[Any, Any]:
    if action is AuditAction.CREATED:  # its columns' defaults are no history, and belong to what was made
        return None, getattr(row, name)
    if action is AuditAction.REMOVED:
        return getattr(row, name), None
    history = inspect(row).attrs[name].history
    return next(iter(history.deleted or ()), None), next(iter(history.added or ()), None)


def _seal(name: str, value: Any) -> Any:
    if value is None or name not in SECRET | DIGESTED:
        return value
    return SEALED if name in SECRET else f"sha256:{sha256(value.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who changed something, by which command, through which door, in which import run; and the key it is known by."""

    user_id: int | None
    command: str
    source: AuditSource
    import_run_id: int | None = None
    once_key: str = ""


def write_trail(session: Session, changes: list[Change], origin: Origin, given: object = None) -> None:
    """Appends the changes to the chain; the locked head keeps two writers from forking it.

    The key stands with the row that the command gave, or else with the first that it changed.
    """
    if not changes:
        return
    keyed = next((each for each in changes if isinstance(given, Base) and _is_of(each, given)), changes[0])
    head = session.scalars(select(PortalInfo).with_for_update().execution_options(populate_existing=True)).one()
    for change in changes:
        row = Audit(
            sequence=head.audit_sequence + 1,
            at=clock.now(),
            user_id=origin.user_id,
            source=origin.source,
            command=origin.command,
            entity=change.entity,
            entity_id=change.entity_id,
            action=change.action,
            before=canonical(change.before),
            after=canonical(change.after),
            import_run_id=origin.import_run_id,
            previous_hash=head.audit_hash,
            once_key=(origin.once_key or None) if change is keyed else None,
        )
        session.add(row)
        head.audit_sequence, head.audit_hash = row.sequence, fingerprint(row)
    session.flush()


def _is_of(change: Change, row: Base) -> bool:
    return (change.entity, change.entity_id) == (row.__tablename__, row.id)
