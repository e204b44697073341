"""Text as people compare it: without regard to case, accents, hyphens and spacing."""

import re
import unicodedata

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
