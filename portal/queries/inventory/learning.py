"""What the list of synonyms could learn from what people said is the same, and what that would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal.db.likeness import CHALLENGES, filed, thesaurus
from portal.db.models import Challenge, ChallengeGroup, ChallengeGroupMember, Synonym
from portal.likeness.corpus import Corpus, Filed
from portal.likeness.learning import Lesson, lessons
from portal.likeness.words import Thesaurus
from portal.permissions import Permission, Viewer, require
from portal.vocabulary import GroupState

MOST = 5
FORESEEN = 50  # challenges that a word touches, of which it is worked out beforehand what changes
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Titled:
    """Two challenges that become, or are no longer, alike."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word to put on the list; `because`: titles that people called the same. What accepting it would change in who
    resembles whom is None where the word touches too much to work it out beforehand."""

    term: str
    meaning: str
    new: bool
    because: tuple[Titled, ...]
    gained: tuple[Titled, ...] | None
    lost: tuple[Titled, ...] | None


def proposals(session: Session, viewer: Viewer) -> list[Proposal]:
    """Those of most confirmed pairs first. Nothing changes by itself."""
    require(viewer, Permission.MANAGE_PORTAL)
    same = _confirmed(session)
    if not same:
        return []
    texts = _texts(session)
    words, now = thesaurus(session), list(filed(session, CHALLENGES, CHALLENGES.compared()))
    titles = {each: title for each, (title, _) in texts.items()}
    known = dict(session.execute(select(Synonym.term, Synonym.meaning)).all())
    bags = {one.id: one.bag for one in now}
    found = lessons(titles, [pair for pair in same if bags.keys() >= set(pair)], words, bags)
    return [_proposal(lesson, titles, _change(lesson, known, texts, now)) for lesson in found[:MOST]]


def _confirmed(session: Session) -> list[Pair]:
    one, other = aliased(ChallengeGroupMember), aliased(ChallengeGroupMember)
    mine, theirs = aliased(Challenge), aliased(Challenge)
    found = (
        select(one.challenge_id, other.challenge_id)
        .join(other, other.challenge_group_id == one.challenge_group_id)
        .join(ChallengeGroup, ChallengeGroup.id == one.challenge_group_id)
        .join(mine, mine.id == one.challenge_id)
        .join(theirs, theirs.id == other.challenge_id)
        .where(ChallengeGroup.state == GroupState.CONFIRMED, ChallengeGroup.archived_at.is_(None))
        .where(one.challenge_id < other.challenge_id, mine.partner_id != theirs.partner_id)
        .order_by(one.challenge_id, other.challenge_id)
    )
    return [(first, second) for first, second in session.execute(found)]


def _texts(session: Session) -> dict[int, tuple[str, str]]:
    found = select(Challenge.id, Challenge.title, Challenge.description).where(CHALLENGES.compared())
    return {each: (title, description) for each, title, description in session.execute(found)}


def _change(
    lesson: Lesson, known: Mapping[str, str], texts: Mapping[int, tuple[str, str]], now: list[Filed]
) -> tuple[set[Pair], set[Pair]] | None:
    """The pairs gained and lost among the challenges whose words get another meaning."""
    taught = Thesaurus(dict(known) | lesson.synonyms)
    then = [one._replace(bag=taught.bag(*texts[one.id])) for one in now]
    touched = {after.id for before, after in zip(now, then, strict=True) if set(before.bag) != set(after.bag)}
    if len(touched) > FORESEEN:
        return None
    before, after = _pairs(now, touched), _pairs(then, touched)
    return after - before, before - after


def _pairs(texts: list[Filed], touched: Iterable[int]) -> set[Pair]:
    corpus, by_id = Corpus(texts), {one.id: one for one in texts}
    return {(min(each, like.id), max(each, like.id)) for each in touched for like in corpus.likes_of(by_id[each])}


def _proposal(lesson: Lesson, titles: Mapping[int, str], change: tuple[set[Pair], set[Pair]] | None) -> Proposal:
    gained, lost = (_titled(pairs, titles) for pairs in change) if change else (None, None)
    return Proposal(lesson.term, lesson.meaning, lesson.new, _titled(lesson.pairs, titles), gained, lost)


def _titled(pairs: Iterable[Pair], titles: Mapping[int, str]) -> tuple[Titled, ...]:
    return tuple(Titled(titles[one], titles[other]) for one, other in sorted(pairs))
