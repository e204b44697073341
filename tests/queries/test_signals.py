"""The computed signal: beside the reported colour, at its edges, and never for who did what was asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Meeting, ProgressReport
from portal.permissions import Role, Viewer
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.results.signals import Facts, computed_signal, is_quiet, overdue_days, project_signals
from portal.vocabulary import Health, MeetingBody, MeetingState, Phase, ProjectScope
from tests.makers import make_project

STEERING, MAYOR = Viewer(Role.STEERING), Viewer(Role.MAYOR)
TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CALENDAR = SteeringCalendar(TODAY, (date(2026, 10, 23), date(2026, 9, 11), date(2026, 7, 31)), None, None)


SIGNALS = [
    (Facts(), Health.GREEN, "op schema"),
    (Facts(overdue_days=42), Health.GREEN, "op schema"),
    (Facts(overdue_days=43), Health.RED, "43 dagen te laat"),
    (Facts(slip_days=14), Health.GREEN, "op schema"),
    (Facts(slip_days=15), Health.AMBER, "15 dagen uitloop"),
    (Facts(slip_days=-30), Health.GREEN, "op schema"),
    (Facts(quiet=True), Health.AMBER, "stil"),
    (Facts(slip_days=77, quiet=True), Health.AMBER, "77 dagen uitloop en stil"),
    (Facts(spent_after_end=True), Health.RED, "uitgegeven na de einddatum"),
    (Facts(over_budget=0.10), Health.GREEN, "op schema"),
    (Facts(over_budget=0.146), Health.RED, "prognose 14,6 % boven begroot"),
    (Facts(overdue_days=50, slip_days=90, quiet=True), Health.RED, "50 dagen te laat"),
]


def test_the_signal_is_what_the_facts_say(subtests: pytest.Subtests):
    for facts, colour, why in SIGNALS:
        with subtests.test(facts=facts, colour=colour, why=why):
            assert computed_signal(facts) == (colour, why)


@pytest.mark.parametrize(
    ("last_seen", "began", "quiet"),
    [
        (date(2026, 9, 12), None, False),  # the day after the last meeting but one
        (date(2026, 9, 11), None, True),
        (None, None, True),
        (None, date(2026, 9, 11), True),
        (None, date(2026, 9, 12), False),  # too young to be quiet
    ],
)
def test_quiet_is_no_sign_of_life_since_the_last_meeting_but_one(last_seen: date, began: date, quiet: bool):
    assert is_quiet(last_seen, CALENDAR, began) is quiet


def test_before_two_meetings_were_held_nobody_is_quiet():
    assert not is_quiet(None, SteeringCalendar(TODAY, (date(2026, 10, 23),), None, None), None)


@pytest.mark.parametrize(("expected", "days"), [(None, None), (TODAY, None), (TODAY - timedelta(days=3), 3)])
def test_a_day_that_is_not_past_is_not_overdue(expected: date, days: int | None):
    assert overdue_days(expected, TODAY) == days


def meet(session: Session, number: int, day: date, state: MeetingState) -> Meeting:
    held = day if state is MeetingState.FROZEN else None
    row = Meeting(body=MeetingBody.STEERING, number=number, planned_on=day, held_on=held, state=state)
    session.add(row)
    session.flush()
    return row


def test_a_mayor_does_not_see_a_meeting_that_is_not_frozen(session: Session):
    meet(session, 1, date(2026, 12, 4), MeetingState.OPEN)
    with clock.standing_at(NOON):
        assert steering_calendar(session, MAYOR).next_on is None
        assert steering_calendar(session, STEERING).days_to_next == 12


def test_the_calendar_holds_what_was_held_newest_first(session: Session):
    for number, day in enumerate([date(2026, 9, 11), date(2026, 10, 23)], start=1):
        meet(session, number, day, MeetingState.FROZEN)
    with clock.standing_at(NOON):
        calendar = steering_calendar(session, STEERING)
    assert calendar.held == (date(2026, 10, 23), date(2026, 9, 11))
    assert calendar.quiet_since == date(2026, 9, 11)


def test_a_report_breaks_the_silence_and_a_finished_project_has_no_signal(session: Session):
    for number, day in enumerate([date(2026, 9, 11), date(2026, 10, 23)], start=1):
        meet(session, number, day, MeetingState.FROZEN)
    spoke = make_project(session, title="Sprak", scope=ProjectScope.REGIONAL, phase=Phase.EXECUTION)
    make_project(session, title="Zweeg", scope=ProjectScope.REGIONAL, phase=Phase.EXECUTION)
    make_project(session, title="Klaar", scope=ProjectScope.REGIONAL, phase=Phase.FINISHED)
    make_project(session, title="Eigen", scope=ProjectScope.LOCAL, phase=Phase.EXECUTION)
    session.add(ProgressReport(project_id=spoke.id, health=Health.GREEN, at=datetime(2026, 11, 2, tzinfo=UTC)))
    session.flush()
    with clock.standing_at(NOON):
        signals = {one.title: one for one in project_signals(session, STEERING)}
    assert {"Klaar", "Eigen"} & signals.keys() == set()
    assert (signals["Sprak"].signal, signals["Sprak"].last_seen) == (Health.GREEN, date(2026, 11, 2))
    assert (signals["Zweeg"].signal, signals["Zweeg"].why) == (Health.AMBER, "stil")


def test_the_demo_has_projects_that_went_quiet_and_says_why(demo_session: Session):
    signals = project_signals(demo_session, STEERING)
    assert 1 <= sum(one.quiet for one in signals) < len(signals)
    assert {one.signal for one in signals if one.quiet} <= {Health.AMBER, Health.RED}
    colours = [one.signal for one in signals]
    assert colours == sorted(colours, key=[Health.RED, Health.AMBER, Health.GREEN].index)
