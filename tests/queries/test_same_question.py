"""Who has the same question: one relation with its origin, whoever asks, and no word of another's internal rows."""

import pytest
from sqlalchemy import select

from portal import clock
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.same_question import answer_same_question
from portal.commands.inventory.subjects import add_subject
from portal.db.models import Partner
from portal.permissions import Role
from portal.queries.inventory.challenges import all_challenge_rows, challenge_detail, challenge_rows
from portal.queries.inventory.filters import ChallengeFilter, Page
from portal.queries.inventory.same_question import (
    Elsewhere,
    alone,
    elsewhere,
    may_answer,
    own_questions,
    partners_with_same,
    same_questions,
)
from portal.vocabulary import ChallengeStatus, SameQuestion, Visibility
from tests.likeness.texts import COORDINATOR, POST, SERVERS, challenge, challenges
from tests.makers import make_partner, partner_of, viewer
from tests.queries.conftest import ADMIN, insiders, outsiders, spelled

CONFIRMED, ALIKE, REJECTED = SameQuestion
STEERING = viewer(Role.STEERING)


@pytest.fixture
def post(session):
    """Of Kortrijk, Menen and Kuurne, alike in words."""
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    return rows


def together(session, *rows):
    add_subject(session, COORDINATOR, title="Samen", challenge_ids=[row.id for row in rows])


def of(session, row, by=ADMIN, **more):
    """Partner and origin of each."""
    found = same_questions(session, by, [row.id], **more).get(row.id, [])
    return [(one.partner.slug, one.origin) for one in found]


def test_another_in_the_same_service_and_theme_has_not_therefore_the_same_question(session):
    one = challenge(session, "menen", "Begraafplaatsregister koppelen aan kaart")
    other = challenge(session, "deerlijk", "Digitaal rijbewijs aanvragen")
    refresh_likeness(session, COORDINATOR)
    assert of(session, one) == of(session, other) == []
    assert elsewhere(session, "menen") == Elsewhere(0, 0)


def test_what_a_person_confirmed_stands_before_what_is_alike_and_keeps_its_words(session, post):
    strange = challenge(session, "waregem", "Kerkhofbeheer")
    together(session, post[1], strange, post[2])
    assert of(session, post[1]) == [("kuurne", CONFIRMED), ("waregem", CONFIRMED), ("kortrijk", ALIKE)]
    found = {one.partner.slug: one for one in same_questions(session, ADMIN, [post[1].id])[post[1].id]}
    assert (found["waregem"].why, found["waregem"].score) == ("", 0)
    assert found["kuurne"].because == "digitale post: 'brieven' en 'portkosten'"
    assert found["kortrijk"].score >= 56


def test_what_was_set_apart_is_no_question_of_both_and_is_told_only_when_it_is_asked(session, post):
    menen = viewer(Role.DIRECTOR, partner_of(session, "menen"))
    answer_same_question(session, menen, own=post[1].code, other=post[0].code, answer=REJECTED, seen=ALIKE)
    assert of(session, post[1]) == [("kuurne", ALIKE)]
    assert of(session, post[0]) == [("kuurne", ALIKE)]
    assert of(session, post[1], rejected=True) == [("kuurne", ALIKE), ("kortrijk", REJECTED)]
    assert elsewhere(session, "menen") == Elsewhere(0, 1)


def test_two_of_one_partner_are_not_a_question_of_two(session):
    one, own, other = (challenge(session, slug, "Bomen") for slug in ("menen", "menen", "kuurne"))
    together(session, one, own, other)
    assert of(session, one) == [("kuurne", CONFIRMED)]
    assert own_questions(session, ADMIN, "kuurne")[0].partners[0].slug == "menen"
    assert len(own_questions(session, ADMIN, "kuurne")[0].partners) == 1


@pytest.mark.parametrize("status", [ChallengeStatus.SOLVED, ChallengeStatus.LAPSED])
def test_what_is_over_is_no_open_question_of_both_but_is_told_where_it_is_asked(session, post, status):
    post[2].status = status
    session.flush()
    assert of(session, post[1]) == [("kortrijk", ALIKE)]
    assert ("kuurne", ALIKE) in of(session, post[1], any_status=True)
    assert elsewhere(session, "kuurne") == Elsewhere(0, 0)
    assert own_questions(session, ADMIN, "kuurne") == []


def test_what_is_archived_and_a_subject_that_ended_say_nothing(session, post):
    strange = challenge(session, "waregem", "Kerkhofbeheer")
    together(session, post[0], strange)
    answer_same_question(session, ADMIN, own=strange.code, other=post[0].code, answer=ALIKE, seen=CONFIRMED)
    assert of(session, strange) == []
    post[0].archived_at = clock.now()
    session.flush()
    assert "kortrijk" not in dict(of(session, post[1], any_status=True))
    assert elsewhere(session, "menen") == Elsewhere(0, 1)


