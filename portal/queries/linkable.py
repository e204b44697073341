"""What a viewer may link and unlink: a challenge to the projects that answer it, and a project to its challenges."""

from dataclasses import dataclass

from sqlalchemy import false, func, select, true
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Partner, Project, ProjectChallenge
from portal.db.sorting import bytewise
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_projects import in_reach
from portal.queries.paging import AnySelect
from portal.queries.reference import Option
from portal.queries.visible import is_living, is_open, is_shared, visible_challenges, visible_projects


@dataclass(frozen=True, slots=True)
class Linkable:
    """By code, with the words to choose by: what is linked and may be unlinked, and what may be linked."""

    linked: tuple[Option, ...] = ()
    offered: tuple[Option, ...] = ()


def projects_to_link(session: Session, viewer: Viewer, challenge: str) -> Linkable:
    """The projects that the viewer may link to this challenge: shared ones first, and only living ones are offered.

    Whoever may change the challenge may link any project, others only those that they may change.
    """
    found = select(Challenge.id, Challenge.partner_id).where(Challenge.code == challenge, visible_challenges(viewer))
    row = session.execute(found).one_or_none()
    if row is None or not viewer.may(Permission.EDIT_PROJECTS):
        return Linkable()
    own = scope(viewer, Permission.EDIT_INVENTORY).has_partner(row.partner_id)
    linked = Project.id.in_(select(ProjectChallenge.project_id).where(ProjectChallenge.challenge_id == row.id))
    query = (
        select(Project.code, Project.title, Partner.title)
        .outerjoin(Project.reported_by)
        .where(visible_projects(viewer) if own else in_reach(viewer))
        .order_by(is_shared().desc(), bytewise(func.coalesce(Partner.title_key, "")), bytewise(Project.code))
    )
    return Linkable(_options(session, query.where(linked)), _options(session, query.where(~linked, is_living())))


def challenges_to_link(session: Session, viewer: Viewer, project: str) -> Linkable:
    """The challenges that the viewer may link to this project, by partner; only open ones are offered.

    Whoever may change the project may link any challenge, others only those that they may change.
    """
    found = select(Project.id, in_reach(viewer)).where(Project.code == project, visible_projects(viewer))
    row = session.execute(found).one_or_none()
    if row is None or not viewer.may(Permission.EDIT_PROJECTS):
        return Linkable()
    project_id, own_project = row
    reach = scope(viewer, Permission.EDIT_INVENTORY).partner_ids
    own = true() if own_project or reach is None else Challenge.partner_id.in_(sorted(reach)) if reach else false()
    linked = Challenge.id.in_(select(ProjectChallenge.challenge_id).where(ProjectChallenge.project_id == project_id))
    query = (
        select(Challenge.code, Challenge.title, Partner.title)
        .join(Challenge.partner)
        .where(visible_challenges(viewer), own)
        .order_by(bytewise(Partner.title_key), bytewise(Challenge.code))
    )
    return Linkable(_options(session, query.where(linked)), _options(session, query.where(~linked, is_open())))


def _options(session: Session, query: AnySelect) -> tuple[Option, ...]:
    return tuple(Option(code, f"{whose or 'Regio'}: {title} ({code})") for code, title, whose in session.execute(query))
