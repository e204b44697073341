"""What a viewer may edit of the inventory: projects, challenges, the links between them, and reports of progress."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from portal import clock
from portal.db.lookups import newest_reports, reported_version
from portal.db.models import Challenge, Partner, ProgressReport, Project, ProjectChallenge
from portal.db.types import bytewise
from portal.entities.inventory import CHALLENGE, PROJECT
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import Labelled, labelled, rows_of
from portal.queries.inventory.filters import AnySelect
from portal.queries.meetings.rounds import may_report
from portal.queries.reference import Option
from portal.queries.visible import is_living, is_open, is_shared, visible_challenges, visible_projects
from portal.vocabulary import Health, ProjectScope


def editable_projects(session: Session, viewer: Viewer, code: str = "") -> list[Labelled]:
    """All of them, or the one with this code; by code. Nothing for who may edit none."""
    query = rows_of(viewer, PROJECT).where(in_reach(viewer), Project.code == code if code else true())
    return labelled(session, query.order_by(bytewise(Project.code)))


def in_reach(viewer: Viewer) -> ColumnElement[bool]:
    """Holds for the projects that the viewer may edit: everybody's, of own ateliers, or own and local."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    if reach.partner_ids is None or reach.atelier_ids is None:
        return visible_projects(viewer)
    own = and_(Project.scope == ProjectScope.LOCAL, Project.reported_by_id.in_(sorted(reach.partner_ids)))
    return and_(visible_projects(viewer), or_(own, Project.atelier_id.in_(sorted(reach.atelier_ids))))


def known_projects(session: Session, viewer: Viewer) -> list[Option]:
    """Every project that the viewer may know of, whatever its scope and phase, by code."""
    found = select(Project.code, Project.title).where(visible_projects(viewer)).order_by(bytewise(Project.code))
    return [Option(*row) for row in session.execute(found)]


def editable_challenges(session: Session, viewer: Viewer, code: str = "") -> list[Labelled]:
    """All of them, or the one with this code; by code. Nothing for who may edit none."""
    reach = scope(viewer, Permission.EDIT_INVENTORY)
    own = true() if reach.partner_ids is None else Challenge.partner_id.in_(sorted(reach.partner_ids))
    query = rows_of(viewer, CHALLENGE).where(own, Challenge.code == code if code else true())
    return labelled(session, query.order_by(bytewise(Challenge.code)))


def editable_links(session: Session, viewer: Viewer) -> list[Labelled]:
    """The codes of project and challenge, where the viewer knows of both and may change one of the two; in their
    order."""
    if not viewer.may(Permission.EDIT_PROJECTS):
        return []
    partners = scope(viewer, Permission.EDIT_INVENTORY).partner_ids
    own = true() if partners is None else Challenge.partner_id.in_(sorted(partners))
    query = (
        select(Project.code.label("project"), Challenge.code.label("challenge"))
        .select_from(ProjectChallenge)
        .join(Project, Project.id == ProjectChallenge.project_id)
        .join(Challenge, Challenge.id == ProjectChallenge.challenge_id)
        .where(visible_projects(viewer), visible_challenges(viewer), or_(own, in_reach(viewer)))
        .order_by(bytewise(Project.code), bytewise(Challenge.code))
    )
    return labelled(session, query)


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
    return Linkable(options_of(session, query.where(linked)), options_of(session, query.where(~linked, is_living())))


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
    return Linkable(options_of(session, query.where(linked)), options_of(session, query.where(~linked, is_open())))


def options_of(session: Session, query: AnySelect) -> tuple[Option, ...]:
    return tuple(Option(code, f"{whose or 'Regio'}: {title} ({code})") for code, title, whose in session.execute(query))


def editable_progress(session: Session, viewer: Viewer, code: str = "") -> list[Labelled]:
    """The living projects that the viewer may report on, or the one with this code, as a report begins: `health` None
    when it was never reported, and done, next and blocked said anew each time; by code."""
    found = _reported_on(viewer).add_columns(Project.version).where(Project.code == code if code else true())
    unsaid = {"done": "", "next": "", "blocked": ""}
    return [{**row, "health": row["health"] and row["health"].value, **unsaid} for row in _coloured(session, found)]


def editable_reports(session: Session, viewer: Viewer) -> list[Labelled]:
    """The same projects with what the newest report of each said, the day on which it came (None: never reported), and
    what its dates are held against. `version` is that of both, as `reported_version` numbers it."""
    newest, row = newest_reports(), ProgressReport
    said = (func.coalesce(text, "").label(text.key) for text in (row.done, row.next, row.blocked))
    found = (
        _reported_on(viewer)
        .add_columns(row.at, *said)
        .add_columns(Project.version, Project.phase, Project.start_on, Project.ended_on)
        .outerjoin(newest, newest.c.project_id == Project.id)
        .outerjoin(row, row.id == newest.c.id)
    )
    return [
        {**row, "version": reported_version(row["version"], row["at"]), "on": _day(row["at"])}
        for row in _coloured(session, found)
    ]


def _day(at: datetime | None) -> date | None:
    return at.astimezone(clock.REGION_TIME).date() if at else None


def _reported_on(viewer: Viewer) -> AnySelect:
    return (
        select(Project.id, Project.code, Project.title, Project.health, Project.progress, Project.end_expected_on)
        .where(visible_projects(viewer), is_living(), may_report(viewer))
        .order_by(bytewise(Project.code))
    )


def _coloured(session: Session, query: AnySelect) -> list[Labelled]:
    return [
        {**row, "health": None if row["health"] is Health.UNKNOWN else row["health"]}
        for row in labelled(session, query)
    ]
