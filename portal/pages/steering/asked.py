"""What the address of the page asks: which meeting, compared with which, and whether the room is watching."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from portal.permissions import RowNotFound
from portal.queries.meetings.meetings import named
from portal.vocabulary import MeetingBody

PATH = "/stuurgroep"
MEETING, AGAINST, SHOWN = KEYS = ("vergadering", "tegen", "toon")
SCREEN = "scherm"
LONGEST = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """`number` None: the meeting to come, or the last there was. `against`: the number of the meeting of the same body
    that this one is compared with, instead of with the one before it."""

    body: MeetingBody = MeetingBody.STEERING
    number: int | None = None
    against: int | None = None


def asked_in(query: str | Mapping[str, str]) -> Asked:
    """Raises RowNotFound for what no address of ours says."""
    told = dict(parse_qsl(query)) if isinstance(query, str) else query
    against = told.get(AGAINST, "")
    if against and not (against.isascii() and against.isdecimal() and len(against) <= LONGEST):
        raise RowNotFound(f"against {against}")
    body, number = named(told[MEETING]) if told.get(MEETING) else (MeetingBody.STEERING, None)
    return Asked(body, number, int(against) if against else None)


def query_of(body: MeetingBody, number: int, against: int | None = None, **more: str) -> str:
    """The query of the address of this meeting."""
    compared = {AGAINST: str(against)} if against else {}
    return urlencode({MEETING: f"{body.value}-{number}"} | compared | more)


def address_of(body: MeetingBody, number: int, against: int | None = None, **more: str) -> str:
    return f"{PATH}?{query_of(body, number, against, **more)}"
