"""One subject: who finds it, which of its challenges, and what it could become."""

import pytest

from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.subjects import confirm_subject, reject_subject
from portal.permissions import Role, RowNotFound
from portal.queries.coalitions.candidates import candidate_of, challenges_of, find_subject, subject_exists
from portal.vocabulary import ChallengeStatus, GroupState, ProjectScope, Visibility
from tests.likeness.texts import COORDINATOR, POST, challenges, suggestions
from tests.makers import link, make_project, partner_of, viewer
from tests.queries.conftest import ADMIN, insiders, outsiders

STEERING = viewer(Role.STEERING)


@pytest.fixture
def post(session):
    """The number of the subject, its suggestion, and its challenges at Kortrijk, Menen and Kuurne."""
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    (group,) = suggestions(session)
    return str(group.id), group, rows


def test_everybody_finds_what_is_suggested_or_confirmed_and_a_rejected_one_only_who_decides(session, post):
    number, group, _ = post
    everybody = {**outsiders(session), **insiders(session)}
    for act in (None, confirm_subject):
        if act:
            act(session, COORDINATOR, group_id=group.id, version=group.version)
        assert all(subject_exists(session, by, number) for by in everybody.values())
    reject_subject(session, COORDINATOR, group_id=group.id, version=group.version)
    found = {name for name, by in everybody.items() if subject_exists(session, by, number)}
    assert found == {"coördinator", "beheerder"}
    assert find_subject(session, COORDINATOR, number).state is GroupState.REJECTED
    with pytest.raises(RowNotFound):
        find_subject(session, STEERING, number)


@pytest.mark.parametrize("spelling", ["0{}", " {}", "{}.0", "+{}"])
def test_a_number_has_one_spelling(session, post, spelling):
    assert not subject_exists(session, ADMIN, spelling.format(post[0]))


def test_its_challenges_stand_by_partner_in_their_own_words(session, post):
    number, _, rows = post
    found = challenges_of(session, ADMIN, find_subject(session, ADMIN, number))
    assert [one.partner_slug for one in found] == ["kortrijk", "kuurne", "menen"]
    assert {one.title for one in found} == {row.title for row in rows}
    assert {one.status for one in found} == {ChallengeStatus.OPEN}


def test_an_internal_challenge_is_not_beside_the_others_for_who_may_not_know_of_it(session, post):
    number, _, rows = post
    rows[0].visibility = Visibility.INTERNAL
    session.flush()
    whole = find_subject(session, ADMIN, number)
    for by, several in ((STEERING, 2), (viewer(Role.DIRECTOR, partner_of(session, "kortrijk")), 3), (ADMIN, 3)):
        assert len(challenges_of(session, by, whole)) == several  # also when the subject was asked by another
        assert len(find_subject(session, by, number).members) == several


def test_what_a_shared_project_answers_is_no_candidate_and_a_local_one_leaves_it(session, post):
    number, _, rows = post
    subject = find_subject(session, ADMIN, number)
    candidate = candidate_of(session, ADMIN, subject)
    assert candidate is not None
    assert candidate.subject.id == subject.id
    link(session, make_project(session), rows[0])
    assert candidate_of(session, ADMIN, find_subject(session, ADMIN, number)) is not None
    link(session, make_project(session, scope=ProjectScope.WIDER), rows[0])
    found = find_subject(session, ADMIN, number)
    assert candidate_of(session, ADMIN, found) is None
    assert [answer.shared for answer in found.answers] == [True, False]
