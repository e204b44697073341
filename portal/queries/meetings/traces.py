"""Who changed what of a state, and when: per field the last who touched what that field is made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import models as m
from portal.db.trail_seal import fields_of
from portal.entities.fields import Entity, Heard
from portal.entities.fields import fields_of as fields_of_model
from portal.entities.heard import heard
from portal.snapshots.lines import Trace
from portal.snapshots.state import Kind, State
from portal.vocabulary import NO_ATELIER, AuditAction, BookingKind, ResultState

Place = tuple[Kind, str, str]
"""A kind, a key and a field; the field "" is that the row came or went."""

ALWAYS = {Kind.PROJECT: ("quiet",)}
AMOUNTS = ("budgeted", "committed", "spent", "forecast")
BOOKED = {BookingKind.COMMITTED: "committed", BookingKind.SPENT: "spent"}
STEPS = dict.fromkeys(("due_expected", "done_on", "archived_at"), ("state",))


@dataclass(frozen=True, slots=True)
class Source:
    """A table whose rows are part of rows of a state, found by the columns that make their key.

    `makes`: which keys a column makes, when not the one of its own name; whatever changes makes `always`, and of a
    booking the amount of its kind.
    """

    kind: Kind
    model: Any
    key: tuple[str, ...] = ("id",)
    makes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    always: tuple[str, ...] = ()
    whole: bool = True  # that such a row comes or goes, is that the row of the state does


MAKES: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    Kind.RESULT: {"reached_value": ("reached", "state"), "done_on": ("done_on", "state")},
    Kind.PROJECT: {"end_expected_on": ("end_expected_on", "signal")},
    Kind.LINE: {"amount": ("budgeted", "standing"), "atelier_id": AMOUNTS, "project_id": ("project_code",)},
}
"""What a column makes of the keys that a query makes."""
PARTS = (
    Source(Kind.RESULT, m.DeliverablePartner, ("deliverable_id",), always=("reached", "state"), whole=False),
    Source(Kind.RESULT, m.Milestone, ("deliverable_id",), STEPS, whole=False),
    Source(Kind.PROJECT, m.ProgressReport, ("project_id",), always=("quiet",), whole=False),
    Source(Kind.PROJECT, m.Milestone, ("project_id",), always=("quiet",), whole=False),
    Source(Kind.PROJECT, m.Participation, ("project_id",), always=("quiet",), whole=False),
    Source(Kind.LINE, m.Booking, ("budget_line_id",), whole=False),
    Source(Kind.LINE, m.Forecast, ("budget_line_id",), always=("forecast", "standing"), whole=False),
)


@cache
def sources() -> tuple[Source, ...]:
    """The tables that are a kind themselves, and those whose rows are part of one."""
    own = (
        Source(kind, entity.model, tuple(of.id.split()), makes_of(entity, of), ALWAYS.get(kind, ()))
        for kind, (entity, of) in heard().items()
    )
    return (*own, *PARTS)


def makes_of(entity: Entity, of: Heard) -> dict[str, tuple[str, ...]]:
    """The keys that are read from each column, or by way of it."""
    makes: dict[str, tuple[str, ...]] = {}
    for key, paths in of.found.items():
        for first in {path.partition(".")[0] for path in paths} - {"id"}:
            column = fields_of_model(entity.model)[first].attribute
            makes[column] = (*makes.get(column, ()), key)
    return makes | dict(MAKES.get(of.kind, {}))


def traces_between(session: Session, before: State, after: State) -> dict[Place, Trace]:
    """The last change after `before` up to `after` of each field; an atelier's amounts have that of their lines.

    What changed with the days alone, or because of a row it hangs under, has none.
    """
    found = session.execute(
        select(
            m.Audit.entity, m.Audit.entity_id, m.Audit.action, m.Audit.before, m.Audit.after, m.Audit.at, m.User.name
        )
        .outerjoin(m.User, m.User.id == m.Audit.user_id)
        .where(m.Audit.sequence > before.sequence, m.Audit.sequence <= after.sequence)
        .where(m.Audit.entity.in_({source.model.__tablename__ for source in sources()}))
        .order_by(m.Audit.sequence)
    ).all()
    traces: dict[Place, Trace] = {}
    for source in sources():
        for place, trace in _of_source(session, source, found):
            if place not in traces or traces[place].at <= trace.at:
                traces[place] = trace
    of_time = set(_of_time(after))
    kept = {place: trace for place, trace in traces.items() if place not in of_time}
    return kept | _of_ateliers(kept, before, after)


def _of_time(after: State) -> Iterator[Place]:
    """Nobody makes a project quiet, or a result late."""
    for key, row in after.of(Kind.PROJECT).items():
        if row["quiet"]:
            yield Kind.PROJECT, key, "quiet"
    for key, row in after.of(Kind.RESULT).items():
        if row["state"] == ResultState.OVERDUE.value:
            yield Kind.RESULT, key, "state"


def _of_source(session: Session, source: Source, found: Sequence[Any]) -> Iterator[tuple[Place, Trace]]:
    """In order; what touched a row without making it, stands for its coming and going where nothing else does."""
    rows = [
        (row, fields_of(row.before), fields_of(row.after)) for row in found if row.entity == source.model.__tablename__
    ]
    ids = {row.entity_id for row, _, _ in rows}
    present, kinds = _present_keys(session, source, ids), _kinds(session, source, ids)
    touched: dict[Place, Trace] = {}
    made: set[Place] = set()
    for row, old, new in rows:
        trace = Trace(row.name or "", row.at)
        for key in _keys(source, old, new) or present.get(row.entity_id, set()):
            for name in (*_made(source, row.action, old | new), *_booked(old, new, kinds.get(row.entity_id))):
                made.add((source.kind, key, name))
                yield (source.kind, key, name), trace
            touched[source.kind, key, ""] = trace
    yield from ((place, trace) for place, trace in touched.items() if source.whole and place not in made)


def _keys(source: Source, old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    """What it was part of before and after, where the change tells so."""
    return {key for fields in (old, new) if (key := _key([fields.get(name) for name in source.key]))}


def _key(parts: Sequence[Any]) -> str:
    return "" if None in parts else ".".join(map(str, parts))


def _present_keys(session: Session, source: Source, ids: set[int]) -> dict[int, set[str]]:
    if source.key == ("id",):
        return {each: {str(each)} for each in ids}
    columns = (getattr(source.model, name) for name in source.key)
    found = session.execute(select(source.model.id, *columns).where(source.model.id.in_(sorted(ids)))) if ids else ()
    return {row[0]: {key} for row in found if (key := _key(row[1:]))}


def _kinds(session: Session, source: Source, ids: set[int]) -> dict[int, BookingKind]:
    if source.model is not m.Booking or not ids:
        return {}
    return {
        row.id: row.kind for row in session.execute(select(m.Booking.id, m.Booking.kind).where(m.Booking.id.in_(ids)))
    }


def _booked(old: Mapping[str, Any], new: Mapping[str, Any], kind: BookingKind | None) -> Iterator[str]:
    """The amounts that a booking counts in: of the kind it has, and of the one it had where that changed."""
    if kind is not None:
        yield from {BOOKED[BookingKind(each)] for each in (old.get("kind"), new.get("kind"), kind) if each}


def _made(source: Source, action: AuditAction, changed: Mapping[str, Any]) -> Iterator[str]:
    for column in changed:
        yield from source.makes.get(column, (column,) if source.whole else ())
    if source.whole and (action is not AuditAction.CHANGED or "archived_at" in changed):
        yield ""
    yield from source.always


def _of_ateliers(traces: Mapping[Place, Trace], before: State, after: State) -> dict[Place, Trace]:
    """A line that came, went or moved makes all four amounts of the atelier it was in and of the one it is in."""
    last: dict[Place, Trace] = {}
    for (kind, key, name), trace in traces.items():
        rows = (before.row(kind, key), after.row(kind, key)) if kind is Kind.LINE else ()
        stayed = name == "" and None not in rows
        for atelier in {str(row["atelier"] or NO_ATELIER) for row in rows if row is not None and not stayed}:
            for amount in {"": (*AMOUNTS, "")}.get(name, (name,)):
                place = (Kind.MONEY, atelier, amount)
                if place not in last or last[place].at < trace.at:
                    last[place] = trace
    return last
