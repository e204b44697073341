"""The mail of a round goes out once: it is written down and sent together, or neither."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, command
from portal.commands.editing import hold
from portal.db.models import Meeting, ReminderSent, User
from portal.permissions import Permission, RowNotFound, Viewer
from portal.vocabulary import ReminderKind


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
