"""What somebody looks for in the trace, as it travels in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import parse_qs

from portal.db.traced import MODELS

LONGEST, GREATEST = 100, 2**31
NOBODY = 0  # the portal itself


@dataclass(frozen=True, slots=True)
class TraceFilter:
    """`who` is a person's id (0: the portal itself), `row` a piece of a code, title or name, `text` a piece of an old
    or new value; days are the region's, both included.
    """

    who: int | None = None
    since: date | None = None
    until: date | None = None
    entity: str = ""
    row: str = ""
    text: str = ""
    run: int | None = None

    @classmethod
    def from_query(cls, query: str) -> Self:
        """What cannot be read is left out; `unread` names it."""
        given = _given(query)
        return cls(
            who=_whole(given.get("wie")),
            since=_day(given.get("van")),
            until=_day(given.get("tot")),
            entity=given["soort"] if given.get("soort") in MODELS else "",
            row=given.get("rij", "")[:LONGEST].strip(),
            text=given.get("tekst", "")[:LONGEST].strip(),
            run=_whole(given.get("import")),
        )


def unread(query: str) -> list[str]:
    """The pieces of an address that mean nothing here, as people wrote them."""
    given = _given(query)
    checks: Mapping[str, Callable[[str], object]]
    checks = {"wie": _whole, "import": _whole, "van": _day, "tot": _day, "soort": lambda text: MODELS.get(text or "")}
    return [
        f"{key} ‘{given[key][:40]}’" for key, check in checks.items() if given.get(key) and check(given[key]) is None
    ]


def _given(query: str) -> Mapping[str, str]:
    return {key: texts[0] for key, texts in parse_qs(query[:2000]).items()}


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and int(text[:12]) < GREATEST else None


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None  # noqa: PLR2004 - a year with a digit too many or too few
