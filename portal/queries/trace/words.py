"""What the trace holds, in words: enums by their labels, keys by the titles of what they point at, rows by name."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, UniqueConstraint, inspect, or_, select
from sqlalchemy.orm import Session

from portal.clock import REGION_TIME
from portal.db import trail_seal
from portal.db.base import kind_of
from portal.db.models import Audit, Challenge, Project
from portal.db.traced import MODELS, SECRET
from portal.db.types import Instant
from portal.entities import ENTITIES
from portal.entities.fields import fields_of
from portal.field_labels import entity_label, field_label
from portal.permissions import Permission, PermissionDenied, Viewer, require, scope
from portal.queries.visible import visible_challenges, visible_projects
from portal.text import clocked
from portal.vocabulary import AuditAction

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
    names = Names()
    for table, wanted in _by_table(references).items():
        model = MODELS[table]
        query = select(model).where(model.id.in_(sorted(wanted)))
        if model is Challenge and not archived:
            query = query.where(visible_challenges(viewer))
        if model is Project and not archived:
            query = query.where(visible_projects(viewer))
        names |= {(table, row.id): title_of(row) for row in session.scalars(query)}
    return names


def _by_table(references: Iterable[Reference]) -> Mapping[str, set[int]]:
    ids: dict[str, set[int]] = defaultdict(set)
    for table, row_id in references:
        ids[table].add(row_id)
    return ids


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
    if column is not None and isinstance(column.type, Instant):
        return clocked(datetime.fromisoformat(value))
    kind = None if column is None else kind_of(column)
    return str(value) if kind is None or value == "" else kind.said(kind.kept(value))


def _column(entity: str, field: str) -> Any:
    mapper = MODELS[entity].__mapper__ if entity in MODELS else None
    return mapper.columns.get(field) if mapper is not None else None


Known = Mapping[str, Any]  # values by field, as the trace spells them
CALLED_BY = (("code", "title"), ("title",), ("name",), ("text",), ("term",), ("code",))
NAMES = ("title", "name", "text", "term")


@cache
def told_by(entity: str) -> tuple[str, ...]:
    """The attributes that tell a row without a name of its own: what its entity says, else what makes it the only one
    of what it ties together."""
    model = MODELS.get(entity)
    if entity in ENTITIES and ENTITIES[entity].named:
        return attributes(model, ENTITIES[entity].named)
    if model is None or any(hasattr(model, name) for name in NAMES):
        return ()
    table = model.__table__
    keys = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    keys += [each for each in table.indexes if each.unique]
    ties = {column for key in keys for column in key.columns if column.name not in {"code", *SECRET}}
    return tuple(each.key for each in inspect(model).column_attrs if each.columns[0] in ties)


def attributes(model: Any, keys: str) -> tuple[str, ...]:
    return tuple(fields_of(model)[key].attribute for key in keys.split())


def rows_there(session: Session, references: Iterable[Reference]) -> dict[Reference, Known]:
    """What is known of the rows that are there, one statement per table."""
    found: dict[Reference, Known] = {}
    for table, wanted in _by_table(references).items():
        model = MODELS[table]
        rows = session.scalars(select(model).where(model.id.in_(sorted(wanted))))
        found |= {(table, row.id): known_of(row) for row in rows}
    return found


def known_of(row: Any) -> Known:
    fields = {name for names in CALLED_BY for name in names} | set(told_by(row.__tablename__))
    known: Known = json.loads(
        trail_seal.canonical({name: getattr(row, name) for name in sorted(fields) if hasattr(row, name)})
    )
    return known


def references_in(entity: str, known: Known) -> Iterator[Reference]:
    """The rows that this row's name speaks of."""
    return references_among(entity, {field: known.get(field) for field in told_by(entity)})


def references_among(entity: str, values: Known) -> Iterator[Reference]:
    """The rows that these values point at."""
    found = (reference_of(entity, field, value) for field, value in values.items())
    return (reference for reference in found if reference is not None)


def row_name(entity: str, entity_id: int, known: Known, names: Names) -> str:
    """ "uitdaging: U-01, Archief", "deelname: R-05 Loket, Wervik", or its number when nothing is known of it."""
    told = told_by(entity) or next((fields for fields in CALLED_BY if all(known.get(each) for each in fields)), ())
    said = ", ".join(filter(None, (in_words(entity, field, known.get(field), names) for field in told)))
    return f"{entity_label(entity)}: {said or f'nr. {entity_id}'}"


PORTAL = "Portaal"


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One field that changed, at the region's time; with "" for the field a row made or removed. `href`: the page of
    the row, where it is a result."""

    sequence: int
    at: datetime
    who: str
    source: str
    what: str
    field: str
    field_label: str
    old: str
    new: str
    href: str = ""

    @property
    def id(self) -> str:
        return f"{self.sequence}.{self.field}"

    @property
    def when(self) -> str:
        return clocked(self.at)

    @property
    def said(self) -> str:
        """ "verwacht einde", or "deelname: Wervik, stand" for a row that belongs to another."""
        return ", ".join(filter(None, (self.what, self.field_label)))


@dataclass(frozen=True, slots=True)
class Line:
    """The same, still to be told; with all of a row made or removed that is worth telling."""

    row: Audit
    who: str
    source: str
    field: str
    old: Known
    new: Known

    def references(self) -> Iterator[Reference]:
        for values in (self.old, self.new):
            yield from references_among(self.row.entity, values)

    def told(self, what: str, old: str, new: str, href: str = "") -> TraceRow:
        row = self.row
        label = field_label(self.field, row.entity) if self.field else row.action.label
        at = row.at.astimezone(REGION_TIME)
        return TraceRow(row.sequence, at, self.who, self.source, what, self.field, label, old, new, href)


def lines_of(row: Audit, who: str | None, source: str, worth: Callable[[Known], Known]) -> Iterator[Line]:
    """A line per field that changed. `worth`: what is told of all that a row made or removed held."""
    who = who or PORTAL
    before, after = trail_seal.fields_of(row.before), trail_seal.fields_of(row.after)
    if row.action is not AuditAction.CHANGED:
        yield Line(row, who, source, "", worth(before), worth(after))
        return
    for field in sorted(before.keys() | after.keys()):
        yield Line(row, who, source, field, {field: before.get(field)}, {field: after.get(field)})


def ties_to(entity: str, row_id: int) -> ColumnElement[bool]:
    """Holds where what a row of the trace tells points at this row."""
    spelled = [f'"{entity}_id":{row_id}{end}' for end in ",}"]
    return or_(*(each.contains(one, autoescape=True) for each in (Audit.before, Audit.after) for one in spelled))


def require_everything(viewer: Viewer) -> None:
    """The trace tells of internal rows too: it is only for who may know of all of them."""
    require(viewer, Permission.VIEW_AUDIT)
    if not scope(viewer, Permission.VIEW_INTERNAL).everything:
        raise PermissionDenied(Permission.VIEW_AUDIT, "knows not of every row")
