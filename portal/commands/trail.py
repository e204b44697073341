"""The trace of every change: what each row was and became, in a chain of sealed rows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from portal import clock
from portal.db.base import Base
from portal.db.models import Audit, PortalInfo
from portal.db.traced import DERIVED, SECRET, UNTRACED, as_told, begins_its_trace
from portal.db.trail_seal import KeyUnknown, Seals, canonical, current_seals, place_of
from portal.vocabulary import AuditAction, AuditSource


class TrailBroken(Exception):
    """The head of the trace is not what the portal wrote; the text is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that changed; `before` and `after` hold only the fields that differ, `secrets` what is not told of them,
    by its place.
    """

    entity: str
    entity_id: int
    action: AuditAction
    before: dict[str, Any]
    after: dict[str, Any]
    secrets: dict[str, str] = field(default_factory=dict)


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
            told = AuditAction.CREATED if action is AuditAction.CHANGED and begins_its_trace(row) else action
            before, after = _difference(row, told)
            if before or after:
                yield Change(row.__tablename__, row.id, told, before, after, secrets_of(row, after))


def _difference(row: Base, action: AuditAction) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for attribute in inspect(row).mapper.column_attrs:
        name = attribute.key
        old, new = _old_and_new(row, name, action)
        if name not in DERIVED and old != new:
            before[name], after[name] = as_told(name, old), as_told(name, new)
    return before, after


def _old_and_new(row: Base, name: str, action: AuditAction) -> tuple[Any, Any]:
    if action is AuditAction.CREATED:  # its columns' defaults are no history, and belong to what was made
        return None, getattr(row, name)
    if action is AuditAction.REMOVED:
        return getattr(row, name), None
    history = inspect(row).attrs[name].history
    return next(iter(history.deleted or ()), None), next(iter(history.added or ()), None)


def secrets_of(row: Base, names: Iterable[str]) -> dict[str, str]:
    """Those of these fields that are secret and filled in, by their places."""
    found = {name: getattr(row, name) for name in names if name in SECRET}
    return {place_of(row.__tablename__, row.id, name): value for name, value in found.items() if value is not None}


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

    The key stands with the row that the command gave, or else with the first that it changed. Raises TrailBroken for a
    head that the portal did not seal: going on from it would make a forged end fit.
    """
    if not changes:
        return
    keyed = next((each for each in changes if isinstance(given, Base) and _is_of(each, given)), changes[0])
    seals, head = current_seals(), locked_head(session)
    _refuse_broken(seals, head)
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
            key_id=seals.newest,
            secrets=_digests(seals, change.secrets),
            once_key=(origin.once_key or None) if change is keyed else None,
        )
        session.add(row)
        head.audit_sequence, head.audit_hash = row.sequence, seals.of_row(row)
    seals.seal_head(head)
    session.flush()


def _is_of(change: Change, row: Base) -> bool:
    return (change.entity, change.entity_id) == (row.__tablename__, row.id)


def locked_head(session: Session) -> PortalInfo:
    """Every other writer waits from here."""
    return session.scalars(select(PortalInfo).with_for_update().execution_options(populate_existing=True)).one()


def _refuse_broken(seals: Seals, head: PortalInfo) -> None:
    if not head.audit_sealed_from:
        raise TrailBroken("Het spoor van deze database is nog niet verzegeld; voer eerst uit: portal migrate")
    try:
        fits = seals.head_fits(head.audit_sequence, head.audit_sealed_from, head.audit_hash, head.audit_seal)
    except KeyUnknown:
        raise TrailBroken(
            "Het spoor is verzegeld met een sleutel die hier niet bekend is; er is niets gewijzigd."
            " Zet ze in PORTAL_TRAIL_KEY, of na een wissel in PORTAL_TRAIL_KEYS_PAST."
        ) from None
    if not fits:
        raise TrailBroken(
            "Het spoor is buiten het portaal gewijzigd; er is niets gewijzigd. Kijk het na met: portal audit verify"
        )


def _digests(seals: Seals, secrets: dict[str, str]) -> str | None:
    if not secrets:
        return None
    return canonical({place: seals.of_secret(place, value, seals.newest) for place, value in secrets.items()})
