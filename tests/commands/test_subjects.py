"""A suggestion is a suggestion: people decide, and what is worked out later does not go against them."""

import pytest
from sqlalchemy import select

from portal.commands.base import Conflict, Refused
from portal.commands.inventory.apart import apart_among, bring_together, pairs_between
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.subjects import (
    add_subject,
    confirm_subject,
    keep_rejected_apart,
    reject_subject,
    split_subject,
)
from portal.db.models import Audit, ChallengeGroup, ChallengeGroupMember
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import GroupState, Visibility
from tests.likeness.texts import (
    COORDINATOR,
    POST,
    SERVERS,
    challenge,
    challenges,
    ids,
    members,
    suggestions,
)
from tests.makers import viewer


@pytest.fixture
def post(session):
    """Three challenges, and the suggestion that they are."""
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    (group,) = suggestions(session)
    return group, rows


def decide(session, group, act=confirm_subject, **more):
    return act(session, COORDINATOR, group_id=group.id, version=group.version, **more)


@pytest.mark.parametrize("role", [role for role in Role if Permission.CONFIRM_GROUPS not in GRANTS[role]])
@pytest.mark.parametrize("act", [confirm_subject, reject_subject])
def test_who_may_not_decide_changes_nothing(session, post, role, act):
    group, _ = post
    with pytest.raises(PermissionDenied):
        act(session, viewer(role), group_id=group.id, version=group.version)
    with pytest.raises(PermissionDenied):
        add_subject(session, viewer(role), title="Post", challenge_ids=[1, 2])
    assert group.state is GroupState.SUGGESTED


def test_like_challenges_are_suggested_as_one_subject_with_a_title(session, post):
    group, rows = post
    assert (group.title, group.state, group.decided_by_id) == ("Digitale post", GroupState.SUGGESTED, None)
    assert members(session, group) == ids(rows)


def test_a_stale_decision_is_refused(session, post):
    group, _ = post
    with pytest.raises(Conflict):
        confirm_subject(session, COORDINATOR, group_id=group.id, version=group.version + 1)
    with pytest.raises(RowNotFound):
        confirm_subject(session, COORDINATOR, group_id=10**6, version=1)
    assert group.state is GroupState.SUGGESTED


def test_a_subject_has_challenges_of_two_partners_that_exist(session, post):
    group, rows = post
    for chosen in ([rows[0].id], [], [rows[0].id, 10**6]):
        with pytest.raises(Refused):
            decide(session, group, challenge_ids=chosen)
        with pytest.raises(Refused):
            add_subject(session, COORDINATOR, title="Post", challenge_ids=chosen)
    with pytest.raises(Refused):
        add_subject(session, COORDINATOR, title="  ", challenge_ids=[rows[0].id, rows[1].id])
    assert members(session, group) == ids(rows)


def test_a_confirmed_subject_is_traced_with_each_of_its_members(session, post):
    group, rows = post
    decide(session, group, title=" Post zonder papier ")
    assert (group.state, group.title) == (GroupState.CONFIRMED, "Post zonder papier")
    traced = session.execute(select(Audit.entity, Audit.action).where(Audit.command == "confirm_subject")).all()
    assert sorted(row.entity for row in traced) == ["challenge_group", *["challenge_group_member"] * len(rows)]


def test_a_confirmed_subject_stays_whatever_is_worked_out_later(session, post):
    group, rows = post
    decide(session, group)
    late = challenge(session, "waregem", "Ook wij willen naar de eBox")
    rows[0].title = "Bomen op het kerkhof"
    refresh_likeness(session, COORDINATOR, challenge_ids=[rows[0].id, late.id])
    refresh_likeness(session, COORDINATOR)
    assert members(session, group) == ids(rows)
    assert suggestions(session) == []


def test_who_comes_late_is_suggested_with_others_who_are_not_in_the_confirmed_subject(session, post):
    group, _rows = post
    decide(session, group)
    late = challenges(session, {"waregem": "Wij willen naar de eBox", "wervik": "eBox gebruiken"})
    refresh_likeness(session, COORDINATOR, challenge_ids=ids(late))
    (found,) = suggestions(session)
    assert members(session, found) == ids(late)


def test_a_rejected_suggestion_does_not_come_back(session, post):
    group, rows = post
    decide(session, group, reject_subject)
    refresh_likeness(session, COORDINATOR)
    assert suggestions(session) == []
    assert members(session, group) == ids(rows)


def test_of_a_rejected_suggestion_no_two_come_back_together(session, post):
    group, rows = post
    decide(session, group, reject_subject)
    rows[2].title = "Bomen op het kerkhof"
    refresh_likeness(session, COORDINATOR, challenge_ids=[rows[2].id])
    assert suggestions(session) == []
    rows[2].title = POST["kuurne"]
    late = challenge(session, "waregem", "Ook wij willen naar de eBox")
    refresh_likeness(session, COORDINATOR, challenge_ids=[rows[2].id, late.id])
    (found,) = suggestions(session)
    assert late.id in members(session, found)
    assert len(members(session, found) & ids(rows)) == 1


