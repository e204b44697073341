"""The page of one challenge and of one project."""

from datetime import UTC, date, datetime

import pytest

from portal.permissions import Role, RowNotFound
from portal.queries.inventory.challenges import challenge_detail, challenge_exists
from portal.queries.inventory.projects import project_detail, project_exists
from portal.vocabulary import Health, ParticipationState, Phase, ProjectScope
from tests.makers import (
    link,
    make_challenge,
    make_coalition,
    make_meeting,
    make_milestone,
    make_participation,
    make_project,
    make_report,
    make_user,
)
from tests.queries.conftest import ADMIN

TOPIC = {"service": "it", "theme": "data"}


def test_a_code_that_does_not_exist_is_not_found(session):
    for detail, exists in ((challenge_detail, challenge_exists), (project_detail, project_exists)):
        assert not exists(session, ADMIN, "X-1")
        with pytest.raises(RowNotFound):
            detail(session, ADMIN, "X-1")


def test_a_challenge_tells_what_answers_it_shared_projects_first(session):
    challenge = make_challenge(session, code="U-1", partner="wervik", title="Archief", **TOPIC)
    link(session, make_project(session, code="A", reported_by="wervik", phase=Phase.FINISHED), challenge)
    link(session, make_project(session, code="B", scope=ProjectScope.REGIONAL), challenge)
    detail = challenge_detail(session, ADMIN, "U-1")
    assert [(one.code, one.living) for one in detail.projects] == [("B", True), ("A", False)]
    assert (detail.partner, detail.service_code, detail.living, detail.is_open) == ("Wervik", "it", 1, True)


def test_a_challenge_that_only_an_ended_project_answered_is_not_covered(session):
    challenge = make_challenge(session, code="U-1")
    link(session, make_project(session, phase=Phase.STOPPED), challenge)
    assert not challenge_detail(session, ADMIN, "U-1").living


def test_a_project_without_anything_known_says_so(session):
    make_project(session, code="P-1", phase=Phase.IDEA)
    detail = project_detail(session, ADMIN, "P-1")
    assert (detail.lead, detail.slip_days, detail.theme, detail.atelier, detail.aspect) == (None,) * 5
    assert detail.participants == detail.challenges == detail.milestones == detail.reports == []


def test_a_lead_outside_the_region_is_named(session):
    make_project(session, code="P-1", external_lead="Provincie")
    detail = project_detail(session, ADMIN, "P-1")
    assert (detail.lead, detail.lead_slug) == ("Provincie", None)


def test_a_coalition_tells_who_is_in_now_and_who_was(session):
    project = make_coalition(
        session,
        {
            "wervik": ParticipationState.MEMBER,
            "avelgem": ParticipationState.MEMBER,
            "menen": ParticipationState.LEAD,
            "kuurne": ParticipationState.DECLINED,
        },
        code="P-1",
    )
    make_participation(
        session, project=project, partner="wervik", state=ParticipationState.FOLLOWS, until=date(2026, 4, 1)
    )
    detail = project_detail(session, ADMIN, "P-1")
    assert [one.partner for one in detail.participants] == ["Menen", "Avelgem", "Wervik", "Kuurne"]
    assert (detail.lead, detail.lead_slug) == ("Menen", "menen")
    assert len(detail.participants_over_time) == 5
    assert detail.participants_over_time[-1].state is ParticipationState.FOLLOWS


def test_a_project_tells_its_challenges_steps_and_reports(session):
    project = make_project(
        session, code="P-1", end_first_planned_on=date(2026, 1, 1), end_expected_on=date(2026, 1, 31), theme="data"
    )
    link(session, project, make_challenge(session, code="U-W", partner="wervik"))
    link(session, project, make_challenge(session, code="U-A", partner="avelgem"))
    late, early = date(2026, 9, 1), date(2026, 5, 1)
    make_milestone(session, project=project, title="Laat", due_first=early, due_expected=late)
    make_milestone(
        session, project=project, title="Vroeg", due_first=early, due_expected=early, done_on=date(2026, 5, 3)
    )
    coordinator = make_user(session, Role.COORDINATOR, name="Els")
    make_report(session, project, health=Health.GREEN)
    newest = datetime(2026, 6, 1, tzinfo=UTC)
    make_report(
        session,
        project,
        health=Health.RED,
        at=newest,
        meeting_id=make_meeting(session, number=77).id,
        by_id=coordinator.id,
    )
    detail = project_detail(session, ADMIN, "P-1")
    assert [one.code for one in detail.challenges] == ["U-A", "U-W"]
    assert [one.title for one in detail.milestones] == ["Vroeg", "Laat"]
    assert [one.slip_days for one in detail.milestones] == [2, 123]
    assert [(one.at, one.meeting, one.health, one.by) for one in detail.reports[:1]] == [
        (newest, 77, Health.RED, "Els")
    ]
    assert (detail.slip_days, detail.theme_code, detail.is_living, detail.is_shared) == (30, "data", True, False)
