"""The dated steps that somebody may edit, and where a new one may come."""

from datetime import date, timedelta

import pytest

from portal import clock
from portal.entities.results import MILESTONE
from portal.permissions import GRANTS, Permission, Role
from portal.queries.results.editable import editable_milestones, may_add_milestone, milestone_places
from portal.vocabulary import Phase, ProjectScope, Visibility
from tests.makers import SOME_DAY, atelier_of, make_deliverable, make_milestone, make_project, viewer
from tests.queries.conftest import ADMIN


@pytest.fixture
def lead(session):
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "II")])


def codes(rows):
    return [row["code"] for row in rows]


@pytest.mark.parametrize("role", [role for role in Role if Permission.EDIT_DELIVERABLES not in GRANTS[role]])
def test_who_may_edit_no_milestone_is_given_none_and_no_place(session, role):
    row = make_milestone(session)
    everywhere = viewer(role, 1, 2, 3, ateliers=[1, 2, 3, 4, 5])
    assert not editable_milestones(session, everywhere)
    assert milestone_places(session, everywhere) == []
    assert not may_add_milestone(session, everywhere, "I.B-1")
    assert codes(editable_milestones(session, ADMIN)) == [row.code]


def test_a_row_has_every_key_and_an_empty_database_has_none(empty_session, session):
    make_milestone(session)
    more = ("of", "of_title", "atelier")
    assert tuple(editable_milestones(session, ADMIN)[0]) == ("id", "version", *MILESTONE.keys, *more)
    assert editable_milestones(empty_session, ADMIN) == []


def test_an_atelier_lead_is_given_the_steps_of_own_ateliers_only(session, lead):
    of_result, of_project = make_deliverable(session, atelier="II"), make_project(session, atelier="II")
    own = [make_milestone(session, deliverable=of_result), make_milestone(session, project=of_project)]
    for other in (make_deliverable(session, atelier="I"), make_deliverable(session, atelier="V")):
        make_milestone(session, deliverable=other)
    for other in (make_project(session, atelier="I"), make_project(session)):
        make_milestone(session, project=other)
    closed = make_project(session, atelier="II", visibility=Visibility.INTERNAL, reported_by="kuurne")
    make_milestone(session, project=closed)
    assert codes(editable_milestones(session, lead)) == [row.code for row in own]
    assert len(editable_milestones(session, ADMIN)) == 7
    assert may_add_milestone(session, lead, of_result.code)
    assert may_add_milestone(session, lead, of_project.code)
    assert not may_add_milestone(session, lead, closed.code)
    assert not may_add_milestone(session, lead, "I.B-1")


def test_a_step_stands_with_its_place_and_its_first_plan(session):
    project = make_project(session, title="Meldpunt", atelier="I")
    moved = make_milestone(
        session, project=project, title="Getest", due_expected=SOME_DAY + timedelta(days=9), done_on=date(2026, 3, 9)
    )
    make_milestone(session)
    (row,) = editable_milestones(session, ADMIN, project.code)
    assert (row["id"], row["version"], row["code"]) == (moved.id, 1, moved.code)
    assert (row["of"], row["of_title"], row["atelier"]) == (project.code, "Meldpunt", "I")
    assert (row["title"], row["due_first"], row["due_expected"]) == ("Getest", SOME_DAY, SOME_DAY + timedelta(days=9))
    assert row["done_on"] == date(2026, 3, 9)


def test_results_come_first_in_their_order_and_within_each_what_is_expected_first(session):
    project = make_project(session, title="A")
    result, before = make_deliverable(session, atelier="II"), make_deliverable(session, atelier="I")
    days = [SOME_DAY + timedelta(days=days) for days in (5, 1)]
    of_project = make_milestone(session, project=project)
    late, soon = (make_milestone(session, deliverable=result, due_expected=day) for day in days)
    first = make_milestone(session, deliverable=before, due_expected=days[0])
    make_milestone(session, deliverable=make_deliverable(session, archived_at=clock.now()))
    make_milestone(session, archived_at=clock.now())
    assert codes(editable_milestones(session, ADMIN)) == [first.code, soon.code, late.code, of_project.code]


def test_a_new_step_may_come_at_results_and_at_living_projects_that_are_shared_or_of_an_atelier(session):
    shared = make_project(session, scope=ProjectScope.REGIONAL, title="Samen")
    local = make_project(session, scope=ProjectScope.LOCAL, title="Alleen")
    ended = make_project(session, scope=ProjectScope.REGIONAL, phase=Phase.FINISHED)
    gone = make_deliverable(session, archived_at=clock.now())
    offered = [code for code, _ in milestone_places(session, ADMIN)]
    assert (offered[0], offered.count(shared.code)) == ("I.B-1", 1)
    assert {local.code, ended.code, gone.code}.isdisjoint(offered)
    assert dict(milestone_places(session, ADMIN))[shared.code] == f"{shared.code} · Samen"
    for code, may in ((local.code, True), (ended.code, True), (gone.code, False), ("", False)):
        assert may_add_milestone(session, ADMIN, code) is may
