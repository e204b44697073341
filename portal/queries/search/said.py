"""A row as the search shows it, whatever it is a row of."""

from dataclasses import dataclass
from datetime import date

from portal.queries.search.kinds import THE_REGION, Findable, Going, Place


@dataclass(frozen=True, slots=True)
class Said:
    """A row as it is shown. `near`: what it belongs to, by name; `where`: the same as it is shown beside it. `told`:
    what is shown where it has no text, and is not searched."""

    kind: Findable
    title: str
    href: str
    code: str = ""
    text: str = ""
    place: Place = THE_REGION
    where: str = ""
    state: str = ""
    going: Going | None = None
    on: date | None = None
    near: str = ""
    told: str = ""
