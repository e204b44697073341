"""Changes to the calendar of a body, and what holds for a meeting and what is agreed there: once frozen it stays. What
it saw is kept then, and a correction is a new dated note; and the mail of a round, which goes out once."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import Acts, add_of, archive_of, change_of, restore_of
from portal.commands.base import Refused, command
from portal.commands.editing import Values, edit, hold
from portal.commands.inventory.projects import atelier_of_place, knows_of, place_of
from portal.commands.trail import locked_head
from portal.db.base import day
from portal.db.models import (
    Action,
    AgendaItem,
    Decision,
    Meeting,
    MeetingNote,
    Project,
    ReminderSent,
    User,
)
from portal.entities import meetings
from portal.entities.fields import shape
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.snapshots.report import Report
from portal.vocabulary import MeetingBody, MeetingState, ReminderKind, Visibility

Agreed = TypeVar("Agreed", AgendaItem, Decision, Action)
RIGHT = Permission.EDIT_MEETINGS


def refuse_frozen(meeting: Meeting) -> None:
    if meeting.state is MeetingState.FROZEN:
        raise Refused(
            f"{meeting.body.label} {meeting.number} is vastgelegd; voeg een gedateerde nota toe. Er is niets gewijzigd."
        )


def hold_open(session: Session, meeting_id: int) -> Meeting:
    """The meeting, held. Raises RowNotFound, or Refused once it is frozen."""
    meeting = hold(session, Meeting, meeting_id)
    refuse_frozen(meeting)
    return meeting


def hold_agreed(
    session: Session, model: type[Agreed], row_id: int, *, archived: bool = False
) -> tuple[Agreed, Meeting]:
    """The row and its meeting, held in the order in which whatever changes a meeting holds them. Raises RowNotFound,
    also for what is archived unless that is asked."""
    found = session.get(model, row_id)
    if found is None:
        raise RowNotFound(f"{model.__tablename__} {row_id}")
    meeting = hold(session, Meeting, found.meeting_id)
    session.refresh(found, with_for_update={"key_share": True})
    if found.archived_at is not None and not archived:
        raise RowNotFound(f"{model.__tablename__} {row_id}")
    return found, meeting


def item_of(session: Session, meeting: Meeting, item_id: int | None) -> AgendaItem | None:
    """The item at which something is agreed, None for the meeting as a whole. Raises RowNotFound for another's item."""
    if item_id is None:
        return None
    item = session.get(AgendaItem, item_id)
    if item is None or item.archived_at is not None or item.meeting_id != meeting.id:
        raise RowNotFound(f"agenda_item {item_id}")
    return item


def inherited(row: Decision | Action, item: AgendaItem | None, values: Values) -> Values:
    """What is agreed at an item concerns what the item is about, unless it says otherwise."""
    if item is None or values.get("project") or values.get("deliverable"):
        return values
    row.project_id, row.deliverable_id = item.project_id, item.deliverable_id
    return {key: value for key, value in values.items() if key not in {"project", "deliverable"}}


def atelier_of(session: Session, row: AgendaItem | Decision | Action) -> int | None:
    """The atelier that an item names, else that of what it is about; what is agreed at an item goes with the item."""
    if isinstance(row, AgendaItem):
        return row.atelier_id or atelier_of_place(session, place_of(session, row))
    item = session.get_one(AgendaItem, row.agenda_item_id) if row.agenda_item_id else None
    return (item and atelier_of(session, item)) or atelier_of_place(session, place_of(session, row))


def may_edit(session: Session, by: Viewer, row: AgendaItem | Decision | Action) -> bool:
    return scope(by, RIGHT).has_atelier(atelier_of(session, row))


def require_own(session: Session, by: Viewer, row: AgendaItem | Decision | Action) -> None:
    """Everybody who may edit here knows the agenda, so another's part of it is forbidden, not unknown."""
    if not may_edit(session, by, row):
        raise PermissionDenied(RIGHT, f"{row.__tablename__} {row.id}")


ONE = "Kies een project of een resultaat, niet allebei"
NOT_YOURS = "U houdt alleen agendapunten van uw eigen ateliers bij"


def check_about(
    session: Session, by: Viewer, row: AgendaItem | Decision | Action, values: Values, _: object = None
) -> None:
    """Raises Refused for what a row cannot be about: two things, what the table may not know of, or another's atelier.

    What was not said is not judged: an old row may be corrected field by field.
    """
    if row.project_id is not None and row.deliverable_id is not None:
        raise Refused(f"{ONE}; er is niets gewijzigd.")
    if row.project_id is not None and values.get("project"):
        refuse_hidden(by, session.get_one(Project, row.project_id))
    if not may_edit(session, by, row):
        raise Refused(f"{NOT_YOURS}; er is niets gewijzigd.")


def refuse_hidden(by: Viewer, project: Project) -> None:
    if project.visibility is not Visibility.INTERNAL:
        return
    if not knows_of(by, project):
        raise Refused(f"Project ‘{project.code}’ bestaat niet; kies er een uit de lijst.")
    raise Refused(f"{project.code} is intern, en niet iedereen aan tafel mag het kennen; er is niets gewijzigd.")


def _begun(session: Session, _: Viewer, values: Values, *, body: MeetingBody) -> tuple[Meeting, Values]:
    """The next of this body. Keys of `values`: planned_on and, if known, starts_at, ends_at, place and state."""
    locked_head(session)  # so that no two get one number
    last = session.scalar(select(func.max(Meeting.number)).where(Meeting.body == body))
    return Meeting(body=body, number=(last or 0) + 1), values


def _settled(session: Session, _: Viewer, row: Meeting, *__: object) -> None:
    """Raises Refused for a state that is not planned but frozen, for an end that does not come after a beginning, for a
    day on which the body meets already, and for one that lies before a meeting of it that is frozen."""
    if row.state is MeetingState.FROZEN:
        raise Refused("Een vergadering wordt vastgelegd op haar eigen pagina; er is niets gewijzigd.")
    if row.ends_at is not None and (row.starts_at is None or row.ends_at <= row.starts_at):
        raise Refused("Vul eerst in wanneer de vergadering begint; ze eindigt later. Er is niets gewijzigd.")
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
    if not scope(by, RIGHT).everything:
        raise PermissionDenied(RIGHT, f"meeting {meeting_id}")
    return row


def _checked(_: Session, by: Viewer, row: Meeting, values: Values) -> Values:
    """Day and place, for who edits whole meetings; the state (planned or open), for who plans."""
    if "state" in values and not by.may(Permission.FREEZE_MEETINGS):
        raise PermissionDenied(Permission.FREEZE_MEETINGS, f"meeting {row.id}")
    refuse_frozen(row)
    return values


change_meeting = change_of("meeting", RIGHT, meetings.MEETING, _own, checked=_checked, settled=_settled)


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


PLANS = Permission.FREEZE_MEETINGS
MEETING = Acts(
    *(meetings.MEETING, PLANS, change_meeting),
    archive=archive_of("meeting", PLANS, meetings.MEETING, _planned, _never_held),
    restore=restore_of("meeting", PLANS, meetings.MEETING, _planned, _settled),
    add=add_of("plan_meeting", PLANS, meetings.MEETING, _begun, settled=_settled),
)
"""Archived, a meeting that was planned and never held goes, with its agenda."""
plan_meeting = MEETING.add


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
    locked_head(session)  # every change passes here, and waits
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
