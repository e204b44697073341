"""Which challenges a person said are not the same question: kept per pair, and heeded by every suggestion."""

from collections.abc import Collection, Iterable
from itertools import product

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, ChallengeApart
from portal.permissions import Viewer

Pair = tuple[int, int]


def ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def pairs_between(some: Iterable[int], others: Iterable[int]) -> set[Pair]:
    """Every pair of one of these and another of those, the lower id first."""
    return {ordered(one, other) for one, other in product(some, others) if one != other}


def keep_apart(session: Session, by: Viewer, pairs: Collection[Pair]) -> None:
    """For use inside a command. Pairs of one partner, and those that are apart already, are left as they are."""
    touched = {each for pair in pairs for each in pair}
    found = select(Challenge.id, Challenge.partner_id).where(Challenge.id.in_(touched))
    whose = {row.id: row.partner_id for row in session.execute(found)}
    there = apart_among(session, touched)
    session.add_all(
        ChallengeApart(one_id=one, other_id=other, decided_by_id=by.user_id)
        for one, other in sorted(set(pairs) - there)
        if whose[one] != whose[other]
    )
    session.flush()


def bring_together(session: Session, pairs: Collection[Pair]) -> None:
    """For use inside a command: nobody says any more that these are not the same."""
    touched = {each for pair in pairs for each in pair}
    for row in session.scalars(select(ChallengeApart).where(ChallengeApart.one_id.in_(touched))):
        if (row.one_id, row.other_id) in pairs:
            session.delete(row)
    session.flush()


def apart_among(session: Session, challenge_ids: Collection[int] | None) -> set[Pair]:
    """The pairs that are apart and hold one of these challenges; None: all of them."""
    found = select(ChallengeApart.one_id, ChallengeApart.other_id)
    if challenge_ids is not None:
        found = found.where(or_(ChallengeApart.one_id.in_(challenge_ids), ChallengeApart.other_id.in_(challenge_ids)))
    return {(one, other) for one, other in session.execute(found)}
