"""Where a file may bring something to a meeting: those that are not frozen, and the ateliers of what is discussed."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Deliverable, Meeting, Part, Project
from portal.permissions import Permission, Viewer, scope
from portal.queries.meetings.meetings import visible_meetings
from portal.queries.reference import own_atelier_options
from portal.queries.visible import visible_projects
from portal.vocabulary import MeetingBody, MeetingState


def open_meetings(session: Session, viewer: Viewer) -> frozenset[tuple[MeetingBody, int]]:
    """Body and number of those to which the viewer may add something."""
    if scope(viewer, Permission.EDIT_MEETINGS).nothing:
        return frozenset()
    found = select(Meeting.body, Meeting.number).where(visible_meetings(viewer), Meeting.state != MeetingState.FROZEN)
    return frozenset((body, number) for body, number in session.execute(found))


def kept_ateliers(session: Session, viewer: Viewer) -> frozenset[str] | None:
    """The ateliers whose part of an agenda the viewer keeps; None: all, and what is of no atelier."""
    if scope(viewer, Permission.EDIT_MEETINGS).everything:
        return None
    return frozenset(code for code, _ in own_atelier_options(session, viewer))


def ateliers_about(session: Session, viewer: Viewer) -> Mapping[tuple[str, str], str]:
    """The atelier of each project that the viewer may know of and of each result, where it has one; by the key and the
    code under which a row is about it."""
    projects = select(Project.code, Atelier.code).join(Project.atelier).where(visible_projects(viewer))
    results = select(Deliverable.code, Atelier.code).join(Part, Part.id == Deliverable.part_id)
    results = results.join(Atelier, Atelier.id == Part.atelier_id).where(Deliverable.archived_at.is_(None))
    asked = {"project": projects, "deliverable": results}
    return {(key, code): of for key, query in asked.items() for code, of in session.execute(query)}
