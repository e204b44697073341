"""Who reported a challenge says whether another's is the same question; the answer is kept, and feeds the subject."""

import pytest
from sqlalchemy import func, select

from portal.commands.base import Refused
from portal.commands.inventory.apart import apart_among
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.same_question import answer_same_question, standing_of
from portal.commands.inventory.subjects import add_subject, reject_subject
from portal.db.models import Audit, ChallengeGroup
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import GroupState, SameQuestion, Visibility
from tests.likeness.texts import COORDINATOR, POST, challenge, challenges, ids, members, suggestions
from tests.makers import partner_of, viewer

CONFIRMED, ALIKE, REJECTED = SameQuestion
OTHERS = [role for role in Role if Permission.EDIT_INVENTORY not in GRANTS[role]]


@pytest.fixture
def menen(session):
    return viewer(Role.DIRECTOR, partner_of(session, "menen"))


@pytest.fixture
def post(session):
    """Of Kortrijk, Menen and Kuurne, alike in words."""
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    return rows


def say(session, by, own, other, answer, *, seen=ALIKE):
    answer_same_question(session, by, own=own.code, other=other.code, answer=answer, seen=seen)


def confirmed(session):
    live = (ChallengeGroup.state == GroupState.CONFIRMED, ChallengeGroup.archived_at.is_(None))
    found = select(ChallengeGroup).where(*live).order_by(ChallengeGroup.id)
    return list(session.scalars(found.execution_options(populate_existing=True)))


def traces(session):
    return session.scalar(select(func.count()).select_from(Audit))


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_not_edit_the_inventory_answers_nothing(session, post, role):
    before = traces(session)
    with pytest.raises(PermissionDenied):
        say(session, viewer(role, partner_of(session, "menen")), post[1], post[0], CONFIRMED)
    assert traces(session) == before


def test_nobody_answers_for_another_nor_of_what_is_internal_nor_of_two_of_one_partner(session, post, menen):
    before = traces(session)
    with pytest.raises(PermissionDenied):
        say(session, menen, post[0], post[1], CONFIRMED)
    own_too = challenge(session, "menen", "Nog meer brieven")
    with pytest.raises(Refused, match="hetzelfde bestuur"):
        say(session, menen, post[1], own_too, CONFIRMED)
    post[0].visibility = Visibility.INTERNAL
    session.commit()
    with pytest.raises(RowNotFound):
        say(session, menen, post[1], post[0], CONFIRMED)
    with pytest.raises(RowNotFound):
        answer_same_question(session, menen, own="U-X-1", other=post[2].code, answer=CONFIRMED, seen=ALIKE)
    assert (traces(session), confirmed(session)) == (before, [])


def test_who_looked_before_somebody_else_answered_is_told_and_changes_nothing(session, post, menen):
    kortrijk = viewer(Role.DIRECTOR, partner_of(session, "kortrijk"))
    say(session, kortrijk, post[0], post[1], REJECTED)
    with pytest.raises(Refused, match="iemand anders"):
        say(session, menen, post[1], post[0], CONFIRMED)
    assert standing_of(session, post[0], post[1]) is REJECTED


def test_what_is_confirmed_becomes_a_subject_named_by_what_both_speak_of(session, post, menen):
    say(session, menen, post[1], post[0], CONFIRMED)
    (group,) = confirmed(session)
    assert (group.title, members(session, group)) == ("Digitale post", ids(post[:2]))
    assert suggestions(session) == []


def test_the_own_one_joins_the_subject_of_the_other_and_else_the_other_joins_the_own(session, post, menen):
    late = challenge(session, "waregem", "Kerkhofbeheer")
    subject = add_subject(session, COORDINATOR, title="Post", challenge_ids=[post[0].id, post[2].id])
    say(session, menen, post[1], post[0], CONFIRMED)
    assert members(session, subject) == ids(post)
    say(session, menen, post[1], late, CONFIRMED)
    assert members(session, subject) == ids([*post, late])
    assert [group.id for group in confirmed(session)] == [subject.id]


