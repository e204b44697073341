"""Who changed what, when, from old to new: the trace of one row and of the rows that belong to it; what was archived,
and which files came in."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal.closed import Closed
from portal.db.models import Audit, Challenge, Deliverable, ImportRun, Partner, Project, User
from portal.db.traced import MODELS
from portal.entities import ENTITIES
from portal.field_labels import entity_label
from portal.permissions import Permission, RowNotFound, Viewer, require
from portal.queries.closed import closed_to
from portal.queries.trace.words import (
    PORTAL,
    Line,
    Names,
    Reference,
    TraceRow,
    attributes,
    in_words,
    known_of,
    lines_of,
    names_of,
    references_among,
    references_in,
    require_everything,
    row_name,
    ties_to,
    told_by,
)
from portal.queries.visible import visible_challenges, visible_projects
from portal.text import clocked
from portal.vocabulary import AuditAction

NEWEST = 300
BELONGING = {
    "challenge": ("project_challenge",),
    "project": ("participation", "milestone", "progress_report", "project_challenge", "project_deliverable", "risk"),
    "deliverable": ("milestone", "deliverable_partner", "project_deliverable", "risk"),
    "partner": ("endorsement", "roadmap_item"),
}


Apart = tuple[str, Any]  # a column, and its text, word or the id of a partner


def history_of(session: Session, viewer: Viewer, entity: str, entity_id: int) -> list[TraceRow]:
    """The newest changes of a challenge, project, result ("deliverable") or partner and of what belongs to it
    (participations, milestones, reports, links, ticks, endorsement, roadmap), newest first. `what` is
    "deelname: <partner>", "" for the row itself.

    A link with a row the viewer may not know of is left out, and its name in what belongs to this one. Raises
    RowNotFound as the detail page does.
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
    lines = [line for row, name in rows for line in _lines(row, name, f"{entity}_id")]
    apart = _told_apart(session, lines, entity)
    pointed_at = (each for (of, _), value in apart.items() for each in references_among(of, dict([value])))
    names = names_of(session, viewer, [*(r for line in lines for r in line.references()), *pointed_at])
    seen = (line for line in lines if not any(names.hides(reference) for reference in line.references()))
    closed = closed_to(session, viewer)
    return [_told(line, entity, names, apart, closed) for line in seen]


def _visible(session: Session, viewer: Viewer, entity: str, entity_id: int) -> bool:
    model: Any = {"challenge": Challenge, "project": Project, "deliverable": Deliverable, "partner": Partner}[entity]
    may = {"challenge": visible_challenges(viewer), "project": visible_projects(viewer)}
    condition = may.get(entity, model.archived_at.is_(None))
    return session.scalar(select(model.id).where(model.id == entity_id, condition)) is not None


def _conditions(entity: str, entity_id: int) -> Iterator[ColumnElement[bool]]:
    yield and_(Audit.entity == entity, Audit.entity_id == entity_id)
    made_or_removed = Audit.action != AuditAction.CHANGED
    for belonging in BELONGING[entity]:
        model = MODELS[belonging]
        still_there = select(model.id).where(getattr(model, f"{entity}_id") == entity_id)
        # by id only while the row exists: SQLite gives the id of a removed row away again
        changed = and_(Audit.action == AuditAction.CHANGED, Audit.entity_id.in_(still_there))
        yield and_(Audit.entity == belonging, or_(changed, and_(made_or_removed, ties_to(entity, entity_id))))


def _lines(row: Audit, who: str | None, own_key: str) -> Iterator[Line]:
    telling = [field for field in _telling(row.entity) if field != own_key]
    return lines_of(row, who, row.source.label, lambda held: {field: held.get(field) for field in telling})


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


def _told_apart(session: Session, lines: Sequence[Line], own: str) -> dict[Reference, Apart]:
    """What tells a belonging row that changed from its sisters."""
    apart: dict[Reference, Apart] = {}
    for entity in BELONGING[own]:
        ids = {line.row.entity_id for line in lines if line.row.entity == entity and line.field}
        column, model = _apart_by(entity, f"{own}_id"), MODELS[entity]
        if column and ids:
            found = select(model.id, getattr(model, column)).where(model.id.in_(sorted(ids)))
            apart |= {(entity, row[0]): (column, row[1]) for row in session.execute(found)}
    return apart


