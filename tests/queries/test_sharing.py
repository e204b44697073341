"""Who shares our challenges: at its edges, and against the rest of the house."""

import pytest
from sqlalchemy import select

from portal.db.models import Partner
from portal.permissions import Role
from portal.queries.inventory.challenges import challenge_detail
from portal.queries.inventory.likeness import COLUMNS, sharing_partners
from portal.vocabulary import ChallengeStatus, Phase, ProjectScope, Visibility
from tests.makers import link, make_challenge, make_partner, make_project, partner_of, viewer
from tests.queries.conftest import ADMIN

DATA, PEOPLE, SPORT = (
    {"service": "it", "theme": "data"},
    {"service": "it", "theme": "mensen"},
    {"service": "sport", "theme": "data"},
)
STEERING = viewer(Role.STEERING)


def test_a_partner_that_does_not_exist_shares_nothing_and_keeps_the_columns(session):
    found = sharing_partners(session, ADMIN, "nergens")
    assert found.empty
    assert tuple(found.columns) == COLUMNS


def test_what_most_share_comes_first_then_the_most_urgent_then_by_code(session):
    make_challenge(session, code="U-3", partner="wervik", urgency=1, **DATA)
    for code, urgency in (("U-2", 2), ("U-1", 2), ("U-9", 3)):
        make_challenge(session, code=code, partner="wervik", urgency=urgency, **PEOPLE)
    for slug in ("menen", "kuurne"):
        make_challenge(session, partner=slug, **DATA)
    make_challenge(session, partner="menen", **PEOPLE)
    found = sharing_partners(session, ADMIN, "wervik")
    assert list(found["code"]) == ["U-3", "U-9", "U-1", "U-2"]
    assert list(found["shared_with"]) == [2, 1, 1, 1]


def test_slugs_and_names_stand_in_the_same_order(session):
    make_challenge(session, partner="wervik", **DATA)
    for slug, title in (("aaa", "Zuid"), ("zzz", "Noord")):
        make_challenge(session, partner=make_partner(session, slug, title=title), **DATA)
    row = sharing_partners(session, ADMIN, "wervik").iloc[0]
    assert row.partners == ("Noord", "Zuid")
    assert row.partner_slugs == ("zzz", "aaa")


def test_a_partner_never_shares_with_itself(session):
    for _ in range(3):
        make_challenge(session, partner="wervik", **DATA)
    found = sharing_partners(session, ADMIN, "wervik")
    assert list(found["shared_with"]) == [0, 0, 0]
    assert set(found["partners"]) == {()}


@pytest.mark.parametrize("status", [ChallengeStatus.SOLVED, ChallengeStatus.LAPSED])
def test_a_challenge_that_is_over_is_neither_shared_nor_a_reason_to_call(session, status):
    make_challenge(session, partner="wervik", status=status, **DATA)
    make_challenge(session, code="ONS", partner="wervik", **SPORT)
    make_challenge(session, partner="menen", status=status, **SPORT)
    found = sharing_partners(session, ADMIN, "wervik")
    assert list(found["code"]) == ["ONS"]
    assert list(found["shared_with"]) == [0]


def test_a_challenge_without_any_project_has_none_to_name(session):
    make_challenge(session, partner="wervik", **DATA)
    row = sharing_partners(session, ADMIN, "wervik").iloc[0]
    assert (row.project_code, row.project_title, row.project_scope) == (None, None, None)
    assert row.project_is_ours is False


def test_a_local_answer_of_another_partner_is_no_answer_for_us(session):
    make_challenge(session, partner="wervik", **DATA)
    link(session, make_project(session, reported_by="menen"), make_challenge(session, partner="menen", **DATA))
    row = sharing_partners(session, ADMIN, "wervik").iloc[0]
    assert (row.shared_with, row.project_code) == (1, None)


@pytest.mark.parametrize("phase", [Phase.FINISHED, Phase.STOPPED])
def test_a_project_that_ended_answers_nothing_any_more(session, phase):
    ours = make_challenge(session, partner="wervik", **DATA)
    link(session, make_project(session, scope=ProjectScope.REGIONAL, phase=phase), ours)
    assert sharing_partners(session, ADMIN, "wervik").iloc[0].project_code is None


def test_of_our_own_answers_the_shared_one_is_named(session):
    ours = make_challenge(session, partner="wervik", **DATA)
    link(session, make_project(session, code="A-LOKAAL"), ours)
    link(session, make_project(session, code="Z-SAMEN", title="Samen", scope=ProjectScope.WIDER), ours)
    row = sharing_partners(session, ADMIN, "wervik").iloc[0]
    assert (row.project_code, row.project_title, row.project_scope) == ("Z-SAMEN", "Samen", "bovenregionaal")
    assert row.project_is_ours is True


def test_an_internal_challenge_is_told_to_its_own_director_only(session):
    wervik = partner_of(session, "wervik")
    make_challenge(session, code="DICHT", partner=wervik, visibility=Visibility.INTERNAL, **DATA)
    make_challenge(session, code="ZIJ", partner="menen", **DATA)
    assert sharing_partners(session, STEERING, "wervik").empty
    assert list(sharing_partners(session, viewer(Role.DIRECTOR, wervik), "wervik")["code"]) == ["DICHT"]
    of_menen = sharing_partners(session, STEERING, "menen").iloc[0]
    assert of_menen.shared_with == 0
    assert sharing_partners(session, viewer(Role.DIRECTOR, wervik), "menen").iloc[0].partners == ("Wervik",)


def test_in_the_demo_sharing_is_mutual_between_partners(demo_session):
    slugs = list(demo_session.scalars(select(Partner.slug)))
    shared = {slug: sharing_partners(demo_session, STEERING, slug) for slug in slugs}
    pairs = {
        (slug, other, row.service, row.theme)
        for slug, rows in shared.items()
        for row in rows.itertuples()
        for other in row.partner_slugs
    }
    assert pairs
    assert {(other, slug, service, theme) for slug, other, service, theme in pairs} == pairs


def test_in_the_demo_the_page_of_a_challenge_names_the_same_partners(demo_session):
    rows = sharing_partners(demo_session, STEERING, "wervik")
    assert len(rows) > 3
    for row in rows.head(8).itertuples():
        detail = challenge_detail(demo_session, STEERING, row.code)
        assert tuple(partner.slug for partner in detail.also_at_partners) == row.partner_slugs
        assert {one.partner_slug for one in detail.also_at} == set(row.partner_slugs)
