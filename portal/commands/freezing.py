"""Vastleggen: what a meeting saw is kept, and never changes afterwards; a correction is a new dated note."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, command
from portal.commands.editing import Shape, edit, hold
from portal.db.models import Meeting, MeetingNote, PortalInfo
from portal.permissions import Permission, Viewer
from portal.snapshots.report import Report
from portal.vocabulary import MeetingState

FREEZING = Shape(columns=frozenset({"state", "held_on"}))
See = Callable[[Session, Meeting, date], Report]
"""What a meeting that is held on this day sees."""


@command(Permission.FREEZE_MEETINGS)
def freeze_meeting(
    session: Session, by: Viewer, *, meeting_id: int, version: int, held_on: date | None = None, see: See
) -> Meeting:
    """Keeps what the meeting sees at this instant: nobody else's change falls between what is read and what is kept.

    Refused for a meeting that is frozen, that lies in the future, or that others before it would have to wait for.
    """
    session.scalars(select(PortalInfo).with_for_update()).one()  # every change passes here, and waits
    row = hold(session, Meeting, meeting_id)
    day = held_on or min(row.planned_on, clock.today())
    _may_be_frozen(row, day)
    seen = see(session, row, day)
    if (seen.header.body, seen.header.number) != (row.body, row.number):
        raise Refused(f"Dit is de stand van {seen.header.name}, niet van deze vergadering; er is niets gewijzigd.")
    edit(session, row, version, {"state": MeetingState.FROZEN, "held_on": day}, FREEZING)
    row.snapshot, row.frozen_at, row.frozen_by_id = seen.to_json(), clock.now(), by.user_id
    session.flush()
    return row


def _may_be_frozen(row: Meeting, day: date) -> None:
    if row.state is MeetingState.FROZEN:
        raise Refused(
            f"{row.body.label} {row.number} is al vastgelegd; voeg een gedateerde nota toe om iets te verbeteren."
        )
    if day > clock.today():
        raise Refused("Een vergadering die nog moet komen, kan niet vastgelegd worden; kies de dag waarop ze doorging.")


@command(Permission.FREEZE_MEETINGS)
def add_note(session: Session, by: Viewer, *, meeting_id: int, text: str) -> MeetingNote:
    """A correction beside what was frozen, with its date and who wrote it. Refused while the meeting is not frozen."""
    row = hold(session, Meeting, meeting_id)
    if row.state is not MeetingState.FROZEN:
        raise Refused("Deze vergadering is nog niet vastgelegd: wijzig wat er staat, een nota is niet nodig.")
    if not text.strip():
        raise Refused("Schrijf in één of enkele zinnen wat er verbeterd moet worden; er is niets gewijzigd.")
    note = MeetingNote(meeting_id=row.id, text=text.strip(), at=clock.now(), by_id=by.user_id)
    session.add(note)
    session.flush()
    return note
