"""What the trace holds, in words: enums by their labels, foreign keys by the titles of what they point at."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import REGION_TIME
from portal.db.base import kind_of
from portal.db.models import Challenge, Project
from portal.db.traced import MODELS
from portal.db.types import Instant
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
