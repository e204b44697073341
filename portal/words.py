"""Text as people compare it: without regard to case, accents, hyphens and spacing."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_WRITTEN = re.compile(r"\S+")
_NOT_A_LETTER_OR_DIGIT = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """The key by which names are sorted, searched and matched; the same on every database.

    >>> fold("Sint-Élooi") == fold("SINT  ELOOI")
    True
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_A_LETTER_OR_DIGIT.sub(" ", bare).strip()


def anchor(text: str) -> str:
    """The name of a place on a page, after the words that stand there: "Type samenwerking" is type-samenwerking."""
    return fold(text).replace(" ", "-")


class Written(NamedTuple):
    """A folded word, and where what was written for it begins and ends in the text."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Written]:
    """Each folded word with its place in the text; marks around it stay outside."""
    for written in _WRITTEN.finditer(text):
        start, end = written.span()
        while start < end and not fold(text[start]):
            start += 1
        while end > start and not fold(text[end - 1]):
            end -= 1
        for folded in fold(text[start:end]).split():
            yield Written(folded, start, end)
