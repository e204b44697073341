"""Which projects work on which result, as the page of either shows it; and of which a viewer may say so."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session, joinedload

from portal.db.models import Deliverable, Partner, Project, ProjectDeliverable
from portal.db.types import bytewise
from portal.permissions import Permission, Viewer, scope
from portal.queries.coalitions.coalitions import company_of
from portal.queries.inventory.editable import Linkable, options_of
from portal.queries.meetings.rounds import ReportRow, reports_on
from portal.queries.reference import Option
from portal.queries.results.editable import in_reach, results_where
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import ENDED_PHASES, SHARED_SCOPES, Health, Phase


@dataclass(frozen=True, slots=True)
class ServingProject:
    """A project that works on a result. `lead`: names, None where it is unknown; `partners`: how many take part;
    `also`: the codes of the other results it works on; `end`: when it ended, or is expected to."""

    id: int
    code: str
    title: str
    phase: Phase
    health: Health
    shared: bool
    lead: str | None
    partners: int
    end: date | None
    also: tuple[str, ...]

    @property
    def is_living(self) -> bool:
        return self.phase not in ENDED_PHASES


@dataclass(frozen=True, slots=True)
class ReportOn(ReportRow):
    """A report with the project it is on: its code and title."""

    code: str
    title: str


def projects_of(session: Session, viewer: Viewer, result_id: int) -> list[ServingProject]:
    """Those that the viewer may know of: what lives and is shared first, then by code."""
    found = list(
        session.scalars(
            select(Project)
            .options(joinedload(Project.reported_by))
            .join(ProjectDeliverable, ProjectDeliverable.project_id == Project.id)
            .where(ProjectDeliverable.deliverable_id == result_id, visible_projects(viewer))
            .order_by(is_living().desc(), is_shared().desc(), bytewise(Project.code))
        )
    )
    leads, partners = company_of(session, [one.id for one in found])
    also = _also(session, [one.id for one in found], result_id)
    return [
        ServingProject(
            *(one.id, one.code, one.title, one.phase, one.health, one.scope in SHARED_SCOPES),
            lead=leads.get(one.id) or one.external_lead or (one.reported_by.title if one.reported_by else None),
            partners=partners.get(one.id, 0),
            end=one.ended_on or one.end_expected_on,
            also=tuple(also.get(one.id, ())),
        )
        for one in found
    ]


def _also(session: Session, projects: Sequence[int], result_id: int) -> dict[int, list[str]]:
    found = (
        select(ProjectDeliverable.project_id, Deliverable.code)
        .join(Deliverable, Deliverable.id == ProjectDeliverable.deliverable_id)
        .where(ProjectDeliverable.project_id.in_(projects), Deliverable.id != result_id)
        .where(Deliverable.archived_at.is_(None))
        .order_by(bytewise(Deliverable.code))
    )
    also: dict[int, list[str]] = {}
    for project_id, code in session.execute(found):
        also.setdefault(project_id, []).append(code)
    return also


def reports_of(session: Session, projects: Sequence[ServingProject]) -> list[ReportOn]:
    """What these projects reported, newest first."""
    found = [
        ReportOn(**asdict(report), code=one.code, title=one.title)
        for one in projects
        for report in reports_on(session, one.id)
    ]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


@dataclass(frozen=True, slots=True)
class ServedResult:
    """A result that a project works on."""

    code: str
    title: str


def results_of(session: Session, project_id: int) -> list[ServedResult]:
    """Those of a project that the caller may know of, in the order of the programme."""
    served = Deliverable.id.in_(select(ProjectDeliverable.deliverable_id).filter_by(project_id=project_id))
    return [ServedResult(*row) for row in session.execute(results_where(served))]


def projects_to_serve(session: Session, viewer: Viewer, result: str) -> Linkable:
    """The projects that the viewer may say work on this result, shared ones first; only living ones are offered.

    Who may change the result may say so of any project, others only of those of their own ateliers.
    """
    found = results_where(Deliverable.code == result).with_only_columns(Deliverable.id, in_reach(viewer))
    row = session.execute(found).one_or_none()
    if row is None or not viewer.may(Permission.EDIT_DELIVERABLES):
        return Linkable()
    result_id, own = row
    linked = Project.id.in_(select(ProjectDeliverable.project_id).filter_by(deliverable_id=result_id))
    query = (
        select(Project.code, Project.title, Partner.title)
        .outerjoin(Project.reported_by)
        .where(visible_projects(viewer), *([] if own else [in_reach(viewer, Project.atelier_id)]))
        .order_by(is_shared().desc(), bytewise(func.coalesce(Partner.title_key, "")), bytewise(Project.code))
    )
    return Linkable(options_of(session, query.where(linked)), options_of(session, query.where(~linked, is_living())))


def results_to_serve(session: Session, viewer: Viewer, project: str) -> Linkable:
    """The results of which the viewer may say that this project works on them, in their order."""
    found = select(Project.id, Project.atelier_id).where(Project.code == project, visible_projects(viewer))
    row = session.execute(found).one_or_none()
    if row is None or not viewer.may(Permission.EDIT_DELIVERABLES):
        return Linkable()
    own = scope(viewer, Permission.EDIT_DELIVERABLES).has_atelier(row.atelier_id)
    linked = Deliverable.id.in_(select(ProjectDeliverable.deliverable_id).filter_by(project_id=row.id))
    query = results_where(true() if own else in_reach(viewer))
    return Linkable(*(_named(session, query.where(there)) for there in (linked, ~linked)))


def _named(session: Session, query: Select[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, f"{code} · {title}") for code, title in session.execute(query))
