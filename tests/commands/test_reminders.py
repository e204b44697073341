"""A mail is written down and handed over together, or neither; and never twice."""

from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Refused
from portal.commands.meetings.meetings import send_reminder
from portal.db.engine import reading, writing
from portal.db.models import Audit, ReminderSent
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound, Viewer
from portal.queries.trace.verify import verify_trail
from portal.vocabulary import ReminderKind
from tests.makers import make_meeting, make_user, viewer
from tests.test_two_at_once import at_once

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PORTAL = Viewer.system()


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


class Door:
    """Where mails are handed over; closed, it takes none."""

    def __init__(self, *, closed=False):
        self.taken, self.closed = 0, closed

    def __call__(self):
        if self.closed:
            raise ConnectionError("closed")
        self.taken += 1


@pytest.fixture
def whom(session):
    meeting, user = make_meeting(session), make_user(session)
    session.commit()
    return {"meeting_id": meeting.id, "user_id": user.id, "kind": ReminderKind.OPENING}


def sent(session):
    return session.scalar(select(func.count()).select_from(ReminderSent))


@pytest.mark.parametrize("role", [role for role in Role if Permission.MANAGE_PORTAL not in GRANTS[role]])
def test_who_does_not_manage_the_portal_sends_nothing(session, whom, role):
    door = Door()
    with pytest.raises(PermissionDenied):
        send_reminder(session, viewer(role), **whom, hand_over=door)
    assert (door.taken, sent(session)) == (0, 0)


def test_what_was_sent_is_not_sent_again(session, whom):
    door = Door()
    send_reminder(session, PORTAL, **whom, hand_over=door)
    with pytest.raises(Refused, match="al verstuurd"):
        send_reminder(session, PORTAL, **whom, hand_over=door)
    assert (door.taken, sent(session)) == (1, 1)
    send_reminder(session, PORTAL, **whom | {"kind": ReminderKind.CLOSING}, hand_over=door)
    assert (door.taken, sent(session)) == (2, 2)


def test_what_the_server_did_not_take_is_still_to_be_sent(session, whom):
    before = session.scalar(select(func.count()).select_from(Audit))
    with pytest.raises(ConnectionError):
        send_reminder(session, PORTAL, **whom, hand_over=Door(closed=True))
    assert (sent(session), session.scalar(select(func.count()).select_from(Audit))) == (0, before)
    door = Door()
    send_reminder(session, PORTAL, **whom, hand_over=door)
    assert (door.taken, sent(session)) == (1, 1)


@pytest.mark.parametrize("unknown", ["meeting_id", "user_id"])
def test_to_nobody_and_about_no_meeting_nothing_is_sent(session, whom, unknown):
    door = Door()
    with pytest.raises(RowNotFound):
        send_reminder(session, PORTAL, **whom | {unknown: 10**6}, hand_over=door)
    assert door.taken == 0


def test_it_is_written_down_with_its_instant_and_in_the_trace_without_an_address(session, whom):
    row = send_reminder(session, PORTAL, **whom, hand_over=Door())
    assert (row.kind, row.sent_at) == (ReminderKind.OPENING, NOON)
    last = session.scalars(select(Audit).order_by(Audit.sequence.desc()).limit(1)).one()
    assert (last.command, last.entity) == ("send_reminder", "reminder_sent")
    assert "@" not in last.after


def test_of_two_who_send_at_once_one_does(fresh_engine):
    with writing(fresh_engine) as session:
        meeting, user = make_meeting(session), make_user(session)
        session.commit()
        whom = {"meeting_id": meeting.id, "user_id": user.id, "kind": ReminderKind.OPENING}
    door, ready = Door(), Barrier(2)

    def try_it():
        with writing(fresh_engine) as session:
            ready.wait()
            try:
                send_reminder(session, PORTAL, **whom, hand_over=door)
            except Refused:
                return "al verstuurd"
        return "verstuurd"

    assert sorted(at_once([try_it, try_it])) == ["al verstuurd", "verstuurd"]
    assert door.taken == 1
    with reading(fresh_engine) as session:
        assert sent(session) == 1
        assert verify_trail(session) is None
