"""A topic is a service with a theme: which partners have an open challenge in it, and what answers it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Select, exists, select, tuple_
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Partner, Project, ProjectChallenge, Service, Theme
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.visible import is_living, is_open, is_shared, visible_challenges, visible_projects


class Topic(NamedTuple):
    service_id: int
    theme_id: int


class PartnerName(NamedTuple):
    slug: str
    title: str


class Answer(NamedTuple):
    """A living project; `shared` when it is regional or wider."""

    code: str
    title: str
    scope: str
    shared: bool


def partners_per_topic(session: Session, viewer: Viewer, topics: Iterable[Topic]) -> dict[Topic, list[PartnerName]]:
    """The partners, by name, with an open challenge in each topic. One probe per topic and partner, not per row."""
    wanted = sorted(set(topics))
    has_one = exists().where(
        Challenge.service_id == Service.id,
        Challenge.theme_id == Theme.id,
        Challenge.partner_id == Partner.id,
        visible_challenges(viewer),
        is_open(),
    )
    found = (
        select(Service.id, Theme.id, Partner.slug, Partner.title)
        .select_from(Service)
        .join(Theme, tuple_(Service.id, Theme.id).in_(wanted))
        .join(Partner, Partner.archived_at.is_(None))
        .where(has_one)
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    named: dict[Topic, list[PartnerName]] = defaultdict(list)
    for service_id, theme_id, slug, title in session.execute(found) if wanted else ():
        named[Topic(service_id, theme_id)].append(PartnerName(slug, title))
    return named


def others(partners: list[PartnerName], slug: str) -> list[PartnerName]:
    return [partner for partner in partners if partner.slug != slug]


def answers_per_challenge(
    session: Session, viewer: Viewer, challenge_ids: Sequence[int] | Select[int]
) -> dict[int, list[Answer]]:
    """The living projects that answer each challenge: shared ones first, then by code."""
    found = (
        select(ProjectChallenge.challenge_id, Project.code, Project.title, Project.scope, is_shared())
        .select_from(ProjectChallenge)
        .join(Project, Project.id == ProjectChallenge.project_id)
        .where(ProjectChallenge.challenge_id.in_(challenge_ids), visible_projects(viewer), is_living())
        .order_by(is_shared().desc(), bytewise(Project.code))
    )
    answers: dict[int, list[Answer]] = defaultdict(list)
    for challenge_id, code, title, scope, shared in session.execute(found):
        answers[challenge_id].append(Answer(code, title, str(scope), bool(shared)))
    return answers


def answers_per_topic(session: Session, viewer: Viewer, topics: Iterable[Topic]) -> dict[Topic, Answer]:
    """The first living shared project, by code, that answers an open challenge of anybody in each topic."""
    wanted = sorted(set(topics))
    found = (
        select(Challenge.service_id, Challenge.theme_id, Project.code, Project.title, Project.scope)
        .distinct()
        .select_from(Project)
        .join(ProjectChallenge, ProjectChallenge.project_id == Project.id)
        .join(Challenge, Challenge.id == ProjectChallenge.challenge_id)
        .where(visible_projects(viewer), is_living(), is_shared(), visible_challenges(viewer), is_open())
        .where(tuple_(Challenge.service_id, Challenge.theme_id).in_(wanted))
    )
    answers: dict[Topic, Answer] = {}
    for service_id, theme_id, code, title, scope in sorted(session.execute(found), key=lambda row: row[2]):
        answers.setdefault(Topic(service_id, theme_id), Answer(code, title, str(scope), True))
    return answers
