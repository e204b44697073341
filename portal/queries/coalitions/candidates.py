"""Candidate coalitions, subjects that no living shared project answers; one subject and how partners could take it up;
and who works together or side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.db.likeness import thesaurus
from portal.db.models import Challenge, Partner, Project, ProjectLike, Service, Theme
from portal.db.types import bytewise
from portal.likeness.groups import Advice, advised, meanings_of
from portal.likeness.words import Thesaurus
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.inventory.counts import Answer, PartnerName
from portal.queries.inventory.subjects import SHOWN, TWO, Subject, subjects
from portal.queries.partners.figures import joined_partners
from portal.queries.survey.observations import observations
from portal.queries.visible import is_living, is_shared, visible_challenges, visible_projects
from portal.vocabulary import ChallengeStatus, GroupState, ProjectScope, Visibility

MOST = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a partner stands on an indicator; `among`: it has a challenge in the subject."""

    partner: PartnerName
    value: float
    rank: int
    shared_rank: bool
    among: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that no living shared project answers, with a way to work together.

    `advice.leads` are slugs. `standings` of the whole region, best first; empty without a fitting indicator.
    `alike`: living shared projects that speak of the same, though nobody linked them to a member.
    """

    subject: Subject
    advice: Advice
    indicator_code: str | None
    indicator: str | None
    standings: tuple[Standing, ...]
    alike: tuple[Answer, ...]


def candidate_coalitions(session: Session, viewer: Viewer, most: int = MOST) -> list[Candidate]:
    """Open challenges of two or more partners that no living shared project answers; most partners first."""
    words, observed = thesaurus(session), observations(session, viewer)
    indicators, standings = _indicators(words, observed), _standings(observed)
    projects = _shared_projects(session, viewer, words)
    live = [
        replace(subject, members=tuple(member for member in subject.members if member.is_open))
        for subject in subjects(session, viewer)
        if not subject.is_answered
    ]
    wanted = sorted((one for one in live if len(one.partners) >= TWO), key=lambda one: -len(one.partners))[:most]
    found = []
    for subject in wanted:
        about = next(iter(meanings_of(member.spoken for member in subject.members)), "")
        code = indicators.get(about)
        found.append(_candidate(subject, code, standings.get(code, ()), projects.get(about, ())))
    return found


def _candidate(
    subject: Subject, code: str | None, placed: Sequence[tuple[str, Standing]], alike: Iterable[Answer]
) -> Candidate:
    slugs = frozenset(partner.slug for partner in subject.partners)
    standings = tuple(replace(standing, among=standing.partner.slug in slugs) for _, standing in placed)
    ranks = {standing.partner.slug: standing.rank for standing in standings}
    indicator = placed[0][0] if placed else None
    return Candidate(subject, advised(ranks, slugs), code, indicator, standings, tuple(alike))


def _standings(observed: pd.DataFrame) -> dict[str | None, list[tuple[str, Standing]]]:
    """Per indicator its title and every partner with a value, best first."""
    placed: dict[str | None, list[tuple[str, Standing]]] = defaultdict(list)
    for row in observed[observed["value"].notna()].sort_values("rank", kind="stable").to_dict("records"):
        partner = PartnerName(row["partner_slug"], row["partner"])
        standing = Standing(partner, float(row["value"]), int(row["rank"]), bool(row["shared_rank"]), among=False)
        placed[row["indicator_code"]].append((row["indicator"], standing))
    return placed


def _indicators(words: Thesaurus, standings: pd.DataFrame) -> dict[str, str]:
    """Per meaning the code of the first indicator that speaks of it."""
    fitting: dict[str, str] = {}
    for row in standings.drop_duplicates("indicator_code").to_dict("records"):
        for concept in words.concepts(f"{row['indicator']} {row['short']}"):
            if concept.known:
                fitting.setdefault(concept.key, row["indicator_code"])
    return fitting


def _shared_projects(session: Session, viewer: Viewer, words: Thesaurus) -> dict[str, list[Answer]]:
    """Per meaning the living shared projects whose title speaks of it, by code."""
    found = (
        select(Project.code, Project.title, Project.scope)
        .where(visible_projects(viewer), is_living(), is_shared())
        .order_by(bytewise(Project.code))
    )
    speaking: dict[str, list[Answer]] = defaultdict(list)
    for code, title, scope in session.execute(found):
        for key in {concept.key for concept in words.concepts(title) if concept.known}:
            speaking[key].append(Answer(code, title, str(scope), True))
    return speaking


def find_subject(session: Session, viewer: Viewer, number: str) -> Subject:
    """A rejected one only for who decides on them. Raises RowNotFound."""
    states = frozenset(GroupState) if viewer.may(Permission.CONFIRM_GROUPS) else SHOWN
    found = next((one for one in subjects(session, viewer, states) if str(one.id) == number), None)
    if found is None:
        raise RowNotFound(f"subject {number}")
    return found


def subject_exists(session: Session, viewer: Viewer, number: str) -> bool:
    try:
        find_subject(session, viewer, number)
    except RowNotFound:
        return False
    return True


def candidate_of(session: Session, viewer: Viewer, subject: Subject) -> Candidate | None:
    """How its partners could work together; None when a living shared project answers it already."""
    every = candidate_coalitions(session, viewer, most=10_000)
    return next((one for one in every if one.subject.id == subject.id), None)


@dataclass(frozen=True, slots=True)
class SubjectChallenge:
    id: int
    code: str
    title: str
    description: str
    partner: str
    partner_slug: str
    status: ChallengeStatus
    visibility: Visibility
    theme: str
    service: str


def challenges_of(session: Session, viewer: Viewer, subject: Subject) -> list[SubjectChallenge]:
    """The subject's challenges, by partner and code."""
    found = (
        select(Challenge.id, Challenge.code, Challenge.title, Challenge.description)
        .add_columns(Partner.title.label("partner"), Partner.slug.label("partner_slug"))
        .add_columns(Challenge.status, Challenge.visibility, Theme.title.label("theme"))
        .add_columns(Service.title.label("service"))
        .join(Challenge.partner)
        .join(Challenge.theme)
        .join(Challenge.service)
        .where(Challenge.id.in_([member.id for member in subject.members]), visible_challenges(viewer))
        .order_by(bytewise(Partner.title_key), bytewise(Challenge.code))
    )
    return [SubjectChallenge(**row) for row in session.execute(found).mappings()]


