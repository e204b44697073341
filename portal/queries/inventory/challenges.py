"""Challenges: one with the projects that answer it, and the long list for a grid or an export."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Row, Select, case, select
from sqlalchemy.orm import Session

from portal.db.models import (
    Challenge,
    Dimension,
    Partner,
    Project,
    ProjectChallenge,
    Service,
    Theme,
)
from portal.db.types import bytewise
from portal.permissions import RowNotFound, Viewer
from portal.queries.frames import frame
from portal.queries.inventory.conditions import (
    AnySelect,
    Sortable,
    challenge_conditions,
    ids_of_page,
    in_order,
    known_sort,
)
from portal.queries.inventory.counts import PartnerName, Topic, answers_per_challenge, others, partners_per_topic
from portal.queries.inventory.filters import ChallengeFilter, Page
from portal.queries.inventory.subjects import confirmed_titles
from portal.queries.visible import is_open, is_shared, visible_challenges, visible_projects
from portal.vocabulary import ENDED_PHASES, LIVE_CHALLENGES, ChallengeStatus, Visibility

ALSO_AT_MOST = 200


@dataclass(frozen=True, slots=True, eq=False)
class ChallengeDetail:
    """Everything the page of a challenge shows.

    `projects`, shared ones first: code, title, scope, scope_label, phase, phase_label (str), reported_by,
    reported_by_slug (str or None), living (bool), end_expected (date or None), health, health_label (str).
    `also_at`, by partner: open challenges of other partners in the same service and theme: code, title, partner,
    partner_slug (str), urgency (int), status, status_label (str), project_code, project_title (str or None).
    """

    id: int
    version: int
    code: str
    title: str
    description: str
    partner: str
    partner_slug: str
    theme_code: str
    theme: str
    dimension_code: str
    dimension: str
    service_code: str
    service: str
    urgency: int
    status: ChallengeStatus
    visibility: Visibility
    raised_by: str
    inventoried_on: date | None
    is_open: bool
    covered: bool  # a living project answers it
    projects: pd.DataFrame
    also_at: pd.DataFrame
    also_at_partners: tuple[PartnerName, ...]  # complete, also when `also_at` was cut off


def challenge_exists(session: Session, viewer: Viewer, code: str) -> bool:
    """There is such a challenge, and the viewer may know of it."""
    found = select(Challenge.id).where(Challenge.code == code, visible_challenges(viewer))
    return session.scalar(found) is not None


def challenge_detail(session: Session, viewer: Viewer, code: str) -> ChallengeDetail:
    """Raises RowNotFound when there is none, or none this viewer may know of."""
    found = select(Challenge).where(Challenge.code == code, visible_challenges(viewer))
    row = session.scalars(found).one_or_none()
    if row is None:
        raise RowNotFound(code)
    projects = _projects(session, viewer, row.id)
    topic = Topic(row.service_id, row.theme_id)
    sharing = others(partners_per_topic(session, viewer, [topic]).get(topic, []), row.partner.slug)
    return ChallengeDetail(
        **{name: getattr(row, name) for name in ("id", "version", "code", "title", "description", "urgency")},
        **{name: getattr(row, name) for name in ("status", "visibility", "raised_by", "inventoried_on")},
        **{name: getattr(row, name).title for name in ("partner", "theme", "dimension", "service")},
        **{f"{name}_code": getattr(row, name).code for name in ("theme", "dimension", "service")},
        partner_slug=row.partner.slug,
        is_open=row.status in LIVE_CHALLENGES,
        covered=bool(projects["living"].any()),
        projects=projects,
        also_at=_also_at(session, viewer, row),
        also_at_partners=tuple(sharing),
    )


def _projects(session: Session, viewer: Viewer, challenge_id: int) -> pd.DataFrame:
    found = (
        select(Project, Partner.title, Partner.slug)
        .select_from(Project)
        .join(ProjectChallenge, ProjectChallenge.project_id == Project.id)
        .outerjoin(Partner, Partner.id == Project.reported_by_id)
        .where(ProjectChallenge.challenge_id == challenge_id, visible_projects(viewer))
        .order_by(is_shared().desc(), bytewise(Project.code))
    )
    columns = (
        *("code", "title", "scope", "scope_label", "phase", "phase_label", "reported_by", "reported_by_slug"),
        *("living", "end_expected", "health", "health_label"),
    )
    return frame(columns, (_project_row(*row) for row in session.execute(found)))


def _project_row(project: Project, partner: str | None, slug: str | None) -> tuple[Any, ...]:
    return (
        *(project.code, project.title, project.scope.value, project.scope.label),
        *(project.phase.value, project.phase.label, partner, slug, project.phase not in ENDED_PHASES),
        *(project.end_expected_on, project.health.value, project.health.label),
    )


def _also_at(session: Session, viewer: Viewer, row: Challenge) -> pd.DataFrame:
    found = session.execute(
        select(
            *(Challenge.id, Challenge.code, Challenge.title, Partner.title, Partner.slug),
            *(Challenge.urgency, Challenge.status),
        )
        .select_from(Challenge)
        .join(Challenge.partner)
        .where(Challenge.service_id == row.service_id, Challenge.theme_id == row.theme_id)
        .where(Challenge.partner_id != row.partner_id, visible_challenges(viewer), is_open())
        .order_by(bytewise(Partner.title_key), Challenge.urgency.desc(), bytewise(Challenge.code))
        .limit(ALSO_AT_MOST)
    ).all()
    answers = answers_per_challenge(session, viewer, [other[0] for other in found])
    rows = []
    for challenge_id, *fields, status in found:
        first = next(iter(answers.get(challenge_id, [])), None)
        rows.append((*fields, status.value, status.label, first and first.code, first and first.title))
    columns = (
        *("code", "title", "partner", "partner_slug", "urgency", "status", "status_label"),
        *("project_code", "project_title"),
    )
    return frame(columns, rows)


GRID_COLUMNS = (
    *("id", "version", "code", "title", "partner", "partner_slug", "theme", "theme_code", "dimension"),
    *("service", "service_code", "urgency", "status", "status_label", "visibility"),
    *("shared_with", "projects", "project_code", "project_scope"),
)
EXPORT_COLUMNS = (
    *GRID_COLUMNS,
    *("description", "dimension_code", "raised_by", "inventoried_on", "shared_with_names", "project_codes", "topic"),
)
SORTABLE: Sortable = {
    "code": lambda: bytewise(Challenge.code),
    "title": lambda: bytewise(Challenge.title_key),
    "partner": lambda: bytewise(Partner.title_key),
    "theme": lambda: Theme.position,
    "dimension": lambda: Dimension.position,
    "service": lambda: Service.position,
    "urgency": lambda: Challenge.urgency,
    "status": lambda: case({status: place for place, status in enumerate(ChallengeStatus)}, value=Challenge.status),
}
JOINS = {
    "partner": Challenge.partner,
    "theme": Challenge.theme,
    "dimension": Challenge.dimension,
    "service": Challenge.service,
}
BY_CODE = (("code", False),)


def challenge_rows(session: Session, viewer: Viewer, wanted: ChallengeFilter, page: Page) -> pd.DataFrame:
    """One page of challenges, sorted as asked (else by code) and then by id. Python values; None where unknown.

    Columns: id, version (int), code, title, partner, partner_slug, theme, theme_code, dimension, service,
    service_code (str), urgency (int 1-3), status, status_label, visibility (str),
    shared_with (int: other partners with an open challenge in the same service and theme),
    projects (int: living ones), project_code, project_scope (str or None: the first, shared ones first).
    """
    sort = known_sort(page.sort, SORTABLE, BY_CODE)
    ids = ids_of_page(_ids(viewer, wanted), sort, SORTABLE, JOINS, page)
    found = session.execute(in_order(_selected(ids), sort, SORTABLE, Challenge.id)).all()
    linked = _with_links(session, viewer, found, [row.id for row in found])
    return frame(GRID_COLUMNS, (row[: len(GRID_COLUMNS)] for row in linked))


def all_challenge_rows(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> pd.DataFrame:
    """Every challenge the filter leaves, with every field, by code. Python values.

    Columns: those of `challenge_rows`, then description, dimension_code, raised_by (str), inventoried_on (date or
    None), shared_with_names, project_codes (str, joined by '; '), topic (str: the confirmed group it is in, or '').
    """
    within = _ids(viewer, wanted)
    found = session.execute(in_order(_selected(within), BY_CODE, SORTABLE, Challenge.id)).all()
    topics = confirmed_titles(session, viewer)
    linked = _with_links(session, viewer, found, within)
    rest = _rest_of_fields(session, within)
    return frame(
        EXPORT_COLUMNS,
        (
            (*row[: len(GRID_COLUMNS)], *rest[row[0]], *row[len(GRID_COLUMNS) :], topics.get(row[0], ""))
            for row in linked
        ),
    )


def _ids(viewer: Viewer, wanted: ChallengeFilter) -> Select[int]:
    return select(Challenge.id).select_from(Challenge).where(*challenge_conditions(viewer, wanted)).correlate(None)


def _selected(ids: AnySelect) -> AnySelect:
    return (
        select(
            *(Challenge.id, Challenge.version, Challenge.code, Challenge.title),
            *(Partner.title.label("partner"), Partner.slug),
            *(Theme.title.label("theme"), Theme.code.label("theme_code"), Dimension.title.label("dimension")),
            *(Service.title.label("service"), Service.code.label("service_code"), Challenge.urgency),
            *(Challenge.status, Challenge.visibility, Challenge.service_id, Challenge.theme_id),
        )
        .select_from(Challenge)
        .join(Challenge.partner)
        .join(Challenge.theme)
        .join(Challenge.dimension)
        .join(Challenge.service)
        .where(Challenge.id.in_(ids))
    )


def _with_links(
    session: Session, viewer: Viewer, found: Sequence[Row[*tuple[Any, ...]]], ids: Sequence[int] | Select[int]
) -> Iterable[tuple[Any, ...]]:
    """Rows of the grid's columns, followed by the names and codes that only an export shows."""
    sharing = partners_per_topic(session, viewer, {Topic(row.service_id, row.theme_id) for row in found})
    answers = answers_per_challenge(session, viewer, ids)
    for row in found:
        elsewhere = others(sharing.get(Topic(row.service_id, row.theme_id), []), row.slug)
        answering = answers.get(row.id, [])
        first = answering[0] if answering else None
        yield (
            *row[:12],
            *(row.status.value, row.status.label, row.visibility.value, len(elsewhere), len(answering)),
            *(first and first.code, first and first.scope),
            *("; ".join(partner.title for partner in elsewhere), "; ".join(answer.code for answer in answering)),
        )


def _rest_of_fields(session: Session, within: Select[int]) -> dict[int, tuple[Any, ...]]:
    found = (
        select(Challenge.id, Challenge.description, Dimension.code, Challenge.raised_by, Challenge.inventoried_on)
        .select_from(Challenge)
        .join(Challenge.dimension)
        .where(Challenge.id.in_(within))
    )
    return {row[0]: tuple(row[1:]) for row in session.execute(found)}
