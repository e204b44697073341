"""The dated steps: what is late, what is due before the next steering group, and who may know."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.db.models import Milestone
from portal.permissions import Role
from portal.queries.results.deliverables import is_urgent, milestone_rows, urgent_milestones
from portal.vocabulary import MeetingState, Phase, Visibility
from tests.makers import make_deliverable, make_meeting, make_milestone, make_project, viewer
from tests.queries.conftest import ADMIN, insiders, outsiders

NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
TODAY, PAST, NEXT_MEETING, LATER = date(2026, 11, 22), date(2026, 11, 12), date(2026, 12, 3), date(2026, 12, 4)


@pytest.fixture(autouse=True)
def _today():
    with clock.standing_at(NOW):
        yield


def titles(rows: Any) -> list[str]:
    return [row.title for row in rows]


@pytest.mark.parametrize(
    ("due", "meeting", "urgent"),
    [
        (PAST, None, True),
        (TODAY, None, False),
        (TODAY, NEXT_MEETING, True),
        (NEXT_MEETING, NEXT_MEETING, True),
        (LATER, NEXT_MEETING, False),
        (LATER, None, False),
    ],
)
def test_urgent_is_past_or_due_up_to_the_day_of_the_next_meeting(due, meeting, urgent):
    assert is_urgent(due, TODAY, meeting) is urgent


def test_an_empty_database_has_no_milestones(empty_session):
    assert milestone_rows(empty_session, ADMIN) == []
    assert urgent_milestones(empty_session, ADMIN) == []


def test_a_milestone_names_its_result_and_its_atelier(session):
    result = make_deliverable(session, atelier="II", title="Opleiding")
    make_milestone(session, deliverable=result, title="Gegeven", due_first=PAST, due_expected=LATER)
    (row,) = milestone_rows(session, ADMIN)
    assert (row.of_title, row.atelier, row.project_code) == ("Opleiding", "II", None)
    assert (row.slip_days, row.waiting, row.days_late) == (22, True, None)


def test_a_milestone_of_a_project_leads_to_that_project(session):
    project = make_project(session, atelier="I", title="Meldpunt")
    make_milestone(session, project=project, due_expected=PAST)
    (row,) = milestone_rows(session, ADMIN)
    assert (row.project_code, row.atelier, row.days_late) == (project.code, "I", 10)


def test_a_project_without_an_atelier_and_without_dates_has_its_milestones_all_the_same(session):
    make_milestone(session, project=make_project(session))
    (row,) = milestone_rows(session, ADMIN)
    assert row.atelier is None


def test_the_results_stand_in_the_order_of_their_ateliers_and_projects_come_last(session):
    make_milestone(session, project=make_project(session, atelier="I"), title="project")
    for atelier in ("II", "I"):
        make_milestone(session, deliverable=make_deliverable(session, atelier=atelier), title=atelier)
    assert titles(milestone_rows(session, ADMIN)) == ["I", "II", "project"]


def test_the_steps_of_a_result_stay_together_soonest_first(session):
    one, other = (make_deliverable(session, atelier="I") for _ in range(2))
    for result, title, due in ((one, "1b", LATER), (other, "2", TODAY), (one, "1a", PAST)):
        make_milestone(session, deliverable=result, title=title, due_expected=due)
    assert titles(milestone_rows(session, ADMIN)) == ["1a", "1b", "2"]


def test_one_atelier_shows_its_own_milestones_only(session):
    for atelier in ("I", "II"):
        make_milestone(session, deliverable=make_deliverable(session, atelier=atelier), title=atelier)
        make_milestone(session, project=make_project(session, atelier=atelier), title=f"project {atelier}")
    make_milestone(session, project=make_project(session), title="zonder atelier")
    assert titles(milestone_rows(session, ADMIN, "II")) == ["II", "project II"]


@pytest.mark.parametrize("gone", ["milestone", "result", "project", "ended"])
def test_what_is_archived_or_ended_is_waited_for_no_longer(session, gone):
    result = make_deliverable(session, archived_at=NOW if gone == "result" else None)
    project = make_project(
        session,
        archived_at=NOW if gone == "project" else None,
        phase=Phase.STOPPED if gone == "ended" else Phase.EXECUTION,
    )
    of = {"project": project} if gone in ("project", "ended") else {"deliverable": result}
    make_milestone(session, due_expected=PAST, archived_at=NOW if gone == "milestone" else None, **of)
    assert milestone_rows(session, ADMIN) == []
    assert urgent_milestones(session, ADMIN) == []


def test_an_open_step_of_a_result_that_is_reached_is_not_late(session):
    make_milestone(session, deliverable=make_deliverable(session, done_on=PAST), due_expected=PAST)
    (row,) = milestone_rows(session, ADMIN)
    assert (row.waiting, row.days_late) == (False, None)
    assert urgent_milestones(session, ADMIN) == []


def test_when_all_is_done_nothing_is_urgent(session):
    make_milestone(session, due_expected=PAST, done_on=TODAY)
    assert urgent_milestones(session, ADMIN) == []


def test_what_is_longest_overdue_comes_first_and_then_what_is_due(session):
    make_meeting(session, planned_on=NEXT_MEETING)
    for title, due in (("straks", NEXT_MEETING), ("laat", PAST), ("later", LATER), ("heel laat", date(2026, 1, 5))):
        make_milestone(session, title=title, due_expected=due)
    urgent = urgent_milestones(session, ADMIN)
    assert titles(urgent) == ["heel laat", "laat", "straks"]
    assert [row.days_late for row in urgent] == [321, 10, None]


def test_without_a_next_meeting_only_what_is_late_is_urgent(session):
    make_meeting(session, planned_on=NEXT_MEETING, state=MeetingState.FROZEN)
    make_milestone(session, title="laat", due_expected=PAST)
    make_milestone(session, title="straks", due_expected=TODAY)
    assert titles(urgent_milestones(session, ADMIN)) == ["laat"]


def test_a_mayor_does_not_learn_of_a_coming_meeting_from_what_is_urgent(session):
    make_meeting(session, planned_on=NEXT_MEETING)
    make_milestone(session, title="straks", due_expected=NEXT_MEETING)
    assert titles(urgent_milestones(session, ADMIN)) == ["straks"]
    assert urgent_milestones(session, viewer(Role.MAYOR)) == []


def test_the_milestones_of_an_internal_project_are_for_those_who_may_know_it(session):
    secret = make_project(session, reported_by="kortrijk", visibility=Visibility.INTERNAL)
    make_milestone(session, project=secret, title="geheim", due_expected=PAST)
    for name, person in outsiders(session).items():
        assert milestone_rows(session, person) == [], name
        assert urgent_milestones(session, person) == [], name
    for name, person in insiders(session).items():
        assert titles(urgent_milestones(session, person)) == ["geheim"], name


def test_the_milestones_of_the_demo_are_all_there_and_the_late_ones_are_those_of_sql(demo_session):
    with clock.standing_at(datetime.now(UTC)):
        rows, urgent, today = milestone_rows(demo_session, ADMIN), urgent_milestones(demo_session, ADMIN), clock.today()
    counted = select(func.count()).select_from(Milestone)
    late = counted.where(Milestone.done_on.is_(None), Milestone.due_expected < today)
    assert len(rows) == demo_session.scalar(counted)
    counts = [sum(row.days_late is not None for row in found) for found in (rows, urgent)]
    assert counts == [demo_session.scalar(late)] * 2
    assert counts[0] > 0


def test_all_milestones_come_in_one_statement(session, statements):
    for _ in range(5):
        make_milestone(session)
    with statements() as sent:
        milestone_rows(session, ADMIN)
    assert len(sent) == 1
