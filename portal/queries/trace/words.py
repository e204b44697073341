"""What the trace holds, in words: enums by their labels, keys by the titles of what they point at, rows by name."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import REGION_TIME
from portal.db.base import kind_of
from portal.db.models import Challenge, Project
from portal.db.traced import MODELS
from portal.db.trail_seal import canonical
from portal.db.types import Instant
from portal.field_labels import entity_label
from portal.permissions import Viewer
from portal.queries.visible import visible_challenges, visible_projects

Reference = tuple[str, int]  # table, id


class Names(dict[Reference, str]):
    """The titles of rows that the viewer may know of; a row that is not here stays unnamed."""

    def hides(self, reference: Reference | None) -> bool:
        """The value points at a challenge or project that this viewer may not know of."""
        return reference is not None and reference[0] in CLOSABLE and reference not in self


CLOSABLE = {Challenge.__tablename__, Project.__tablename__}


def reference_of(entity: str, field: str, value: Any) -> Reference | None:
    """The row a value points at; None when the field is no foreign key or empty."""
    column = _column(entity, field)
    if value is None or column is None or not column.foreign_keys:
        return None
    return next(iter(column.foreign_keys)).column.table.name, int(value)


def names_of(session: Session, viewer: Viewer, references: Iterable[Reference], *, archived: bool = False) -> Names:
    """The titles of these rows, one statement per table; `archived` also names what is archived, whoever's it is."""
    ids: dict[str, set[int]] = defaultdict(set)
    for table, row_id in references:
        ids[table].add(row_id)
    names = Names()
    for table, wanted in ids.items():
        model = MODELS[table]
        query = select(model).where(model.id.in_(sorted(wanted)))
        if model is Challenge and not archived:
            query = query.where(visible_challenges(viewer))
        if model is Project and not archived:
            query = query.where(visible_projects(viewer))
        names |= {(table, row.id): title_of(row) for row in session.scalars(query)}
    return names


def title_of(row: Any) -> str:
    """What people call a row: code and title, a name, or a meeting's body and number."""
    if row.__tablename__ in CLOSABLE:
        return f"{row.code} {row.title}"
    if row.__tablename__ == "meeting":
        return f"{row.body.label} {row.number}"
    found = (getattr(row, name, None) for name in ("title", "name", "text", "code"))
    return str(next((text for text in found if text), row.id))


def in_words(entity: str, field: str, value: Any, names: Names) -> str:
    """A value as people read it; '' when there is none."""
    if value is None:
        return ""
    reference = reference_of(entity, field, value)
    if reference is not None:
        return names.get(reference, f"nr. {value}")
    column = _column(entity, field)
    return str(value) if column is None else _by_kind(column, value)


def _by_kind(column: Any, value: Any) -> str:
    if isinstance(column.type, Instant):
        return f"{datetime.fromisoformat(value).astimezone(REGION_TIME):%d/%m/%Y %H:%M}"
    kind = kind_of(column)
    return str(value) if kind is None or value == "" else kind.said(kind.kept(value))


def _column(entity: str, field: str) -> Any:
    mapper = MODELS[entity].__mapper__ if entity in MODELS else None
    return mapper.columns.get(field) if mapper is not None else None


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
