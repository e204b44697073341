"""Challenges: one with the projects that answer it, and the long list for a grid or an export."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, case, select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Dimension, Partner, Project, ProjectChallenge, Service, Theme
from portal.db.types import bytewise
from portal.permissions import RowNotFound, Viewer
from portal.queries.inventory.counts import PartnerName, Topic, answers_per_challenge, others, partners_per_topic
from portal.queries.inventory.filters import (
    AnySelect,
    ChallengeFilter,
    Page,
    Sortable,
    challenge_conditions,
    ids_of_page,
    in_order,
    known_sort,
)
from portal.queries.inventory.subjects import confirmed_titles
from portal.queries.visible import is_open, is_shared, visible_challenges, visible_projects
from portal.vocabulary import ENDED_PHASES, LIVE_CHALLENGES, ChallengeStatus, Health, Phase, ProjectScope, Visibility

ALSO_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class AnsweringProject:
    code: str
    title: str
    scope: ProjectScope
    phase: Phase
    health: Health
    end_expected: date | None
    reported_by: str | None
    reported_by_slug: str | None

    @property
    def living(self) -> bool:
        return self.phase not in ENDED_PHASES

    @property
    def scope_label(self) -> str:
        return self.scope.label


@dataclass(frozen=True, slots=True)
class LikeChallenge:
    """A challenge of another partner, with the first project that answers it."""

    code: str
    title: str
    partner: str
    partner_slug: str
    urgency: int
    status: ChallengeStatus
    project_code: str | None
    project_title: str | None


@dataclass(frozen=True, slots=True, eq=False)
class ChallengeDetail:
    """Everything the page of a challenge shows: its projects, shared ones first, and by partner the open challenges of
    others in the same service and theme."""

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
    projects: list[AnsweringProject]
    also_at: list[LikeChallenge]
    also_at_partners: tuple[PartnerName, ...]  # complete, also when `also_at` was cut off

    @property
    def is_open(self) -> bool:
        return self.status in LIVE_CHALLENGES

    @property
    def living(self) -> int:
        """How many living projects answer it."""
        return sum(project.living for project in self.projects)


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
    topic = Topic(row.service_id, row.theme_id)
    sharing = others(partners_per_topic(session, viewer, [topic]).get(topic, []), row.partner.slug)
    return ChallengeDetail(
        **{name: getattr(row, name) for name in ("id", "version", "code", "title", "description", "urgency")},
        **{name: getattr(row, name) for name in ("status", "visibility", "raised_by", "inventoried_on")},
        **{name: getattr(row, name).title for name in ("partner", "theme", "dimension", "service")},
        **{f"{name}_code": getattr(row, name).code for name in ("theme", "dimension", "service")},
        partner_slug=row.partner.slug,
        projects=_projects(session, viewer, row.id),
        also_at=_also_at(session, viewer, row),
        also_at_partners=tuple(sharing),
    )


def _projects(session: Session, viewer: Viewer, challenge_id: int) -> list[AnsweringProject]:
    found = (
        select(Project.code, Project.title, Project.scope, Project.phase, Project.health)
        .add_columns(Project.end_expected_on.label("end_expected"))
        .add_columns(Partner.title.label("reported_by"), Partner.slug.label("reported_by_slug"))
        .select_from(Project)
        .join(ProjectChallenge, ProjectChallenge.project_id == Project.id)
        .outerjoin(Partner, Partner.id == Project.reported_by_id)
        .where(ProjectChallenge.challenge_id == challenge_id, visible_projects(viewer))
        .order_by(is_shared().desc(), bytewise(Project.code))
    )
    return [AnsweringProject(**row) for row in session.execute(found).mappings()]


def _also_at(session: Session, viewer: Viewer, row: Challenge) -> list[LikeChallenge]:
    found = session.execute(
        select(Challenge, Partner)
        .join(Challenge.partner)
        .where(Challenge.service_id == row.service_id, Challenge.theme_id == row.theme_id)
        .where(Challenge.partner_id != row.partner_id, visible_challenges(viewer), is_open())
        .order_by(bytewise(Partner.title_key), Challenge.urgency.desc(), bytewise(Challenge.code))
        .limit(ALSO_AT_MOST)
    ).all()
    answers = answers_per_challenge(session, viewer, [one.id for one, _ in found])
    rows = []
    for one, partner in found:
        first = next(iter(answers.get(one.id, [])), None)
        whose, answer = (partner.title, partner.slug), (first and first.code, first and first.title)
        rows.append(LikeChallenge(one.code, one.title, *whose, one.urgency, one.status, *answer))
    return rows


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """A challenge in a list. `shared_with`: how many other partners have an open one in the same service and theme;
    `projects`: how many living ones answer it, the first of which, shared ones first, is named."""

    id: int
    code: str
    title: str
    partner: str
    partner_slug: str
    theme: str
    theme_code: str
    dimension: str
    service: str
    service_code: str
    urgency: int
    status: ChallengeStatus
    visibility: Visibility
    shared_with: int
    projects: int
    project_code: str | None
    project_scope: str | None


@dataclass(frozen=True, slots=True)
class WholeChallenge(ChallengeRow):
    """What an export holds too; names and codes are joined by "; ". `topic`: the confirmed group it is in, or ""."""

    description: str
    raised_by: str
    inventoried_on: date | None
    shared_with_names: str
    project_codes: str
    topic: str


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


def challenge_rows(session: Session, viewer: Viewer, wanted: ChallengeFilter, page: Page) -> list[ChallengeRow]:
    """One page of challenges, sorted as asked (else by code) and then by id."""
    sort = known_sort(page.sort, SORTABLE, BY_CODE)
    ids = ids_of_page(_ids(session, viewer, wanted), sort, SORTABLE, JOINS, page)
    found = session.execute(in_order(_selected(ids), sort, SORTABLE, Challenge.id)).mappings().all()
    linked = _with_links(session, viewer, found, [row["id"] for row in found])
    return [ChallengeRow(**row) for row, _ in linked]


def all_challenge_rows(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> list[WholeChallenge]:
    """Every challenge the filter leaves, by code."""
    within = _ids(session, viewer, wanted)
    rest = _selected(within).add_columns(Challenge.description, Challenge.raised_by, Challenge.inventoried_on)
    found = session.execute(in_order(rest, BY_CODE, SORTABLE, Challenge.id)).mappings().all()
    topics = confirmed_titles(session, viewer)
    linked = _with_links(session, viewer, found, within)
    return [WholeChallenge(**row, **more, topic=topics.get(row["id"], "")) for row, more in linked]


def _ids(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> Select[int]:
    return (
        select(Challenge.id)
        .select_from(Challenge)
        .where(*challenge_conditions(session, viewer, wanted))
        .correlate(None)
    )


def _selected(ids: AnySelect) -> AnySelect:
    return (
        select(
            *(Challenge.id, Challenge.code, Challenge.title),
            *(Partner.title.label("partner"), Partner.slug.label("partner_slug")),
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
    session: Session, viewer: Viewer, found: Sequence[RowMapping], ids: Sequence[int] | Select[int]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What a list shows of each row, and the names and codes that only an export holds."""
    sharing = partners_per_topic(session, viewer, {Topic(row["service_id"], row["theme_id"]) for row in found})
    answers = answers_per_challenge(session, viewer, ids)
    for one in found:
        row = dict(one)
        topic = Topic(row.pop("service_id"), row.pop("theme_id"))
        elsewhere = others(sharing.get(topic, []), row["partner_slug"])
        answering = answers.get(row["id"], [])
        first = answering[0] if answering else None
        shown = {"shared_with": len(elsewhere), "projects": len(answering)}
        named = {"project_code": first and first.code, "project_scope": first and first.scope}
        names = {"shared_with_names": "; ".join(partner.title for partner in elsewhere)}
        yield row | shown | named, names | {"project_codes": "; ".join(answer.code for answer in answering)}
