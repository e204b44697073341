"""The dated steps to results and in projects: what is late, and what is due before the next steering group."""

from datetime import date

import pandas as pd
from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Atelier, Deliverable, Milestone, Part, Project
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.calendar import steering_calendar
from portal.queries.frames import frame
from portal.queries.project_rows import slip_days
from portal.queries.signals import overdue_days
from portal.queries.visible import is_living, visible_projects

COLUMNS = (
    *("id", "version", "code", "title", "of_code", "of_title", "project_code", "atelier"),
    *("due_first", "due_expected", "done_on", "slip_days", "waiting", "days_late"),
)
_LAST = 10_000  # after every place in a list of the reference folder


def milestone_rows(session: Session, viewer: Viewer, atelier: str | None = None) -> pd.DataFrame:
    """The milestones of every result and of every living project, or those of one atelier (its code). Python values.

    Results in the order of their atelier and part, then projects by title; within each the soonest first.
    Columns: id, version (int), code, title (str), of_code, of_title (str: the result or project), project_code (str;
    None for a result), atelier (code or None), due_first, due_expected (date), done_on (date or None), slip_days (int),
    waiting (bool: still to be done, and its result not reached), days_late (int: waiting and past; else None).
    """
    today = clock.today()
    return frame(COLUMNS, (_row(found, today) for found in session.execute(_selected(viewer, atelier))))


def urgent_milestones(session: Session, viewer: Viewer) -> pd.DataFrame:
    """What is late or due up to the day of the next steering group the viewer knows of; most days late first.

    Columns: those of `milestone_rows`.
    """
    calendar = steering_calendar(session, viewer)
    rows = milestone_rows(session, viewer)
    chosen = [
        waiting and is_urgent(due, calendar.today, calendar.next_on)
        for waiting, due in zip(rows["waiting"], rows["due_expected"], strict=True)
    ]
    return rows[pd.Series(chosen, index=rows.index, dtype=bool)].sort_values("due_expected", kind="stable")


def is_urgent(due: date, today: date, next_meeting: date | None) -> bool:
    """Past, or due up to the day of the next meeting."""
    return due < today or (next_meeting is not None and due <= next_meeting)


def _selected(viewer: Viewer, atelier: str | None) -> Select[Milestone, Deliverable, Project, str | None]:
    of_result = and_(Milestone.deliverable_id.is_not(None), Deliverable.archived_at.is_(None))
    of_project = and_(Milestone.project_id.is_not(None), visible_projects(viewer), is_living())
    found = (
        select(Milestone, Deliverable, Project, Atelier.code)
        .select_from(Milestone)
        .outerjoin(Deliverable, Deliverable.id == Milestone.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(Project, Project.id == Milestone.project_id)
        .outerjoin(Atelier, Atelier.id == func.coalesce(Part.atelier_id, Project.atelier_id))
        .where(Milestone.archived_at.is_(None), or_(of_result, of_project))
        .order_by(
            Milestone.deliverable_id.is_(None),
            *(func.coalesce(place, _LAST) for place in (Atelier.position, Part.position, Deliverable.position)),
            bytewise(func.coalesce(Project.title_key, "")),
            *(func.coalesce(Milestone.deliverable_id, 0), func.coalesce(Milestone.project_id, 0)),
            *(func.coalesce(Milestone.done_on, Milestone.due_expected), Milestone.id),
        )
    )
    return found.where(Atelier.code == atelier) if atelier else found


def _row(found: Row[Milestone, Deliverable, Project, str | None], today: date) -> tuple[object, ...]:
    step, result, project, atelier = found
    of = result or project
    waiting = step.done_on is None and (result is None or result.done_on is None)
    return (
        *(step.id, step.version, step.code, step.title, of.code, of.title, project and project.code, atelier),
        *(step.due_first, step.due_expected, step.done_on),
        slip_days(step.due_first, step.done_on or step.due_expected),
        *(waiting, overdue_days(step.due_expected, today) if waiting else None),
    )