def test_undone_the_one_that_came_in_goes_out_and_a_subject_of_one_partner_ends(session, post, menen):
    late = challenge(session, "waregem", "Kerkhofbeheer")
    say(session, menen, post[1], post[0], CONFIRMED)
    (group,) = confirmed(session)
    say(session, menen, post[1], late, CONFIRMED)
    say(session, menen, post[1], late, ALIKE, seen=CONFIRMED)
    assert members(session, group) == ids(post[:2])
    say(session, menen, post[1], post[0], ALIKE, seen=CONFIRMED)
    assert confirmed(session) == []
    (found,) = suggestions(session)
    assert members(session, found) == ids(post)


def test_rejected_the_pair_is_no_question_of_both_but_the_own_one_stays_with_the_others(session, post, menen):
    subject = add_subject(session, COORDINATOR, title="Post", challenge_ids=ids(post))
    say(session, menen, post[1], post[0], REJECTED, seen=CONFIRMED)
    assert members(session, subject) == ids(post)
    assert [standing_of(session, post[1], each) for each in (post[0], post[2])] == [REJECTED, CONFIRMED]
    say(session, menen, post[1], post[0], CONFIRMED, seen=REJECTED)
    assert standing_of(session, post[1], post[0]) is CONFIRMED
    assert [group.id for group in confirmed(session)] == [subject.id]


def test_the_own_one_leaves_the_subject_once_it_is_the_question_of_nobody_else_in_it(session, post, menen):
    subject = add_subject(session, COORDINATOR, title="Post", challenge_ids=ids(post))
    say(session, menen, post[1], post[0], REJECTED, seen=CONFIRMED)
    say(session, menen, post[1], post[2], REJECTED, seen=CONFIRMED)
    assert members(session, subject) == {post[0].id, post[2].id}
    refresh_likeness(session, COORDINATOR)
    assert suggestions(session) == []
    say(session, menen, post[1], post[0], CONFIRMED, seen=REJECTED)
    assert members(session, subject) == ids(post)
    assert standing_of(session, post[1], post[2]) is REJECTED  # one yes takes back no other no


def test_of_a_subject_of_two_the_no_of_one_is_its_end_and_the_pair_is_suggested_no_more(session, post, menen):
    say(session, menen, post[1], post[0], CONFIRMED)
    say(session, menen, post[1], post[0], REJECTED, seen=CONFIRMED)
    assert confirmed(session) == []
    refresh_likeness(session, COORDINATOR)
    assert all(not ids(post[:2]) <= members(session, group) for group in suggestions(session))
    say(session, menen, post[1], post[0], ALIKE, seen=REJECTED)
    assert apart_among(session, None) == set()


def test_a_rejection_by_the_coordinator_is_heard_and_a_later_yes_takes_it_back(session, post, menen):
    (group,) = suggestions(session)
    reject_subject(session, COORDINATOR, group_id=group.id, version=group.version)
    assert {standing_of(session, post[1], each) for each in (post[0], post[2])} == {REJECTED}
    say(session, menen, post[1], post[0], CONFIRMED, seen=REJECTED)
    assert [standing_of(session, post[1], each) for each in (post[0], post[2])] == [CONFIRMED, REJECTED]
    assert len(apart_among(session, None)) == 2


def test_an_answer_is_traced_with_who_gave_it(session, post, menen):
    say(session, menen, post[1], post[0], REJECTED)
    traced = session.execute(select(Audit.entity, Audit.action).where(Audit.command == "answer_same_question")).all()
    assert [row.entity for row in traced] == ["challenge_apart"]
    say(session, menen, post[1], post[0], REJECTED, seen=REJECTED)
    assert len(session.scalars(select(Audit).where(Audit.command == "answer_same_question")).all()) == 1
