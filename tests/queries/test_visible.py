"""Which rows a viewer may know of, and what open, living, shared and covered mean."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal import clock
from portal.db.models import Challenge, Partner, Project, ProjectChallenge
from portal.permissions import Role
from portal.queries.visible import (
    is_covered,
    is_living,
    is_municipality,
    is_open,
    is_shared,
    partner_ids,
    visible_challenges,
    visible_projects,
)
from portal.vocabulary import ChallengeStatus, PartnerKind, Phase, ProjectScope, Visibility
from tests.databases import undone
from tests.makers import link, make_challenge, make_partner, make_project, partner_of, viewer
from tests.queries.conftest import ADMIN, insiders, outsiders

LIVING = {Phase.IDEA, Phase.PREPARATION, Phase.EXECUTION, Phase.ON_HOLD, Phase.AFTERCARE}


def seen(session, by) -> set[str]:
    challenges = session.scalars(select(Challenge.code).where(visible_challenges(by)))
    projects = session.scalars(select(Project.code).where(visible_projects(by), Project.code.like("P-%")))
    return {*challenges, *projects}


@pytest.fixture
def three_of_each(session):
    for visibility in Visibility:
        make_challenge(session, code=f"U-{visibility}", partner="kortrijk", visibility=visibility)
        make_project(session, code=f"P-{visibility}", reported_by="kortrijk", visibility=visibility)
    return session


def test_an_outsider_knows_of_the_regional_and_the_public_rows_only(three_of_each):
    for who, by in outsiders(three_of_each).items():
        assert seen(three_of_each, by) == {"U-regio", "U-openbaar", "P-regio", "P-openbaar"}, who


def test_an_insider_knows_of_all_of_them(three_of_each):
    for who, by in insiders(three_of_each).items():
        assert {"U-intern", "P-intern"} <= seen(three_of_each, by), who


def test_a_director_of_two_partners_knows_the_internal_rows_of_both_and_of_no_third(session):
    for slug in ("wervik", "menen", "kuurne"):
        make_challenge(session, code=f"U-{slug}", partner=slug, visibility=Visibility.INTERNAL)
    both = viewer(Role.DIRECTOR, partner_of(session, "wervik"), partner_of(session, "menen"))
    assert seen(session, both) == {"U-wervik", "U-menen"}


def test_a_mayor_of_the_very_partner_does_not_know_its_internal_rows(session):
    row = make_challenge(session, partner="wervik", visibility=Visibility.INTERNAL)
    assert seen(session, viewer(Role.MAYOR, row.partner)) == set()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR])
def test_an_archived_row_is_for_nobody_not_even_who_sees_everything(session, role):
    make_challenge(session, archived_at=clock.now())
    make_project(session, code="P-WEG", archived_at=clock.now())
    assert seen(session, viewer(role)) == set()


def test_what_holds_for_the_table_holds_for_an_alias_of_it(session):
    make_challenge(session, code="DICHT", visibility=Visibility.INTERNAL, partner="kortrijk")
    other = aliased(Challenge)
    steering = viewer(Role.STEERING)
    assert session.scalars(select(other.code).where(visible_challenges(steering, other))).all() == []
    assert session.scalars(select(other.code).where(visible_challenges(ADMIN, other))).all() == ["DICHT"]


@pytest.mark.parametrize("status", ChallengeStatus)
def test_open_is_neither_solved_nor_lapsed(session, status):
    make_challenge(session, status=status)
    found = session.scalars(select(Challenge.status).where(is_open())).all()
    assert bool(found) is (status in {ChallengeStatus.OPEN, ChallengeStatus.IN_PROGRESS})


def test_living_is_neither_finished_nor_stopped(engine, subtests):
    for phase in Phase:
        with subtests.test(phase=phase), undone(engine) as session:
            make_project(session, code="P-1", phase=phase)
            found = session.scalars(select(Project.code).where(is_living(), Project.code == "P-1")).all()
            assert bool(found) is (phase in LIVING)


@pytest.mark.parametrize("scope", ProjectScope)
def test_shared_is_regional_or_wider(session, scope):
    make_project(session, code="P-1", scope=scope)
    found = session.scalars(select(Project.code).where(is_shared(), Project.code == "P-1")).all()
    assert bool(found) is (scope is not ProjectScope.LOCAL)


COVERED = [
    ({}, True, False),
    ({"scope": ProjectScope.REGIONAL}, True, True),
    ({"scope": ProjectScope.WIDER, "phase": Phase.ON_HOLD}, True, True),
    ({"scope": ProjectScope.REGIONAL, "phase": Phase.FINISHED}, False, False),
    ({"phase": Phase.STOPPED}, False, False),
    ({"archived_at": clock.now()}, False, False),
]


def test_a_challenge_is_covered_by_a_living_project_and_regionally_by_a_shared_one(engine, subtests):
    for given, covered, regionally in COVERED:
        with subtests.test(given=given, covered=covered, regionally=regionally), undone(engine) as session:
            challenge = make_challenge(session, code="U-1")
            link(session, make_project(session, **given), challenge)

            def holds(**how) -> bool:
                return bool(session.scalars(select(Challenge.id).where(is_covered(ADMIN, **how))).all())

            assert (holds(), holds(regionally=True)) == (covered, regionally)


def test_one_project_that_ended_does_not_uncover_what_another_still_answers(session):
    challenge = make_challenge(session, code="U-1")
    link(session, make_project(session, phase=Phase.STOPPED), challenge)
    link(session, make_project(session), challenge)
    assert session.scalars(select(Challenge.code).where(is_covered(ADMIN))).all() == ["U-1"]


def test_being_covered_never_means_the_project_of_the_query_around_it(session):
    answered = make_challenge(session, code="U-1")
    link(session, make_project(session, code="P-DOOD", phase=Phase.STOPPED), answered)
    link(session, make_project(session, code="P-LEEFT"), answered)
    around = select(Challenge.code).join(ProjectChallenge).join(Project).where(Project.code == "P-DOOD")
    assert session.scalars(around.where(is_covered(ADMIN))).all() == ["U-1"]


def test_slugs_lead_to_the_partners_that_bear_them_and_unknown_ones_to_nobody(session):
    wervik = partner_of(session, "wervik")
    assert session.scalars(partner_ids(frozenset({"wervik", "bestaat-niet"}))).all() == [wervik.id]
    assert session.scalars(partner_ids(frozenset())).all() == []


def test_an_association_or_an_archived_partner_is_no_municipality(session):
    make_partner(session, "een-gemeente")
    make_partner(session, "een-vereniging", kind=PartnerKind.SERVICE_ASSOCIATION)
    make_partner(session, "een-ocmw", kind=PartnerKind.WELFARE_ASSOCIATION)
    make_partner(session, "opgeheven", archived_at=clock.now())
    found = set(session.scalars(select(Partner.slug).where(is_municipality())))
    assert "een-gemeente" in found
    assert found.isdisjoint({"een-vereniging", "een-ocmw", "opgeheven"})