def test_an_internal_challenge_of_another_is_named_to_nobody_else_and_counted_for_everybody(session, post):
    hidden, seen, other = post
    hidden.visibility = other.visibility = Visibility.INTERNAL
    session.flush()
    for name, by in outsiders(session).items():
        told = [same_questions(session, by, [seen.id]), partners_with_same(session, by, [seen.id])]
        told += [own_questions(session, by, slug) for slug in ("menen", "kortrijk")]
        assert hidden.code not in spelled(told), name
        assert "Kortrijk" not in spelled(told), name
        assert elsewhere(session, "menen", by) == Elsewhere(0, 0), name
    assert elsewhere(session, "menen") == elsewhere(session, "kortrijk") == Elsewhere(0, 1)
    for name, by in insiders(session).items():
        assert ("kortrijk", ALIKE) in of(session, seen, by), name


def test_each_counts_once_as_its_strongest(session, post):
    together(session, post[0], post[1])
    challenges(session, SERVERS | {"menen": "Bomen op het kerkhof"})
    refresh_likeness(session, COORDINATOR)
    assert [elsewhere(session, slug) for slug in ("menen", "kortrijk", "kuurne", "waregem")] == [
        Elsewhere(1, 0),
        Elsewhere(1, 0),
        Elsewhere(0, 1),
        Elsewhere(0, 1),
    ]


def test_the_own_stand_confirmed_first_then_of_most_partners_then_the_most_urgent(session, post):
    alone_one = challenge(session, "menen", "Bomen op het kerkhof", urgency=3)
    both = challenge(session, "menen", "Zwembad", urgency=1)
    together(session, both, challenge(session, "wervik", "Sporthal"))
    servers = challenge(session, "menen", "Servers vervangen", urgency=3)
    challenges(session, SERVERS)
    less = challenge(session, "menen", "Wifi in de bibliotheek", urgency=3)
    challenge(session, "avelgem", "Wifi op het plein")
    refresh_likeness(session, COORDINATOR)
    codes = [row.code for row in own_questions(session, ADMIN, "menen")]
    assert codes == [each.code for each in (both, servers, post[1], less, alone_one)]
    assert [row.code for row in own_questions(session, ADMIN, "menen", most=2)] == codes[:3]  # two of each kind
    assert [row.code for row in own_questions(session, ADMIN, "menen", most=9)] == codes[:-1]
    left = alone(session, ADMIN, "menen", most=5)
    assert (left.count, left.first) == (1, ((alone_one.code, "Bomen op het kerkhof"),))
    assert alone(session, ADMIN, "menen", most=0).first == ()


def test_partners_of_equal_likeness_stand_by_name_without_regard_to_accents(session):
    own = challenge(session, "menen", "Bomen")
    others = [
        challenge(session, make_partner(session, slug, title=title).slug, "Struiken")
        for slug, title in (("zz", "Zwin"), ("ee", "Éigen"), ("dd", "Dal"))
    ]
    together(session, own, *others)
    assert [one.partner.title for one in same_questions(session, ADMIN, [own.id])[own.id]] == ["Dal", "Éigen", "Zwin"]
    assert [one.title for one in partners_with_same(session, ADMIN, [own.id])[own.id]] == ["Dal", "Éigen", "Zwin"]


def test_a_director_answers_for_the_own_partner_the_coordinator_for_all_a_mayor_for_none(session):
    menen, kuurne = partner_of(session, "menen"), partner_of(session, "kuurne")
    own = viewer(Role.DIRECTOR, menen)
    assert [may_answer(own, each.id) for each in (menen, kuurne)] == [True, False]
    assert may_answer(COORDINATOR, kuurne.id)
    assert not any(may_answer(viewer(role, menen), menen.id) for role in (Role.MAYOR, Role.STEERING, Role.ATELIER))


def test_nobody_asked_for_means_nobody_found(session):
    assert same_questions(session, ADMIN, []) == partners_with_same(session, ADMIN, []) == {}
    assert own_questions(session, ADMIN, "nergens") == []
    assert elsewhere(session, "nergens") == Elsewhere(0, 0)


@pytest.mark.parametrize("role", [Role.STEERING, Role.COORDINATOR])
def test_in_the_demo_page_challenge_inventory_and_count_say_one_thing(demo_session, role):
    by = viewer(role)
    listed = {row.code: row for row in all_challenge_rows(demo_session, by, ChallengeFilter())}
    pages = [challenge_rows(demo_session, by, ChallengeFilter(), Page(start, 90)) for start in (0, 90, 180)]
    shown = {row.code: row for rows in pages for row in rows}
    said = set()
    for slug in demo_session.scalars(select(Partner.slug)):
        rows = own_questions(demo_session, by, slug)
        assert elsewhere(demo_session, slug, by).total == sum(bool(row.same) for row in rows)
        for row in rows:
            names = {partner.title for partner in row.partners}
            whole = listed[row.code]
            assert {*whole.confirmed_with.split("; "), *whole.like_with.split("; ")} - {""} == names
            assert shown[row.code].shared_with == len(names)
            said |= {(row.code, one.code) for one in row.same}
    assert {(other, own) for own, other in said} == said  # what one calls the same, the other does too
    for row in own_questions(demo_session, by, "wervik")[:8]:
        detail = challenge_detail(demo_session, by, row.code)
        assert {one.title for one in detail.also_at} == {one.title for one in row.partners}
