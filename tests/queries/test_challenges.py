"""The page of one challenge at its edges: who has it too, what answers it, who may know."""

from datetime import date

import pytest
from sqlalchemy import select

from portal import clock
from portal.db.models import Challenge
from portal.permissions import Role, RowNotFound
from portal.queries.inventory import challenges
from portal.queries.inventory.challenges import challenge_detail, challenge_exists
from portal.vocabulary import ChallengeStatus, Health, Phase, ProjectScope, Visibility
from tests.databases import undone
from tests.makers import link, make_challenge, make_partner, make_project, partner_of, viewer
from tests.queries.conftest import ADMIN

TOPIC = {"service": "it", "theme": "data"}
STEERING = viewer(Role.STEERING)


def test_a_challenge_is_found_by_its_exact_code_only(engine, subtests):
    for code in ["", "u-1", " U-1", "U-1%", "U_1", "U-2"]:
        with subtests.test(code=code), undone(engine) as session:
            make_challenge(session, code="U-1")
            assert not challenge_exists(session, ADMIN, code)
            with pytest.raises(RowNotFound):
                challenge_detail(session, ADMIN, code)


def test_a_refusal_does_not_tell_whether_the_row_is_hidden_or_absent(session):
    make_challenge(session, code="U-DICHT", visibility=Visibility.INTERNAL)
    said = []
    for code in ("U-DICHT", "U-ER-NIET"):
        with pytest.raises(RowNotFound) as refused:
            challenge_detail(session, STEERING, code)
        said.append(str(refused.value).replace(code, "?"))
    assert said[0] == said[1]


def test_a_challenge_tells_all_that_was_reported(session):
    make_challenge(
        session,
        code="U-1",
        partner="wervik",
        title="Bouwdossiers",
        description="Vóór 1990 op papier",
        urgency=3,
        status=ChallengeStatus.IN_PROGRESS,
        raised_by="Dienst wonen",
        inventoried_on=date(2022, 3, 4),
        dimension="burger",
        **TOPIC,
    )
    detail = challenge_detail(session, ADMIN, "U-1")
    assert (detail.title, detail.description, detail.urgency) == ("Bouwdossiers", "Vóór 1990 op papier", 3)
    assert (detail.raised_by, detail.inventoried_on) == ("Dienst wonen", date(2022, 3, 4))
    assert (detail.theme_code, detail.dimension_code, detail.service_code) == ("data", "burger", "it")
    assert (detail.partner, detail.partner_slug, detail.status) == ("Wervik", "wervik", ChallengeStatus.IN_PROGRESS)


@pytest.mark.parametrize("status", ChallengeStatus)
def test_a_challenge_is_open_until_it_is_solved_or_lapsed(session, status):
    make_challenge(session, code="U-1", status=status)
    over = {ChallengeStatus.SOLVED, ChallengeStatus.LAPSED}
    assert challenge_detail(session, ADMIN, "U-1").is_open is (status not in over)


def test_it_is_covered_as_long_as_a_project_lives(engine, subtests):
    for phase in Phase:
        with subtests.test(phase=phase), undone(engine) as session:
            link(session, make_project(session, phase=phase), make_challenge(session, code="U-1"))
            detail = challenge_detail(session, ADMIN, "U-1")
            living = phase not in {Phase.FINISHED, Phase.STOPPED}
            assert detail.living == living
            assert [one.living for one in detail.projects] == [living]


def test_without_projects_it_is_not_covered(session):
    make_challenge(session, code="U-1")
    detail = challenge_detail(session, ADMIN, "U-1")
    assert (detail.living, detail.projects, detail.also_at) == (0, [], [])


def test_a_hidden_project_neither_shows_nor_covers(session):
    challenge = make_challenge(session, code="U-1", partner="wervik")
    link(session, make_project(session, reported_by="menen", visibility=Visibility.INTERNAL), challenge)
    outsider = challenge_detail(session, viewer(Role.DIRECTOR, challenge.partner), "U-1")
    assert (outsider.projects, outsider.living) == ([], 0)
    insider = challenge_detail(session, viewer(Role.DIRECTOR, partner_of(session, "menen")), "U-1")
    assert (len(insider.projects), insider.living) == (1, 1)