def test_the_two_halves_of_a_split_subject_stay_apart_and_those_of_one_half_do_not(session, post):
    group, rows = post
    late = challenges(session, {"waregem": "Ook wij willen naar de eBox"})
    refresh_likeness(session, COORDINATOR, challenge_ids=ids(late))
    session.refresh(group)
    half = [rows[0].id, rows[1].id]
    new = split_subject(
        session, COORDINATOR, group_id=group.id, version=group.version, title="eBox", challenge_ids=half
    )
    assert apart_among(session, None) == pairs_between(half, [rows[2].id, late[0].id])
    session.refresh(group)
    reject_subject(session, COORDINATOR, group_id=group.id, version=group.version)
    assert members(session, new) == set(half)
    confirm_subject(session, COORDINATOR, group_id=group.id, version=group.version, challenge_ids=[*half, rows[2].id])
    assert apart_among(session, None) == pairs_between([late[0].id], [*half, rows[2].id])


def test_what_an_older_release_rejected_as_a_whole_is_set_apart_once(session, post):
    _, rows = post
    other = add_subject(session, COORDINATOR, title="Post", challenge_ids=[rows[0].id, rows[1].id])
    old = ChallengeGroup(title="Oud", state=GroupState.REJECTED)
    session.add(old)
    session.flush()
    session.add_all(ChallengeGroupMember(challenge_group_id=old.id, challenge_id=row.id) for row in rows)
    session.commit()
    for role in (Role.MAYOR, Role.DIRECTOR):
        with pytest.raises(PermissionDenied):
            keep_rejected_apart(session, viewer(role))
    assert keep_rejected_apart(session, COORDINATOR) == 2
    assert apart_among(session, None) == pairs_between([rows[2].id], [rows[0].id, rows[1].id])
    assert members(session, other) == {rows[0].id, rows[1].id}
    bring_together(session, apart_among(session, None))
    session.commit()
    assert keep_rejected_apart(session, COORDINATOR) == 0


def test_a_rejected_suggestion_says_nothing_of_other_subjects(session, post):
    group, _ = post
    decide(session, group, reject_subject)
    servers = challenges(session, SERVERS)
    refresh_likeness(session, COORDINATOR, challenge_ids=ids(servers))
    (found,) = suggestions(session)
    assert members(session, found) == ids(servers)


def test_a_suggestion_that_grows_keeps_its_number(session, post):
    group, rows = post
    number, version = group.id, group.version
    late = challenge(session, "waregem", "Ook wij willen naar de eBox")
    refresh_likeness(session, COORDINATOR, challenge_ids=[late.id])
    (found,) = suggestions(session)
    assert (found.id, found.version) == (number, version + 1)  # so that who saw the smaller one cannot confirm it
    assert members(session, found) == ids([*rows, late])


def test_a_suggestion_that_falls_apart_disappears(session, post):
    _group, rows = post
    for row, title in zip(rows, ("Bomen", "Fietsen", "Zwembad"), strict=True):
        row.title = title
    refresh_likeness(session, COORDINATOR, challenge_ids=ids(rows))
    assert suggestions(session) == []
    assert session.scalar(select(ChallengeGroup.id)) is None


def test_a_subject_is_split_by_confirming_a_part_and_adding_the_other(session, post):
    _group, rows = post
    late = challenge(session, "waregem", "Ook wij willen naar de eBox")
    refresh_likeness(session, COORDINATOR, challenge_ids=[late.id])
    (found,) = suggestions(session)
    decide(session, found, title="eBox", challenge_ids=ids(rows[:2]))
    other = add_subject(session, COORDINATOR, title="Portkosten", challenge_ids=[rows[2].id, late.id])
    assert (members(session, found), members(session, other)) == (ids(rows[:2]), ids([rows[2], late]))
    assert suggestions(session) == []


def test_what_is_left_out_of_a_confirmed_subject_may_be_suggested_again(session, post):
    _group, rows = post
    late = challenge(session, "waregem", "Ook wij willen naar de eBox")
    refresh_likeness(session, COORDINATOR, challenge_ids=[late.id])
    (found,) = suggestions(session)
    decide(session, found, challenge_ids=ids(rows[:2]))
    (rest,) = suggestions(session)
    assert members(session, rest) == ids([rows[2], late])


def test_a_member_taken_out_of_a_confirmed_subject_is_traced(session, post):
    group, rows = post
    decide(session, group)
    decide(session, group, challenge_ids=ids(rows[:2]))
    last = session.scalars(select(Audit).order_by(Audit.sequence.desc())).first()
    assert (last.entity, last.action) == ("challenge_group_member", "verwijderd")
    assert members(session, group) == ids(rows[:2])


def test_an_internal_challenge_does_not_change_the_groups_of_the_others(session, post):
    _group, rows = post
    hidden = challenge(session, "waregem", "De eBox en de servers", visibility=Visibility.INTERNAL)
    servers = challenges(session, {"wervik": "Serverpark vervangen", "zwevegem": "Servers in de cloud"})
    refresh_likeness(session, COORDINATOR)
    found = [members(session, one) - {hidden.id} for one in suggestions(session)]
    assert sorted(found, key=min) == [ids(rows), ids(servers)]
