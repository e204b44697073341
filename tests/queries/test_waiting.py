"""What waits for somebody, and for nobody else."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Action, Atelier, Meeting, Partner, ProgressReport
from portal.permissions import Role, Viewer
from portal.queries.meetings.open_work import open_actions, reports_due
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
    assert open_actions(session, MAYOR).empty


def test_the_longest_overdue_action_comes_first_and_a_done_one_not_at_all(session: Session):
    promise(session, "Ooit", None)
    promise(session, "Later", date(2026, 12, 1))
    promise(session, "Te laat", date(2026, 11, 18))
    promise(session, "Gedaan", date(2026, 11, 1), done_on=date(2026, 11, 2))
    with clock.standing_at(NOON):
        actions = open_actions(session, STEERING)
    assert list(actions["text"]) == ["Te laat", "Later", "Ooit"]
    assert list(actions["days_left"]) == [-4, 9, None]
    assert set(actions["meeting"]) == {"Stuurgroep 1"}


def test_only_the_asked_partners_actions_are_told(session: Session):
    first, second = session.scalars(select(Partner).order_by(Partner.id).limit(2)).all()
    promise(session, "Van ons", None, owner=first)
    promise(session, "Van hen", None, owner=second)
    assert list(open_actions(session, STEERING, frozenset({first.id}))["text"]) == ["Van ons"]
    assert open_actions(session, STEERING, frozenset()).empty


def test_who_reported_since_the_last_meeting_owes_nothing(session: Session):
    held(session, date(2026, 10, 23))
    shared = {"scope": ProjectScope.REGIONAL, "phase": Phase.EXECUTION}
    spoke, zweeg = make_project(session, title="Sprak", **shared), make_project(session, title="Zweeg", **shared)
    for project, day in ((spoke, 24), (zweeg, 22)):
        at = datetime(2026, 10, day, 10, tzinfo=UTC)
        session.add(ProgressReport(project_id=project.id, health=Health.GREEN, at=at))
    session.flush()
    with clock.standing_at(NOON):
        due = reports_due(session, COORDINATOR).set_index("title")
    assert "Sprak" not in due.index
    assert due.loc["Zweeg", "last_reported_on"] == date(2026, 10, 22)


def test_an_atelier_lead_owes_the_reports_of_the_own_ateliers_only(session: Session):
    own, other = session.scalars(select(Atelier).order_by(Atelier.id).limit(2)).all()
    shared = {"scope": ProjectScope.REGIONAL, "phase": Phase.EXECUTION}
    make_project(session, title="Eigen", atelier=own, **shared)
    make_project(session, title="Ander", atelier=other, **shared)
    lead = Viewer(Role.ATELIER, atelier_ids=frozenset({own.id}))
    titles = set(reports_due(session, lead)["title"])
    assert "Eigen" in titles
    assert "Ander" not in titles
    assert {"Eigen", "Ander"} <= set(reports_due(session, COORDINATOR)["title"])


def test_the_demo_has_actions_open_and_reports_due(demo_session: Session):
    undone = demo_session.scalar(select(func.count()).select_from(Action).where(Action.done_on.is_(None)))
    assert len(open_actions(demo_session, STEERING)) == undone > 0
    assert len(reports_due(demo_session, COORDINATOR)) > 0
