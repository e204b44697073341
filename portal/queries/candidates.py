"""Candidate coalitions: subjects that no living shared project answers, and how partners could take them up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.likeness import thesaurus
from portal.db.models import Project
from portal.db.sorting import bytewise
from portal.likeness.cooperation import Advice, advised
from portal.likeness.groups import meanings_of
from portal.likeness.thesaurus import Thesaurus
from portal.permissions import Viewer
from portal.queries.stadsmonitor import observations
from portal.queries.subjects import TWO, Subject, subjects
from portal.queries.topics import Answer, PartnerName
from portal.queries.visible import is_living, is_shared, visible_projects

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
        if not any(answer.shared for answer in subject.answers)
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
