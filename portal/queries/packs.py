"""Which report goes into a pack, and for whom it is made."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.permissions import Permission, Viewer
from portal.queries.closed import closed_to
from portal.queries.meetings import report_of
from portal.queries.snapshots import TABLE
from portal.snapshots.closed import without
from portal.snapshots.report import Report
from portal.vocabulary import MeetingBody


@dataclass(frozen=True, slots=True)
class Pack:
    """`audience`: who is told what, see `snapshots.extract`."""

    report: Report
    audience: MeetingBody


def pack_for(
    session: Session, viewer: Viewer, body: MeetingBody, number: int, asked: MeetingBody | None = None
) -> Pack:
    """The pack of a meeting for the body that is asked for, else for the body that meets.

    A pack lies on the table: what is closed to the steering group stays unnamed, whoever makes it. Who may not follow
    the open meetings gets the extract for the Conferentie, whatever is asked. Raises as `report_of`.
    """
    report = without(report_of(session, viewer, body, number), closed_to(session, TABLE))
    if not viewer.may(Permission.VIEW_OPEN_MEETINGS):
        return Pack(report, MeetingBody.CONFERENCE)
    return Pack(report, asked or body)
