"""Changes to the dated steps to a result or in a project. The first plan is written once, and never again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.acts import acts
from portal.commands.base import command
from portal.commands.codes import next_code
from portal.commands.editing import Values, columns_of, hold, put
from portal.db.models import Deliverable, Milestone, Part, Project
from portal.entities import results
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import Visibility

SHAPE = results.MILESTONE.shape
LONGEST_STEM = 34


@command(Permission.EDIT_DELIVERABLES)
def add_milestone(session: Session, by: Viewer, *, of: str, values: Values) -> Milestone:
    """A step to the result, or in the project, with this code; what is expected now is its first plan too."""
    place = _place_named(session, of)
    _refuse_stranger(session, by, place)
    columns = columns_of(session, SHAPE.needed | dict(values), SHAPE)
    owner = "deliverable_id" if isinstance(place, Deliverable) else "project_id"
    row = Milestone(code=_next_code(session, place), due_first=columns["due_expected"], **{owner: place.id})
    put(row, columns)
    session.add(row)
    session.flush()
    return row


def _place_of(session: Session, row: Milestone) -> Deliverable | Project:
    """Raises RowNotFound when it is archived."""
    place: Deliverable | Project = (
        session.get_one(Project, row.project_id)
        if row.project_id is not None
        else session.get_one(Deliverable, row.deliverable_id)
    )
    if place.archived_at is not None:
        raise RowNotFound(f"milestone {row.id}")
    return place


def _place_named(session: Session, code: str) -> Deliverable | Project:
    """Held, so that no two steps of it get one code. Raises RowNotFound, as for a project that somebody may not see."""
    found = [
        row
        for model in (Deliverable, Project)
        for row in session.scalars(select(model).where(model.code == code, model.archived_at.is_(None)))
    ]
    if len(found) != 1:
        raise RowNotFound(code)
    row = found[0]
    return hold(session, Deliverable, row.id) if isinstance(row, Deliverable) else hold(session, Project, row.id)


def _refuse_stranger(session: Session, by: Viewer, place: Deliverable | Project) -> None:
    """Somebody's internal project does not exist for another; a visible one may not be touched."""
    if isinstance(place, Project):
        closed = place.visibility is Visibility.INTERNAL
        if closed and not scope(by, Permission.VIEW_INTERNAL).has_partner(place.reported_by_id):
            raise RowNotFound(place.code)
        atelier_id = place.atelier_id
    else:
        atelier_id = session.get_one(Part, place.part_id).atelier_id
    if not scope(by, Permission.EDIT_DELIVERABLES).has_atelier(atelier_id):
        raise PermissionDenied(Permission.EDIT_DELIVERABLES, place.code)


def _next_code(session: Session, place: Deliverable | Project) -> str:
    """M-<code of the result or project>-<number>, as its other steps have it; the place is held."""
    of_place = Milestone.deliverable_id if isinstance(place, Deliverable) else Milestone.project_id
    beside = select(Milestone.code).where(of_place == place.id)
    return next_code(session, Milestone, beside, f"M-{place.code}"[:LONGEST_STEM])


def _own(session: Session, by: Viewer, milestone_id: int, archived: bool) -> Milestone:
    row = hold(session, Milestone, milestone_id, archived=archived)
    _refuse_stranger(session, by, _place_of(session, row))
    return row


MILESTONE = acts(*("milestone", Permission.EDIT_DELIVERABLES, SHAPE, _own))
"""Archived, a step is out of every list and count."""
