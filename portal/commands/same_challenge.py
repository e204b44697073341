"""A challenge that a partner reports because another reported the same: its own words, and one subject for both."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.commands.base import Refused, command
from portal.commands.challenges import add_challenge
from portal.commands.editing import Values
from portal.commands.known import knows_of
from portal.commands.suggestions import suggest_subjects
from portal.db.models import Challenge, ChallengeGroup, ChallengeGroupMember, Partner
from portal.permissions import Permission, RowNotFound, Viewer
from portal.vocabulary import GroupState


@command(Permission.EDIT_INVENTORY)
def report_too(session: Session, by: Viewer, *, partner: str, values: Values, like: str) -> Challenge:
    """Adds a challenge of the partner with this slug, and puts it in one subject with the one whose code is `like`.

    In the subject that somebody confirmed for that one; else in the suggestion that now holds both; else in a new
    subject of the two. Raises RowNotFound when the person may not know of the other, Refused when it is the partner's
    own.
    """
    found = select(Challenge).where(Challenge.code == like, Challenge.archived_at.is_(None))
    other = session.scalars(found).one_or_none()
    if other is None or not knows_of(by, other):
        raise RowNotFound(f"challenge {like}")
    if session.scalar(select(Partner.id).where(Partner.slug == partner)) == other.partner_id:
        raise Refused(f"Dit bestuur meldde het al als {other.code} ‘{other.title}’; open die uitdaging.")
    row = add_challenge(session, by, partner=partner, values=values)
    _unite(session, by, row, other)
    return row


def _unite(session: Session, by: Viewer, row: Challenge, other: Challenge) -> None:
    groups = _groups_of(session, other)
    confirmed = next((group for group in groups if group.state is GroupState.CONFIRMED), None)
    if confirmed is None and {group.id for group in groups} & {group.id for group in _groups_of(session, row)}:
        return
    if confirmed is None:
        confirmed = ChallengeGroup(title=other.title, state=GroupState.CONFIRMED, decided_by_id=by.user_id)
        session.add(confirmed)
        session.flush()
        session.add(ChallengeGroupMember(challenge_group_id=confirmed.id, challenge_id=other.id))
    else:  # who has this subject open sees that it changed
        newer = update(ChallengeGroup).where(ChallengeGroup.id == confirmed.id)
        session.execute(newer.values(version=ChallengeGroup.version + 1))
    session.add(ChallengeGroupMember(challenge_group_id=confirmed.id, challenge_id=row.id))
    session.flush()
    suggest_subjects(session, {row.id, other.id})


def _groups_of(session: Session, row: Challenge) -> list[ChallengeGroup]:
    """The subjects and suggestions that the challenge is in."""
    found = (
        select(ChallengeGroup)
        .join(ChallengeGroupMember, ChallengeGroupMember.challenge_group_id == ChallengeGroup.id)
        .where(ChallengeGroupMember.challenge_id == row.id, ChallengeGroup.archived_at.is_(None))
        .where(ChallengeGroup.state != GroupState.REJECTED)
        .order_by(ChallengeGroup.id)
        .with_for_update(of=ChallengeGroup)
    )
    return list(session.scalars(found.execution_options(populate_existing=True)))
