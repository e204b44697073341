"""Decisions and actions stand where what they concern stands: at the project, the result, the partner."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal import clock
from portal.db.models import Decision, ProjectDeliverable
from portal.permissions import Role
from portal.queries.meetings.open_work import Concern, actions_on, decisions_on, items_to_come, open_actions
from portal.queries.reference import partner_options
from portal.vocabulary import MeetingBody, MeetingState, Visibility
from tests.makers import make_action, make_agenda_item, make_deliverable, make_meeting, make_project, partner_of, viewer

COORDINATOR, TABLE, MAYOR = (viewer(role) for role in (Role.COORDINATOR, Role.STEERING, Role.MAYOR))
TODAY = date(2026, 11, 22)
HELD = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        yield


def met(session, state=MeetingState.FROZEN, number=4):
    return make_meeting(session, body=MeetingBody.EXELLO, number=number, state=state, planned_on=HELD, held_on=HELD)


def decided(session, meeting, text="Zo blijft het", **given):
    row = Decision(meeting_id=meeting.id, **{"text": text, "taken_on": HELD} | given)
    session.add(row)
    session.flush()
    return row


def texts(found):
    return [row.text for row in found]


def test_a_mayor_reads_the_decisions_of_frozen_meetings_and_no_actions(session):
    project = make_project(session)
    frozen = met(session)
    decided(session, frozen, "Vastgelegd", project_id=project.id)
    make_action(session, meeting=frozen, project_id=project.id)
    coming = met(session, MeetingState.OPEN, number=5)
    decided(session, coming, "Nog open", project_id=project.id)
    make_action(session, meeting=coming, project_id=project.id)
    concern = Concern(project=project.code)
    assert texts(decisions_on(session, MAYOR, concern)) == ["Vastgelegd"]
    assert actions_on(session, MAYOR, concern) == []
    assert texts(decisions_on(session, TABLE, concern)) == ["Nog open", "Vastgelegd"]
    assert len(actions_on(session, TABLE, concern)) == 2


def test_of_a_project_that_somebody_may_not_know_nothing_is_told(session):
    hidden = make_project(session, visibility=Visibility.INTERNAL, reported_by="kuurne")
    decided(session, met(session), project_id=hidden.id, partner_id=partner_of(session, "menen").id)
    concern = Concern(project=hidden.code)
    assert decisions_on(session, TABLE, concern) == []
    assert [row.about for row in decisions_on(session, COORDINATOR, concern)] == [hidden.code]
    assert [row.about for row in decisions_on(session, TABLE, Concern(partner="menen"))] == [None]


def test_nothing_in_particular_concerns_nothing(session):
    decided(session, met(session))
    for concern in (Concern(), Concern(project=""), Concern(partner="atlantis"), Concern(results_of="XX")):
        assert decisions_on(session, COORDINATOR, concern) == []
        assert actions_on(session, COORDINATOR, concern) == []


def test_what_is_withdrawn_or_of_an_archived_meeting_is_not_told(session):
    project, meeting = make_project(session), met(session)
    decided(session, meeting, project_id=project.id, archived_at=clock.now())
    make_action(session, meeting=meeting, project_id=project.id, archived_at=clock.now())
    gone = met(session, number=5)
    decided(session, gone, project_id=project.id)
    make_action(session, meeting=gone, project_id=project.id)
    gone.archived_at = clock.now()
    session.flush()
    concern = Concern(project=project.code)
    assert decisions_on(session, COORDINATOR, concern) == []
    assert actions_on(session, COORDINATOR, concern) == open_actions(session, COORDINATOR) == []


def test_a_decision_says_when_where_whom_and_what_it_concerns(session):
    result = make_deliverable(session, atelier="II")
    decided(session, met(session), deliverable_id=result.id, partner_id=partner_of(session, "wervik").id)
    (row,) = decisions_on(session, TABLE, Concern(results_of="II"))
    assert (row.meeting, row.spot, row.met_on, row.taken_on) == ("Exello 4", "exello-4", HELD, HELD)
    assert (row.partner, row.about, row.about_title) == ("Wervik", result.code, result.title)
    assert texts(decisions_on(session, TABLE, Concern(partner="wervik"))) == ["Zo blijft het"]
    assert texts(decisions_on(session, TABLE, Concern(results_of=""))) == ["Zo blijft het"]
    assert decisions_on(session, TABLE, Concern(results_of="I")) == []


def test_open_actions_come_first_the_longest_overdue_before_all(session):
    meeting = met(session)
    days = {"later": 9, "te laat": -3, "zonder dag": None}
    for text, left in days.items():
        due = None if left is None else TODAY + timedelta(days=left)
        make_action(session, meeting=meeting, owner="wervik", text=text, due_on=due)
    make_action(session, meeting=meeting, owner="wervik", text="gedaan", done_on=TODAY, done_note="Klaar.")
    make_action(session, meeting=meeting, owner="menen", text="van een ander")
    found = actions_on(session, TABLE, Concern(partner="wervik"))
    assert texts(found) == ["te laat", "later", "zonder dag", "gedaan"]
    assert [row.days_left for row in found] == [-3, 9, None, None]
    assert ({row.age for row in found}, [row.done_note for row in found]) == ({20}, ["", "", "", "Klaar."])


def test_only_who_may_close_an_action_or_open_it_again_is_told_so(session):
    meeting, project = met(session), make_project(session)
    for slug, done in (("wervik", None), ("menen", None), ("wervik", TODAY)):
        make_action(session, meeting=meeting, owner=slug, project_id=project.id, done_on=done)
    concern = Concern(project=project.code)

    def closable(by):
        found = actions_on(session, by, concern)
        assert [row.reopenable for row in found] == [False, False, by is COORDINATOR]
        return [row.closable for row in found]

    assert closable(viewer(Role.ATELIER, ateliers=[1, 2, 3])) == [False, False, False]
    assert closable(viewer(Role.DIRECTOR, partner_of(session, "wervik"))) == [True, False, False]
    assert closable(TABLE) == closable(COORDINATOR) == [True, True, False]


def test_in_the_demo_decisions_and_actions_concern_projects_results_and_partners(demo_session):
    partners, results = partner_options(demo_session), Concern(results_of="")
    told = [slug for slug, _ in partners if len(decisions_on(demo_session, COORDINATOR, Concern(partner=slug)))]
    assert len(told) > len(partners) / 3
    assert len(decisions_on(demo_session, COORDINATOR, results)) > 0
    assert len(actions_on(demo_session, COORDINATOR, results)) > 0


def test_what_concerns_a_project_that_works_on_a_result_concerns_the_result(session):
    project, other, result = make_project(session), make_project(session), make_deliverable(session)
    session.add(ProjectDeliverable(project_id=project.id, deliverable_id=result.id))
    meeting = met(session)
    decided(session, meeting, "Van het resultaat", deliverable_id=result.id)
    decided(session, meeting, "Van het project", project_id=project.id)
    decided(session, meeting, "Van een ander", project_id=other.id)
    make_action(session, meeting=meeting, text="Doen", project_id=project.id)
    concern = Concern(result=result.code)
    assert set(texts(decisions_on(session, TABLE, concern))) == {"Van het resultaat", "Van het project"}
    assert texts(actions_on(session, TABLE, concern)) == ["Doen"]
    assert decisions_on(session, TABLE, Concern(result="X.Z-9")) == []


def test_an_item_of_a_meeting_to_come_is_for_who_follows_the_open_meetings(session):
    result = make_deliverable(session)
    held, past = met(session), make_meeting(session, planned_on=HELD)
    coming = make_meeting(session, planned_on=TODAY + timedelta(days=9))
    for meeting, title in ((held, "Geweest"), (past, "Niet gehouden"), (coming, "Komt nog")):
        make_agenda_item(session, meeting, title=title, deliverable_id=result.id)
    make_agenda_item(session, coming, title="Iets anders")
    concern = Concern(result=result.code)
    found = items_to_come(session, TABLE, concern)
    assert [(row.text, row.met_on, row.about) for row in found] == [("Komt nog", coming.planned_on, result.code)]
    assert items_to_come(session, MAYOR, concern) == []
