"""The rows that answer: first only what they are sorted and counted by, then, of those that are shown, all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.db.likeness import CHALLENGES, PROJECTS, Kind, packed
from portal.db.models import Challenge, Partner, Project
from portal.likeness.marking import Mark, marks_in
from portal.likeness.sought import Rank, Sought
from portal.likeness.words import Thesaurus
from portal.permissions import Viewer
from portal.queries.search.kinds import THE_REGION, Findable, Going, Hit, Piece, Place
from portal.queries.search.said import Said
from portal.queries.search.texts import Library
from portal.queries.sought import may_answer
from portal.queries.visible import is_living, is_open, is_shared, visible_challenges, visible_projects
from portal.vocabulary import ENDED_PHASES, LIVE_CHALLENGES, SHARED_SCOPES
from portal.words import fold

AROUND = 170  # letters of a text that are shown
BEFORE = 50  # of them before what answers
PLACES = {kind: place for place, kind in enumerate(Findable)}


class Key(NamedTuple):
    """A row that answers. The first six say which of two comes first: `place` is that of its kind among the kinds,
    `row` its id in the inventory, else its place among the texts."""

    place: int
    rank: Rank
    ended: bool
    title: str
    code: str
    row: int
    kind: Findable
    partner: str
    going: Going | None


def keys_of(session: Session, viewer: Viewer, asked: Sought, known: Library) -> list[Key]:
    """Every row that answers: by kind, the best first, of those what still runs."""
    if not asked.parts:
        return []
    found = (*_in_texts(asked, known), *_challenges(session, viewer, asked, known))
    return sorted((*found, *_projects(session, viewer, asked, known)))


def _in_texts(asked: Sought, known: Library) -> Iterator[Key]:
    for row, text in enumerate(known.texts):
        rank = asked.rank(text.code, text.title, text.text, text.bag, text.near)
        if rank is not None:
            told = text.row
            ended = told.going is Going.DONE
            yield Key(PLACES[told.kind], rank, ended, "", "", row, told.kind, told.place.slug, told.going)


def _challenges(session: Session, viewer: Viewer, asked: Sought, known: Library) -> Iterator[Key]:
    kind, place, near = Findable.CHALLENGE, PLACES[Findable.CHALLENGE], _near(known)
    found = _selected(CHALLENGES, is_open()).where(visible_challenges(viewer), may_answer(Challenge, asked))
    for row, code, title, text, bag, owner, going in session.execute(found):
        rank = asked.rank(_named(asked, code, text), title, text, bag or "", near[owner])
        if rank is not None:
            state = Going.OPEN if going else Going.DONE
            yield Key(place, rank, not going, title, code, row, kind, known.partners[owner].slug, state)


def _projects(session: Session, viewer: Viewer, asked: Sought, known: Library) -> Iterator[Key]:
    """Of those that answer equally well the shared ones first."""
    kind, place, near = Findable.PROJECT, PLACES[Findable.PROJECT], _near(known)
    found = _selected(PROJECTS, is_living(), is_shared(), Project.title, Project.description)
    found = found.where(visible_projects(viewer), may_answer(Project, asked))
    for row, code, key, text, bag, owner, going, shared, *written in session.execute(found):
        held = packed(known.words.bag(*written)) if bag is None else bag
        rank = asked.rank(_named(asked, code, text), key, text, held, near[owner])
        if rank is not None:
            title, state = f" {key}" if shared else key, Going.OPEN if going else Going.DONE
            yield Key(place, rank, not going, title, code, row, kind, known.partners[owner].slug, state)


def _selected(kind: Kind, *more: Any) -> Select[Any]:
    """What a row is ranked by."""
    row: Any = kind.row
    found = select(row.id, row.code, row.title_key, row.search_key, kind.words.words, kind.owner, *more)
    return found.outerjoin(kind.words, kind.text_id == row.id)


def _near(known: Library) -> dict[int | None, str]:
    return {owner: fold(place.name) for owner, place in known.partners.items()}


def _named(asked: Sought, code: str, text: str) -> str:
    """The folded code, where what was typed could be it."""
    return fold(code) if text.startswith(asked.phrase) else ""


def read(session: Session, asked: Sought, known: Library, keys: Iterable[Key]) -> Mapping[Key, Hit]:
    """What is shown of each."""
    wanted = list(keys)
    inventory = {
        Findable.CHALLENGE: _read_challenges(session, [key.row for key in wanted if key.kind is Findable.CHALLENGE]),
        Findable.PROJECT: _read_projects(session, [key.row for key in wanted if key.kind is Findable.PROJECT]),
    }
    told = (
        (key, inventory[key.kind][key.row] if key.kind in inventory else known.texts[key.row].row) for key in wanted
    )
    return {key: _hit(known.words, asked, row, key.rank) for key, row in told}


def _read_challenges(session: Session, ids: Sequence[int]) -> dict[int, Said]:
    found = select(Challenge, Partner).join(Challenge.partner).where(Challenge.id.in_(ids))
    return {
        row.id: Said(
            kind=Findable.CHALLENGE,
            title=row.title,
            href=f"/uitdaging/{row.code}",
            code=row.code,
            text=row.description,
            place=Place(partner.slug, partner.title),
            state=row.status.label,
            going=Going.OPEN if row.status in LIVE_CHALLENGES else Going.DONE,
            on=row.inventoried_on,
        )
        for row, partner in (session.execute(found) if ids else ())
    }


def _read_projects(session: Session, ids: Sequence[int]) -> dict[int, Said]:
    found = select(Project, Partner).outerjoin(Project.reported_by).where(Project.id.in_(ids))
    return {
        row.id: Said(
            kind=Findable.PROJECT,
            title=row.title,
            href=f"/project/{row.code}",
            code=row.code,
            text=row.description,
            place=Place(partner.slug, partner.title) if partner else THE_REGION,
            where=row.scope.label if row.scope in SHARED_SCOPES else "",
            state=row.phase.label,
            going=Going.DONE if row.phase in ENDED_PHASES else Going.OPEN,
            on=row.ended_on or row.end_expected_on,
        )
        for row, partner in (session.execute(found) if ids else ())
    }


def _hit(words: Thesaurus, asked: Sought, row: Said, rank: Rank) -> Hit:
    titled, told = marks_in(words, asked, row.title), marks_in(words, asked, row.text)
    also = [row.title[mark.start : mark.end] for mark in titled if mark.otherwise]
    also += [row.text[mark.start : mark.end] for mark in told if mark.otherwise]
    return Hit(
        kind=row.kind,
        code=row.code,
        title=row.title,
        text=row.text or row.told,
        href=row.href,
        place=row.place,
        where=row.where,
        state=row.state,
        going=row.going,
        on=row.on,
        rank=rank,
        titled=pieces(row.title, titled),
        snippet=snippet(row.text, told) if row.text else pieces(row.told, ()),
        also=tuple(dict.fromkeys(word.lower() for word in also)),
    )


def pieces(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The whole text, in stretches that are marked and that are not."""
    found, at = [], 0
    for mark in marks:
        found += [Piece(text[at : mark.start]), Piece(text[mark.start : mark.end], marked=True)]
        at = mark.end
    return tuple(piece for piece in (*found, Piece(text[at:])) if piece.text)


def snippet(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The text around what answers, cut between words."""
    if len(text) <= AROUND:
        return pieces(text, marks)
    first = marks[0].start if marks else 0
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text) if start + AROUND >= len(text) else max(text.rfind(" ", start, start + AROUND), start + BEFORE)
    inside = [Mark(mark.start - start, mark.end - start, mark.otherwise) for mark in marks if mark.end <= end]
    shown = pieces(text[start:end], [mark for mark in inside if mark.start >= 0])
    return (*([Piece("… ")] if start else []), *shown, *([Piece(" …")] if end < len(text) else []))
