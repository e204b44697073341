"""What is looked for in the inventory, as conditions: the one rule of the search and of the text filters."""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, and_, false, literal, not_, or_, select
from sqlalchemy.orm import Session

from portal.db.likeness import CHALLENGES, PROJECTS, Kind, thesaurus
from portal.db.models import Challenge, Partner, Project
from portal.db.types import within
from portal.likeness.sought import Part, Piece, Sought, sought
from portal.likeness.words import BAR

Is = ColumnElement[bool]


def looked_for(session: Session, typed: str, *, exact: bool = False) -> Sought:
    """With the words that mean the same by the list there is now."""
    return sought(thesaurus(session), typed, exact=exact)


def has_text(session: Session, row: type[Challenge] | type[Project], typed: str) -> list[Is]:
    """Conditions on the inventory: none for an empty text; a text of signs only finds nothing."""
    if not typed.strip():
        return []
    return [answers(row, looked_for(session, typed))]


def answers(row: type[Challenge] | type[Project], wanted: Sought) -> Is:
    """Every part is said or meant by the row, or named by its partner; one at least by the row itself."""
    kind = _kind_of(row)
    return _every(kind, wanted, [or_(_has(kind, part), _by_terms(kind, part)) for part in wanted.parts])


NARROWING = 2  # parts: the longest say most, and every further one costs as much again


def may_answer(row: type[Challenge] | type[Project], wanted: Sought) -> Is:
    """Holds for every row that answers, and for some that do not: quick, for who then asks `Sought.rank` of each."""
    kind = _kind_of(row)
    telling = sorted(wanted.parts, key=lambda part: -max(map(len, part.stems)))[:NARROWING]
    alone = len(wanted.parts) == 1
    found = and_(*(or_(*_hints(kind, part), *([] if alone else [_partner_says(kind, part)])) for part in telling))
    return found if row is Challenge else or_(not_(kind.compared()), found)


SHORTEST_HINT = 4  # letters: what begins alike for so long is looked for at once


def _hints(kind: Kind, part: Part) -> Iterator[Is]:
    """What stands in a text, or among its concepts, whichever way it has the part."""
    word = max(part.words, key=lambda pieces: len(pieces[0]))
    yield from (kind.row.search_key.like(f"%{one}%") for one in _beginnings(word))  # letters, digits and spaces only
    if part.meaning:
        held = select(kind.text_id).where(within(kind.words.words, part.meaning))
        yield kind.row.id.in_(held.correlate(None))


def _beginnings(word: Iterable[Piece]) -> list[str]:
    """The fewest texts of which one stands in whatever has one of the pieces."""
    found: list[str] = []
    for piece in sorted({piece.strip() for piece in word}):
        alike = "".join(one for one, _ in takewhile(_same, zip(found[-1], piece, strict=False))) if found else ""
        if len(alike) >= SHORTEST_HINT:
            found[-1] = alike
        elif not any(one in piece for one in found):
            found.append(piece)
    return found


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _every(kind: Kind, wanted: Sought, own: list[Is]) -> Is:
    if len(own) <= 1:
        return own[0] if own else false()
    each = zip(own, wanted.parts, strict=True)
    return and_(or_(*own), *(or_(found, _partner_says(kind, part)) for found, part in each))


def _kind_of(row: type[Challenge] | type[Project]) -> Kind:
    return CHALLENGES if row is Challenge else PROJECTS


def _has(kind: Kind, part: Part) -> Is:
    said = _says(kind.row.search_key, part)
    return or_(said, _marked(kind, part.marks)) if part.marks else said


def _by_terms(kind: Kind, part: Part) -> Is:
    """What keeps no concepts is known by the words themselves."""
    if kind.row is Challenge or not part.terms:
        return false()
    return and_(not_(kind.compared()), _any(kind.row.search_key, part.terms))


def _says(key: Any, part: Part) -> Is:
    return and_(*(_any(key, pieces) for pieces in part.words))


def _any(key: Any, pieces: Iterable[Piece]) -> Is:
    return or_(*(_stands(key, piece) for piece in pieces))


def _stands(key: Any, piece: Piece) -> Is:
    begins, ends = piece.startswith(" "), piece.endswith(" ")
    padded = literal(" ") + key if begins else key
    return within(padded + " " if ends else padded, piece)


def _marked(kind: Kind, marks: Iterable[str]) -> Is:
    """Its concepts, as they are kept, hold one of these."""
    bars = literal(BAR) + kind.words.words + BAR
    held = [within(bars, f"{BAR}{mark}{BAR}") for mark in marks]
    return kind.row.id.in_(select(kind.text_id).where(or_(*held)).correlate(None)) if held else false()


def _partner_says(kind: Kind, part: Part) -> Is:
    named = select(Partner.id).where(_says(Partner.title_key, part)).correlate(None)
    return kind.owner.in_(named)
