"""Keeps up to date which challenges, and which local projects, of different partners are alike; and the words of the
field that mean the same, every change of which works out the likeness anew."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.orm import Session

from portal.commands.base import Refused, changed, command
from portal.commands.inventory.subjects import LEFT_OVER, suggest_subjects
from portal.db.likeness import CHALLENGES, PROJECTS, Kind, filed, packed, thesaurus
from portal.db.models import Challenge, PortalInfo, Project, Synonym
from portal.likeness.corpus import Corpus, Filed
from portal.likeness.words import Thesaurus, why
from portal.permissions import Permission, RowNotFound, Viewer
from portal.words import fold

MANY = 50  # changed at once, everything is worked out anew: that is quicker than one by one
BATCH = 5_000
_WAITING = "portal_alike_again"
Pair = tuple[int, int, float]


@command(Permission.EDIT_INVENTORY)
def refresh_likeness(
    session: Session,
    by: Viewer,
    *,
    challenge_ids: Collection[int] | None = None,
    project_ids: Collection[int] | None = None,
) -> None:
    """Works out the likeness of these rows, or of everything when neither is given; inside another command it joins.

    Everything is for after an import, a demo or a change of the synonyms: only then all scores weigh words alike.
    """
    everything = challenge_ids is None and project_ids is None
    keep_likeness(
        session,
        challenge_ids=None if everything else challenge_ids or (),
        project_ids=None if everything else project_ids or (),
    )


def keep_likeness(
    session: Session, *, challenge_ids: Collection[int] | None = (), project_ids: Collection[int] | None = ()
) -> None:
    """For use inside a command that added, changed, archived or brought back these rows. None: all rows."""
    session.flush()
    session.execute(select(PortalInfo.id).with_for_update())  # two at once would write the same pair of like rows
    words = thesaurus(session)
    if challenge_ids is None or challenge_ids:
        changed = _refresh(session, CHALLENGES, words, challenge_ids)
        suggest_subjects(session, changed)
    if project_ids is None or project_ids:
        _refresh(session, PROJECTS, words, project_ids)


def alike_again(session: Session, _: Viewer, row: Challenge | Project) -> None:
    """For use inside a command that added, changed, archived or brought back this row."""
    waiting = session.info.get(_WAITING)
    if waiting is None:
        session.flush()
        _keep(session, [row])
    else:
        waiting.append(row)


@contextmanager
def likeness_at_once(session: Session) -> Iterator[None]:
    """For a command that does so with many rows, or decides on many subjects: what is alike, and what that suggests, is
    worked out once, at the end."""
    rows: list[Challenge | Project] = []
    left_over: set[int] = set()
    session.info |= {_WAITING: rows, LEFT_OVER: left_over}
    try:
        yield
    finally:
        del session.info[_WAITING], session.info[LEFT_OVER]
    session.flush()
    if rows:
        _keep(session, rows)
    if left_over:
        suggest_subjects(session, left_over)


def _keep(session: Session, rows: Iterable[Challenge | Project]) -> None:
    ids: dict[type[Any], set[int]] = {Challenge: set(), Project: set()}
    for row in rows:
        ids[type(row)].add(row.id)
    keep_likeness(session, challenge_ids=ids[Challenge], project_ids=ids[Project])


def _refresh(session: Session, kind: Kind, words: Thesaurus, ids: Collection[int] | None) -> set[int] | None:
    """The rows worked out; None for all."""
    changed = None if ids is None or len(ids) > MANY else set(ids)
    texts = _texts(session, kind, changed)
    bags = {text_id: words.bag(title, description) for text_id, (title, description) in texts.items()}
    _replace(
        session,
        kind.words,
        kind.text_id.in_(changed) if changed is not None else None,
        ({kind.text_id.key: text_id, "words": packed(bag)} for text_id, bag in bags.items()),
    )
    kept = {text.id: text for text in filed(session, kind)}
    corpus = Corpus(kept.values())
    pairs = list(corpus.pairs() if changed is None else _pairs_of(corpus, [kept[each] for each in sorted(bags)]))
    missing = {each for one, other, _ in pairs for each in (one, other)} - texts.keys()
    said = {
        text_id: words.spoken(title, description)
        for text_id, (title, description) in (texts | _texts(session, kind, missing)).items()
    }
    _replace(
        session,
        kind.like,
        or_(kind.like.one_id.in_(changed), kind.like.other_id.in_(changed)) if changed is not None else None,
        (_row(pair, kept, said) for pair in pairs),
    )
    return changed


def _texts(session: Session, kind: Kind, ids: set[int] | None) -> dict[int, tuple[str, str]]:
    found = select(kind.row.id, kind.row.title, kind.row.description).where(kind.compared())
    if ids is not None:
        found = found.where(kind.row.id.in_(ids))
    return {text_id: (title, description) for text_id, title, description in session.execute(found)}


def _pairs_of(corpus: Corpus, texts: Iterable[Filed]) -> Iterator[Pair]:
    found = {
        (min(text.id, like.id), max(text.id, like.id)): like.score for text in texts for like in corpus.likes_of(text)
    }
    for (one, other), score in sorted(found.items()):
        yield one, other, score


def _row(pair: Pair, kept: dict[int, Filed], said: dict[int, dict[str, str]]) -> dict[str, Any]:
    one, other, score = pair
    reason = why(
        said[one],
        said[other],
        same_service=kept[one].service is not None and kept[one].service == kept[other].service,
        same_theme=kept[one].theme is not None and kept[one].theme == kept[other].theme,
    )
    return {"one_id": one, "other_id": other, "score": score, "why": reason}


def _replace(session: Session, model: Any, where: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Deletes the rows that answer the condition (None: all) and writes these."""
    session.execute(delete(model) if where is None else delete(model).where(where))
    waiting: list[dict[str, Any]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == BATCH:
            session.execute(insert(model), waiting)
            waiting = []
    if waiting:
        session.execute(insert(model), waiting)


class Unseen(Enum):
    """For who never looked: the command line, a demo."""

    UNSEEN = "unseen"


UNSEEN = Unseen.UNSEEN


@command(Permission.MANAGE_PORTAL)
def begin_synonyms(session: Session, by: Viewer, *, synonyms: Mapping[str, str]) -> int:
    """The starting list (term to meaning), where there is none yet; gives how many came in. People's list is theirs."""
    if session.scalar(select(exists().where(Synonym.id.is_not(None)))):
        return 0
    session.add_all(Synonym(term=term, meaning=meaning) for term, meaning in synonyms.items())
    session.flush()
    return len(synonyms)


@command(Permission.MANAGE_PORTAL)
def set_synonym(
    session: Session, by: Viewer, *, term: str, meaning: str, seen: str | Unseen | None = UNSEEN
) -> Synonym:
    """Adds a term, or gives it another meaning. Refused when one of the two says nothing.

    `seen`: the meaning that stood there, None when the term is new. Refused when it is something else by now.
    """
    term, meaning = " ".join(term.split()), " ".join(meaning.split())
    if not fold(term) or not fold(meaning):
        raise Refused("Een synoniem heeft een woord en een betekenis nodig.")
    row = _synonym(session, term)
    _refuse_unseen(row, term, seen)
    if row is None:
        row = Synonym(term=term, meaning=meaning)
        session.add(row)
    elif not changed(row, meaning=meaning):
        return row
    keep_likeness(session, challenge_ids=None, project_ids=None)
    return row


@command(Permission.MANAGE_PORTAL)
def learn_synonyms(session: Session, by: Viewer, *, synonyms: Mapping[str, str]) -> None:
    """Puts these on the list (term to meaning), together or not at all. Refused when one of the terms has a meaning."""
    for term, meaning in synonyms.items():
        set_synonym(session, by, term=term, meaning=meaning, seen=None)


@command(Permission.MANAGE_PORTAL)
def remove_synonym(session: Session, by: Viewer, *, term: str, seen: str | Unseen | None = UNSEEN) -> None:
    row = _synonym(session, term)
    if row is None:
        raise RowNotFound(f"synonym {term}")
    _refuse_unseen(row, term, seen)
    session.delete(row)
    keep_likeness(session, challenge_ids=None, project_ids=None)


def _refuse_unseen(row: Synonym | None, term: str, seen: str | Unseen | None) -> None:
    stands = row.meaning if row is not None else None
    if isinstance(seen, Unseen) or seen == stands:
        return
    if stands is None:
        raise Refused(f"‘{term}’ staat intussen niet meer in de lijst; er is niets gewijzigd.")
    raise Refused(f"‘{term}’ betekent al ‘{stands}’; er is niets gewijzigd. Kies het in de lijst om het te wijzigen.")


def _synonym(session: Session, term: str) -> Synonym | None:
    """However it is spelled: capitals, accents and hyphens make no other word."""
    return next((row for row in session.scalars(select(Synonym)) if fold(row.term) == fold(term)), None)
