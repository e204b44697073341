"""The report of a meeting: who was there is noted until it is frozen, and the next meeting approves what was kept."""

import pytest
from sqlalchemy import select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.meetings.minutes import approve_minutes, note_presence
from portal.db.models import MeetingPresence
from portal.permissions import PermissionDenied, Role
from portal.vocabulary import Attendance, MeetingState
from tests.makers import atelier_of, make_meeting, partner_of, viewer

COORDINATOR, TABLE = viewer(Role.COORDINATOR), viewer(Role.STEERING)
PRESENT, EXCUSED = Attendance.PRESENT, Attendance.EXCUSED


@pytest.fixture
def meeting(session):
    row = make_meeting(session, state=MeetingState.OPEN)
    session.commit()
    return row


def note(session, meeting, by=TABLE, *, attendance=PRESENT, seen=None):
    slug = partner_of(session, "menen").slug
    return note_presence(session, by, meeting_id=meeting.id, partner=slug, attendance=attendance, seen=seen)


def noted(session, meeting):
    found = select(MeetingPresence.attendance).where(MeetingPresence.meeting_id == meeting.id)
    return session.scalars(found.order_by(MeetingPresence.id)).all()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.MAYOR, Role.ATELIER])
def test_who_does_not_keep_whole_meetings_notes_nobody(session, meeting, role):
    by = viewer(role, partner_of(session, "menen"), ateliers=[atelier_of(session, "I")])
    with pytest.raises(PermissionDenied):
        note(session, meeting, by)
    assert noted(session, meeting) == []


def test_a_frozen_meeting_keeps_who_was_there(session):
    row = make_meeting(session, state=MeetingState.FROZEN)
    session.commit()
    with pytest.raises(Refused, match="is vastgelegd"):
        note(session, row)


def test_a_partner_that_is_none_was_nowhere(session, meeting):
    with pytest.raises(Refused, match="bestaat niet"):
        note_presence(session, TABLE, meeting_id=meeting.id, partner="elders", attendance=PRESENT, seen=None)


def test_a_partner_is_noted_corrected_and_taken_away(session, meeting):
    note(session, meeting)
    note(session, meeting, attendance=EXCUSED, seen=PRESENT)
    assert noted(session, meeting) == [EXCUSED]
    note(session, meeting, attendance=EXCUSED, seen=PRESENT)  # it is so already
    assert note(session, meeting, attendance=None, seen=EXCUSED) is None
    assert noted(session, meeting) == []


def test_two_who_note_something_else_of_one_partner_are_told(session, meeting):
    note(session, meeting)
    with pytest.raises(Conflict):
        note(session, meeting, attendance=EXCUSED, seen=None)
    assert noted(session, meeting) == [PRESENT]


@pytest.mark.parametrize("role", [Role.STEERING, Role.DIRECTOR, Role.MAYOR, Role.ATELIER])
def test_only_who_freezes_meetings_approves_a_report(session, role):
    row = make_meeting(session, state=MeetingState.FROZEN, snapshot="{}")
    session.commit()
    with pytest.raises(PermissionDenied):
        approve_minutes(session, viewer(role), meeting_id=row.id, version=row.version)
    assert row.approved_on is None


@pytest.mark.parametrize("given", [{"state": MeetingState.OPEN}, {"state": MeetingState.FROZEN}])
def test_what_is_not_frozen_or_was_not_kept_has_no_report_to_approve(session, given):
    row = make_meeting(session, **given)
    session.commit()
    with pytest.raises(Refused, match="Leg de vergadering eerst vast"):
        approve_minutes(session, COORDINATOR, meeting_id=row.id, version=row.version)


def test_a_report_is_approved_once(session):
    row = make_meeting(session, state=MeetingState.FROZEN, snapshot="{}")
    session.commit()
    with pytest.raises(Conflict):
        approve_minutes(session, COORDINATOR, meeting_id=row.id, version=row.version + 1)
    approve_minutes(session, COORDINATOR, meeting_id=row.id, version=row.version)
    assert row.approved_on == clock.today()
    with pytest.raises(Refused, match="al goedgekeurd"):
        approve_minutes(session, COORDINATOR, meeting_id=row.id, version=row.version)
