"""Where a text answers what was looked for. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from portal.likeness.sought import Part, Piece, Sought
from portal.likeness.words import Thesaurus, stem
from portal.words import Written, words_of


class Mark(NamedTuple):
    """`otherwise`: another word that means the same."""

    start: int
    end: int
    otherwise: bool


def marks_in(words: Thesaurus, wanted: Sought, text: str) -> list[Mark]:
    """In the order of the text; none overlap."""
    written = list(words_of(text))
    if not written or not wanted.parts:
        return []
    stems = [stem(word.folded) for word in written]
    said = {place for part in wanted.parts for place in _said(part, written, stems)}
    meant = {part.meaning for part in wanted.parts if part.meaning and part.marks}
    phrases = [(begin, end) for begin, end, meaning in words.placed(stems) if meaning in meant]
    other = {place for begin, end in phrases for place in range(begin, end) if said.isdisjoint(range(begin, end))}
    return list(_joined(written, said, other, phrases))


def _joined(written: list[Written], said: set[int], other: set[int], phrases: list[tuple[int, int]]) -> Iterator[Mark]:
    """Words of one phrase that means the same are one mark."""
    until = dict(phrases)
    end = -1
    for place, word in enumerate(written):
        if word.start < end or place not in said | other:
            continue
        last = written[until.get(place, place + 1) - 1] if place in other else word
        end = last.end
        yield Mark(word.start, end, place in other)


def _said(part: Part, written: list[Written], stems: list[str]) -> Iterator[int]:
    """The places of the words that are said, in any form."""
    line, starts = " ", []
    for word in written:
        starts.append(len(line))
        line += f"{word.folded} "
    for pieces in part.words:
        for piece in pieces:
            yield from _found(piece, line, starts)
    if len(part.stems) == len(part.words):
        yield from (place for place, one in enumerate(stems) if one in part.stems)


def _found(piece: Piece, line: str, starts: list[int]) -> Iterator[int]:
    at = line.find(piece)
    while at >= 0:
        begin, end = at + piece.startswith(" "), at + len(piece) - piece.endswith(" ")
        for place, start in enumerate(starts):
            stop = starts[place + 1] - 1 if place + 1 < len(starts) else len(line) - 1
            if start < end and begin < stop:
                yield place
        at = line.find(piece, at + 1)
