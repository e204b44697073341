"""Who has the same challenge reports it in own words, and both are in one subject; whose subject it is stays clear."""

import pytest
from sqlalchemy import func, select

from portal.commands.base import Conflict, Refused
from portal.commands.inventory.challenges import report_too
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.subjects import add_subject, confirm_subject
from portal.db.models import Audit, Challenge, ChallengeGroup
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import GroupState, Visibility
from tests.likeness.texts import COORDINATOR, POST, challenge, challenges, members, suggestions
from tests.makers import partner_of, viewer

OTHERS = [role for role in Role if Permission.EDIT_INVENTORY not in GRANTS[role]]


@pytest.fixture
def director(session):
    return viewer(Role.DIRECTOR, partner_of(session, "wervik"))


@pytest.fixture
def ebox(session):
    row = challenge(session, "menen", "Overstap naar de eBox")
    refresh_likeness(session, COORDINATOR)
    return row


def report(session, by, like, title="Brieven via de eBox", partner="wervik"):
    """In the words that were typed; sorted out as the other is."""
    codes = {"theme": like.theme.code, "dimension": like.dimension.code, "service": like.service.code}
    return report_too(session, by, partner=partner, values={"title": title, "urgency": 2} | codes, like=like.code)


def confirmed(session):
    return session.scalars(select(ChallengeGroup).where(ChallengeGroup.state == GroupState.CONFIRMED)).all()


def counted(session, model=Challenge):
    return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_not_edit_the_inventory_reports_nothing(session, ebox, role):
    before = counted(session), counted(session, Audit)
    with pytest.raises(PermissionDenied):
        report(session, viewer(role, partner_of(session, "wervik")), ebox)
    assert (counted(session), counted(session, Audit)) == before


def test_nothing_is_reported_for_another_beside_what_is_internal_or_beside_the_own(session, ebox, director):
    before = counted(session), counted(session, Audit)
    with pytest.raises(PermissionDenied):
        report(session, director, ebox, partner="kuurne")
    with pytest.raises(Refused, match=f"meldde het al als {ebox.code} ‘Overstap naar de eBox’"):
        report(session, COORDINATOR, ebox, partner="menen")
    ebox.visibility = Visibility.INTERNAL
    session.commit()
    with pytest.raises(RowNotFound):
        report(session, director, ebox)
    assert (counted(session), counted(session, Audit)) == before


def test_alike_in_words_too_it_is_the_person_who_says_that_they_are_the_same(session, ebox, director):
    row = report(session, director, ebox)
    (group,) = confirmed(session)
    assert members(session, group) == {row.id, ebox.id}
    assert suggestions(session) == []


def test_in_quite_other_words_both_are_one_subject_all_the_same(session, ebox, director):
    row = report(session, director, ebox, title="Kerkhofbeheer")
    (group,) = confirmed(session)
    assert (group.title, group.decided_by_id) == ("Overstap naar de eBox", None)
    assert members(session, group) == {row.id, ebox.id}
    assert suggestions(session) == []


def test_a_subject_that_was_confirmed_is_joined_and_whoever_has_it_open_is_told(session, director):
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    group = add_subject(session, COORDINATOR, title="Digitale post", challenge_ids=[row.id for row in rows])
    version = group.version
    row = report(session, director, rows[0], title="Kerkhofbeheer")
    session.refresh(group)
    assert (group.title, members(session, group)) == ("Digitale post", {row.id, *(each.id for each in rows)})
    with pytest.raises(Conflict):
        confirm_subject(session, COORDINATOR, group_id=group.id, version=version, challenge_ids=[r.id for r in rows])
    assert row.id in members(session, group)


def test_the_other_leaves_a_suggestion_only_for_the_subject_that_a_person_made(session, director):
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    row = report(session, director, rows[0], title="Kerkhofbeheer")
    (group,), (left,) = confirmed(session), suggestions(session)
    assert members(session, group) == {row.id, rows[0].id}
    assert members(session, left) == {rows[1].id, rows[2].id}
