"""Subjects: like challenges of two or more partners that somebody confirmed, named or rejected."""

from collections.abc import Collection

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from portal.commands.base import Conflict, Refused, changed, command
from portal.commands.suggestions import Members, suggest_subjects
from portal.db.models import Challenge, ChallengeGroup, ChallengeGroupMember
from portal.permissions import Permission, RowNotFound, Viewer
from portal.vocabulary import GroupState

TWO = 2


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
    _keep_members(session, group.id, members)
    return group


@command(Permission.CONFIRM_GROUPS)
def reject_subject(session: Session, by: Viewer, *, group_id: int, version: int) -> ChallengeGroup:
    """These challenges do not belong together; the suggestion does not come back."""
    return _decide(session, by, group_id, version, state=GroupState.REJECTED)


@command(Permission.CONFIRM_GROUPS)
def split_subject(
    session: Session, by: Viewer, *, group_id: int, version: int, title: str, challenge_ids: Collection[int]
) -> ChallengeGroup:
    """These challenges become a subject of their own, and what is left is confirmed without them.

    Raises Conflict, or Refused when one of the two would not have challenges of two partners.
    """
    apart = frozenset(challenge_ids)
    before = frozenset(session.scalars(_members_of(group_id)))
    if not apart <= before:
        raise Refused("Een van de uitdagingen hoort niet (meer) bij dit onderwerp; bekijk het opnieuw.")
    confirm_subject(session, by, group_id=group_id, version=version, challenge_ids=before - apart)
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
    _keep_members(session, group_id, members, left_out=before - members)
    return group


def _refuse_too_few(session: Session, members: Members) -> None:
    found = select(Challenge.partner_id).where(Challenge.id.in_(members), Challenge.archived_at.is_(None))
    partners = session.scalars(found).all()
    if len(partners) != len(members):
        raise Refused("Een van de uitdagingen bestaat niet meer; bekijk het onderwerp opnieuw.")
    if len(set(partners)) < TWO:
        raise Refused("Een onderwerp heeft uitdagingen van minstens twee besturen.")


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
    suggest_subjects(session, members | left_out)
