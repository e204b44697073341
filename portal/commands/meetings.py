"""Changes to the calendar of a body: its meetings are planned, moved, opened and, when never held, taken away."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, changed, command
from portal.commands.editing import Shape, Values, columns_of, edit, filled, hold, put
from portal.commands.meeting_rules import hold_open, refuse_frozen
from portal.db.base import day
from portal.db.models import Action, Decision, Meeting, PortalInfo
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import MeetingBody, MeetingState

SHAPE = Shape(columns=frozenset({"planned_on", "place", "state"}), required=frozenset({"planned_on", "state"}))
TEXTS = frozenset({"place"})


@command(Permission.FREEZE_MEETINGS)
def plan_meeting(session: Session, by: Viewer, *, body: MeetingBody, values: Values) -> Meeting:
    """The next of this body. Keys of `values`: planned_on and, if known, place and state.

    Refused for a day on which the body meets already, or that lies before a meeting of it that is frozen.
    """
    session.scalars(select(PortalInfo).with_for_update()).one()  # so that no two get one number
    columns = columns_of(session, {"planned_on": None} | dict(filled(values, TEXTS)), SHAPE)
    last = session.scalar(select(func.max(Meeting.number)).where(Meeting.body == body))
    row = Meeting(body=body, number=(last or 0) + 1)
    put(row, columns)
    _check(session, row)
    session.add(row)
    session.flush()
    return row


@command(Permission.EDIT_MEETINGS)
def change_meeting(session: Session, by: Viewer, *, meeting_id: int, version: int, values: Values) -> Meeting:
    """Keys of `values`: planned_on and place, for who edits whole meetings; state (planned or open), for who plans."""
    row = hold(session, Meeting, meeting_id)
    if not scope(by, Permission.EDIT_MEETINGS).everything:
        raise PermissionDenied(Permission.EDIT_MEETINGS, f"meeting {meeting_id}")
    if "state" in values and not by.may(Permission.FREEZE_MEETINGS):
        raise PermissionDenied(Permission.FREEZE_MEETINGS, f"meeting {meeting_id}")
    refuse_frozen(row)
    edit(session, row, version, filled(values, TEXTS), SHAPE)
    _check(session, row)
    return row


@command(Permission.FREEZE_MEETINGS)
def archive_meeting(session: Session, by: Viewer, *, meeting_id: int, version: int) -> Meeting:
    """A meeting that was planned and never held, with its agenda. Refused when anything was agreed there."""
    row = hold_open(session, meeting_id)
    edit(session, row, version, {}, SHAPE)
    for model in (Decision, Action):
        found = select(func.count()).where(model.meeting_id == row.id, model.archived_at.is_(None))
        if session.scalar(found):
            raise Refused("Hier zijn beslissingen of acties genoteerd: ze werd dus gehouden. Er is niets gewijzigd.")
    changed(row, archived_at=clock.now())
    return row


@command(Permission.FREEZE_MEETINGS)
def restore_meeting(session: Session, by: Viewer, *, meeting_id: int) -> Meeting:
    row = session.get(Meeting, meeting_id, with_for_update={"key_share": True}, populate_existing=True)
    if row is None:
        raise RowNotFound(f"meeting {meeting_id}")
    if row.archived_at is not None:
        _check(session, row)
        changed(row, archived_at=None)
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
