"""What stands in somebody's own calendar: the meetings they may know of, in words they may read, and what changed."""

from datetime import UTC, datetime, time, timedelta

import pytest

from portal import clock
from portal.commands.meetings.agenda import ITEM, add_item, move_item
from portal.commands.meetings.meetings import MEETING, freeze_meeting, plan_meeting
from portal.permissions import Role
from portal.queries.meetings.meetings import live_report, meeting_rows
from portal.queries.meetings.occasions import DROPPED, LOOKS_BACK, SKIPPED, occasions
from portal.snapshots.radar import GRACE_DAYS
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState, Visibility
from tests.makers import make_agenda_item, make_meeting, make_project, viewer
from tests.queries.conftest import insiders, outsiders, traced

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOON.date()
COORDINATOR, TABLE, MAYOR = viewer(Role.COORDINATOR), viewer(Role.STEERING), viewer(Role.MAYOR)
SOON = TODAY + timedelta(days=12)


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


def made(session, **given):
    row = make_meeting(session, **{"planned_on": SOON, "state": MeetingState.OPEN} | given)
    session.commit()
    return row


def planned(session, **values):
    told = {"planned_on": SOON, "starts_at": time(14), "ends_at": time(16), "place": "Zaal 2"} | values
    return plan_meeting(session, COORDINATOR, body=MeetingBody.EXELLO, values=told)


def item(session, meeting, title):
    return add_item(session, COORDINATOR, meeting_id=meeting.id, values={"title": title, "kind": AgendaKind.DISCUSSION})


def alone(session, by=TABLE):
    (found,) = occasions(session, by)
    return found


def freeze(session, row):
    def see(session, row, held_on):
        return live_report(session, row, frozen_on=held_on)

    return freeze_meeting(session, COORDINATOR, meeting_id=row.id, version=row.version, see=see)


# -- who knows of it


def test_a_mayor_has_the_meetings_that_are_frozen_and_no_other(session):
    frozen = made(session, planned_on=TODAY - timedelta(days=30), state=MeetingState.FROZEN)
    for state in (MeetingState.PLANNED, MeetingState.OPEN):
        made(session, state=state, planned_on=SOON + timedelta(days=len(state)))
    dropped = planned(session, planned_on=SOON + timedelta(days=60))
    MEETING.archive(session, COORDINATOR, row_id=dropped.id, version=dropped.version)
    assert [one.number for one in occasions(session, MAYOR)] == [frozen.number]
    assert len(occasions(session, TABLE)) == 4


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_the_meetings_that_the_portal_shows_them(session, role):
    for number, state in enumerate(MeetingState, start=1):
        made(session, number=number, state=state, planned_on=TODAY - timedelta(days=number), held_on=None)
    by = viewer(role)
    assert {one.name for one in occasions(session, by)} == {row.name for row in meeting_rows(session, by)}


def test_a_point_named_after_what_is_internal_is_read_without_that_name_by_who_may_not_know_it(session):
    make_project(session, title="Kwetsbaar netwerk", reported_by="kortrijk", visibility=Visibility.INTERNAL)
    make_agenda_item(session, made(session), title="Kwetsbaar netwerk: wie betaalt?")
    session.commit()
    for name, by in outsiders(session).items():
        if by.role is not Role.MAYOR:
            assert alone(session, by).agenda == ("een onderwerp: wie betaalt?",), name
    for name, by in insiders(session).items():
        assert alone(session, by).agenda == ("Kwetsbaar netwerk: wie betaalt?",), name


def test_without_meetings_there_is_nothing(session):
    assert occasions(session, TABLE) == ()


# -- what it says


def test_a_meeting_has_its_hours_place_and_the_titles_of_its_agenda_in_their_order(session):
    meeting = planned(session)
    first, second = item(session, meeting, "Glasvezel"), item(session, meeting, "Meldpunt")
    move_item(session, COORDINATOR, item_id=second.id, version=second.version, to=1)
    gone = item(session, meeting, "Vervallen")
    ITEM.archive(session, COORDINATOR, gone.id, gone.version)
    found = alone(session)
    assert (found.starts_at, found.ends_at, found.place) == (time(14), time(16), "Zaal 2")
    assert found.agenda == (second.title, first.title)


def test_what_was_dropped_or_went_by_without_being_held_says_so(session):
    dropped = planned(session)
    item(session, dropped, "Glasvezel")
    MEETING.archive(session, COORDINATOR, row_id=dropped.id, version=dropped.version)
    late = made(session, planned_on=TODAY - timedelta(days=GRACE_DAYS + 1))
    waits = made(session, planned_on=TODAY - timedelta(days=GRACE_DAYS))
    held = made(session, planned_on=TODAY - timedelta(days=90), state=MeetingState.FROZEN)
    found = {one.number: one for one in occasions(session, TABLE) if one.body is MeetingBody.STEERING}
    assert {number: one.off for number, one in found.items()} == {
        late.number: SKIPPED,
        waits.number: "",
        held.number: "",
    }
    (exello,) = (one for one in occasions(session, TABLE) if one.body is MeetingBody.EXELLO)
    assert (exello.off, exello.agenda) == (DROPPED, ())


def test_what_lies_more_than_a_year_back_is_left_out(session):
    made(session, planned_on=TODAY - LOOKS_BACK - timedelta(days=1), state=MeetingState.FROZEN)
    kept = made(session, planned_on=TODAY - LOOKS_BACK, state=MeetingState.FROZEN)
    assert alone(session).number == kept.number


# -- what changed


def test_a_meeting_keeps_its_own_name_and_counts_each_change_of_it_or_its_agenda(session):
    meeting = planned(session)
    before = alone(session)
    acts = [
        lambda: MEETING.change(session, COORDINATOR, row_id=meeting.id, version=meeting.version, values={"place": "Z"}),
        lambda: item(session, meeting, "Glasvezel"),
        lambda: freeze(session, meeting),
    ]
    MEETING.change(session, COORDINATOR, row_id=meeting.id, version=meeting.version, values={"planned_on": TODAY})
    for minutes, act in enumerate(acts, start=1):
        stood = alone(session)
        with clock.standing_at(NOON + timedelta(minutes=minutes)):
            act()
        now = alone(session)
        assert now.uid == before.uid
        assert now.sequence > stood.sequence
        assert now.changed_at == NOON + timedelta(minutes=minutes)
    assert alone(session).sequence == alone(session, MAYOR).sequence


def test_an_item_that_leaves_for_another_meeting_changes_both_and_neither_counts_back(session):
    here = planned(session)
    there = planned(session, planned_on=SOON + timedelta(days=30))
    other = planned(session, planned_on=SOON + timedelta(days=60))
    row = item(session, here, "Glasvezel")
    before = {one.number: one.sequence for one in occasions(session, TABLE)}
    with traced(session):
        row.meeting_id = there.id
        session.flush()
    after = {one.number: one.sequence for one in occasions(session, TABLE)}
    assert after[here.number] == before[here.number] + 1
    assert after[there.number] == before[there.number] + 1
    assert after[other.number] == before[other.number]


def test_that_a_meeting_went_by_without_being_held_counts_as_a_change(session):
    meeting = planned(session, planned_on=TODAY)
    with clock.standing_at(NOON + timedelta(days=GRACE_DAYS)):
        waits = alone(session)
    with clock.standing_at(NOON + timedelta(days=GRACE_DAYS + 1)):
        went = alone(session)
    assert (meeting.number, went.sequence) == (waits.number, waits.sequence + 1)
