"""One challenge: its fields, the projects that answer it, and who has it too."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Partner, Project, ProjectChallenge
from portal.db.sorting import bytewise
from portal.permissions import RowNotFound, Viewer
from portal.queries.frames import frame
from portal.queries.topics import PartnerName, Topic, answers_per_challenge, others, partners_per_topic
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
