"""The report of a meeting: who was there, noted until the meeting is frozen, and its approval at the next one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Clash, Conflict, Refused, changed, command
from portal.commands.editing import edit, hold, partner_named
from portal.commands.meetings.meetings import RIGHT, hold_open
from portal.db.models import Meeting, MeetingPresence
from portal.entities.fields import shape
from portal.permissions import Permission, PermissionDenied, Viewer, scope
from portal.vocabulary import Attendance, MeetingState


@command(RIGHT)
def note_presence(
    session: Session,
    by: Viewer,
    *,
    meeting_id: int,
    partner: str,
    attendance: Attendance | None,
    seen: Attendance | None,
) -> MeetingPresence | None:
    """The partner (its slug) was there, excused or absent; None: nobody noted it. `seen` is what stood there for this
    person; what already is so stays so. For who keeps whole meetings. Raises Conflict when something else stands there.
    """
    if not scope(by, RIGHT).everything:
        raise PermissionDenied(RIGHT, f"meeting {meeting_id}")
    hold_open(session, meeting_id)
    of = partner_named(session, partner)
    mine = select(MeetingPresence).where(MeetingPresence.meeting_id == meeting_id, MeetingPresence.partner_id == of.id)
    row = session.scalars(mine).one_or_none()
    stands = row.attendance if row else None
    if stands not in {seen, attendance}:
        raise Conflict.between((Clash(partner, stands, attendance),), who="", at=None, version=0)
    if row is None and attendance is not None:
        row = MeetingPresence(meeting_id=meeting_id, partner_id=of.id, attendance=attendance)
        session.add(row)
        session.flush()
    elif row is not None and attendance is None:
        session.delete(row)
        return None
    elif row is not None:
        changed(row, attendance=attendance)
    return row


APPROVING = shape(Meeting, "approved_on")


@command(Permission.FREEZE_MEETINGS)
def approve_minutes(session: Session, by: Viewer, *, meeting_id: int, version: int) -> Meeting:
    """The next meeting agreed with the report: it is no draft any more. Refused for a meeting that is not frozen, or of
    which nothing was kept, and for a report that was approved."""
    row = hold(session, Meeting, meeting_id)
    if row.state is not MeetingState.FROZEN or row.snapshot is None:
        raise Refused(
            "Leg de vergadering eerst vast; pas dan kan haar verslag goedgekeurd worden. Er is niets gewijzigd."
        )
    if row.approved_on is not None:
        raise Refused("Dit verslag is al goedgekeurd; er is niets gewijzigd.")
    edit(session, row, version, {"approved_on": clock.today()}, APPROVING)
    return row
