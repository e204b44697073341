"""A meeting as it stands in somebody's own calendar: when, where, what about, and whether it goes on. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time

from portal.snapshots.report import Named
from portal.vocabulary import MeetingBody


@dataclass(frozen=True, slots=True)
class Occasion(Named):
    """`uid` stays as long as the meeting is; `sequence` counts how often anything of it changed, the last time at
    `changed_at` (UTC). `off` says why it does not go on, "" where it does. `agenda`: titles in their order."""

    uid: str
    body: MeetingBody
    number: int
    planned_on: date
    held_on: date | None
    starts_at: time | None
    ends_at: time | None
    place: str
    agenda: tuple[str, ...]
    off: str
    sequence: int
    changed_at: datetime
