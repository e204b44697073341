"""Subjects: the same challenge at several partners, suggested or confirmed; and the words that mean the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.closed import A_SUBJECT, Closed
from portal.db.likeness import unpacked
from portal.db.models import Challenge, ChallengeGroup, ChallengeGroupMember, ChallengeWords, Partner, Synonym
from portal.db.types import bytewise
from portal.likeness.groups import Spoken, subject_of
from portal.permissions import Permission, Viewer, require
from portal.queries.closed import closed_to
from portal.queries.frames import COUNT, frame
from portal.queries.inventory.counts import Answer, PartnerName, answers_per_challenge
from portal.queries.inventory.filters import ChallengeFilter, challenge_conditions
from portal.queries.visible import is_open, visible_challenges
from portal.vocabulary import LIVE_CHALLENGES, GroupState
from portal.words import fold

SHOWN = frozenset({GroupState.SUGGESTED, GroupState.CONFIRMED})
TWO = 2


@dataclass(frozen=True, slots=True)
class Member:
    """A challenge in a subject."""

    id: int
    code: str
    title: str
    partner: PartnerName
    is_open: bool
    spoken: Spoken


@dataclass(frozen=True, slots=True)
class Subject:
    """Like challenges of two or more partners: a suggestion, or confirmed by a person. Nothing in them merges.

    `members` by partner and code, `partners` by name, `answers`: the living projects that answer one of them, shared
    ones first. Only what the viewer may know of.
    """

    id: int
    version: int
    title: str
    state: GroupState
    members: tuple[Member, ...]
    answers: tuple[Answer, ...]

    @property
    def partners(self) -> tuple[PartnerName, ...]:
        return tuple(dict.fromkeys(member.partner for member in self.members))

    @property
    def is_answered(self) -> bool:
        """By a living shared project: then it is no candidate."""
        return any(answer.shared for answer in self.answers)


def subjects(
    session: Session,
    viewer: Viewer,
    states: Iterable[GroupState] = SHOWN,
    *,
    holding: Sequence[int] | Select[int] | None = None,
) -> list[Subject]:
    """Most partners first, then most challenges, then by title. Members of two partners must be visible. `holding`:
    only those that hold one of these challenges."""
    groups = select(ChallengeGroup).where(
        ChallengeGroup.state.in_(sorted(states)), ChallengeGroup.archived_at.is_(None)
    )
    if holding is not None:
        held = select(ChallengeGroupMember.challenge_group_id).where(ChallengeGroupMember.challenge_id.in_(holding))
        groups = groups.where(ChallengeGroup.id.in_(held))
    members = _members(session, viewer, None if holding is None else held)
    answers = answers_per_challenge(session, viewer, select(ChallengeGroupMember.challenge_id))
    sizes, closed = _sizes(session), closed_to(session, viewer)
    found = []
    for group in session.scalars(groups):
        those = members.get(group.id, [])
        title = _title(group, those, sizes.get(group.id, 0), closed)
        united = {answer for member in those for answer in answers.get(member.id, ())}
        shared_first = tuple(sorted(united, key=lambda answer: (not answer.shared, answer.code)))
        subject = Subject(group.id, group.version, title, group.state, tuple(those), shared_first)
        if len(subject.partners) >= TWO:
            found.append(subject)
    return sorted(found, key=lambda one: (-len(one.partners), -len(one.members), one.title, one.id))


@dataclass(frozen=True, slots=True)
class SharedSubject:
    """A subject of which two partners or more have an open challenge; counted are those that are open."""

    id: int
    title: str
    state: GroupState
    partners: int
    challenges: int
    partner_names: str


def shared_subjects(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> list[SharedSubject]:
    """Of the challenges that the filter leaves; most partners first, then most challenges, then by title."""
    left = set(session.scalars(select(Challenge.id).where(*challenge_conditions(viewer, wanted), is_open())))
    found = []
    for one in subjects(session, viewer):
        those = [member for member in one.members if member.id in left]
        names = list(dict.fromkeys(member.partner.title for member in those))
        if len(names) >= TWO:
            found.append(SharedSubject(one.id, one.title, one.state, len(names), len(those), ", ".join(names)))
    return sorted(found, key=lambda one: (-one.partners, -one.challenges, one.title, one.id))


def title_for(session: Session, viewer: Viewer, subject: Subject) -> str:
    """What this viewer would read as the title of a subject that somebody else sees: what is made of it for all to see
    names nothing that is closed to them."""
    own = [member.id for member in subject.members]
    seen = set(session.scalars(select(Challenge.id).where(Challenge.id.in_(own), visible_challenges(viewer))))
    members = [member for member in subject.members if member.id in seen]
    return _title(subject, members, len(own), closed_to(session, viewer))


def _title(group: ChallengeGroup | Subject, members: Sequence[Member], size: int, closed: Closed) -> str:
    """The title, unless it names what is closed, or the portal made it of more than is seen: then what the `members`
    that are seen speak of, else "een onderwerp"."""
    made_of_more = group.state is GroupState.SUGGESTED and len(members) < size
    if not made_of_more and not closed.is_in(group.title, near=True):
        return group.title
    return subject_of(member.spoken for member in members) if members else A_SUBJECT


def confirmed_titles(session: Session, viewer: Viewer) -> dict[int, str]:
    """Per challenge id the title of the confirmed subject that it is in, the oldest first."""
    members, closed = _members(session, viewer), closed_to(session, viewer)
    groups = session.scalars(
        select(ChallengeGroup)
        .where(ChallengeGroup.state == GroupState.CONFIRMED, ChallengeGroup.archived_at.is_(None))
        .order_by(ChallengeGroup.id.desc())
    )
    seen = ((group, members.get(group.id, [])) for group in groups)
    return {member.id: _title(group, those, len(those), closed) for group, those in seen for member in those}


def subject_titles(session: Session, viewer: Viewer) -> dict[int, str]:
    """Per challenge id the title of its subject, confirmed before suggested: the column 'onderwerp'."""
    found = sorted(subjects(session, viewer), key=lambda one: (one.state is GroupState.CONFIRMED, one.id))
    return {member.id: one.title for one in found for member in one.members}


def _members(session: Session, viewer: Viewer, groups: Select[int] | None = None) -> dict[int, list[Member]]:
    """Of these groups, or of all."""
    found = (
        select(ChallengeGroupMember.challenge_group_id, Challenge.id, Challenge.code, Challenge.title)
        .add_columns(Challenge.status, Challenge.partner_id, Partner.slug, Partner.title, ChallengeWords.words)
        .select_from(ChallengeGroupMember)
        .join(Challenge, Challenge.id == ChallengeGroupMember.challenge_id)
        .join(Challenge.partner)
        .outerjoin(ChallengeWords, ChallengeWords.challenge_id == Challenge.id)
        .where(visible_challenges(viewer))
        .order_by(bytewise(Partner.title_key), bytewise(Challenge.code))
    )
    if groups is not None:
        found = found.where(ChallengeGroupMember.challenge_group_id.in_(groups))
    members: dict[int, list[Member]] = defaultdict(list)
    for group_id, each, code, title, status, partner_id, slug, partner, words in session.execute(found):
        spoken = Spoken(partner_id, title, unpacked(words or ""))
        members[group_id].append(
            Member(each, code, title, PartnerName(slug, partner), status in LIVE_CHALLENGES, spoken)
        )
    return members


def _sizes(session: Session) -> dict[int, int]:
    """How many members each group has, seen or not: only to know whether its title speaks of more than is seen."""
    group_id = ChallengeGroupMember.challenge_group_id
    counted = session.execute(select(group_id, func.count().label("size")).group_by(group_id))
    return {row.challenge_group_id: row.size for row in counted}


COLUMNS = ("id", "term", "meaning", "challenges")


def synonyms(session: Session, viewer: Viewer) -> pd.DataFrame:
    """By meaning, then term. Columns: id (int), term, meaning (str), challenges (int64: those whose text has the term
    as words of its own)."""
    require(viewer, Permission.MANAGE_PORTAL)
    rows = session.execute(select(Synonym.id, Synonym.term, Synonym.meaning)).all()
    texts = [f" {text} " for text in session.scalars(select(Challenge.search_key).where(visible_challenges(viewer)))]
    counted = ((*row, sum(f" {fold(row.term)} " in text for text in texts)) for row in rows)
    return frame(COLUMNS, sorted(counted, key=lambda row: (fold(row[2]), fold(row[1]))), challenges=COUNT)
