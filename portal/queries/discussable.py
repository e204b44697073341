"""What an agenda can be about: the ateliers, projects and results that everybody at the table may know of."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Deliverable, Part, Project
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.editable_agreed import in_reach
from portal.queries.reference import Option, atelier_options, own_atelier_options
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import Visibility


def discussable_ateliers(session: Session, viewer: Viewer) -> list[Option]:
    """Every atelier, or those whose agenda this viewer keeps. In their order."""
    own = own_atelier_options(session, viewer) if viewer.atelier_ids else []
    return own or atelier_options(session)


def discussable_projects(session: Session, viewer: Viewer) -> list[Option]:
    """The living projects that are shared or of an atelier, of those ateliers. Shared ones first, by title."""
    found = (
        select(Project.code, Project.title)
        .where(visible_projects(viewer), Project.visibility != Visibility.INTERNAL, is_living())
        .where(or_(is_shared(), Project.atelier_id.is_not(None)), in_reach(viewer, Project.atelier_id))
        .order_by(is_shared().desc(), bytewise(Project.title_key), Project.id)
    )
    return [Option(code, f"{code} · {title}") for code, title in session.execute(found)]


def discussable_results(session: Session, viewer: Viewer) -> list[Option]:
    """The results of those ateliers, in their order."""
    found = (
        select(Deliverable.code, Deliverable.title)
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .where(Deliverable.archived_at.is_(None), in_reach(viewer, Part.atelier_id))
        .order_by(Atelier.position, Part.position, Part.id, Deliverable.position, Deliverable.id)
    )
    return [Option(code, f"{code} · {title}") for code, title in session.execute(found)]
