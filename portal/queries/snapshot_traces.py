"""Who changed a row of a state last, between two states."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Audit, Booking, DeliverablePartner, Forecast, Participation, ProgressReport, User
from portal.db.trail_hash import fields_of
from portal.queries.money_totals import NO_ATELIER
from portal.snapshots.lines import Trace
from portal.snapshots.state import Kind, State

OWN = {
    "deliverable": Kind.RESULT,
    "milestone": Kind.MILESTONE,
    "project": Kind.PROJECT,
    "endorsement": Kind.ENDORSEMENT,
    "endorsement_condition": Kind.CONDITION,
    "budget_line": Kind.LINE,
    "subsidy_grant": Kind.GRANT,
    "challenge": Kind.CHALLENGE,
    "decision": Kind.DECISION,
    "action": Kind.ACTION,
    "meeting": Kind.MEETING,
}
"""Tables of which a row of the trace is about the row of the state with the same id."""

BELONGING: Mapping[str, tuple[Kind, Any, tuple[str, ...]]] = {
    "deliverable_partner": (Kind.RESULT, DeliverablePartner, ("deliverable_id",)),
    "progress_report": (Kind.PROJECT, ProgressReport, ("project_id",)),
    "participation": (Kind.PARTICIPATION, Participation, ("project_id", "partner_id")),
    "booking": (Kind.LINE, Booking, ("budget_line_id",)),
    "forecast": (Kind.LINE, Forecast, ("budget_line_id",)),
}
"""Tables whose rows belong to a row of the state, by the columns that make its key."""


def traces_between(session: Session, before: State, after: State) -> dict[tuple[Kind, str], Trace]:
    """Per kind and key the last change after `before` up to `after`; an atelier's amounts have that of their lines."""
    found = session.execute(
        select(Audit.entity, Audit.entity_id, Audit.before, Audit.after, Audit.at, User.name)
        .outerjoin(User, User.id == Audit.user_id)
        .where(Audit.sequence > before.sequence, Audit.sequence <= after.sequence)
        .where(Audit.entity.in_([*OWN, *BELONGING]))
        .order_by(Audit.sequence)
    ).all()
    keys = _keys_of(session, found)
    traces: dict[tuple[Kind, str], Trace] = {}
    for row in found:
        key = (OWN[row.entity], str(row.entity_id)) if row.entity in OWN else keys.get((row.entity, row.entity_id))
        if key is not None:
            traces[key] = Trace(row.name or "", row.at)
    return traces | _of_ateliers(traces, before, after)


def _keys_of(session: Session, found: Sequence[Any]) -> dict[tuple[str, int], tuple[Kind, str]]:
    """The row of the state that a belonging row is part of; of a removed one from what the trace kept."""
    keys: dict[tuple[str, int], tuple[Kind, str]] = {}
    for entity, (kind, model, columns) in BELONGING.items():
        ids = sorted({row.entity_id for row in found if row.entity == entity})
        if not ids:
            continue
        kept = session.execute(select(model.id, *(getattr(model, name) for name in columns)).where(model.id.in_(ids)))
        keys |= {(entity, row[0]): (kind, ".".join(map(str, row[1:]))) for row in kept}
        for row in found:
            fields = fields_of(row.before) if row.entity == entity else {}
            if all(fields.get(name) is not None for name in columns):
                keys.setdefault((entity, row.entity_id), (kind, ".".join(str(fields[name]) for name in columns)))
    return keys


def _of_ateliers(
    traces: Mapping[tuple[Kind, str], Trace], before: State, after: State
) -> dict[tuple[Kind, str], Trace]:
    last: dict[tuple[Kind, str], Trace] = {}
    for (kind, key), trace in traces.items():
        row = (after.row(kind, key) or before.row(kind, key)) if kind is Kind.LINE else None
        place = (Kind.MONEY, str(row["atelier"] or NO_ATELIER)) if row else None
        if place and (place not in last or last[place].at < trace.at):
            last[place] = trace
    return last
