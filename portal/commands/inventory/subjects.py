"""Subjects: like challenges of two or more partners, suggested, and confirmed, named or rejected by somebody."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from portal.commands.base import Conflict, Refused, changed, command
from portal.commands.inventory.apart import apart_among, bring_together, keep_apart, pairs_between
from portal.db.base import TITLE
from portal.db.likeness import CHALLENGES, unpacked
from portal.db.models import (
    Audit,
    Challenge,
    ChallengeApart,
    ChallengeGroup,
    ChallengeGroupMember,
    ChallengeLike,
    ChallengeWords,
)
from portal.likeness.groups import Spoken, groups_of, subject_of
from portal.permissions import Permission, RowNotFound, Viewer
from portal.vocabulary import GroupState, Visibility
from portal.words import fold

NEARBY = 200  # challenges looked at anew around one that changed, where so many hang together
NEVER = -1e6  # the likeness of two that somebody said are not the same: no suggestion holds both

Members = frozenset[int]


@dataclass(frozen=True, slots=True)
class _Text:
    spoken: Spoken
    closed: bool


def suggest_subjects(session: Session, around: Collection[int] | None = None) -> None:
    """Works out the suggestions anew: all of them, or those within reach of these challenges.

    A confirmed subject keeps its members out of every suggestion, and what a person set apart comes in none together.
    """
    pool = None if around is None else _within_reach(session, frozenset(around))
    texts = _texts(session, pool)
    likes = _likes(session, pool, texts)
    owners = {each: text.spoken.owner for each, text in texts.items()}
    closed = frozenset(each for each, text in texts.items() if text.closed)
    wanted = [frozenset(found) for found in groups_of(likes, owners, closed)]
    titled = {found: subject_of(texts[each].spoken for each in found)[:TITLE] for found in wanted}
    _write_suggestions(session, titled, _by_group(session, GroupState.SUGGESTED, pool))


def _likes(session: Session, pool: Members | None, texts: Mapping[int, _Text]) -> dict[tuple[int, int], float]:
    found = select(ChallengeLike.one_id, ChallengeLike.other_id, ChallengeLike.score)
    if pool is not None:
        found = found.where(ChallengeLike.one_id.in_(pool))
    likes = {(one, other): score for one, other, score in session.execute(found)}
    likes |= dict.fromkeys(apart_among(session, pool), NEVER)
    return {pair: score for pair, score in likes.items() if texts.keys() >= set(pair)}


def _by_group(session: Session, state: GroupState, touching: Members | None = None) -> dict[int, Members]:
    """The members of every group in this state, or only of those that hold one of these challenges."""
    member = ChallengeGroupMember
    found = (
        select(member.challenge_group_id, member.challenge_id)
        .join(ChallengeGroup, ChallengeGroup.id == member.challenge_group_id)
        .where(ChallengeGroup.state == state, ChallengeGroup.archived_at.is_(None))
    )
    if touching is not None:
        hold_one = select(member.challenge_group_id).where(member.challenge_id.in_(touching))
        found = found.where(ChallengeGroup.id.in_(hold_one))
    members: dict[int, set[int]] = defaultdict(set)
    for group_id, challenge_id in session.execute(found):
        members[group_id].add(challenge_id)
    return {group_id: frozenset(those) for group_id, those in sorted(members.items())}


def _within_reach(session: Session, around: Members) -> Members:
    """Everything linked by likes, ring by ring, until it would be too much; and the suggestions that those are in."""
    reached: set[int] = set()
    ring = set(around)
    while ring and (len(reached) <= len(around) or len(reached | ring) <= NEARBY):
        reached |= ring
        found = select(ChallengeLike.one_id, ChallengeLike.other_id).where(
            or_(ChallengeLike.one_id.in_(ring), ChallengeLike.other_id.in_(ring))
        )
        ring = {each for pair in session.execute(found) for each in pair} - reached
    groups = _by_group(session, GroupState.SUGGESTED, frozenset(reached)).values()
    return frozenset(reached.union(*groups))


def _texts(session: Session, pool: Members | None) -> dict[int, _Text]:
    """The challenges that may be suggested: not archived, and in no confirmed subject."""
    confirmed = (
        select(ChallengeGroupMember.challenge_id)
        .join(ChallengeGroup, ChallengeGroup.id == ChallengeGroupMember.challenge_group_id)
        .where(ChallengeGroup.state == GroupState.CONFIRMED, ChallengeGroup.archived_at.is_(None))
    )
    found = (
        select(Challenge.id, Challenge.partner_id, Challenge.title, ChallengeWords.words, Challenge.visibility)
        .join(ChallengeWords, ChallengeWords.challenge_id == Challenge.id)
        .where(CHALLENGES.compared(), Challenge.id.not_in(confirmed))
    )
    if pool is not None:
        found = found.where(Challenge.id.in_(pool))
    return {
        each: _Text(Spoken(owner, title, unpacked(words)), visibility is Visibility.INTERNAL)
        for each, owner, title, words, visibility in session.execute(found)
    }


def _write_suggestions(session: Session, titled: Mapping[Members, str], there: dict[int, Members]) -> None:
    """A suggestion that mostly stays keeps its row, so that a page which shows it keeps its number."""
    group_of = {each: group_id for group_id, members in there.items() for each in members}
    for members, title in titled.items():
        kept = _nearest(members, group_of, there)
        named = {"title": title, "title_key": fold(title)[:TITLE]}
        if kept is None:
            added = insert(ChallengeGroup).values(**named, state=GroupState.SUGGESTED, version=1)
            kept, before = session.scalars(added.returning(ChallengeGroup.id)).one(), Members()
        else:
            before = there.pop(kept)
            _rename(session, kept, named, anew=before != members)
        _write_members(session, kept, members, before)
    if there:
        session.execute(delete(ChallengeGroup).where(ChallengeGroup.id.in_(there)))


def _nearest(members: Members, group_of: Mapping[int, int], there: Mapping[int, Members]) -> int | None:
    """The suggestion, not yet taken up, that has more than half in common."""
    shared = Counter(group_of[each] for each in members if group_of.get(each) in there)
    mostly = [group_id for group_id, count in shared.items() if 2 * count > len(members | there[group_id])]
    return mostly[0] if mostly else None  # more than half: there is one at most


def _rename(session: Session, group_id: int, named: Mapping[str, str], anew: bool) -> None:
    changes = update(ChallengeGroup).where(ChallengeGroup.id == group_id)
    if not anew:
        changes = changes.where(ChallengeGroup.title != named["title"])
    session.execute(changes.values(**named, version=ChallengeGroup.version + 1))


def _write_members(session: Session, group_id: int, members: Members, before: Members) -> None:
    if gone := before - members:
        session.execute(
            delete(ChallengeGroupMember).where(
                ChallengeGroupMember.challenge_group_id == group_id, ChallengeGroupMember.challenge_id.in_(gone)
            )
        )
    if new := sorted(members - before):
        rows = [{"challenge_group_id": group_id, "challenge_id": each} for each in new]
        session.execute(insert(ChallengeGroupMember), rows)


TWO = 2
TWO_PARTNERS = "Een onderwerp heeft uitdagingen van minstens twee besturen."
LEFT_OVER = "portal_left_over"
"""Where a command that decides on many subjects keeps the challenges around which is suggested anew, once, at its end:
so no decision moves a suggestion that the next one is about."""


@command(Permission.CONFIRM_GROUPS)
def confirm_subject(
    session: Session,
    by: Viewer,
    *,
    group_id: int,
    version: int,
    title: str | None = None,
    challenge_ids: Collection[int] | None = None,
) -> ChallengeGroup:
    """Makes a suggestion a subject, with the title and members the person chose (default: as suggested).

    A confirmed subject is renamed, or given other members, the same way; what is left out may be suggested again.
    Raises Conflict when it changed since, Refused when the members are not of two partners.
    """
    members = frozenset(challenge_ids) if challenge_ids is not None else None
    return _decide(session, by, group_id, version, state=GroupState.CONFIRMED, title=title, members=members)


@command(Permission.CONFIRM_GROUPS)
def add_subject(session: Session, by: Viewer, *, title: str, challenge_ids: Collection[int]) -> ChallengeGroup:
    """A subject that a person made: by hand, or from the other part of a split one."""
    members = frozenset(challenge_ids)
    _refuse_too_few(session, members)
    if not title.strip():
        raise Refused("Geef het onderwerp een titel.")
    group = ChallengeGroup(title=title.strip(), state=GroupState.CONFIRMED, decided_by_id=by.user_id)
    session.add(group)
    session.flush()
    bring_together(session, pairs_between(members, members))
    _keep_members(session, group.id, members)
    return group


@command(Permission.CONFIRM_GROUPS)
def reject_subject(session: Session, by: Viewer, *, group_id: int, version: int) -> ChallengeGroup:
    """No two of these challenges are the same question; no suggestion holds two of them again."""
    return _decide(session, by, group_id, version, state=GroupState.REJECTED)


@command(Permission.CONFIRM_GROUPS)
def keep_rejected_apart(session: Session, by: Viewer) -> int:
    """What an older release only remembered as a whole: every pair of a rejected subject that no confirmed one holds.
    Once, before anybody set anything apart; gives how many pairs."""
    if session.scalar(select(Audit.id).where(Audit.entity == ChallengeApart.__tablename__).limit(1)):
        return 0
    rejected, confirmed = (_by_group(session, state).values() for state in (GroupState.REJECTED, GroupState.CONFIRMED))
    together = {pair for members in confirmed for pair in pairs_between(members, members)}
    pairs = {pair for members in rejected for pair in pairs_between(members, members)} - together
    keep_apart(session, by, pairs)
    return len(apart_among(session, None))


@command(Permission.CONFIRM_GROUPS)
def split_subject(
    session: Session, by: Viewer, *, group_id: int, version: int, title: str, challenge_ids: Collection[int]
) -> ChallengeGroup:
    """These challenges become a subject of their own, and what is left is confirmed without them: one of the first and
    one of the second are not the same question.

    Raises Conflict, or Refused when one of the two would not have challenges of two partners.
    """
    apart = frozenset(challenge_ids)
    before = frozenset(session.scalars(_members_of(group_id)))
    if not apart <= before:
        raise Refused("Een van de uitdagingen hoort niet (meer) bij dit onderwerp; bekijk het opnieuw.")
    confirm_subject(session, by, group_id=group_id, version=version, challenge_ids=before - apart)
    keep_apart(session, by, pairs_between(apart, before - apart))
    return add_subject(session, by, title=title, challenge_ids=apart)


def _decide(
    session: Session,
    by: Viewer,
    group_id: int,
    version: int,
    *,
    state: GroupState,
    title: str | None = None,
    members: Members | None = None,
) -> ChallengeGroup:
    group = session.get(ChallengeGroup, group_id)
    if group is None or group.archived_at is not None:
        raise RowNotFound(f"challenge_group {group_id}")
    if group.version != version:
        raise Conflict("Dit onderwerp is ondertussen gewijzigd; bekijk het opnieuw.")
    before = frozenset(session.scalars(_members_of(group_id)))
    members = before if members is None else members
    _refuse_too_few(session, members)
    if group.state is GroupState.SUGGESTED:  # from now on its members are traced, so they come in anew
        session.execute(delete(ChallengeGroupMember).where(ChallengeGroupMember.challenge_group_id == group_id))
    changed(group, state=state, title=(title or "").strip() or group.title, decided_by_id=by.user_id)
    pairs = pairs_between(members, members)
    if state is GroupState.REJECTED:
        keep_apart(session, by, pairs)
    else:
        bring_together(session, pairs)
    _keep_members(session, group_id, members, left_out=before - members)
    return group


def _refuse_too_few(session: Session, members: Members) -> None:
    found = select(Challenge.partner_id).where(Challenge.id.in_(members), Challenge.archived_at.is_(None))
    partners = session.scalars(found).all()
    if len(partners) != len(members):
        raise Refused("Een van de uitdagingen bestaat niet meer; bekijk het onderwerp opnieuw.")
    if len(set(partners)) < TWO:
        raise Refused(TWO_PARTNERS)


def _members_of(group_id: int) -> Select[int]:
    return select(ChallengeGroupMember.challenge_id).where(ChallengeGroupMember.challenge_group_id == group_id)


def _keep_members(session: Session, group_id: int, members: Members, left_out: Members = frozenset()) -> None:
    """Through the session, unlike the members of a suggestion, so that each is traced."""
    rows = session.scalars(
        select(ChallengeGroupMember).where(ChallengeGroupMember.challenge_group_id == group_id)
    ).all()
    for row in rows:
        if row.challenge_id not in members:
            session.delete(row)
    there = {row.challenge_id for row in rows}
    session.add_all(
        ChallengeGroupMember(challenge_group_id=group_id, challenge_id=each) for each in sorted(members - there)
    )
    session.flush()
    later: set[int] | None = session.info.get(LEFT_OVER)
    if later is None:
        suggest_subjects(session, members | left_out)
    else:
        later |= members | left_out
