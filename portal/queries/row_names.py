"""What any row of the trace is called, whether it is there, archived or removed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.traced import MODELS
from portal.db.trail_seal import canonical
from portal.field_labels import entity_label
from portal.queries.trace_words import Names, Reference, in_words, reference_of

Known = Mapping[str, Any]  # values by field, as the trace spells them
CALLED_BY = (("code", "title"), ("title",), ("name",), ("text",), ("term",), ("code",))
# rows without a name of their own, told by what they tie together
TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "booking": ("code", "description"),
    "budget_line": ("code", "description"),
    "challenge_group_member": ("challenge_group_id", "challenge_id"),
    "deliverable_partner": ("deliverable_id", "partner_id"),
    "endorsement": ("partner_id", "level", "track"),
    "forecast": ("budget_line_id", "as_of"),
    "grant_condition": ("grant_id", "subsidy_condition_id"),
    "meeting": ("body", "number"),
    "meeting_note": ("meeting_id",),
    "observation": ("indicator_id", "partner_id", "reference_area_id", "year"),
    "participation": ("project_id", "partner_id"),
    "progress_report": ("project_id", "meeting_id"),
    "project_challenge": ("project_id", "challenge_id"),
    "published_count": ("partner_id", "year"),
    "user_atelier": ("user_id", "atelier_id"),
    "user_partner": ("user_id", "partner_id"),
}


def rows_there(session: Session, references: Iterable[Reference]) -> dict[Reference, Known]:
    """What is known of the rows that are there, one statement per table."""
    ids: dict[str, set[int]] = {}
    for table, row_id in references:
        ids.setdefault(table, set()).add(row_id)
    found: dict[Reference, Known] = {}
    for table, wanted in ids.items():
        model = MODELS[table]
        rows = session.scalars(select(model).where(model.id.in_(sorted(wanted))))
        found |= {(table, row.id): known_of(row) for row in rows}
    return found


def known_of(row: Any) -> Known:
    fields = {name for names in CALLED_BY for name in names} | set(TOLD_BY.get(row.__tablename__, ()))
    known: Known = json.loads(canonical({name: getattr(row, name) for name in sorted(fields) if hasattr(row, name)}))
    return known


def references_in(entity: str, known: Known) -> Iterator[Reference]:
    """The rows that this row's name speaks of."""
    for field in TOLD_BY.get(entity, ()):
        reference = reference_of(entity, field, known.get(field))
        if reference is not None:
            yield reference


def row_name(entity: str, entity_id: int, known: Known, names: Names) -> str:
    """ "uitdaging: U-01, Archief", "deelname: R-05 Loket, Wervik", or its number when nothing is known of it."""
    told = TOLD_BY.get(entity) or next((fields for fields in CALLED_BY if all(known.get(each) for each in fields)), ())
    said = ", ".join(filter(None, (in_words(entity, field, known.get(field), names) for field in told)))
    return f"{entity_label(entity)}: {said or f'nr. {entity_id}'}"
