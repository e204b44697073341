"""What a viewer may not know, as it is left out of the texts that speak of it."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.closed import Closed, names_of
from portal.db.models import Audit, Challenge, Milestone, Project, Risk
from portal.db.trail_seal import fields_of
from portal.permissions import Permission, Viewer, scope
from portal.queries.visible import closed_challenges, closed_projects
from portal.vocabulary import AuditAction
from portal.words import fold

NOTHING = Closed()


def closed_to(session: Session, viewer: Viewer) -> Closed:
    """Every challenge and project that is internal and not for this viewer, with the titles that each ever had."""
    if scope(viewer, Permission.VIEW_INTERNAL).everything:
        return NOTHING
    needs = _rows(session, Challenge, closed_challenges(viewer))
    works = _rows(session, Project, closed_projects(viewer))
    steps, risks = (
        select(of.id).join(Project, Project.id == of.project_id).where(closed_projects(viewer))
        for of in (Milestone, Risk)
    )
    rows = [*needs.values(), *works.values()]
    former = _former_titles(session, {Challenge.__tablename__: needs, Project.__tablename__: works})
    return Closed(
        challenges=frozenset(map(str, needs)),
        projects=frozenset(map(str, works)),
        milestones=frozenset(map(str, session.scalars(steps))),
        risks=frozenset(map(str, session.scalars(risks))),
        codes=frozenset(row.code for row in rows),
        names=names_of(chain((row.title_key for row in rows), (fold(row.code) for row in rows), former)),
    )


def _rows(session: Session, model: Any, closed: ColumnElement[bool]) -> dict[int, Any]:
    found = session.execute(select(model.id, model.code, model.title_key).where(closed))
    return {row.id: row for row in found}


def _former_titles(session: Session, closed: Mapping[str, Mapping[int, Any]]) -> Iterator[str]:
    """Folded. A row that was renamed is still what it was called."""
    found = session.execute(
        select(Audit.entity, Audit.entity_id, Audit.before)
        .where(Audit.entity.in_(closed), Audit.action == AuditAction.CHANGED)
        .where(Audit.before.contains('"title":', autoescape=True))
    )
    for entity, row_id, before in found:
        if row_id in closed[entity]:
            yield fold(str(fields_of(before).get("title") or ""))
