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
from portal.queries.editable_rows import Labelled
from portal.queries.frames import COUNT, frame
from portal.queries.inventory.counts import Answer, PartnerName, answers_per_challenge
from portal.queries.inventory.filters import ChallengeFilter, challenge_conditions
from portal.queries.visible import is_open, visible_challenges
from portal.vocabulary import LIVE_CHALLENGES, GroupState
from portal.words import fold

SHOWN = frozenset({GroupState.SUGGESTED, GroupState.CONFIRMED})
TWO = 2
MOST_SHARED = 200


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


Ids = Sequence[int] | Select[int]


def subjects(
    session: Session, viewer: Viewer, states: Iterable[GroupState] = SHOWN, *, among: Ids | None = None
) -> list[Subject]:
    """Most partners first, then most challenges, then by title. Members of two partners must be visible. `among`: only
    these."""
    groups = select(ChallengeGroup).where(
        ChallengeGroup.state.in_(sorted(states)), ChallengeGroup.archived_at.is_(None)
    )
    members = _members(session, viewer, among)
    within = select(ChallengeGroupMember.challenge_id)
    if among is not None:
        groups = groups.where(ChallengeGroup.id.in_(among))
        within = within.where(ChallengeGroupMember.challenge_group_id.in_(among))
    answers = answers_per_challenge(session, viewer, within)
    sizes, closed = _sizes(session, among), closed_to(session, viewer)
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


def editable_subjects(session: Session, viewer: Viewer) -> list[Labelled]:
    """Those that the viewer may decide on, rejected ones too, in their order: id, version, title, state, the codes of
    the challenges (`challenges`, by code) and what they are (`told`)."""
    if not viewer.may(Permission.CONFIRM_GROUPS):
        return []
    return [
        {
            "id": one.id,
            "version": one.version,
            "title": one.title,
            "state": one.state,
            "challenges": ", ".join(sorted(member.code for member in one.members)),
            "told": "\n".join(f"{member.partner.title}: {member.title} ({member.code})" for member in one.members),
        }
        for one in subjects(session, viewer, GroupState)
    ]


def known_challenges(session: Session, viewer: Viewer) -> dict[str, tuple[int, str]]:
    """By code, the id of each challenge that the viewer may know of, and its partner (slug)."""
    found = select(Challenge.code, Challenge.id, Partner.slug).join(Challenge.partner).where(visible_challenges(viewer))
    return {code: (each, slug) for code, each, slug in session.execute(found)}


@dataclass(frozen=True, slots=True)
class SharedSubject:
    """A subject of which two partners or more have an open challenge; counted are those that are open."""

    id: int
    title: str
    state: GroupState
    partners: int
    challenges: int
    partner_names: str


def shared_subjects(
    session: Session, viewer: Viewer, wanted: ChallengeFilter, most: int = MOST_SHARED
) -> list[SharedSubject]:
    """Of the challenges that the filter leaves; most partners first, then most challenges, then by number."""
    member = ChallengeGroupMember
    partners = func.count(Challenge.partner_id.distinct())
    ranked = (
        select(member.challenge_group_id, partners, func.count())
        .join(ChallengeGroup, ChallengeGroup.id == member.challenge_group_id)
        .join(Challenge, Challenge.id == member.challenge_id)
        .where(ChallengeGroup.state.in_(sorted(SHOWN)), ChallengeGroup.archived_at.is_(None))
        .where(*challenge_conditions(session, viewer, wanted), is_open())
        .group_by(member.challenge_group_id)
        .having(partners >= TWO)
        .order_by(partners.desc(), func.count().desc(), member.challenge_group_id)
        .limit(most)
    )
    counted = {group_id: (count, challenges) for group_id, count, challenges in session.execute(ranked)}
    named = {one.id: one for one in subjects(session, viewer, among=list(counted))}
    open_at = _open_at(session, viewer, wanted, list(counted))
    return [
        SharedSubject(each, named[each].title, named[each].state, *counts, ", ".join(open_at[each]))
        for each, counts in counted.items()
    ]


def _open_at(session: Session, viewer: Viewer, wanted: ChallengeFilter, groups: Sequence[int]) -> dict[int, list[str]]:
    """Per group the partners with an open challenge that the filter leaves, by name."""
    found = (
        select(ChallengeGroupMember.challenge_group_id, Partner.title, Partner.title_key)
        .join(Challenge, Challenge.id == ChallengeGroupMember.challenge_id)
        .join(Challenge.partner)
        .where(
            ChallengeGroupMember.challenge_group_id.in_(groups),
            *challenge_conditions(session, viewer, wanted),
            is_open(),
        )
        .order_by(bytewise(Partner.title_key))
    )
    names: dict[int, list[str]] = defaultdict(list)
    for group_id, title, _ in session.execute(found):
        if title not in names[group_id]:
            names[group_id].append(title)
    return names


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


def holding(challenges: Ids) -> Select[int]:
    """The groups that hold one of these challenges."""
    return select(ChallengeGroupMember.challenge_group_id).where(ChallengeGroupMember.challenge_id.in_(challenges))


def _members(session: Session, viewer: Viewer, groups: Ids | None = None) -> dict[int, list[Member]]:
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


def _sizes(session: Session, groups: Ids | None) -> dict[int, int]:
    """How many members each group has, seen or not: only to know whether its title speaks of more than is seen."""
    group_id = ChallengeGroupMember.challenge_group_id
    found = select(group_id, func.count().label("size")).group_by(group_id)
    counted = session.execute(found if groups is None else found.where(group_id.in_(groups)))
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