@dataclass(frozen=True, slots=True)
class Together:
    """How many living shared projects a partner takes part in, and leads; how many local ones it reported, and how many
    of those are like a local project of another. What the viewer may know of."""

    slug: str
    partner: str
    coalitions: int
    leads: int
    local: int
    side_by_side: int


def together_and_alone(session: Session, viewer: Viewer) -> list[Together]:
    """Every partner, municipalities first, then by name."""
    local, alike = _local(session, viewer), _alike(session, viewer)
    return [
        Together(one.slug, one.name, one.coalitions, one.leads, local.get(one.slug, 0), alike.get(one.slug, 0))
        for one in joined_partners(session, viewer)
    ]


def _local(session: Session, viewer: Viewer) -> dict[str, int]:
    found = (
        select(Partner.slug, func.count().label("projects"))
        .join(Project, Project.reported_by_id == Partner.id)
        .where(visible_projects(viewer), is_living(), Project.scope == ProjectScope.LOCAL)
        .group_by(Partner.slug)
    )
    return {row.slug: row.projects for row in session.execute(found)}


def _alike(session: Session, viewer: Viewer) -> dict[str, int]:
    """Both of a pair are local, of two partners, visible and living."""
    own, other = aliased(Project), aliased(Project)
    pair = or_(
        and_(ProjectLike.one_id == own.id, ProjectLike.other_id == other.id),
        and_(ProjectLike.other_id == own.id, ProjectLike.one_id == other.id),
    )
    matched = exists().where(pair, visible_projects(viewer, other), is_living(other), other.scope == ProjectScope.LOCAL)
    found = (
        select(Partner.slug, func.count().label("projects"))
        .join(own, own.reported_by_id == Partner.id)
        .where(visible_projects(viewer, own), is_living(own), own.scope == ProjectScope.LOCAL, matched)
        .group_by(Partner.slug)
    )
    return {row.slug: row.projects for row in session.execute(found)}
