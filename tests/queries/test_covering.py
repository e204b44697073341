"""What covers a challenge: only what somebody linked, the own one first, then that of the same confirmed subject."""

from datetime import date

import pytest

from portal import clock
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.subjects import add_subject
from portal.permissions import Role
from portal.queries.inventory.covering import covers, own_answers
from portal.vocabulary import ParticipationState, Phase, ProjectScope, Visibility
from tests.likeness.texts import COORDINATOR, POST, challenge, challenges
from tests.makers import link, make_participation, make_project, viewer
from tests.queries.conftest import ADMIN

STEERING = viewer(Role.STEERING)
SHARED = {"scope": ProjectScope.REGIONAL}


@pytest.fixture
def both(session):
    """One confirmed subject of Menen and Kuurne."""
    rows = [challenge(session, "menen", "Bomen op het kerkhof"), challenge(session, "kuurne", "Groen onderhouden")]
    add_subject(session, COORDINATOR, title="Groen", challenge_ids=[row.id for row in rows])
    return rows


def cover_of(session, row, by=ADMIN):
    return covers(session, by, [row.id]).get(row.id)


def test_a_shared_project_of_the_same_service_and_theme_covers_nothing(session):
    own, other = (challenge(session, slug, title) for slug, title in (("menen", "Bomen"), ("kuurne", "Zwembad")))
    link(session, make_project(session, **SHARED), other)
    assert cover_of(session, own) is None


def test_what_merely_resembles_lends_no_project(session):
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    link(session, make_project(session, **SHARED), rows[0])
    assert cover_of(session, rows[1]) is None


def test_the_own_link_goes_before_that_of_another_in_the_subject_whatever_its_state(session, both):
    own, other = both
    link(session, make_project(session, code="R-1", title="Regionaal groen", **SHARED), other)
    through = cover_of(session, own)
    assert (through.code, through.through.title, through.own, through.state) == ("R-1", "Kuurne", False, "uitvoering")
    link(
        session,
        make_project(session, code="P-1", reported_by="menen", phase=Phase.FINISHED, ended_on=date(2024, 2, 28)),
        own,
    )
    direct = cover_of(session, own)
    assert (direct.code, direct.through, direct.own, direct.state) == ("P-1", None, True, "afgerond in 2024")


def test_of_several_links_the_own_one_is_named_then_what_lives_then_what_is_shared_then_by_code(session, both):
    own, _ = both
    for code, given in {
        "A-KLAAR": {"phase": Phase.FINISHED, **SHARED},
        "B-LOKAAL": {"reported_by": "kuurne"},
        "Z-SAMEN": SHARED,
        "Y-SAMEN": SHARED,
    }.items():
        link(session, make_project(session, code=code, **given), own)
    assert cover_of(session, own).code == "Y-SAMEN"
    link(session, make_project(session, code="ZZ-EIGEN", reported_by="menen"), own)
    assert cover_of(session, own).code == "ZZ-EIGEN"


def test_of_two_members_of_the_subject_the_one_whose_project_lives_is_named(session, both):
    third = challenge(session, "anzegem", "Plantsoenen")
    add_subject(session, COORDINATOR, title="Meer groen", challenge_ids=[both[0].id, third.id])
    link(session, make_project(session, code="P-OUD", phase=Phase.FINISHED, reported_by="anzegem"), third)
    link(session, make_project(session, code="P-LEEFT", reported_by="kuurne"), both[1])
    assert cover_of(session, both[0]).code == "P-LEEFT"


@pytest.mark.parametrize("given", [{"phase": Phase.STOPPED}, {"archived_at": clock.now()}], ids=["stopped", "archived"])
def test_what_was_stopped_or_put_away_answers_nothing(session, both, given):
    link(session, make_project(session, **SHARED | given), both[0])
    assert cover_of(session, both[0]) is None


def test_a_project_or_member_that_the_viewer_may_not_know_of_is_not_named(session, both):
    own, other = both
    link(session, make_project(session, code="DICHT", reported_by="kuurne", visibility=Visibility.INTERNAL), own)
    link(session, make_project(session, code="R-1", **SHARED), other)
    other.visibility = Visibility.INTERNAL
    session.flush()
    assert cover_of(session, own, STEERING) is None
    assert cover_of(session, own).code == "DICHT"


def test_it_says_whether_the_own_partner_takes_part_also_in_what_another_linked(session, both):
    own, other = both
    shared = make_project(session, **SHARED)
    link(session, shared, other)
    assert cover_of(session, own).joined is False
    make_participation(session, project=shared, partner="menen", state=ParticipationState.MEMBER)
    assert cover_of(session, own).joined is True


def test_where_nothing_covers_it_the_subject_is_a_candidate_until_a_shared_project_answers_it(session, both):
    _, other = both
    (row,) = own_answers(session, ADMIN, "menen")
    assert (row.cover, row.subject) == (None, "Groen")
    alone = challenge(session, "menen", "Zwembad")
    assert {one.code: one.subject_id for one in own_answers(session, ADMIN, "menen")}[alone.code] is None
    link(session, make_project(session, **SHARED), other)
    first = own_answers(session, ADMIN, "menen")[0]
    assert (first.cover.through.title, first.subject_id) == ("Kuurne", None)
