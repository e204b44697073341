"""The page of one project at its edges: what is unknown, who leads, what is late, who may know."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal import clock
from portal.db.models import CollaborationType, Indicator
from portal.permissions import Role, RowNotFound
from portal.queries.inventory.projects import project_detail, project_exists
from portal.vocabulary import (
    ChallengeStatus,
    Health,
    ParticipationState,
    Phase,
    ProjectFunding,
    ProjectScope,
    Status2022,
    Visibility,
)
from tests.databases import undone
from tests.makers import (
    link,
    make_challenge,
    make_coalition,
    make_milestone,
    make_participation,
    make_partner,
    make_project,
    make_report,
    viewer,
)
from tests.queries.conftest import ADMIN

STEERING = viewer(Role.STEERING)
FIRST, THEN = date(2026, 1, 1), date(2026, 3, 2)


def test_a_project_is_found_by_its_exact_code_only(engine, subtests):
    for code in ["", "p-1", "P-1 ", "P-1'--", "%", "P-2"]:
        with subtests.test(code=code), undone(engine) as session:
            make_project(session, code="P-1")
            assert not project_exists(session, ADMIN, code)
            with pytest.raises(RowNotFound):
                project_detail(session, ADMIN, code)
            assert project_detail(session, ADMIN, "P-1").code == "P-1"


SLIPS = [
    (None, None, None, None),
    (FIRST, None, None, None),
    (None, THEN, None, None),
    (FIRST, FIRST, None, 0),
    (FIRST, THEN, None, 60),
    (THEN, FIRST, None, -60),
    (FIRST, THEN, FIRST, 0),
    (FIRST, None, THEN, 60),
]


def test_slip_runs_from_the_first_plan_to_the_end_or_else_to_what_is_expected(engine, subtests):
    for planned, expected, ended, slip in SLIPS:
        with subtests.test(planned=planned, expected=expected, ended=ended, slip=slip), undone(engine) as session:
            make_project(session, code="P-1", end_first_planned_on=planned, end_expected_on=expected, ended_on=ended)
            assert project_detail(session, ADMIN, "P-1").slip_days == slip


def test_a_partner_that_leads_goes_before_a_name_outside_the_region(session):
    states = {"wervik": ParticipationState.LEAD, "menen": ParticipationState.MEMBER}
    make_coalition(session, states, code="P-1", external_lead="Provincie")
    detail = project_detail(session, ADMIN, "P-1")
    assert (detail.lead, detail.lead_slug) == ("Wervik", "wervik")


def test_two_leads_are_both_named_and_the_first_by_name_is_the_link(session):
    make_coalition(session, {"wervik": ParticipationState.LEAD, "menen": ParticipationState.LEAD}, code="P-1")
    detail = project_detail(session, ADMIN, "P-1")
    assert (detail.lead, detail.lead_slug) == ("Menen; Wervik", "menen")


def test_a_lead_that_stepped_back_leads_no_more_and_stays_in_what_was(session):
    project = make_coalition(session, code="P-1")
    make_participation(
        session, project=project, partner="wervik", state=ParticipationState.LEAD, until=date(2026, 6, 1)
    )
    make_participation(session, project=project, partner="wervik", state=ParticipationState.MEMBER)
    detail = project_detail(session, ADMIN, "P-1")
    assert detail.lead is None
    assert [one.state.value for one in detail.participants] == ["deelnemer"]
    assert [one.state.value for one in detail.participants_over_time] == ["deelnemer", "trekker"]


def test_a_project_lives_until_it_is_finished_or_stopped(engine, subtests):
    for phase in Phase:
        with subtests.test(phase=phase), undone(engine) as session:
            make_project(session, code="P-1", phase=phase)
            assert project_detail(session, ADMIN, "P-1").is_living is (phase not in {Phase.FINISHED, Phase.STOPPED})


@pytest.mark.parametrize("scope", ProjectScope)
def test_a_project_is_shared_when_it_is_more_than_local(session, scope):
    make_project(session, code="P-1", scope=scope)
    assert project_detail(session, ADMIN, "P-1").is_shared is (scope is not ProjectScope.LOCAL)


def test_a_type_of_working_together_comes_with_its_rule_and_its_aspect(session):
    kind = session.scalars(select(CollaborationType).where(CollaborationType.code == "1")).one()
    aspect = session.scalars(select(Indicator).order_by(Indicator.id)).first()
    make_project(
        session, code="P-1", collaboration_type_id=kind.id, aspect_id=aspect.id, deviation_reason="Zo afgesproken"
    )
    detail = project_detail(session, ADMIN, "P-1")
    assert (detail.collaboration_type_code, detail.collaboration_type) == ("1", kind.title)
    assert (detail.lead_rule, detail.aspect_code, detail.aspect) == (kind.lead_rule, aspect.code, aspect.title)
    assert detail.deviation_reason == "Zo afgesproken"


def test_every_list_a_project_stands_in_is_named_by_code_and_title(session):
    make_project(session, code="P-1", theme="data", service="it", dimension="burger", atelier="IV")
    detail = project_detail(session, ADMIN, "P-1")
    assert (detail.theme_code, detail.service_code, detail.atelier_code) == ("data", "it", "IV")
    assert all((detail.theme, detail.service, detail.dimension, detail.atelier))


def test_what_was_said_in_2022_and_who_pays_stay_words_of_the_field(session):
    make_project(session, code="P-1", status_2022=Status2022.PLANNED, funding=ProjectFunding.CALL, health=Health.AMBER)
    detail = project_detail(session, ADMIN, "P-1")
    assert detail.status_2022 is Status2022.PLANNED
    assert detail.funding is ProjectFunding.CALL
    assert detail.health is Health.AMBER


def test_a_project_nobody_reported_has_no_reporter_and_one_that_was_has_its_name(session):
    make_project(session, code="P-1")
    make_project(session, code="P-2", reported_by=make_partner(session, "plaats", title="Plaats"))
    nobody, somebody = (project_detail(session, ADMIN, code) for code in ("P-1", "P-2"))
    assert (nobody.reported_by, nobody.reported_by_slug) == (None, None)
    assert (somebody.reported_by, somebody.reported_by_slug) == ("Plaats", "plaats")


def test_a_challenge_the_viewer_may_not_know_of_is_not_among_those_it_answers(session):
    project = make_project(session, code="P-1")
    link(session, project, make_challenge(session, code="U-OPEN", partner="wervik"))
    link(session, project, make_challenge(session, code="U-DICHT", partner="menen", visibility=Visibility.INTERNAL))
    link(session, project, make_challenge(session, code="U-WEG", partner="menen", archived_at=clock.now()))
    assert [one.code for one in project_detail(session, STEERING, "P-1").challenges] == ["U-OPEN"]
    assert [one.code for one in project_detail(session, ADMIN, "P-1").challenges] == ["U-DICHT", "U-OPEN"]


def test_a_solved_challenge_stays_among_those_it_answers_with_its_status(session):
    project = make_project(session, code="P-1")
    link(session, project, make_challenge(session, status=ChallengeStatus.SOLVED, urgency=3))
    (row,) = project_detail(session, ADMIN, "P-1").challenges
    assert (row.status, row.urgency) == (ChallengeStatus.SOLVED, 3)


def test_an_archived_step_is_gone_and_steps_of_one_day_stand_as_they_were_made(session):
    project = make_project(session, code="P-1")
    for title in ("eerst", "dan"):
        make_milestone(session, project=project, title=title, due_expected=date(2026, 5, 1))
    make_milestone(session, project=project, title="weg", archived_at=clock.now())
    make_milestone(session, project=make_project(session), title="van een ander")
    assert [one.title for one in project_detail(session, ADMIN, "P-1").milestones] == ["eerst", "dan"]


def test_a_step_that_came_early_has_a_negative_slip_and_one_on_time_has_none(session):
    project = make_project(session, code="P-1")
    day = date(2026, 5, 10)
    make_milestone(session, project=project, due_first=day, due_expected=day, done_on=date(2026, 5, 8))
    make_milestone(session, project=project, due_first=day, due_expected=date(2026, 5, 11), done_on=day)
    assert [one.slip_days for one in project_detail(session, ADMIN, "P-1").milestones] == [-2, 0]


def test_reports_stand_newest_first_and_one_without_author_or_meeting_has_none(session):
    project = make_project(session, code="P-1")
    for month, health in ((3, Health.GREEN), (6, Health.RED), (5, Health.AMBER)):
        make_report(session, project, health=health, at=datetime(2026, month, 1, tzinfo=UTC))
    reports = project_detail(session, ADMIN, "P-1").reports
    assert [row.health for row in reports] == [Health.RED, Health.AMBER, Health.GREEN]
    assert {row.by for row in reports} == {row.meeting for row in reports} == {None}


def test_confirming_that_nothing_changed_is_an_act_that_is_told(session):
    project = make_project(session, code="P-1")
    make_report(session, project, confirmed_unchanged=True, progress=None, done="", next="Wachten op de raad")
    row = project_detail(session, ADMIN, "P-1").reports[0]
    assert (row.confirmed_unchanged, row.progress, row.next) == (True, None, "Wachten op de raad")


def test_nothing_reported_is_not_nought_per_cent(session):
    make_project(session, code="P-1")
    make_project(session, code="P-0", progress=0)
    assert project_detail(session, ADMIN, "P-1").progress is None
    assert project_detail(session, ADMIN, "P-0").progress == 0
