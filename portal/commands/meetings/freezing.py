"""Vastleggen: what a meeting saw is kept, and a correction is a new dated note; and the mail of a round, which goes out
once."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, command
from portal.commands.editing import edit, hold
from portal.db.models import Meeting, MeetingNote, PortalInfo, ReminderSent, User
from portal.entities.fields import shape
from portal.permissions import Permission, RowNotFound, Viewer
from portal.snapshots.report import Report
from portal.vocabulary import MeetingState, ReminderKind

FREEZING = shape(Meeting, "state held_on")
See = Callable[[Session, Meeting, date], Report]
"""What a meeting that is held on this day sees."""


@command(Permission.FREEZE_MEETINGS)
def freeze_meeting(
    session: Session, by: Viewer, *, meeting_id: int, version: int, held_on: date | None = None, see: See
) -> Meeting:
    """Keeps what the meeting sees at this instant: nobody else's change falls between what is read and what is kept.

    Without `held_on` it was held as planned. Refused for a meeting that is frozen, that lies in the future, or that a
    later one of the same body went past: what it saw is gone.
    """
    row = hold(session, Meeting, meeting_id)  # first, as who changes its agenda does
    session.scalars(select(PortalInfo).with_for_update()).one()  # every change passes here, and waits
    day = held_on or row.planned_on
    _may_be_frozen(session, row, day)
    seen = see(session, row, day)
    if (seen.header.body, seen.header.number) != (row.body, row.number):
        raise Refused(f"Dit is de stand van {seen.header.name}, niet van deze vergadering; er is niets gewijzigd.")
    with session.no_autoflush:  # one change, and so one row of the trace
        edit(session, row, version, {"state": MeetingState.FROZEN, "held_on": day}, FREEZING)
        row.snapshot, row.frozen_at, row.frozen_by_id = seen.to_json(), clock.now(), by.user_id
    session.flush()
    return row


def _may_be_frozen(session: Session, row: Meeting, day: date) -> None:
    if row.state is MeetingState.FROZEN:
        raise Refused(
            f"{row.body.label} {row.number} is al vastgelegd; voeg een gedateerde nota toe om iets te verbeteren."
        )
    if day > clock.today():
        raise Refused("Een vergadering die nog moet komen, kan niet vastgelegd worden; kies de dag waarop ze doorging.")
    later = session.scalar(
        select(Meeting.number)
        .where(Meeting.body == row.body, Meeting.state == MeetingState.FROZEN, Meeting.archived_at.is_(None))
        .where(Meeting.planned_on > row.planned_on)
        .order_by(Meeting.planned_on)
        .limit(1)
    )
    if later is not None:
        raise Refused(
            f"{row.body.label} {later} kwam later en is al vastgelegd; wat deze vergadering zag, is er niet meer."
        )


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


@command(Permission.MANAGE_PORTAL)
def send_reminder(
    session: Session, by: Viewer, *, meeting_id: int, user_id: int, kind: ReminderKind, hand_over: Callable[[], None]
) -> ReminderSent:
    """Writes that this person got this mail of this round, and hands it over; kept once the mail server took it.

    Raises Refused when it was sent before, also by who sends at the same moment, and whatever `hand_over` raises: then
    nothing is kept, and the mail is still to be sent. Where a server takes a mail and breaks off before it says so, the
    person gets it twice rather than never.
    """
    hold(session, User, user_id)  # who sends to the same person waits, and then finds it sent
    if session.get(Meeting, meeting_id) is None:
        raise RowNotFound(f"meeting {meeting_id}")
    sent = select(ReminderSent.id).filter_by(meeting_id=meeting_id, user_id=user_id, kind=kind)
    if session.scalar(sent) is not None:
        raise Refused("Deze mail is al verstuurd; er is niets gewijzigd.")
    row = ReminderSent(meeting_id=meeting_id, user_id=user_id, kind=kind, sent_at=clock.now())
    session.add(row)
    session.flush()  # the database takes it, so that only sending can still fail
    hand_over()
    return row
