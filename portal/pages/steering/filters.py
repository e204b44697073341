"""Ids of the meeting's page besides those of its cards, and what its address says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import MATCH

from portal.permissions import RowNotFound
from portal.queries.meetings.meetings import named
from portal.vocabulary import MeetingBody


class Ids(StrEnum):
    START = "steering-start"
    WANTED = "steering-wanted"
    SHOWN = "steering-shown"
    READY = "steering-ready"
    MEETING = "steering-meeting"
    HEAD = "steering-head"
    FREEZE = "steering-freeze"
    MEETING_EDIT = "steering-meeting-edit"
    POINT = "steering-point"
    BRIEF = "steering-brief"
    SPOT = "steering-spot"
    NOTING = "steering-noting"
    MOVE = "steering-move"
    MOVED = "steering-moved"
    CHANGED = "steering-changed"
    SINCE = "steering-since"
    RESULTS = "steering-about-results"
    PROJECTS = "steering-about-projects"
    COALITIONS = "steering-about-coalitions"
    BUDGET = "steering-about-budget"
    INVENTORY = "steering-about-inventory"
    ABOUT_AGREED = "steering-about-agreed"
    ALL_TITLE = "steering-all-title"
    CHOOSE = "steering-choose"
    PROMISED = "steering-promised"
    STUCK = "steering-stuck"
    QUIET = "steering-quiet"
    COLOURS = "steering-colours"
    RISKS = "steering-risks"
    MONEY = "steering-money"
    AGENDA_EDIT = "steering-agenda-edit"
    PROPOSED = "steering-proposed"
    DECISIONS = "steering-decisions"
    DECISIONS_EDIT = "steering-decisions-edit"
    ACTIONS = "steering-actions"
    ACTIONS_EDIT = "steering-actions-edit"
    CALENDAR = "steering-calendar"
    CALENDAR_EDIT = "steering-calendar-edit"
    MINUTES = "steering-minutes"
    PRESENCE = "steering-presence"
    APPROVE = "steering-approve"
    SCREEN = "steering-screen"


class Parts(StrEnum):
    """What stands inside the cards, once it is known who looks and at what."""

    FREEZE_ON = "steering-part-freeze-on"
    FREEZE_SEND = "steering-part-freeze-send"
    FREEZE_SAID = "steering-part-freeze-said"
    APPROVE_SEND = "steering-part-approve-send"
    APPROVE_SAID = "steering-part-approve-said"


class Note(StrEnum):
    """What is typed and pressed at a point of the agenda, on the page and in the room."""

    SEEN = "steering-note-seen"
    FIELD = "steering-note-field"
    ACT = "steering-note-act"
    SAID = "steering-note-said"
    PREPARE = "steering-note-prepare"
    PREPARED = "steering-note-prepared"


def note_id(part: Note, item: Any = MATCH, **more: Any) -> dict[str, Any]:
    return {"type": part.value, "item": item, **more}


class Act(StrEnum):
    """What can be done at a point; the first four are typed, each in a panel of its own."""

    DECIDE = "decide"
    PROMISE = "promise"
    NOTE = "note"
    POSTPONE = "postpone"
    PREPARE = "prepare"
    BEGIN = "begin"
    DISCUSS = "discuss"
    REOPEN = "reopen"
    UNDO_DECISION = "undo-decision"
    UNDO_ACTION = "undo-action"
    ADD_CONCERN = "add-concern"
    DROP_CONCERN = "drop-concern"


class Screen(StrEnum):
    """The parts of one screen in the room; what is typed on it stays while the rest is drawn anew."""

    ASKED = "steering-screen-asked"
    SHOWN = "steering-screen-shown"
    BEGUN = "steering-screen-begun"
    NOTING = "steering-screen-noting"


def screen_id(part: Screen, place: Any = MATCH) -> dict[str, Any]:
    return {"type": part.value, "place": place}


class Propose(StrEnum):
    """The parts of one proposal for the agenda."""

    PUT = "steering-propose-put"
    SAID = "steering-propose-said"


def propose_id(part: Propose, about: Any = MATCH) -> dict[str, Any]:
    return {"type": part.value, "about": about}


PATH = "/stuurgroep"
MEETING, AGAINST = KEYS = ("vergadering", "tegen")
SHOWN, POINT = "toon", "punt"
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
