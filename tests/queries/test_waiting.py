"""What waits for somebody, and for nobody else."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Action, Atelier, Meeting, Partner, ProgressReport
from portal.permissions import Role, Viewer
from portal.queries.meetings.open_work import open_actions
from portal.queries.meetings.rounds import still_to_report
from portal.vocabulary import Health, MeetingBody, MeetingState, Phase, ProjectScope
from tests.makers import make_project

STEERING, COORDINATOR, MAYOR = Viewer(Role.STEERING), Viewer(Role.COORDINATOR), Viewer(Role.MAYOR)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def held(session: Session, day: date) -> Meeting:
    row = Meeting(body=MeetingBody.STEERING, number=1, planned_on=day, held_on=day, state=MeetingState.FROZEN)
    session.add(row)
    session.flush()
    return row


def promise(session: Session, text: str, due_on: date | None, **given: object) -> Action:
    meeting = session.scalars(select(Meeting)).first() or held(session, date(2026, 10, 23))
    owner = given.pop("owner", None) or session.scalars(select(Partner).order_by(Partner.id)).first()
    row = Action(meeting_id=meeting.id, owner_partner_id=owner.id, text=text, due_on=due_on, **given)
    session.add(row)
    session.flush()
    return row


def test_a_mayor_sees_no_open_actions(session: Session):
    promise(session, "Offerte vragen", date(2026, 12, 1))
    assert open_actions(session, MAYOR) == []


def test_the_longest_overdue_action_comes_first_and_a_done_one_not_at_all(session: Session):
    promise(session, "Ooit", None)
    promise(session, "Later", date(2026, 12, 1))
    promise(session, "Te laat", date(2026, 11, 18))
    promise(session, "Gedaan", date(2026, 11, 1), done_on=date(2026, 11, 2))
    with clock.standing_at(NOON):
        actions = open_actions(session, STEERING)
    assert [row.text for row in actions] == ["Te laat", "Later", "Ooit"]
    assert [row.days_left for row in actions] == [-4, 9, None]
    assert {row.meeting for row in actions} == {"Stuurgroep 1"}


def test_each_action_says_whose_it_is(session: Session):
    first, second = session.scalars(select(Partner).order_by(Partner.id).limit(2)).all()
    promise(session, "Van ons", None, owner=first)
    promise(session, "Van hen", None, owner=second)
    found = open_actions(session, STEERING)
    assert {row.text: row.owner_slug for row in found} == {"Van ons": first.slug, "Van hen": second.slug}


def test_who_reported_since_the_last_meeting_owes_nothing(session: Session):
    held(session, date(2026, 10, 23))
    shared = {"scope": ProjectScope.REGIONAL, "phase": Phase.EXECUTION}
    spoke, zweeg = make_project(session, title="Sprak", **shared), make_project(session, title="Zweeg", **shared)
    for project, day in ((spoke, 24), (zweeg, 22)):
        at = datetime(2026, 10, day, 10, tzinfo=UTC)
        session.add(ProgressReport(project_id=project.id, health=Health.GREEN, at=at))
    session.flush()
    with clock.standing_at(NOON):
        due = {row.title: row.last_reported_on for row in still_to_report(session, COORDINATOR)}
    assert "Sprak" not in due
    assert due["Zweeg"] == date(2026, 10, 22)


def test_an_atelier_lead_owes_the_reports_of_the_own_ateliers_only(session: Session):
    own, other = session.scalars(select(Atelier).order_by(Atelier.id).limit(2)).all()
    shared = {"scope": ProjectScope.REGIONAL, "phase": Phase.EXECUTION}
    make_project(session, title="Eigen", atelier=own, **shared)
    make_project(session, title="Ander", atelier=other, **shared)
    lead = Viewer(Role.ATELIER, atelier_ids=frozenset({own.id}))
    titles = {row.title for row in still_to_report(session, lead)}
    assert "Eigen" in titles
    assert "Ander" not in titles
    assert {"Eigen", "Ander"} <= {row.title for row in still_to_report(session, COORDINATOR)}


def test_the_demo_has_actions_open_and_still_to_report(demo_session: Session):
    undone = demo_session.scalar(select(func.count()).select_from(Action).where(Action.done_on.is_(None)))
    assert len(open_actions(demo_session, STEERING)) == undone > 0
    assert len(still_to_report(demo_session, COORDINATOR)) > 0
