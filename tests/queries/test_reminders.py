"""Which mail of the round is due on which day, and who still has to get it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal import clock
from portal.db.models import ReminderSent, UserAtelier
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, Viewer
from portal.queries.meetings.rounds import Round, due_kind, mailing
from portal.vocabulary import MeetingState, ParticipationState, Phase, ReminderKind
from tests.makers import atelier_of, make_coalition, make_meeting, make_project, make_report, make_user, viewer

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY, NEXT = NOON.date(), date(2026, 12, 3)
OPENING, REMINDER, CLOSING = ReminderKind
PORTAL = Viewer.system()


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


@pytest.mark.parametrize(
    ("days_left", "kind"),
    [(41, OPENING), (8, OPENING), (7, REMINDER), (2, REMINDER), (1, CLOSING), (0, CLOSING), (None, None)],
)
def test_the_day_says_which_mail_is_due(days_left, kind):
    until = None if days_left is None else TODAY + timedelta(days=days_left)
    assert due_kind(Round(TODAY, TODAY - timedelta(days=1), until, 7, 4)) is kind


@pytest.mark.parametrize("role", [role for role in Role if Permission.MANAGE_PORTAL not in GRANTS[role]])
def test_who_does_not_manage_the_portal_learns_no_address(session, role):
    with pytest.raises(PermissionDenied):
        mailing(session, viewer(role))


def test_while_no_steering_group_is_planned_nobody_is_told(session):
    make_user(session)
    make_meeting(session, planned_on=TODAY - timedelta(days=1), state=MeetingState.FROZEN)
    make_coalition(session)
    assert mailing(session, PORTAL) is None
    assert mailing(session, PORTAL, CLOSING) is None


@pytest.fixture
def round_(session):
    """A meeting to come, a project in atelier I, one in II, one that ended and one that reported."""
    meeting = make_meeting(session, number=7, planned_on=NEXT)
    make_meeting(
        session, number=6, planned_on=TODAY - timedelta(days=9), held_on=TODAY - timedelta(days=9),
        state=MeetingState.FROZEN,
    )  # fmt: skip
    states = {"wervik": ParticipationState.LEAD}
    for code, atelier in (("T-1", "I"), ("T-2", "II")):
        make_coalition(session, states, code=code, title=f"Traject {code}", atelier=atelier)
    make_coalition(session, states, code="T-3", atelier="I", phase=Phase.FINISHED)
    reported = make_coalition(session, states, code="T-4", atelier="I")
    make_report(session, reported, at=NOON - timedelta(days=2), meeting_id=meeting.id)
    make_project(session, code="T-5", reported_by="wervik", atelier="I")  # local: nobody owes a report
    return meeting


def lead(session, *ateliers, **given):
    user = make_user(session, Role.ATELIER, **given)
    session.add_all(UserAtelier(user_id=user.id, atelier_id=atelier_of(session, code).id) for code in ateliers)
    session.flush()
    return user


def told(found):
    return {letter.name: [p.code for p in letter.projects if p.code.startswith("T-")] for letter in found.letters}


def test_who_still_owes_a_report_is_told_of_which_projects(session, round_):
    make_user(session, Role.COORDINATOR, name="Ann", email="ann@voorbeeld.example")
    lead(session, "I", name="Bert")
    lead(session, "I", "II", name="Cis")
    found = mailing(session, PORTAL)
    assert told(found) == {"Ann": ["T-1", "T-2"], "Bert": ["T-1"], "Cis": ["T-1", "T-2"]}
    letter = found.letters[0]
    assert (letter.kind, letter.address, letter.until) == (OPENING, "ann@voorbeeld.example", NEXT)
    assert (letter.number, letter.meeting_id, letter.days_left, found.had_it) == (7, round_.id, 11, 0)


def test_who_owes_none_may_not_sign_in_or_only_reads_is_not_told(session, round_):
    lead(session, name="Zonder atelier")
    lead(session, "I", name="Uit", active=False)
    lead(session, "I", name="Weg", archived_at=NOON)
    for role in (Role.STEERING, Role.DIRECTOR, Role.MAYOR, Role.ADMIN):
        make_user(session, role)
    assert mailing(session, PORTAL).letters == ()


def test_nobody_gets_one_kind_twice_in_a_round(session, round_):
    user, other = lead(session, "I", name="Bert"), lead(session, "II", name="Cis")
    session.add(ReminderSent(meeting_id=round_.id, user_id=user.id, kind=OPENING, sent_at=NOON))
    session.flush()
    found = mailing(session, PORTAL)
    assert (list(told(found)), found.had_it) == (["Cis"], 1)
    assert list(told(mailing(session, PORTAL, CLOSING))) == ["Bert", "Cis"]
    earlier = make_meeting(session, planned_on=TODAY - timedelta(days=99))
    session.add(ReminderSent(meeting_id=earlier.id, user_id=other.id, kind=OPENING, sent_at=NOON))
    session.flush()
    assert list(told(mailing(session, PORTAL))) == ["Cis"]  # of another round


def test_who_reported_in_the_meantime_is_not_told_again(session, round_):
    lead(session, "I", name="Bert")
    project = make_coalition(session, code="T-9", atelier="I")
    assert set(told(mailing(session, PORTAL))["Bert"]) == {"T-1", "T-9"}
    make_report(session, project, at=NOON, meeting_id=round_.id)
    assert told(mailing(session, PORTAL)) == {"Bert": ["T-1"]}


@pytest.mark.parametrize(("day", "kind"), [(NEXT - timedelta(days=7), REMINDER), (NEXT, CLOSING)])
def test_the_kind_follows_the_day(session, round_, day, kind):
    lead(session, "I", name="Bert")
    with clock.standing_at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
        assert mailing(session, PORTAL).kind is kind
