"""What a viewer may edit of the inventory: projects, challenges, the links between them, and reports of progress."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Partner, Project, ProjectChallenge
from portal.db.types import bytewise
from portal.entities.inventory import CHALLENGE, PROJECT
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import frame_of, rows_of
from portal.queries.frames import frame
from portal.queries.inventory.filters import AnySelect
from portal.queries.meetings.rounds import may_report
from portal.queries.reference import Option
from portal.queries.visible import is_living, is_open, is_shared, visible_challenges, visible_projects
from portal.vocabulary import Health, ProjectScope


def editable_projects(session: Session, viewer: Viewer, code: str = "") -> pd.DataFrame:
    """All of them, or the one with this code; by code. Nothing for who may edit none. Columns: those of `rows_of`."""
    query = rows_of(viewer, PROJECT).where(in_reach(viewer), Project.code == code if code else true())
    return frame_of(session, query.order_by(bytewise(Project.code)))


def in_reach(viewer: Viewer) -> ColumnElement[bool]:
    """Holds for the projects that the viewer may edit: everybody's, of own ateliers, or own and local."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    if reach.partner_ids is None or reach.atelier_ids is None:
        return visible_projects(viewer)
    own = and_(Project.scope == ProjectScope.LOCAL, Project.reported_by_id.in_(sorted(reach.partner_ids)))
    return and_(visible_projects(viewer), or_(own, Project.atelier_id.in_(sorted(reach.atelier_ids))))


def editable_challenges(session: Session, viewer: Viewer, code: str = "") -> pd.DataFrame:
    """All of them, or the one with this code; by code. Nothing for who may edit none. Columns: those of `rows_of`."""
    reach = scope(viewer, Permission.EDIT_INVENTORY)
    own = true() if reach.partner_ids is None else Challenge.partner_id.in_(sorted(reach.partner_ids))
    query = rows_of(viewer, CHALLENGE).where(own, Challenge.code == code if code else true())
    return frame_of(session, query.order_by(bytewise(Challenge.code)))


LINKS = ("project", "challenge")


def editable_links(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Where the viewer knows of both and may change one of the two; by project and challenge.

    Columns: project, challenge (codes).
    """
    partners = scope(viewer, Permission.EDIT_INVENTORY).partner_ids
    own = true() if partners is None else Challenge.partner_id.in_(sorted(partners))
    query = (
        select(Project.code, Challenge.code)
        .select_from(ProjectChallenge)
        .join(Project, Project.id == ProjectChallenge.project_id)
        .join(Challenge, Challenge.id == ProjectChallenge.challenge_id)
        .where(visible_projects(viewer), visible_challenges(viewer), or_(own, in_reach(viewer)))
        .order_by(bytewise(Project.code), bytewise(Challenge.code))
    )
    return frame(LINKS, session.execute(query) if viewer.may(Permission.EDIT_PROJECTS) else ())


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


REPORT = ("id", "version", "code", "title", "health", "progress", "end_expected_on", "done", "next", "blocked")


def editable_progress(session: Session, viewer: Viewer, code: str = "") -> pd.DataFrame:
    """The living projects that the viewer may report on, or the one with this code, as a report begins; by code.

    Columns: id, version (int), code, title (str), health (word, None when never reported), progress (int or None),
    end_expected_on (date or None), done, next, blocked ('': they are said anew each time).
    """
    found = (
        select(Project)
        .where(visible_projects(viewer), is_living(), may_report(viewer))
        .order_by(bytewise(Project.code))
    )
    rows = session.scalars(found.where(Project.code == code) if code else found)
    return frame(
        REPORT,
        (
            (
                *(p.id, p.version, p.code, p.title, None if p.health is Health.UNKNOWN else p.health.value),
                *(p.progress, p.end_expected_on, "", "", ""),
            )
            for p in rows
        ),
    )
