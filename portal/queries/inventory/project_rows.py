"""The long list of projects: a page for the grid, or everything for an export."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from portal.db.models import (
    Atelier,
    Challenge,
    CollaborationType,
    Dimension,
    Participation,
    Partner,
    Project,
    ProjectChallenge,
    Service,
    Theme,
)
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.inventory.filters import (
    AnySelect,
    Page,
    ProjectFilter,
    Sortable,
    ids_of_page,
    in_order,
    known_sort,
    project_conditions,
    takes_part,
)
from portal.queries.visible import visible_challenges
from portal.vocabulary import Health, ParticipationState, Phase, ProjectScope, Status2022


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in a list. `atelier`: its code; `partners`: how many take part now."""

    id: int
    code: str
    title: str
    reported_by: str | None
    reported_by_slug: str | None
    scope: ProjectScope
    phase: Phase
    start: date | None
    end_first_planned: date | None
    end_expected: date | None
    ended: date | None
    theme: str | None
    service: str | None
    atelier: str | None
    partners: int
    health: Health
    progress: int | None

    @property
    def slip_days(self) -> int | None:
        return slip_days(self.end_first_planned, self.ended or self.end_expected)


@dataclass(frozen=True, slots=True)
class WholeProject(ProjectRow):
    """What an export holds too; participants and challenge_codes are joined by "; "."""

    description: str
    status_2022: Status2022 | None
    dimension: str | None
    collaboration_type: str | None
    external_lead: str | None
    source: str
    lead: str | None
    participants: str
    challenge_codes: str


SORTABLE: Sortable = {
    "code": lambda: bytewise(Project.code),
    "title": lambda: bytewise(Project.title_key),
    "reported_by": lambda: bytewise(func.coalesce(Partner.title_key, "")),
    "scope": lambda: case({scope: place for place, scope in enumerate(ProjectScope)}, value=Project.scope),
    "phase": lambda: case({phase: place for place, phase in enumerate(Phase)}, value=Project.phase),
    "theme": lambda: func.coalesce(Theme.position, 0),
    "service": lambda: func.coalesce(Service.position, 0),
    "atelier": lambda: func.coalesce(Atelier.position, 0),
    "start": lambda: func.coalesce(Project.start_on, date.max),
    "end_expected": lambda: func.coalesce(Project.end_expected_on, date.max),
    "health": lambda: case({health: place for place, health in enumerate(Health)}, value=Project.health),
    "progress": lambda: func.coalesce(Project.progress, -1),
}
JOINS = {
    "reported_by": Project.reported_by,
    "theme": Project.theme,
    "service": Project.service,
    "atelier": Project.atelier,
}
BY_CODE = (("code", False),)


def slip_days(first_planned: date | None, expected_or_done: date | None) -> int | None:
    """Days between the first plan and what is expected or happened: positive is late. None while either is unknown."""
    return (expected_or_done - first_planned).days if first_planned and expected_or_done else None


def project_rows(session: Session, viewer: Viewer, wanted: ProjectFilter, page: Page) -> list[ProjectRow]:
    """One page of projects, sorted as asked (else by code) and then by id."""
    return grid_rows(session, viewer, wanted, page.sort, page=page)


def grid_rows(
    session: Session,
    viewer: Viewer,
    wanted: ProjectFilter,
    sort: Sequence[tuple[str, bool]],
    *conditions: ColumnElement[bool],
    page: Page | None = None,
) -> list[ProjectRow]:
    """All that the filter and further conditions leave, or one page of them."""
    known = known_sort(sort, SORTABLE, BY_CODE)
    ids: AnySelect = _ids(session, viewer, wanted).where(*conditions)
    if page:
        ids = ids_of_page(ids, known, SORTABLE, JOINS, page)
    found = session.execute(in_order(_selected(ids), known, SORTABLE, Project.id)).mappings().all()
    taking = (
        select(Participation.project_id, func.count())
        .where(Participation.project_id.in_([row["id"] for row in found]), takes_part())
        .group_by(Participation.project_id)
    )
    partners = {row[0]: row[1] for row in session.execute(taking)}
    return [ProjectRow(**row, partners=partners.get(row["id"], 0)) for row in found]


def all_project_rows(session: Session, viewer: Viewer, wanted: ProjectFilter) -> list[WholeProject]:
    """Every project the filter leaves, by code."""
    within = _ids(session, viewer, wanted)
    rest = (
        _selected(within)
        .add_columns(Project.description, Project.status_2022, Dimension.title.label("dimension"))
        .add_columns(CollaborationType.code.label("collaboration_type"), Project.external_lead, Project.source)
        .outerjoin(Project.dimension)
        .outerjoin(Project.collaboration_type)
    )
    names, leads = _names_taking_part(session, within)
    challenges = _challenge_codes(session, viewer, within)
    return [
        WholeProject(
            **row,
            partners=len(names.get(row["id"], ())),
            lead=leads.get(row["id"]),
            participants="; ".join(names.get(row["id"], ())),
            challenge_codes="; ".join(challenges.get(row["id"], ())),
        )
        for row in session.execute(in_order(rest, BY_CODE, SORTABLE, Project.id)).mappings()
    ]


def _ids(session: Session, viewer: Viewer, wanted: ProjectFilter) -> Select[int]:
    return select(Project.id).select_from(Project).where(*project_conditions(session, viewer, wanted)).correlate(None)


def _selected(ids: AnySelect) -> AnySelect:
    return (
        select(
            *(Project.id, Project.code, Project.title, Project.scope, Project.phase),
            *(Partner.title.label("reported_by"), Partner.slug.label("reported_by_slug")),
            *(Project.start_on.label("start"), Project.end_first_planned_on.label("end_first_planned")),
            *(Project.end_expected_on.label("end_expected"), Project.ended_on.label("ended")),
            *(Theme.title.label("theme"), Service.title.label("service"), Atelier.code.label("atelier")),
            *(Project.health, Project.progress),
        )
        .select_from(Project)
        .outerjoin(Project.reported_by)
        .outerjoin(Project.theme)
        .outerjoin(Project.service)
        .outerjoin(Project.atelier)
        .where(Project.id.in_(ids))
    )


def _names_taking_part(session: Session, within: Select[int]) -> tuple[dict[int, list[str]], dict[int, str]]:
    """Per project the partners taking part, by name, and who leads."""
    found = (
        select(Participation.project_id, Participation.state, Partner.title)
        .select_from(Participation)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.project_id.in_(within), takes_part())
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    names: dict[int, list[str]] = defaultdict(list)
    leads: dict[int, str] = {}
    for project_id, state, title in session.execute(found):
        names[project_id].append(title)
        if state is ParticipationState.LEAD:
            leads.setdefault(project_id, title)
    return names, leads


def _challenge_codes(session: Session, viewer: Viewer, within: Select[int]) -> dict[int, list[str]]:
    found = (
        select(ProjectChallenge.project_id, Challenge.code)
        .select_from(ProjectChallenge)
        .join(Challenge, Challenge.id == ProjectChallenge.challenge_id)
        .where(ProjectChallenge.project_id.in_(within), visible_challenges(viewer))
        .order_by(bytewise(Challenge.code))
    )
    codes: dict[int, list[str]] = defaultdict(list)
    for project_id, code in session.execute(found):
        codes[project_id].append(code)
    return codes
