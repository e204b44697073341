"""The words that the portal explains, as the search finds them."""

from typing import NamedTuple

from sqlalchemy.orm import Session


class Term(NamedTuple):
    """A word, its meaning in whole sentences, and what else people call it."""

    word: str
    meaning: str
    also: tuple[str, ...]
    href: str


def terms(session: Session) -> tuple[Term, ...]:
    return ()
