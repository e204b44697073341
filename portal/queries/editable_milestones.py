"""The dated steps that a viewer may edit, as a form, a grid or a workbook takes them, and where new ones may come."""

import pandas as pd
from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Deliverable, Milestone, Part, Project
from portal.db.sorting import bytewise
from portal.entities.results import MILESTONE
from portal.permissions import Viewer
from portal.queries.editable_deliverables import IN_ORDER, in_reach
from portal.queries.editable_rows import frame_of, rows_of
from portal.queries.reference import Option
from portal.queries.visible import is_living, is_shared, visible_projects

_LAST = 10_000  # after every place in a list of the reference folder


def editable_milestones(session: Session, viewer: Viewer, of: str = "") -> pd.DataFrame:
    """All of them, or those of the result or project with this code. Nothing for who may edit none.

    Results in their order, then projects by title; within each what is expected first.
    Columns: those of `rows_of`; of (code of the result or project), of_title (str), atelier (code or None).
    """
    of_code = func.coalesce(Deliverable.code, Project.code)
    query = (
        rows_of(
            viewer,
            MILESTONE,
            of=of_code,
            of_title=func.coalesce(Deliverable.title, Project.title),
            atelier=Atelier.code,
        )
        .outerjoin(Deliverable, Deliverable.id == Milestone.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(Project, Project.id == Milestone.project_id)
        .outerjoin(Atelier, Atelier.id == func.coalesce(Part.atelier_id, Project.atelier_id))
        .where(in_reach(viewer, func.coalesce(Part.atelier_id, Project.atelier_id)))
        .where(
            or_(
                and_(Milestone.deliverable_id.is_not(None), Deliverable.archived_at.is_(None)),
                and_(Milestone.project_id.is_not(None), visible_projects(viewer)),
            )
        )
        .order_by(
            Milestone.deliverable_id.is_(None),
            *(func.coalesce(place, _LAST) for place in (Atelier.position, Part.position, Deliverable.position)),
            bytewise(func.coalesce(Project.title_key, "")),
            *(func.coalesce(Milestone.deliverable_id, 0), func.coalesce(Milestone.project_id, 0)),
            *(Milestone.due_expected, Milestone.id),
        )
    )
    return frame_of(session, query.where(of_code == of) if of else query)


def milestone_places(session: Session, viewer: Viewer) -> list[Option]:
    """The results, and the living projects that are shared or of an atelier, to which this viewer may add a step."""
    projects = _projects(viewer).where(is_living(), or_(is_shared(), Project.atelier_id.is_not(None)))
    found = [*session.execute(_results(viewer)), *session.execute(projects)]
    return [Option(code, f"{code} · {title}") for code, title in found]


def addable_places(session: Session, viewer: Viewer) -> frozenset[str]:
    """The codes of every result and project to which this viewer may add a step."""
    return frozenset(code for query in (_results(viewer), _projects(viewer)) for code, _ in session.execute(query))


def may_add_milestone(session: Session, viewer: Viewer, of: str) -> bool:
    """Whether this viewer may add a step to the result, or in the project, with this code."""
    result = session.execute(_results(viewer).where(Deliverable.code == of)).first()
    return result is not None or session.execute(_projects(viewer).where(Project.code == of)).first() is not None


def _results(viewer: Viewer) -> Select[str, str]:
    return (
        select(Deliverable.code, Deliverable.title)
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .where(Deliverable.archived_at.is_(None), in_reach(viewer))
        .order_by(*IN_ORDER)
    )


def _projects(viewer: Viewer) -> Select[str, str]:
    return (
        select(Project.code, Project.title)
        .where(visible_projects(viewer), in_reach(viewer, Project.atelier_id))
        .order_by(bytewise(Project.title_key), Project.id)
    )
