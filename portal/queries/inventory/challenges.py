"""Challenges: one with the projects that answer it, and the long list for a grid or an export."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, case, select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Dimension, Partner, Project, ProjectChallenge, Service, Theme
from portal.db.types import bytewise
from portal.permissions import RowNotFound, Viewer
from portal.queries.inventory.counts import PartnerName, answers_per_challenge
from portal.queries.inventory.covering import Cover, Covered, covers
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
from portal.queries.inventory.same_question import Same, may_answer, partners_with_same, same_questions
from portal.queries.inventory.subjects import confirmed_titles
from portal.queries.visible import is_shared, visible_challenges, visible_projects
from portal.vocabulary import (
    ENDED_PHASES,
    LIVE_CHALLENGES,
    ChallengeStatus,
    Health,
    Phase,
    ProjectScope,
    SameQuestion,
    Visibility,
)


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
class SameChallenge(Covered, Same):
    """Another partner's challenge that is the same question, with what covers it there."""

    cover: Cover | None


@dataclass(frozen=True, slots=True, eq=False)
class ChallengeDetail:
    """Everything the page of a challenge shows: its projects, shared ones first, and the challenges of others with the
    same question, of any status, those that were set apart last. `cover` is what covers it; `own`: the viewer
    serves its partner; `answerable`: it says which are the same."""

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
    same: list[SameChallenge]
    cover: Cover | None
    own: bool
    answerable: bool

    @property
    def is_open(self) -> bool:
        return self.status in LIVE_CHALLENGES

    def partners(self, origin: SameQuestion) -> list[PartnerName]:
        """Who has an open challenge of this kind, each once."""
        return list(dict.fromkeys(one.partner for one in self.same if one.origin is origin and one.is_open))

    @property
    def also_at(self) -> list[PartnerName]:
        """Confirmed first, then alike; each once."""
        named = [*self.partners(SameQuestion.CONFIRMED), *self.partners(SameQuestion.ALIKE)]
        return list(dict.fromkeys(named))

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
    return ChallengeDetail(
        **{name: getattr(row, name) for name in ("id", "version", "code", "title", "description", "urgency")},
        **{name: getattr(row, name) for name in ("status", "visibility", "raised_by", "inventoried_on")},
        **{name: getattr(row, name).title for name in ("partner", "theme", "dimension", "service")},
        **{f"{name}_code": getattr(row, name).code for name in ("theme", "dimension", "service")},
        partner_slug=row.partner.slug,
        projects=_projects(session, viewer, row.id),
        same=_same(session, viewer, row.id),
        cover=covers(session, viewer, [row.id]).get(row.id),
        own=row.partner_id in viewer.partner_ids,
        answerable=may_answer(viewer, row.partner_id),
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


def _same(session: Session, viewer: Viewer, challenge_id: int) -> list[SameChallenge]:
    found = same_questions(session, viewer, [challenge_id], any_status=True, rejected=True).get(challenge_id, [])
    covered = covers(session, viewer, [one.id for one in found])
    fields_of = [field.name for field in fields(Same)]
    return [
        SameChallenge(**{name: getattr(one, name) for name in fields_of}, cover=covered.get(one.id)) for one in found
    ]


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """A challenge in a list. `shared_with`: how many other partners have the same question, confirmed or alike;
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
    """What an export holds too; names and codes are joined by "; ". `topic`: the confirmed subject it is in, or ""."""

    description: str
    raised_by: str
    inventoried_on: date | None
    confirmed_with: str
    like_with: str
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
            *(Challenge.status, Challenge.visibility),
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
    same = partners_with_same(session, viewer, ids)
    answers = answers_per_challenge(session, viewer, ids)
    for one in found:
        row = dict(one)
        elsewhere = same.get(row["id"], {})
        answering = answers.get(row["id"], [])
        first = answering[0] if answering else None
        shown = {"shared_with": len(elsewhere), "projects": len(answering)}
        named = {"project_code": first and first.code, "project_scope": first and first.scope}
        names = {
            "confirmed_with": _joined(elsewhere, SameQuestion.CONFIRMED),
            "like_with": _joined(elsewhere, SameQuestion.ALIKE),
        }
        yield row | shown | named, names | {"project_codes": "; ".join(answer.code for answer in answering)}


def _joined(partners: Mapping[PartnerName, SameQuestion], origin: SameQuestion) -> str:
    return "; ".join(partner.title for partner, how in partners.items() if how is origin)
