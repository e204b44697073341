"""A municipality without challenges begins with what its neighbours and those of its size report."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.commands.base import Conflict, Refused
from portal.commands.inventory.challenges import have_not, have_too
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.same_question import standing_of
from portal.commands.inventory.subjects import add_subject
from portal.db.models import Audit, Challenge, ChallengeGroup
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.inventory.starting import first_questions, has_challenges, joinable, may_report, peers_of
from portal.vocabulary import GroupState, ParticipationState, Phase, ProjectScope, SameQuestion, Visibility
from tests.likeness.texts import COORDINATOR, challenge
from tests.makers import link, make_participation, make_project, partner_of, viewer
from tests.queries.conftest import ADMIN, outsiders, spelled

OWN = "spiere-helkijn"  # beside Avelgem and Kortrijk; Lendelede, Avelgem and Deerlijk are nearest in inhabitants
SHARED = {"scope": ProjectScope.REGIONAL}


@pytest.fixture
def director(session):
    return viewer(Role.DIRECTOR, partner_of(session, OWN))


def subject(session, title, *partners, **given):
    rows = [challenge(session, slug, f"{title} in {slug}", **given) for slug in partners]
    add_subject(session, COORDINATOR, title=title, challenge_ids=[row.id for row in rows])
    return rows


def test_the_neighbours_and_those_of_its_size_are_its_peers(session):
    peers = peers_of(session, OWN)
    assert [one.title for one in peers.neighbours] == ["Avelgem", "Kortrijk"]
    assert [one.title for one in peers.same_size] == ["Lendelede", "Avelgem", "Deerlijk"]
    assert [one.slug for one in peers.all] == ["avelgem", "kortrijk", "lendelede", "deerlijk"]
    assert peers_of(session, "leiedal").all == ()


def test_what_most_peers_have_comes_first_and_what_none_of_them_or_the_own_partner_has_does_not(session):
    subject(session, "Bomen", "kortrijk", "menen")
    subject(session, "Wegen", "lendelede", "avelgem", "menen")
    subject(session, "Zwembad", "menen", "kuurne")
    subject(session, "Eigen", "kortrijk", OWN)
    found = first_questions(session, ADMIN, OWN)
    assert [(one.subject, [each.title for each in one.peers], one.partners) for one in found] == [
        ("Wegen", ["Avelgem", "Lendelede"], 3),
        ("Bomen", ["Kortrijk"], 2),
    ]
    assert found[0].title == "Wegen in avelgem"
    assert len(first_questions(session, ADMIN, OWN, most=1)) == 1


def test_what_covers_it_at_a_neighbour_is_named_with_that_neighbour_and_not_as_the_own(session):
    first, _ = subject(session, "Bomen", "kortrijk", "menen")
    link(session, make_project(session, code="P-1", reported_by="kortrijk"), first)
    (found,) = first_questions(session, ADMIN, OWN)
    assert (found.cover.code, found.cover.own, found.cover.through.title) == ("P-1", False, "Kortrijk")


def test_an_internal_challenge_of_a_neighbour_is_no_beginning_for_another(session):
    rows = subject(session, "Geheim", "kortrijk", "menen")
    rows[0].visibility = Visibility.INTERNAL
    session.flush()
    for name, by in outsiders(session).items():
        assert "Geheim" not in spelled(first_questions(session, by, OWN)), name


def test_a_coalition_to_join_is_one_of_peers_that_lives_and_in_which_nothing_was_said_or_asked(session):
    for code, given, partners in (
        ("R-BUUR", SHARED, ("kortrijk", "menen")),
        ("R-VER", SHARED, ("menen", "kuurne", "wervik")),
        ("R-OUD", {**SHARED, "phase": Phase.FINISHED}, ("kortrijk",)),
        ("R-EIGEN", SHARED, ("kortrijk", OWN)),
        ("R-GEVRAAGD", SHARED, ("kortrijk",)),
        ("P-LOKAAL", {"reported_by": "kortrijk"}, ("kortrijk",)),
    ):
        project = make_project(session, code=code, **given)
        for slug in partners:
            make_participation(session, project=project, partner=slug)
        if code == "R-GEVRAAGD":
            asked = {"state": ParticipationState.NOT_ASKED, "asked_on": date(2026, 11, 1), "since": None}
            make_participation(session, project=project, partner=OWN, **asked)
    made = {"R-BUUR", "R-VER", "R-OUD", "R-EIGEN", "R-GEVRAAGD", "P-LOKAAL"}
    found = [one for one in joinable(session, ADMIN, OWN, most=100) if one.code in made]
    assert [(one.code, [each.title for each in one.peers], one.partners) for one in found] == [
        ("R-BUUR", ["Kortrijk"], 2),
        ("R-VER", [], 3),
    ]


def test_it_begins_where_nothing_is_registered_whatever_its_status_and_only_who_may_reports(session, director):
    assert not has_challenges(session, OWN)
    challenge(session, OWN, "Bomen", visibility=Visibility.INTERNAL)
    assert has_challenges(session, OWN)
    assert may_report(session, director, OWN)
    assert not may_report(session, director, "menen")
    assert not may_report(session, viewer(Role.MAYOR, partner_of(session, OWN)), OWN)
    assert not may_report(session, COORDINATOR, "nergens")


@pytest.mark.parametrize("role", [role for role in Role if Permission.EDIT_INVENTORY not in GRANTS[role]])
def test_who_may_not_edit_the_inventory_takes_nothing_over(session, role):
    row = challenge(session, "kortrijk", "Bomen")
    with pytest.raises(PermissionDenied):
        have_too(session, viewer(role, partner_of(session, OWN)), partner=OWN, like=row.code)
    assert not has_challenges(session, OWN)


def test_one_click_makes_the_challenge_in_the_same_words_and_puts_both_in_one_subject(session, director):
    row = challenge(session, "kortrijk", "Bomen op het kerkhof", urgency=3)
    refresh_likeness(session, COORDINATOR)
    made = have_too(session, director, partner=OWN, like=row.code)
    said = ("title", "urgency", "theme_id", "service_id", "dimension_id")
    assert [getattr(made, name) for name in said] == [getattr(row, name) for name in said]
    assert (made.visibility, made.description) == (Visibility.REGION, "")
    assert standing_of(session, made, row) is SameQuestion.CONFIRMED


def test_it_is_refused_for_another_for_what_is_internal_and_for_the_own(session, director):
    hidden = challenge(session, "kortrijk", "Bomen", visibility=Visibility.INTERNAL)
    own, other = challenge(session, OWN, "Wegen"), challenge(session, "menen", "Zwembad")
    session.commit()
    before = session.scalar(select(func.count()).select_from(Audit))
    with pytest.raises(RowNotFound):
        have_too(session, director, partner=OWN, like=hidden.code)
    with pytest.raises(Refused, match="meldde het al"):
        have_too(session, director, partner=OWN, like=own.code)
    with pytest.raises(PermissionDenied):
        have_too(session, director, partner="kuurne", like=other.code)
    assert session.scalar(select(func.count()).select_from(Audit)) == before


def test_undone_the_challenge_is_put_away_and_the_other_may_be_suggested_again(session, director):
    row = challenge(session, "kortrijk", "Brieven via de eBox")
    challenge(session, "menen", "Overstap naar de eBox")
    refresh_likeness(session, COORDINATOR)
    made = have_too(session, director, partner=OWN, like=row.code)
    with pytest.raises(Conflict):
        have_not(session, director, code=made.code, version=made.version + 1, like=row.code)
    have_not(session, director, code=made.code, version=made.version, like=row.code)
    assert session.get_one(Challenge, made.id).archived_at is not None
    live = select(ChallengeGroup.state).where(ChallengeGroup.archived_at.is_(None))
    assert session.scalars(live).all() == [GroupState.SUGGESTED]
