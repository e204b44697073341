"""A subject is split as the person saw it: into two that each have two partners, or not at all."""

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.subjects import split_subject
from portal.db.models import Audit, ChallengeGroup
from portal.permissions import RowNotFound
from portal.vocabulary import GroupState
from tests.likeness.texts import COORDINATOR, challenges, ids, members, suggestions

PLACES = ("wervik", "menen", "kuurne", "zwevegem")


@pytest.fixture
def four(session):
    """The same wish at four partners, and the suggestion that it is one subject."""
    rows = challenges(session, dict.fromkeys(PLACES, "Wij willen naar de eBox"))
    refresh_likeness(session, COORDINATOR)
    (group,) = suggestions(session)
    session.commit()
    return group, rows


def split(session, group, rows, version=None, title=" Apart "):
    seen = {"group_id": group.id, "version": version or group.version}
    return split_subject(session, COORDINATOR, **seen, title=title, challenge_ids=ids(rows))


def groups(session):
    return session.scalar(select(func.count()).select_from(ChallengeGroup))


def test_a_split_that_cannot_be_leaves_the_subject_as_it_was(session, four):
    group, rows = four
    before = groups(session), group.version
    for chosen, title, said in (
        ([], "Apart", "minstens twee besturen"),
        (rows[:3], "Apart", "minstens twee besturen"),
        (rows[:2], "  ", "Geef het onderwerp een titel"),
    ):
        with pytest.raises(Refused, match=said):
            split(session, group, chosen, title=title)
    with pytest.raises(Conflict):
        split(session, group, rows[:2], version=group.version + 1)
    session.refresh(group)
    assert (groups(session), group.version) == before
    assert (group.state, members(session, group)) == (GroupState.SUGGESTED, ids(rows))
    assert session.scalar(select(func.count()).select_from(Audit).where(Audit.command == "split_subject")) == 0


def test_both_parts_are_confirmed_and_each_keeps_its_title(session, four):
    group, rows = four
    title, version = group.title, group.version
    second = split(session, group, rows[1:3])
    assert (second.title, second.state, group.title, group.state) == (
        *("Apart", GroupState.CONFIRMED),
        *(title, GroupState.CONFIRMED),
    )
    assert group.version > version
    assert (members(session, second), members(session, group)) == (ids(rows[1:3]), ids([rows[0], rows[3]]))
    traced = session.scalars(select(Audit.command).where(Audit.entity == "challenge_group")).all()
    assert set(traced) == {"split_subject"}


def test_who_saw_the_whole_one_splits_it_no_second_time(session, four):
    group, rows = four
    stale = group.version
    split(session, group, rows[:2])
    session.commit()
    with pytest.raises(Conflict):
        split(session, group, rows[2:], version=stale)
    with pytest.raises(Refused, match=r"hoort niet \(meer\) bij dit onderwerp"):
        split(session, group, rows[:2])


def test_what_is_no_subject_is_not_split(session, four):
    group, _ = four
    for number in (10**6, 0, -1):
        with pytest.raises(RowNotFound):
            split_subject(session, COORDINATOR, group_id=number, version=1, title="x", challenge_ids=[])
    group.archived_at = clock.now()
    session.commit()
    with pytest.raises(RowNotFound):
        split(session, group, four[1][:2])