def _told(line: Line, entity: str, names: Names, apart: dict[Reference, Apart], closed: Closed) -> TraceRow:
    """What the row itself was called is its own; what belongs to it may speak of what is closed."""
    of = line.row.entity
    sister = apart.get((of, line.row.entity_id)) if line.field else None
    which = in_words(of, *sister, names) if sister is not None else ""
    what = "" if of == entity else ": ".join(filter(None, (entity_label(of), which)))
    old, new = (
        ", ".join(filter(None, (in_words(of, field, value, names) for field, value in values.items())))
        for values in (line.old, line.new)
    )
    if of != entity:
        what, old, new = (closed.out_of(text, near=True) for text in (what, old, new))
    return line.told(what, old, new)


AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ArchivedRow:
    """`what`: "uitdaging: U-01, Archief"."""

    entity: str
    entity_id: int
    what: str
    archived_at: datetime
    who: str

    @property
    def id(self) -> str:
        return f"{self.entity}.{self.entity_id}"

    @property
    def when(self) -> str:
        return clocked(self.archived_at)


def archived_rows(session: Session, viewer: Viewer) -> list[ArchivedRow]:
    """What was archived, by whom and when; newest first."""
    require_everything(viewer)
    models = [model for model in MODELS.values() if hasattr(model, "archived_at")]
    found = (select(model).where(model.archived_at.is_not(None)).order_by(model.id) for model in models)
    rows: dict[Reference, Any] = {(row.__tablename__, row.id): row for each in found for row in session.scalars(each)}
    known = {key: known_of(row) for key, row in rows.items()}
    references = [each for (entity, _), what in known.items() for each in references_in(entity, what)]
    names, who = names_of(session, viewer, references, archived=True), _archivers(session, known)
    listed = [
        ArchivedRow(*key, row_name(*key, known[key], names), row.archived_at, who.get(key, PORTAL))
        for key, row in rows.items()
    ]
    return sorted(listed, key=lambda row: row.archived_at, reverse=True)


def _archivers(session: Session, archived: Iterable[Reference]) -> dict[Reference, str]:
    """Who archived each row last; the last word of the trace counts."""
    ids: dict[str, list[int]] = {}
    for entity, row_id in archived:
        ids.setdefault(entity, []).append(row_id)
    who: dict[Reference, str] = {}
    for entity, wanted in ids.items():
        for start in range(0, len(wanted), AT_ONCE):
            found = session.execute(
                select(Audit.entity_id, User.name)
                .outerjoin(User, User.id == Audit.user_id)
                .where(Audit.entity == entity, Audit.entity_id.in_(wanted[start : start + AT_ONCE]))
                .where(Audit.after.contains('"archived_at":"', autoescape=True))
                .order_by(Audit.sequence)
            )
            who |= {(entity, row_id): name or PORTAL for row_id, name in found}
    return who


@dataclass(frozen=True, slots=True)
class RunRow:
    """A file that came in; `counts`: how many, by word."""

    id: int
    at: datetime
    kind: str
    file: str
    sha256: str
    counts: dict[str, int]
    who: str
    undone_at: datetime | None

    @property
    def when(self) -> str:
        return clocked(self.at)


def import_runs(session: Session, viewer: Viewer) -> list[RunRow]:
    """Which files came in, and what became of them; newest first."""
    require(viewer, Permission.VIEW_AUDIT)
    found = session.execute(
        select(ImportRun, User.name).outerjoin(User, User.id == ImportRun.by_id).order_by(ImportRun.id.desc())
    )
    return [
        RunRow(
            *(run.id, run.at, run.kind, run.file_name, run.sha256, json.loads(run.counts)),
            name or PORTAL,
            run.undone_at,
        )
        for run, name in found
    ]