def test_a_project_tells_who_reported_it_when_it_ends_and_how_it_goes(session):
    challenge = make_challenge(session, code="U-1")
    link(
        session,
        make_project(session, reported_by="menen", end_expected_on=date(2027, 1, 1), health=Health.RED),
        challenge,
    )
    link(session, make_project(session, code="Z-NIEMAND", scope=ProjectScope.WIDER), challenge)
    nobodys, theirs = challenge_detail(session, ADMIN, "U-1").projects
    assert (nobodys.reported_by, nobodys.reported_by_slug, nobodys.scope_label) == (None, None, "bovenregionaal")
    assert (theirs.reported_by_slug, theirs.end_expected, theirs.health) == ("menen", date(2027, 1, 1), Health.RED)


def test_who_has_it_too_stands_by_partner_then_the_most_urgent_then_by_code(session):
    make_challenge(session, code="U-1", partner="wervik", **TOPIC)
    for code, slug, urgency in (("U-2", "menen", 1), ("U-4", "menen", 3), ("U-3", "menen", 3), ("U-6", "kuurne", 1)):
        make_challenge(session, code=code, partner=slug, urgency=urgency, **TOPIC)
    assert [one.code for one in challenge_detail(session, ADMIN, "U-1").also_at] == ["U-6", "U-3", "U-4", "U-2"]


@pytest.mark.parametrize(
    "given",
    [
        {"visibility": Visibility.INTERNAL},
        {"archived_at": clock.now()},
        {"status": ChallengeStatus.SOLVED},
        {"theme": "mensen"},
        {"service": "sport"},
    ],
    ids=["internal", "archived", "solved", "another theme", "another service"],
)
def test_what_is_hidden_over_or_of_another_topic_is_not_the_same_need(session, given):
    make_challenge(session, code="U-1", partner="wervik", **TOPIC)
    make_challenge(session, partner="menen", **TOPIC | given)
    detail = challenge_detail(session, STEERING, "U-1")
    assert detail.also_at == []
    assert detail.also_at_partners == ()


def test_the_partners_are_complete_also_when_the_list_was_cut_off(session, monkeypatch):
    monkeypatch.setattr(challenges, "ALSO_AT_MOST", 2)
    make_challenge(session, code="U-1", partner="wervik", **TOPIC)
    for number in range(4):
        make_challenge(session, partner=make_partner(session, f"plaats-{number}"), **TOPIC)
    detail = challenge_detail(session, ADMIN, "U-1")
    assert [one.partner_slug for one in detail.also_at] == ["plaats-0", "plaats-1"]
    assert [partner.slug for partner in detail.also_at_partners] == [f"plaats-{number}" for number in range(4)]


def test_the_page_of_a_solved_challenge_still_tells_who_has_it_open(session):
    make_challenge(session, code="U-1", partner="wervik", status=ChallengeStatus.SOLVED, **TOPIC)
    make_challenge(session, code="U-2", partner="menen", **TOPIC)
    assert [one.code for one in challenge_detail(session, ADMIN, "U-1").also_at] == ["U-2"]
    assert challenge_detail(session, ADMIN, "U-2").also_at == []


def test_a_page_is_a_few_statements_however_many_have_it_too(session, statements):
    make_challenge(session, code="U-1", partner="wervik", **TOPIC)
    counts = []
    for _ in range(2):
        for _ in range(6):
            link(session, make_project(session), make_challenge(session, partner="menen", **TOPIC))
        session.expire_all()
        with statements() as sent:
            challenge_detail(session, ADMIN, "U-1")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 10


def test_every_challenge_of_the_demo_has_a_page_for_who_sees_everything(demo_session):
    codes = demo_session.scalars(select(Challenge.code).order_by(Challenge.id).limit(25)).all()
    assert len(codes) == 25
    for code in codes:
        detail = challenge_detail(demo_session, ADMIN, code)
        assert detail.living == sum(one.living for one in detail.projects)
        assert {one.partner_slug for one in detail.also_at} == {partner.slug for partner in detail.also_at_partners}
