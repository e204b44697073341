"""Changes to the calendar of a body: its meetings are planned, moved, opened and, when never held, taken away."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands.acts import Acts, archive_of, change_of, restore_of
from portal.commands.base import Refused, command
from portal.commands.editing import Values, columns_of, hold, put
from portal.commands.meeting_rules import refuse_frozen
from portal.db.base import day
from portal.db.models import Action, Decision, Meeting, PortalInfo
from portal.entities import meetings
from portal.permissions import Permission, PermissionDenied, Viewer, scope
from portal.vocabulary import MeetingBody, MeetingState

SHAPE = meetings.MEETING.shape


@command(Permission.FREEZE_MEETINGS)
def plan_meeting(session: Session, by: Viewer, *, body: MeetingBody, values: Values) -> Meeting:
    """The next of this body. Keys of `values`: planned_on and, if known, place and state.

    Refused for a day on which the body meets already, or that lies before a meeting of it that is frozen.
    """
    session.scalars(select(PortalInfo).with_for_update()).one()  # so that no two get one number
    columns = columns_of(session, SHAPE.needed | dict(values), SHAPE)
    last = session.scalar(select(func.max(Meeting.number)).where(Meeting.body == body))
    row = Meeting(body=body, number=(last or 0) + 1)
    put(row, columns)
    _check(session, row)
    session.add(row)
    session.flush()
    return row


def _check(session: Session, row: Meeting) -> None:
    """Raises Refused for a state that is not planned but frozen, and for a day that cannot be."""
    if row.state is MeetingState.FROZEN:
        raise Refused("Een vergadering wordt vastgelegd op haar eigen pagina; er is niets gewijzigd.")
    with session.no_autoflush:
        others = session.execute(
            select(Meeting.number, Meeting.planned_on, Meeting.state)
            .where(Meeting.body == row.body, Meeting.id != (row.id or 0), Meeting.archived_at.is_(None))
            .order_by(Meeting.planned_on.desc())
        )
    for number, planned_on, state in others:
        _refuse_beside(row, f"{row.body.label} {number}", planned_on, state)


def _refuse_beside(row: Meeting, other: str, planned_on: date, state: MeetingState) -> None:
    if planned_on == row.planned_on:
        raise Refused(f"{other} komt al samen op {day(planned_on)}; er is niets gewijzigd.")
    if state is MeetingState.FROZEN and planned_on > row.planned_on:
        raise Refused(f"{other} van {day(planned_on)} is al vastgelegd; kies een latere dag. Er is niets gewijzigd.")


def _own(session: Session, by: Viewer, meeting_id: int, _: bool) -> Meeting:
    row = hold(session, Meeting, meeting_id)
    if not scope(by, Permission.EDIT_MEETINGS).everything:
        raise PermissionDenied(Permission.EDIT_MEETINGS, f"meeting {meeting_id}")
    return row


def _checked(_: Session, by: Viewer, row: Meeting, values: Values) -> Values:
    """Day and place, for who edits whole meetings; the state (planned or open), for who plans."""
    if "state" in values and not by.may(Permission.FREEZE_MEETINGS):
        raise PermissionDenied(Permission.FREEZE_MEETINGS, f"meeting {row.id}")
    refuse_frozen(row)
    return values


def _settled(session: Session, _: Viewer, row: Meeting, *__: object) -> None:
    _check(session, row)


change_meeting = change_of("meeting", Permission.EDIT_MEETINGS, SHAPE, _own, checked=_checked, settled=_settled)


def _planned(session: Session, _: Viewer, meeting_id: int, archived: bool) -> Meeting:
    row = hold(session, Meeting, meeting_id, archived=archived)
    if not archived:
        refuse_frozen(row)
    return row


def _never_held(session: Session, _: Viewer, row: Meeting) -> None:
    """Refused when anything was agreed there."""
    for model in (Decision, Action):
        found = select(func.count()).where(model.meeting_id == row.id, model.archived_at.is_(None))
        if session.scalar(found):
            raise Refused("Hier zijn beslissingen of acties genoteerd: ze werd dus gehouden. Er is niets gewijzigd.")


MEETING = Acts(
    change_meeting,
    archive_of("meeting", Permission.FREEZE_MEETINGS, SHAPE, _planned, leaves=_never_held),
    restore_of("meeting", Permission.FREEZE_MEETINGS, SHAPE, _planned, returns=_settled),
)
"""Archived, a meeting that was planned and never held goes, with its agenda."""
