"""Challenges of a few partners about a few subjects."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, ChallengeGroup, ChallengeGroupMember, ChallengeLike
from portal.permissions import Role
from portal.vocabulary import GroupState
from tests.makers import make_challenge, viewer

COORDINATOR = viewer(Role.COORDINATOR)
POST = {
    "kortrijk": "Overstap naar de eBox",
    "menen": "Brieven via de eBox versturen",
    "kuurne": "Portkosten van aangetekende post",
}
SERVERS = {"waregem": "Servers in een gedeeld datacenter", "wervik": "Serverpark vervangen"}


def challenge(session: Session, partner: str, title: str, **given: Any) -> Challenge:
    return make_challenge(session, partner=partner, title=title, **{"service": "it", "theme": "data"} | given)


def challenges(session: Session, texts: dict[str, str], **given: Any) -> list[Challenge]:
    return [challenge(session, partner, title, **given) for partner, title in texts.items()]


def pairs(session: Session) -> set[tuple[int, int]]:
    return {(one, other) for one, other in session.execute(select(ChallengeLike.one_id, ChallengeLike.other_id))}


def members(session: Session, group: ChallengeGroup) -> set[int]:
    found = select(ChallengeGroupMember.challenge_id).where(ChallengeGroupMember.challenge_group_id == group.id)
    return set(session.scalars(found))


def suggestions(session: Session) -> list[ChallengeGroup]:
    found = select(ChallengeGroup).where(ChallengeGroup.state == GroupState.SUGGESTED).order_by(ChallengeGroup.id)
    return list(session.scalars(found.execution_options(populate_existing=True)))


def ids(rows: list[Challenge]) -> set[int]:
    return {row.id for row in rows}
