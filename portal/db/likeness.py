"""The two kinds of text that are compared, and how they are kept for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.db.models import (
    Challenge,
    ChallengeLike,
    ChallengeWords,
    Project,
    ProjectLike,
    ProjectWords,
    Synonym,
)
from portal.likeness.corpus import Filed
from portal.likeness.words import BAR, Thesaurus
from portal.vocabulary import ProjectScope


@dataclass(frozen=True, slots=True)
class Kind:
    """Challenges, or local projects: the row, whose it is, its words and its likes."""

    row: type[Challenge] | type[Project]
    owner: InstrumentedAttribute[Any]
    words: type[ChallengeWords] | type[ProjectWords]
    text_id: InstrumentedAttribute[int]
    like: type[ChallengeLike] | type[ProjectLike]
    compared: Callable[[], ColumnElement[bool]]


CHALLENGES = Kind(
    row=Challenge,
    owner=Challenge.partner_id,
    words=ChallengeWords,
    text_id=ChallengeWords.challenge_id,
    like=ChallengeLike,
    compared=lambda: Challenge.archived_at.is_(None),
)
PROJECTS = Kind(
    row=Project,
    owner=Project.reported_by_id,
    words=ProjectWords,
    text_id=ProjectWords.project_id,
    like=ProjectLike,
    compared=lambda: and_(
        Project.archived_at.is_(None), Project.scope == ProjectScope.LOCAL, Project.reported_by_id.is_not(None)
    ),
)


def thesaurus(session: Session) -> Thesaurus:
    found = session.execute(select(Synonym.term, Synonym.meaning).order_by(Synonym.id))
    return _thesaurus_of(tuple((row.term, row.meaning) for row in found))


@lru_cache(maxsize=2)
def _thesaurus_of(synonyms: tuple[tuple[str, str], ...]) -> Thesaurus:
    return Thesaurus(dict(synonyms))


def filed(session: Session, kind: Kind, where: ColumnElement[bool] | None = None) -> Iterator[Filed]:
    """Every text that is kept for comparing and answers the condition."""
    found = (
        select(kind.row.id, kind.owner, kind.row.service_id, kind.row.theme_id, kind.words.words)
        .join(kind.words, kind.text_id == kind.row.id)
        .where(true() if where is None else where)
    )
    for text_id, owner, service, theme, words in session.execute(found):
        yield Filed(text_id, owner, service, theme, unpacked(words))


def packed(bag: tuple[str, ...]) -> str:
    return BAR.join(bag)


def unpacked(words: str) -> tuple[str, ...]:
    return tuple(words.split(BAR)) if words else ()
