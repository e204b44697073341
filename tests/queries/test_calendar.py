"""When the steering group met and will meet, and when a project last gave a sign of life."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal import clock
from portal.permissions import Role
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.results.signals import last_seen_per_project, project_signals
from portal.vocabulary import Health, MeetingBody, MeetingState, Phase, ProjectScope, Visibility
from tests.databases import undone
from tests.makers import (
    make_coalition,
    make_meeting,
    make_milestone,
    make_participation,
    make_project,
    make_report,
    make_user,
    viewer,
)
from tests.queries.conftest import ADMIN, traced

STEERING = viewer(Role.STEERING)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOON.date()
FROZEN, OPEN = MeetingState.FROZEN, MeetingState.OPEN


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_without_meetings_nothing_was_held_and_nothing_is_next(session):
    calendar = steering_calendar(session, STEERING)
    assert (calendar.held, calendar.next_on, calendar.next_number) == ((), None, None)
    assert (calendar.days_to_next, calendar.quiet_since, calendar.today) == (None, None, TODAY)


@pytest.mark.parametrize(
    "given",
    [
        {"body": MeetingBody.CONFERENCE},
        {"body": MeetingBody.EXELLO},
        {"archived_at": NOON},
        {"state": OPEN},
        {"state": MeetingState.PLANNED},
    ],
    ids=["mayors", "directors", "archived", "open", "planned"],
)
def test_a_meeting_of_another_body_or_that_was_not_settled_was_not_held(session, given):
    make_meeting(session, **{"planned_on": day(-10), "state": FROZEN} | given)
    assert steering_calendar(session, STEERING).held == ()


def test_a_meeting_counts_on_the_day_it_was_held_and_else_on_the_day_it_was_planned(session):
    make_meeting(session, planned_on=day(-20), held_on=day(-13), state=FROZEN)
    make_meeting(session, planned_on=day(-60), state=FROZEN)
    assert steering_calendar(session, STEERING).held == (day(-13), day(-60))


def test_a_meeting_settled_for_a_day_to_come_was_not_held_yet(session):
    make_meeting(session, planned_on=day(1), state=FROZEN)
    make_meeting(session, planned_on=TODAY, state=FROZEN)
    assert steering_calendar(session, STEERING).held == (TODAY,)


@pytest.mark.parametrize(("days", "until"), [(0, 0), (1, 1), (42, 42), (-1, None)])
def test_the_next_meeting_is_today_or_later(session, days, until):
    make_meeting(session, number=500, planned_on=day(days), state=OPEN)
    calendar = steering_calendar(session, STEERING)
    assert calendar.days_to_next == until
    assert calendar.next_number == (None if until is None else 500)


def test_of_two_meetings_to_come_the_soonest_is_next_and_a_settled_one_is_not(session):
    for number, days, state in ((601, 50, MeetingState.PLANNED), (602, 8, OPEN), (603, 2, FROZEN)):
        make_meeting(session, number=number, planned_on=day(days), state=state)
    calendar = steering_calendar(session, STEERING)
    assert (calendar.next_number, calendar.next_on) == (602, day(8))


def test_the_next_meeting_is_for_who_follows_the_open_ones(engine, subtests):
    for role in Role:
        with subtests.test(role=role), undone(engine) as session:
            make_meeting(session, planned_on=day(8), state=OPEN)
            assert (steering_calendar(session, viewer(role)).next_on is None) is (role is Role.MAYOR)


def test_quiet_counts_from_the_last_meeting_but_one():
    held = (day(-30), day(-72), day(-114))
    assert SteeringCalendar(TODAY, held, None, None).quiet_since == day(-72)
    assert SteeringCalendar(TODAY, held[:2], None, None).quiet_since == day(-72)
    assert SteeringCalendar(TODAY, held[:1], None, None).quiet_since is None


def seen(session, *projects) -> list[date | None]:
    found = last_seen_per_project(session, [project.id for project in projects])
    return [found.get(project.id) for project in projects]


def test_a_project_nobody_touched_was_never_seen(session):
    assert seen(session, make_project(session)) == [None]
    assert last_seen_per_project(session, []) == {}


def test_what_the_portal_brought_in_is_no_sign_of_life(session):
    with traced(session):
        project = make_project(session)
        make_milestone(session, project=project)
    assert seen(session, project) == [None]


@pytest.mark.parametrize("touched", ["project", "milestone", "participation"])
def test_a_change_by_a_person_of_the_project_its_steps_or_its_states_is_a_sign_of_life(session, touched):
    person = make_user(session)
    project, other = make_project(session), make_project(session)
    rows = {
        "project": project,
        "milestone": make_milestone(session, project=project),
        "participation": make_participation(session, project=project, partner="wervik"),
    }
    change = {"project": {"title": "Anders"}, "milestone": {"title": "Anders"}, "participation": {"reason": "Anders"}}
    with traced(session, person.id):
        for name, value in change[touched].items():
            setattr(rows[touched], name, value)
    assert seen(session, project, other) == [TODAY, None]


def test_a_report_is_a_sign_of_life_on_the_day_the_region_had(session):
    project = make_project(session)
    make_report(session, project, at=datetime(2026, 10, 1, 22, 30, tzinfo=UTC))
    assert seen(session, project) == [date(2026, 10, 2)]


def test_the_newest_of_several_signs_counts(session):
    project, person = make_project(session), make_user(session)
    make_report(session, project, at=datetime(2026, 10, 1, tzinfo=UTC))
    make_report(session, project, at=datetime(2026, 9, 1, tzinfo=UTC))
    with clock.standing_at(datetime(2026, 8, 1, tzinfo=UTC)), traced(session, person.id):
        project.title = "Anders"
    assert seen(session, project) == [date(2026, 10, 1)]


def test_a_confirmation_that_nothing_changed_breaks_the_silence_too(session):
    for number, days in ((701, -30), (702, -72)):
        make_meeting(session, number=number, planned_on=day(days), state=FROZEN)
    confirmed = make_coalition(session, title="Bevestigd")
    make_coalition(session, title="Zweeg")
    make_report(session, confirmed, confirmed_unchanged=True, at=NOON - timedelta(days=2))
    quiet = {one.title: one.quiet for one in project_signals(session, ADMIN)}
    assert (quiet["Bevestigd"], quiet["Zweeg"]) == (False, True)


SIGNALS = [
    (None, None, "groen", "op schema"),
    (day(-90), day(1), "oranje", "91 dagen uitloop"),
    (day(-42), day(-42), "groen", "op schema"),
    (day(-43), day(-43), "rood", "43 dagen te laat"),
    (day(-14), TODAY, "groen", "op schema"),
    (day(-15), TODAY, "oranje", "15 dagen uitloop"),
]


def test_a_project_gets_its_signal_from_its_days(engine, subtests):
    for planned, expected, signal, why in SIGNALS:
        with subtests.test(planned=planned, expected=expected, signal=signal, why=why), undone(engine) as session:
            make_coalition(session, title="Werk", end_first_planned_on=planned, end_expected_on=expected)
            (row,) = (one for one in project_signals(session, ADMIN) if one.title == "Werk")
            assert (row.signal.value, row.why) == (signal, why)


def test_the_signal_stands_beside_the_reported_colour_and_never_over_it(session):
    make_coalition(session, title="Werk", health=Health.GREEN, end_expected_on=day(-100))
    (row,) = (one for one in project_signals(session, ADMIN) if one.title == "Werk")
    assert (row.health, row.signal) == (Health.GREEN, Health.RED)


def test_the_worst_signal_comes_first_and_equal_ones_by_name(session):
    make_coalition(session, title="Zomer", end_expected_on=day(-100))
    make_coalition(session, title="Élan", end_expected_on=day(-100))
    make_coalition(session, title="Aap")
    titles = [one.title for one in project_signals(session, ADMIN) if one.title in {"Zomer", "Élan", "Aap"}]
    assert titles == ["Élan", "Zomer", "Aap"]


def test_a_hidden_project_gives_no_signal_to_an_outsider(session):
    make_coalition(session, title="Geheim", visibility=Visibility.INTERNAL)
    assert "Geheim" not in {one.title for one in project_signals(session, STEERING)}
    assert "Geheim" in {one.title for one in project_signals(session, ADMIN)}


def test_without_shared_projects_that_live_there_are_no_signals(empty_session):
    make_project(empty_session, scope=ProjectScope.LOCAL)
    make_project(empty_session, scope=ProjectScope.WIDER, phase=Phase.STOPPED)
    assert project_signals(empty_session, ADMIN) == []
