"""Who changed what, when, from old to new: the trace of one row and of the rows that belong to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal.closed import Closed
from portal.db.models import Audit, Challenge, Deliverable, Partner, Project, User
from portal.db.traced import MODELS
from portal.db.trail_seal import fields_of
from portal.entities import ENTITIES
from portal.field_labels import entity_label, field_label
from portal.permissions import RowNotFound, Viewer
from portal.queries.closed import closed_to
from portal.queries.frames import frame
from portal.queries.trace.words import Names, Reference, attributes, in_words, names_of, reference_of, told_by
from portal.queries.visible import visible_challenges, visible_projects
from portal.vocabulary import AuditAction

PORTAL = "Portaal"
NEWEST = 300
COLUMNS = ("sequence", "at", "who", "source", "command", "what", "field", "field_label", "old", "new")
BELONGING = {
    "challenge": ("project_challenge",),
    "project": ("participation", "milestone", "progress_report", "project_challenge", "risk"),
    "deliverable": ("milestone", "deliverable_partner", "risk"),
    "partner": ("endorsement", "roadmap_item"),
}


Apart = tuple[str, Any]  # a column, and its text, word or the id of a partner


@dataclass(frozen=True, slots=True)
class _Line:
    """One field of one audit row; a row made or removed is one line without a field."""

    row: Audit
    who: str
    field: str
    values: tuple[tuple[str, Any, Any], ...]  # (field, old, new)

    def references(self) -> Iterator[Reference]:
        for field, old, new in self.values:
            for value in (old, new):
                reference = reference_of(self.row.entity, field, value)
                if reference is not None:
                    yield reference


def history_of(session: Session, viewer: Viewer, entity: str, entity_id: int) -> pd.DataFrame:
    """The newest changes of a challenge, project, result ('deliverable') or partner and of what belongs to it
    (participations, milestones, reports, links, ticks, endorsement, roadmap), newest first. Python values.

    A link with a row the viewer may not know of is left out, and its name in what belongs to this one. Raises
    RowNotFound as the detail page does.
    Columns: sequence (int), at (datetime, UTC), who, source, command, what (str: 'deelname: <partner>', '' for the row
    itself), field (column name, '' for a row made or removed), field_label, old, new (str, '' for nothing).
    """
    if entity not in BELONGING or not _visible(session, viewer, entity, entity_id):
        raise RowNotFound(f"{entity} {entity_id}")
    rows = session.execute(
        select(Audit, User.name)
        .outerjoin(User, User.id == Audit.user_id)
        .where(or_(*_conditions(entity, entity_id)))
        .order_by(Audit.sequence.desc())
        .limit(NEWEST)
    ).all()
    lines = [line for row, name in rows for line in _lines(row, name or PORTAL, f"{entity}_id")]
    apart = _told_apart(session, lines, entity)
    names = names_of(session, viewer, [*(r for line in lines for r in line.references()), *_pointed_at(apart)])
    seen = (line for line in lines if not any(names.hides(reference) for reference in line.references()))
    closed = closed_to(session, viewer)
    return frame(COLUMNS, (_told(line, entity, names, apart, closed) for line in seen))


def _visible(session: Session, viewer: Viewer, entity: str, entity_id: int) -> bool:
    model: Any = {"challenge": Challenge, "project": Project, "deliverable": Deliverable, "partner": Partner}[entity]
    may = {"challenge": visible_challenges(viewer), "project": visible_projects(viewer)}
    condition = may.get(entity, model.archived_at.is_(None))
    return session.scalar(select(model.id).where(model.id == entity_id, condition)) is not None


def _conditions(entity: str, entity_id: int) -> Iterator[ColumnElement[bool]]:
    yield and_(Audit.entity == entity, Audit.entity_id == entity_id)
    made_or_removed = Audit.action != AuditAction.CHANGED
    spelled = [f'"{entity}_id":{entity_id}{end}' for end in ",}"]
    names_it = or_(*(c.contains(s, autoescape=True) for c in (Audit.before, Audit.after) for s in spelled))
    for belonging in BELONGING[entity]:
        model = MODELS[belonging]
        still_there = select(model.id).where(getattr(model, f"{entity}_id") == entity_id)
        # by id only while the row exists: SQLite gives the id of a removed row away again
        changed = and_(Audit.action == AuditAction.CHANGED, Audit.entity_id.in_(still_there))
        yield and_(Audit.entity == belonging, or_(changed, and_(made_or_removed, names_it)))


def _lines(row: Audit, who: str, own_key: str) -> Iterator[_Line]:
    before, after = fields_of(row.before), fields_of(row.after)
    if row.action is AuditAction.CHANGED:
        for field in sorted(before.keys() | after.keys()):
            yield _Line(row, who, field, ((field, before.get(field), after.get(field)),))
        return
    telling = (field for field in _telling(row.entity) if field != own_key)
    yield _Line(row, who, "", tuple((field, before.get(field), after.get(field)) for field in telling))


def _telling(entity: str) -> tuple[str, ...]:
    """What tells of a row that was made or removed, in a few words."""
    described = ENTITIES.get(entity)
    if described is not None and described.telling:
        return attributes(described.model, described.telling)
    return told_by(entity) or ("title",)


def _apart_by(entity: str, own_key: str) -> str | None:
    """What says which of several belonging rows changed: what was said once as it was added, or its title."""
    described = ENTITIES.get(entity)
    once = {*attributes(described.model, described.once), "title"} if described is not None else set()
    return next((field for field in _telling(entity) if field in once and field != own_key), None)


def _told_apart(session: Session, lines: Sequence[_Line], own: str) -> dict[Reference, Apart]:
    """What tells a belonging row that changed from its sisters."""
    apart: dict[Reference, Apart] = {}
    for entity in BELONGING[own]:
        ids = {line.row.entity_id for line in lines if line.row.entity == entity and line.field}
        column, model = _apart_by(entity, f"{own}_id"), MODELS[entity]
        if column and ids:
            found = select(model.id, getattr(model, column)).where(model.id.in_(sorted(ids)))
            apart |= {(entity, row[0]): (column, row[1]) for row in session.execute(found)}
    return apart


def _pointed_at(apart: dict[Reference, Apart]) -> Iterable[Reference]:
    found = (reference_of(entity, *value) for (entity, _), value in apart.items())
    return (reference for reference in found if reference is not None)


def _told(line: _Line, entity: str, names: Names, apart: dict[Reference, Apart], closed: Closed) -> tuple[Any, ...]:
    """What the row itself was called is its own; what belongs to it may speak of what is closed."""
    row = line.row
    sister = apart.get((row.entity, row.entity_id)) if line.field else None
    which = in_words(row.entity, *sister, names) if sister is not None else ""
    what = "" if row.entity == entity else ": ".join(filter(None, (entity_label(row.entity), which)))
    label = field_label(line.field, row.entity) if line.field else row.action.label
    old, new = (
        ", ".join(filter(None, (in_words(row.entity, value[0], value[side], names) for value in line.values)))
        for side in (1, 2)
    )
    if row.entity != entity:
        what, old, new = (closed.out_of(text, near=True) for text in (what, old, new))
    return row.sequence, row.at, line.who, row.source.label, row.command, what, line.field, label, old, new
