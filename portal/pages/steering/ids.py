"""Ids of the page of a meeting."""

from enum import StrEnum
from typing import Any

from dash import MATCH


class Ids(StrEnum):
    START = "steering-start"
    WANTED = "steering-wanted"
    SHOWN = "steering-shown"
    READY = "steering-ready"
    MEETING = "steering-meeting"
    HEAD = "steering-head"
    FREEZE = "steering-freeze"
    MEETING_EDIT = "steering-meeting-edit"
    NOTING = "steering-noting"
    CHANGED = "steering-changed"
    SINCE = "steering-since"
    RESULTS = "steering-about-results"
    PROJECTS = "steering-about-projects"
    COALITIONS = "steering-about-coalitions"
    BUDGET = "steering-about-budget"
    INVENTORY = "steering-about-inventory"
    ABOUT_AGREED = "steering-about-agreed"
    ALL_CHANGED = "steering-all-changed"
    ALL_TITLE = "steering-all-title"
    CHOOSE = "steering-choose"
    CHANGED_SOURCE = "steering-changed-source"
    PROMISED = "steering-promised"
    ASKED = "steering-asked"
    STUCK = "steering-stuck"
    QUIET = "steering-quiet"
    COLOURS = "steering-colours"
    MONEY = "steering-money"
    AGENDA = "steering-agenda"
    AGENDA_EDIT = "steering-agenda-edit"
    AGENDA_SOURCE = "steering-agenda-source"
    PROPOSED = "steering-proposed"
    DECISIONS = "steering-decisions"
    DECISIONS_EDIT = "steering-decisions-edit"
    DECISIONS_SOURCE = "steering-decisions-source"
    ACTIONS = "steering-actions"
    ACTIONS_EDIT = "steering-actions-edit"
    ACTIONS_SOURCE = "steering-actions-source"
    CALENDAR = "steering-calendar"
    CALENDAR_EDIT = "steering-calendar-edit"
    CALENDAR_SOURCE = "steering-calendar-source"
    SCREEN = "steering-screen"


class Parts(StrEnum):
    """What stands inside the cards, once it is known who looks and at what."""

    FREEZE_ON = "steering-part-freeze-on"
    FREEZE_SEND = "steering-part-freeze-send"
    FREEZE_SAID = "steering-part-freeze-said"
    AT = "steering-part-at"
    AT_PLACES = "steering-part-at-places"
    ALL_QUIET = "steering-part-all-quiet"
    ALL_ACTIONS = "steering-part-all-actions"


class Screen(StrEnum):
    """The parts of one screen in the room."""

    ASKED = "steering-screen-asked"
    SHOWN = "steering-screen-shown"


def screen_id(part: Screen, place: Any = MATCH) -> dict[str, Any]:
    return {"type": part.value, "place": place}


class Propose(StrEnum):
    """The parts of one proposal for the agenda."""

    PUT = "steering-propose-put"
    SAID = "steering-propose-said"


def propose_id(part: Propose, about: Any = MATCH) -> dict[str, Any]:
    return {"type": part.value, "about": about}
