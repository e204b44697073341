"""The columns of the meeting's lists, and what the address of the page says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import MATCH

from portal.exports.workbook import Column, Kind
from portal.pages.columns import WRAPS, days, numbers, old_new, text, written
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


LINES = (
    text("topic", "Waarover", width=150, **WRAPS),
    text("what", "Wat", grow=4, width=220, **WRAPS),
    text("act", "Verandering", width=140, **WRAPS),
    text("label", "Veld", width=120, **WRAPS),
    old_new("new", "Van → naar", "old", book="", grow=3, width=190, **WRAPS),
    *(written("old", "Oud"), written("new", "Nieuw")),
    text("detail", "Meer", grow=3, width=180, **WRAPS),
    text("who", "Wie", width=150, **WRAPS),
    days("on", "Wanneer"),
    written("minor", "Klein"),
)
ALERTS = (
    text("kind", "Waarom hier", grow=2, width=200, **WRAPS),
    text("what", "Wat", grow=3, width=220, **WRAPS),
    text("why", "Omdat", grow=4, width=260, **WRAPS),
    days("since", "Sinds"),
    text("atelier", "Atelier", width=90),
)
ACTIONS = (
    text("who", "Wie", width=140, **WRAPS),
    text("text", "Actie", grow=4, width=240, **WRAPS),
    text("of", "Afgesproken op", width=150, **WRAPS),
    numbers("age", "Dagen oud", width=100),
    days("due_on", "Tegen"),
    text("standing", "Nog of over tijd", book="", width=140),
    written("late", "Dagen over tijd", Kind.NUMBER),
    text("about", "Waarover", width=100),
)
STEPS_EXPORT = (
    Column("Wat ervan kwam", "fate"),
    Column("Mijlpaal", "title"),
    Column("Van", "of"),
    Column("Toegezegd tegen", "was_due", Kind.DATE),
    Column("Nu verwacht", "now_due", Kind.DATE),
    Column("Klaar op", "done_on", Kind.DATE),
)
POINTS_EXPORT = (
    Column("Punt", "position", Kind.NUMBER),
    Column("Soort", "kind"),
    Column("Titel", "title"),
    Column("Waarover", "about"),
    Column("Atelier", "atelier"),
    Column("Nota", "note"),
)
DECISIONS_EXPORT = (
    Column("Beslissing", "text"),
    Column("Genomen op", "on", Kind.DATE),
    Column("Vergadering", "of"),
    Column("Partner", "who"),
    Column("Waarover", "about"),
)
MONEY_EXPORT = (
    Column("Atelier", "code"),
    Column("Naam", "title"),
    Column("Begroot", "budgeted", Kind.EURO),
    Column("Vastgelegd", "committed", Kind.EURO),
    Column("Uitgegeven", "spent", Kind.EURO),
    Column("Prognose", "forecast", Kind.EURO),
)
COLOURS_EXPORT = (
    Column("Code", "code"),
    Column("Traject", "title"),
    Column("Gemeld", "health_label"),
    Column("Berekend", "signal_label"),
    Column("Omdat", "why"),
)
MEETINGS_EXPORT = (
    Column("Wie", "body"),
    Column("Nummer", "number", Kind.NUMBER),
    Column("Gepland", "planned_on", Kind.DATE),
    Column("Gehouden", "held_on", Kind.DATE),
    Column("Dagen verschil", "off_days", Kind.NUMBER),
    Column("Tegenover het plan", "off"),
    Column("Dagen na de vorige", "days_since", Kind.NUMBER),
    Column("Ritme in dagen", "rhythm", Kind.NUMBER),
    Column("Stand", "state"),
)
