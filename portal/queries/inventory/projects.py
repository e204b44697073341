"""One project: its fields, the challenges it answers, its steps and what it reported; and what its title may repeat."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from portal.db.likeness import PROJECTS, filed, thesaurus
from portal.db.models import Challenge, Indicator, Milestone, Partner, Project, ProjectChallenge
from portal.db.types import bytewise
from portal.likeness.corpus import Corpus, Filed
from portal.likeness.words import Thesaurus, why
from portal.permissions import RowNotFound, Viewer
from portal.queries.coalitions.coalitions import PartnerState, participations_of
from portal.queries.frames import COUNT, frame
from portal.queries.inventory.likeness import TWIN, TWINS_AT_MOST
from portal.queries.inventory.project_rows import slip_days
from portal.queries.meetings.rounds import ReportRow, reports_on
from portal.queries.results.serving import ServedResult, results_of
from portal.queries.visible import is_shared, visible_challenges, visible_projects
from portal.vocabulary import (
    ENDED_PHASES,
    SHARED_SCOPES,
    ChallengeStatus,
    Health,
    ParticipationState,
    Phase,
    ProjectFunding,
    ProjectScope,
    Status2022,
    Visibility,
)


@dataclass(frozen=True, slots=True)
class AnsweredChallenge:
    code: str
    title: str
    partner: str
    partner_slug: str
    urgency: int
    status: ChallengeStatus


@dataclass(frozen=True, slots=True)
class ProjectStep:
    code: str
    title: str
    due_first: date
    due_expected: date
    done_on: date | None

    @property
    def slip_days(self) -> int | None:
        return slip_days(self.due_first, self.done_on or self.due_expected)


@dataclass(frozen=True, slots=True, eq=False)
class ProjectDetail:
    """Everything the page of a project shows; what is not known is None, a text without content ''. Challenges stand by
    partner, milestones soonest first, reports (see `reports_on`) newest first."""

    id: int
    version: int
    code: str
    title: str
    description: str
    reported_by: str | None
    reported_by_slug: str | None
    lead: str | None  # a partner, or a name outside the region; None: trekker onbekend
    lead_slug: str | None
    scope: ProjectScope
    visibility: Visibility
    phase: Phase
    status_2022: Status2022 | None
    start_on: date | None
    end_first_planned_on: date | None
    end_expected_on: date | None
    ended_on: date | None
    theme_code: str | None
    theme: str | None
    dimension: str | None
    service_code: str | None
    service: str | None
    atelier_code: str | None
    atelier: str | None
    collaboration_type_code: str | None
    collaboration_type: str | None
    lead_rule: str | None
    aspect_code: str | None
    aspect: str | None
    assignment: str
    deviation_reason: str
    funding: ProjectFunding | None
    service_effect: str
    health: Health
    progress: int | None
    source: str
    challenges: list[AnsweredChallenge]
    results: list[ServedResult]
    participants_over_time: list[PartnerState]
    milestones: list[ProjectStep]
    reports: list[ReportRow]

    @property
    def participants(self) -> list[PartnerState]:
        """Those whose state holds now."""
        return [one for one in self.participants_over_time if one.until is None]

    @property
    def slip_days(self) -> int | None:
        return slip_days(self.end_first_planned_on, self.ended_on or self.end_expected_on)

    @property
    def is_living(self) -> bool:
        return self.phase not in ENDED_PHASES

    @property
    def is_shared(self) -> bool:
        return self.scope in SHARED_SCOPES


def project_exists(session: Session, viewer: Viewer, code: str) -> bool:
    """There is such a project, and the viewer may know of it."""
    found = select(Project.id).where(Project.code == code, visible_projects(viewer))
    return session.scalar(found) is not None


def project_detail(session: Session, viewer: Viewer, code: str) -> ProjectDetail:
    """Raises RowNotFound when there is none, or none this viewer may know of."""
    joined = [joinedload(getattr(Project, name)) for name in ("reported_by", *_LISTED)]
    found = select(Project).options(*joined).where(Project.code == code, visible_projects(viewer))
    row = session.scalars(found).one_or_none()
    if row is None:
        raise RowNotFound(code)
    over_time = participations_of(session, row.id)
    leads = [one for one in over_time if one.until is None and one.state is ParticipationState.LEAD]
    aspect = session.get(Indicator, row.aspect_id) if row.aspect_id else None
    return ProjectDetail(
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
        **{name: _of(getattr(row, name), "title") for name in _LISTED},
        **{f"{name}_code": _of(getattr(row, name), "code") for name in _LISTED if name != "dimension"},
        reported_by=_of(row.reported_by, "title"),
        reported_by_slug=_of(row.reported_by, "slug"),
        lead="; ".join(one.partner for one in leads) if leads else row.external_lead,
        lead_slug=leads[0].partner_slug if leads else None,
        lead_rule=_of(row.collaboration_type, "lead_rule"),
        aspect_code=_of(aspect, "code"),
        aspect=_of(aspect, "title"),
        challenges=_challenges(session, viewer, row.id),
        results=results_of(session, row.id),
        participants_over_time=over_time,
        milestones=steps_where(session, Milestone.project_id == row.id),
        reports=reports_on(session, row.id),
    )


_LISTED = ("theme", "dimension", "service", "atelier", "collaboration_type")
_AS_THEY_ARE = (
    *("id", "version", "code", "title", "description", "scope", "visibility", "phase", "status_2022"),
    *("start_on", "end_first_planned_on", "end_expected_on", "ended_on", "assignment", "deviation_reason"),
    *("funding", "service_effect", "health", "progress", "source"),
)


def _of(row: object | None, name: str) -> Any:
    return getattr(row, name) if row is not None else None


def _challenges(session: Session, viewer: Viewer, project_id: int) -> list[AnsweredChallenge]:
    found = (
        select(Challenge.code, Challenge.title, Partner.title.label("partner"), Partner.slug.label("partner_slug"))
        .add_columns(Challenge.urgency, Challenge.status)
        .select_from(Challenge)
        .join(ProjectChallenge, ProjectChallenge.challenge_id == Challenge.id)
        .join(Partner, Partner.id == Challenge.partner_id)
        .where(ProjectChallenge.project_id == project_id, visible_challenges(viewer))
        .order_by(bytewise(Partner.title_key), bytewise(Challenge.code))
    )
    return [AnsweredChallenge(**row) for row in session.execute(found).mappings()]


def steps_where(session: Session, of: ColumnElement[bool]) -> list[ProjectStep]:
    """The steps of a project or result the caller has already shown to be visible, soonest first."""
    found = (
        select(Milestone.code, Milestone.title, Milestone.due_first, Milestone.due_expected, Milestone.done_on)
        .where(of, Milestone.archived_at.is_(None))
        .order_by(Milestone.due_expected, Milestone.id)
    )
    return [ProjectStep(**row) for row in session.execute(found).mappings()]


COLUMNS = ("code", "title", "partner", "partner_slug", "scope_label", "shared", "phase_label", "living", "score", "why")


def project_twins(session: Session, viewer: Viewer, *, title: str, most: int = TWINS_AT_MOST) -> pd.DataFrame:
    """Most alike first, those that have ended too: what was done once need not be begun again. Writes nothing.

    Columns: code, title (str), partner, partner_slug (who reported it, or None), scope_label (str), shared (bool),
    phase_label (str), living (bool), score (int64, 0 to 100), why (str, Dutch).
    """
    words = thesaurus(session)
    typed = Filed(0, None, None, None, words.bag(title, ""))
    known = visible_projects(viewer)
    there = [*filed(session, PROJECTS, known), *_shared(session, viewer, words)] if typed.bag else []
    likes = {like.id: like for like in Corpus(there).likes_of(typed, at_least=TWIN, most=most, own_too=True)}
    said = words.spoken(title, "")
    found = select(Project, Partner.title, Partner.slug).outerjoin(Project.reported_by).where(Project.id.in_(likes))
    rows = []
    for row, partner, slug in session.execute(found):
        told = words.spoken(row.title, row.description)
        reason = why(said, told, same_service=False, same_theme=False)
        stands = (row.scope.label, row.scope in SHARED_SCOPES, row.phase.label, row.phase not in ENDED_PHASES)
        rows.append((row.code, row.title, partner, slug, *stands, round(100 * likes[row.id].score), reason))
    return frame(COLUMNS, sorted(rows, key=lambda row: (-row[8], row[0])), score=COUNT)


def _shared(session: Session, viewer: Viewer, words: Thesaurus) -> Iterator[Filed]:
    """Shared projects keep no words of their own; there are few, so they are taken apart here."""
    found = select(Project.id, Project.title, Project.description).where(visible_projects(viewer), is_shared())
    for project_id, title, description in session.execute(found):
        yield Filed(project_id, None, None, None, words.bag(title, description))
