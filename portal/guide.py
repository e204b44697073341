"""The guide, read from the one text there is of it: docs/gebruikersgids.md, which is installed with the portal."""

import re
from dataclasses import dataclass
from functools import lru_cache

from portal.config import ROOT
from portal.words import anchor

FILE = ROOT / "docs" / "gebruikersgids.md"
ROLES = "Wat elke rol doet"  # the part with a piece per role, under the name of the role
_HEADING = r"^{} (.+)$"


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading, with that heading left out."""

    title: str
    text: str

    @property
    def anchor(self) -> str:
        return anchor(self.title)


def parts_of(text: str, mark: str = "##") -> tuple[Part, ...]:
    """What stands under each heading of this level; what comes before the first belongs to none."""
    _, *rest = re.split(_HEADING.format(mark), text, flags=re.M)
    return tuple(Part(title.strip(), body.strip()) for title, body in zip(rest[::2], rest[1::2], strict=True))


@lru_cache(maxsize=1)
def guide() -> tuple[Part, ...]:
    """Its parts, in their order."""
    return parts_of(FILE.read_text(encoding="utf-8"))


def start_of(role: str) -> str:
    """What the guide says to who begins in a role, by its label; "" when it says nothing."""
    found = next(part for part in guide() if part.title == ROLES)
    return next((piece.text for piece in parts_of(found.text, "###") if piece.title == role), "")
