"""The page of one challenge at its edges: who has it too, what answers it, who may know."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.commands.inventory.subjects import add_subject
from portal.db.models import Challenge
from portal.permissions import Role, RowNotFound
from portal.queries.inventory.challenges import challenge_detail, challenge_exists
from portal.vocabulary import ChallengeStatus, Health, Phase, ProjectScope, SameQuestion, Visibility
from tests.databases import undone
from tests.makers import link, make_challenge, make_project, partner_of, viewer
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
    assert (detail.living, detail.projects, detail.also_at, detail.cover) == (0, [], [], None)


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


def test_the_page_of_a_solved_challenge_still_tells_who_has_it_open(session):
    solved = make_challenge(session, code="U-1", partner="wervik", status=ChallengeStatus.SOLVED, **TOPIC)
    other = make_challenge(session, code="U-2", partner="menen", **TOPIC)
    add_subject(session, ADMIN, title="Samen", challenge_ids=[solved.id, other.id])
    assert [one.slug for one in challenge_detail(session, ADMIN, "U-1").also_at] == ["menen"]
    theirs = challenge_detail(session, ADMIN, "U-2")
    assert theirs.also_at == []
    assert [(one.code, one.is_open) for one in theirs.same] == [("U-1", False)]


def test_the_page_says_what_covers_the_same_question_of_another(session):
    own = make_challenge(session, code="U-1", partner="wervik", **TOPIC)
    other = make_challenge(session, code="U-2", partner="menen", **TOPIC)
    add_subject(session, ADMIN, title="Samen", challenge_ids=[own.id, other.id])
    link(session, make_project(session, code="P-1", reported_by="menen"), other)
    detail = challenge_detail(session, ADMIN, "U-1")
    assert [(one.cover.code, one.cover.own) for one in detail.same] == [("P-1", True)]
    assert (detail.cover.code, detail.cover.through.slug) == ("P-1", "menen")
    assert (detail.own, detail.answerable) == (False, True)
    wervik = challenge_detail(session, viewer(Role.DIRECTOR, own.partner), "U-1")
    assert (wervik.own, wervik.answerable) == (True, True)
    assert challenge_detail(session, STEERING, "U-1").answerable is False


def test_a_page_is_a_few_statements_however_many_have_it_too(session, statements):
    own = make_challenge(session, code="U-1", partner="wervik", **TOPIC)
    counts = []
    for number in range(2):
        for _ in range(6):
            other = make_challenge(session, partner="menen", **TOPIC)
            link(session, make_project(session), other)
            add_subject(session, ADMIN, title=f"Samen {number}", challenge_ids=[own.id, other.id])
        session.expire_all()
        with statements() as sent:
            challenge_detail(session, ADMIN, "U-1")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 14


def test_every_challenge_of_the_demo_has_a_page_for_who_sees_everything(demo_session):
    codes = demo_session.scalars(select(Challenge.code).order_by(Challenge.id).limit(25)).all()
    assert len(codes) == 25
    for code in codes:
        detail = challenge_detail(demo_session, ADMIN, code)
        assert detail.living == sum(one.living for one in detail.projects)
        open_ones = {one.partner for one in detail.same if one.is_open and one.origin is not SameQuestion.REJECTED}
        assert set(detail.also_at) == open_ones
