"""What was archived, by whom and when; and which files came in, and what became of them."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Audit, ImportRun, User
from portal.db.traced import MODELS
from portal.permissions import Permission, PermissionDenied, Viewer, require, scope
from portal.queries.frames import frame
from portal.queries.trace.words import Known, Reference, known_of, names_of, references_in, row_name

COLUMNS = ("entity", "entity_id", "what", "archived_at", "who")
PORTAL = "Portaal"
AT_ONCE = 500


def archived_rows(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Newest first. Columns: entity (table), entity_id (int), what ("uitdaging: U-01, Archief"), archived_at (datetime,
    UTC), who (str)."""
    require(viewer, Permission.VIEW_AUDIT)
    if not scope(viewer, Permission.VIEW_INTERNAL).everything:
        raise PermissionDenied(Permission.VIEW_AUDIT, "knows not of every row")
    rows = [row for model in MODELS.values() if hasattr(model, "archived_at") for row in _archived(session, model)]
    known: dict[Reference, Known] = {(row.__tablename__, row.id): known_of(row) for row in rows}
    references = [each for (entity, _), what in known.items() for each in references_in(entity, what)]
    names = names_of(session, viewer, references, archived=True)
    who = _archivers(session, known)
    told = ((*key, row_name(*key, what, names)) for key, what in known.items())
    whens = (row.archived_at for row in rows)
    listed = ((*line, at, who.get((line[0], line[1]), PORTAL)) for line, at in zip(told, whens, strict=True))
    return frame(COLUMNS, sorted(listed, key=lambda line: line[3], reverse=True))


def _archived(session: Session, model: Any) -> Sequence[Any]:
    found: Sequence[Any] = session.scalars(select(model).where(model.archived_at.is_not(None)).order_by(model.id)).all()
    return found


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


RUNS = ("id", "at", "kind", "file", "sha256", "counts", "who", "undone_at")


def import_runs(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Newest first. Columns: id (int), at (datetime, UTC), kind, file, sha256 (str), counts (dict: int by word), who
    (str), undone_at (datetime, UTC, or None)."""
    require(viewer, Permission.VIEW_AUDIT)
    found = session.execute(
        select(ImportRun, User.name).outerjoin(User, User.id == ImportRun.by_id).order_by(ImportRun.id.desc())
    )
    return frame(
        RUNS,
        (
            (run.id, run.at, run.kind, run.file_name, run.sha256, json.loads(run.counts), name or PORTAL, run.undone_at)
            for run, name in found
        ),
    )
