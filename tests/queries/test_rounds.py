"""The round that runs: from the last steering group to the next, who reported in it and who still has to."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from portal import clock
from portal.pages.home.cards import OWED
from portal.permissions import GRANTS, Permission, Role, RowNotFound
from portal.queries.inventory.editable import editable_progress
from portal.queries.meetings.rounds import (
    reports_of,
    round_now,
    round_projects,
    still_to_report,
)
from portal.vocabulary import Health, MeetingState, ParticipationState, Phase, ProjectScope, Visibility
from tests.makers import (
    atelier_of,
    make_coalition,
    make_meeting,
    make_project,
    make_report,
    make_user,
    partner_of,
    viewer,
)

COORDINATOR = viewer(Role.COORDINATOR)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAST, NEXT = date(2026, 10, 22), date(2026, 12, 3)


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


@pytest.fixture
def meetings(session):
    """The last steering group, and the next."""
    held = make_meeting(session, planned_on=LAST, held_on=LAST, state=MeetingState.FROZEN)
    return held, make_meeting(session, number=77, planned_on=NEXT)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def mine(rows) -> dict[str, Any]:
    """The rows of this test, by title."""
    return {row.title: row for row in rows if row.title.startswith("T-")}


def reportable(session, by) -> set[str]:
    return {row["title"] for row in editable_progress(session, by) if row["title"].startswith("T-")}


def shared(session, title, **given):
    return make_coalition(session, title=f"T-{title}", **given)


def test_without_meetings_the_round_has_neither_beginning_nor_end(session):
    found = round_now(session, COORDINATOR)
    assert (found.since, found.until, found.number, found.meeting_id, found.days_left) == (None,) * 5


def test_the_round_runs_from_the_last_steering_group_to_the_next(session, meetings):
    found = round_now(session, COORDINATOR)
    assert (found.since, found.until, found.number, found.days_left) == (LAST, NEXT, 77, 11)
    assert found.meeting_id == meetings[1].id


def test_who_reported_since_the_last_steering_group_is_done_and_who_did_not_still_has_to(session, meetings):
    for title, day in (("voor", LAST - timedelta(1)), ("na", LAST + timedelta(1)), ("nooit", None)):
        project = shared(session, title)
        if day:
            make_report(session, project, at=at(day))
    found = mine(round_projects(session, COORDINATOR))
    assert {title: row.reported for title, row in found.items()} == {
        "T-nooit": False,
        "T-voor": False,
        "T-na": True,
    }
    assert [row.days_silent for row in found.values()] == [None, 32, 30]
    assert set(mine(still_to_report(session, COORDINATOR))) == {"T-nooit", "T-voor"}


def test_on_the_day_of_a_meeting_a_report_is_of_the_round_it_was_written_for(session, meetings):
    for title, meeting_id in (("oud", meetings[0].id), ("nieuw", meetings[1].id), ("zonder", None)):
        make_report(session, shared(session, title), at=at(LAST), meeting_id=meeting_id)
    found = mine(round_projects(session, COORDINATOR))
    assert {title for title, row in found.items() if row.reported} == {"T-nieuw"}


def test_the_newest_report_counts_and_is_told_with_who_wrote_it(session, meetings):
    project, person = shared(session, "veel"), make_user(session, name="An")
    make_report(session, project, at=at(LAST + timedelta(3)), by_id=person.id, done="Nieuw", confirmed_unchanged=True)
    make_report(session, project, at=at(LAST - timedelta(3)), done="Oud")
    row = mine(round_projects(session, COORDINATOR))["T-veel"]
    assert (row.done, row.by, row.unchanged, row.reported) == ("Nieuw", "An", True, True)
    assert row.at == at(LAST + timedelta(3))


def test_of_two_reports_at_one_instant_the_last_written_counts(session, meetings):
    project = shared(session, "tegelijk")
    for done in ("Eerst", "Laatst"):
        make_report(session, project, at=at(LAST), done=done)
    assert mine(round_projects(session, COORDINATOR))["T-tegelijk"].done == "Laatst"


def test_a_row_tells_who_leads_and_where_the_project_stands(session, meetings):
    led = {"menen": ParticipationState.LEAD, "wervik": ParticipationState.MEMBER}
    shared(session, "geleid", states=led, atelier="II", health=Health.RED, progress=30, end_expected_on=NEXT)
    shared(session, "buiten", external_lead="Stad Gent")
    found = mine(round_projects(session, COORDINATOR))
    row = found["T-geleid"]
    assert (row.lead, row.atelier, row.health) == ("Menen", "II", Health.RED)
    assert (row.progress, row.end_expected_on, row.owes) == (30, NEXT, True)
    assert (found["T-buiten"].lead, found["T-buiten"].atelier) == ("Stad Gent", None)


@pytest.mark.parametrize(
    "given",
    [{"phase": Phase.FINISHED}, {"phase": Phase.STOPPED}, {"archived_at": NOON}, {"scope": ProjectScope.LOCAL}],
    ids=["finished", "stopped", "archived", "local"],
)
def test_only_what_lives_and_is_shared_owes_a_report(session, given):
    shared(session, "niet", **given)
    shared(session, "wel", scope=ProjectScope.WIDER)
    assert set(mine(round_projects(session, COORDINATOR))) == {"T-wel"}


def test_an_atelier_lead_reports_on_the_shared_projects_of_the_own_ateliers(session):
    shared(session, "eigen", atelier="I")
    shared(session, "ander", atelier="II")
    shared(session, "zonder")
    make_project(session, title="T-lokaal", atelier="I", reported_by="wervik")
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])
    assert {title: row.owes for title, row in mine(round_projects(session, lead)).items()} == {"T-eigen": True}
    assert reportable(session, lead) == {"T-eigen", "T-lokaal"}


def test_a_director_may_report_on_the_own_local_projects_and_owes_nothing(session):
    make_project(session, title="T-eigen", reported_by="wervik", visibility=Visibility.INTERNAL)
    make_project(session, title="T-ander", reported_by="menen")
    shared(session, "gedeeld", reported_by="wervik")
    director = viewer(Role.DIRECTOR, partner_of(session, "wervik"))
    assert {title: row.owes for title, row in mine(round_projects(session, director)).items()} == {"T-eigen": False}
    assert still_to_report(session, director) == []
    assert reportable(session, director) == {"T-eigen"}


@pytest.mark.parametrize("role", [role for role in Role if Permission.EDIT_PROJECTS not in GRANTS[role]])
def test_who_edits_no_projects_finds_none_to_report_on(session, role):
    shared(session, "gedeeld")
    everywhere = viewer(role, partner_of(session), ateliers=[atelier_of(session)])
    assert round_projects(session, everywhere) == []
    assert not editable_progress(session, everywhere)


def test_the_first_page_counts_as_due_exactly_who_still_has_to_report(session, meetings):
    shared(session, "zwijgt")
    make_report(session, shared(session, "sprak"), at=at(LAST + timedelta(1)))
    assert OWED.rows(session, COORDINATOR, None) == still_to_report(session, COORDINATOR)


def test_a_report_begins_with_the_values_of_now_and_with_nothing_said(session):
    made = shared(session, "begin", health=Health.AMBER, progress=30, end_expected_on=NEXT)
    (row,) = editable_progress(session, COORDINATOR, made.code)
    assert (row["id"], row["version"], row["health"], row["progress"]) == (made.id, made.version, "oranje", 30)
    assert (row["end_expected_on"], row["done"], row["next"], row["blocked"]) == (NEXT, "", "", "")
    unknown = shared(session, "geen kleur")
    assert [row["health"] for row in editable_progress(session, COORDINATOR, unknown.code)] == [None]
    assert not editable_progress(session, COORDINATOR, shared(session, "uit", phase=Phase.STOPPED).code)


def test_the_reports_of_a_project_are_told_newest_first_with_their_meeting(session, meetings):
    project = shared(session, "verhaal")
    make_report(session, project, at=at(LAST), meeting_id=meetings[0].id, done="Oud")
    make_report(session, project, at=at(NEXT), meeting_id=meetings[1].id, done="Nieuw")
    found = reports_of(session, COORDINATOR, project.code)
    assert [(row.done, row.meeting) for row in found] == [("Nieuw", 77), ("Oud", meetings[0].number)]


def test_the_reports_of_a_project_one_may_not_know_of_are_not_there(session):
    hidden = make_project(session, reported_by="menen", visibility=Visibility.INTERNAL)
    make_report(session, hidden)
    with pytest.raises(RowNotFound):
        reports_of(session, viewer(Role.STEERING), hidden.code)


def test_in_the_demo_at_least_fifteen_projects_still_have_to_report(demo_session):
    with clock.standing_at(datetime.now(UTC)):
        rows = round_projects(demo_session, COORDINATOR)
    assert sum(not row.reported for row in rows) >= 15
    assert any(row.reported for row in rows)
