"""Likeness is kept up to date by the commands that change texts, and leaves everything people wrote as it was."""

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import REGISTRY, command
from portal.commands.inventory.likeness import MANY, keep_likeness, refresh_likeness
from portal.db.models import Audit, Challenge, ChallengeLike, ChallengeWords, ProjectLike, Synonym
from portal.permissions import GRANTS, Permission, PermissionDenied, Role
from portal.vocabulary import ProjectScope
from tests.likeness.texts import COORDINATOR, POST, SERVERS, challenge, challenges, ids, pairs, suggestions
from tests.makers import make_project, viewer


@command(Permission.EDIT_INVENTORY)
def retitle(session, by, *, row, title):
    row.title = title
    keep_likeness(session, challenge_ids=[row.id])


def everything(session) -> list[tuple[object, ...]]:
    found = select(ChallengeLike.one_id, ChallengeLike.other_id, ChallengeLike.score, ChallengeLike.why)
    return [tuple(row) for row in session.execute(found.order_by(ChallengeLike.one_id, ChallengeLike.other_id))]


@pytest.mark.parametrize("role", [role for role in Role if Permission.EDIT_INVENTORY not in GRANTS[role]])
def test_who_may_not_edit_the_inventory_does_not_refresh_it(session, role):
    challenges(session, POST)
    with pytest.raises(PermissionDenied):
        refresh_likeness(session, viewer(role))
    assert pairs(session) == set()
    assert REGISTRY["portal.commands.inventory.likeness.refresh_likeness"] is Permission.EDIT_INVENTORY


def test_the_same_challenge_at_other_partners_is_found_and_says_why(session):
    one, two, three = challenges(session, POST)
    elsewhere = challenge(session, "waregem", "Bomen op het kerkhof")
    refresh_likeness(session, COORDINATOR)
    assert pairs(session) == {(one.id, two.id), (one.id, three.id), (two.id, three.id)}
    assert elsewhere.id not in {each for pair in pairs(session) for each in pair}
    reasons = set(session.scalars(select(ChallengeLike.why)))
    assert "digitale post: 'ebox' en 'brieven'; zelfde dienst en thema" in reasons


def test_two_challenges_of_one_partner_are_not_a_pair(session):
    challenge(session, "menen", "Overstap naar de eBox")
    challenge(session, "menen", "De eBox gebruiken")
    refresh_likeness(session, COORDINATOR)
    assert pairs(session) == set()


def test_nothing_that_people_wrote_changes_and_nothing_is_traced(session):
    rows = challenges(session, POST)
    before = [(row.title, row.description, row.version) for row in rows]
    traced = session.scalar(select(func.count()).select_from(Audit))
    refresh_likeness(session, COORDINATOR)
    for row in rows:
        session.refresh(row)
    assert [(row.title, row.description, row.version) for row in rows] == before
    assert session.scalar(select(func.count()).select_from(Challenge)) == len(rows)
    assert session.scalar(select(func.count()).select_from(Audit)) == traced


def test_a_second_time_changes_nothing(session):
    challenges(session, POST | SERVERS)
    refresh_likeness(session, COORDINATOR)
    first, groups = everything(session), [(row.id, row.version, row.title) for row in suggestions(session)]
    refresh_likeness(session, COORDINATOR)
    assert everything(session) == first
    assert [(row.id, row.version, row.title) for row in suggestions(session)] == groups


def test_one_changed_row_gives_what_a_full_refresh_gives(session):
    challenges(session, POST | SERVERS)
    moved = challenge(session, "zwevegem", "Verouderd kerkhof")
    refresh_likeness(session, COORDINATOR)
    retitle(session, COORDINATOR, row=moved, title="Portkosten drukken met de eBox")
    found = {pair for pair in everything(session) if moved.id in pair[:2]}
    groups = {row.title for row in suggestions(session)}
    refresh_likeness(session, COORDINATOR)
    assert found == {pair for pair in everything(session) if moved.id in pair[:2]}
    assert len(found) == 3
    assert groups == {row.title for row in suggestions(session)}


def test_a_text_that_is_about_something_else_now_loses_its_likes(session):
    one, *rest = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    retitle(session, COORDINATOR, row=one, title="Bomen op het kerkhof")
    assert pairs(session) == {tuple(sorted(ids(rest)))}


def test_an_archived_challenge_is_like_nothing_until_it_is_brought_back(session):
    one, *rest = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    one.archived_at = clock.now()
    refresh_likeness(session, COORDINATOR, challenge_ids=[one.id])
    assert pairs(session) == {tuple(sorted(ids(rest)))}
    assert session.scalar(select(ChallengeWords.id).where(ChallengeWords.challenge_id == one.id)) is None
    one.archived_at = None
    refresh_likeness(session, COORDINATOR, challenge_ids=[one.id])
    assert len(pairs(session)) == 3


def test_many_changed_rows_are_worked_out_together(session):
    rows = [challenge(session, ("menen", "kuurne")[n % 2], f"eBox voor dossier {n}") for n in range(MANY + 2)]
    refresh_likeness(session, COORDINATOR, challenge_ids=ids(rows))
    assert session.scalar(select(func.count()).select_from(ChallengeWords)) == len(rows)


def test_a_row_that_does_not_exist_does_no_harm(session):
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR, challenge_ids=[rows[0].id, 10**6])
    refresh_likeness(session, COORDINATOR, challenge_ids=[])
    assert session.scalar(select(func.count()).select_from(ChallengeWords)) == 1


def test_an_empty_inventory_has_no_likeness(session):
    refresh_likeness(session, COORDINATOR)
    assert pairs(session) == set()
    assert suggestions(session) == []


def test_when_the_change_fails_its_likeness_is_not_kept_either(session):
    one, *_ = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)

    @command(Permission.EDIT_INVENTORY)
    def fail_halfway(session, by):
        one.title = "Bomen op het kerkhof"
        keep_likeness(session, challenge_ids=[one.id])
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway(session, COORDINATOR)
    assert len(pairs(session)) == 3


def test_local_projects_of_two_partners_are_compared_and_other_projects_are_not(session):
    def project(partner, scope=ProjectScope.LOCAL):
        return make_project(session, reported_by=partner, scope=scope, title="Overstap naar de eBox", service="it")

    one, two = project("menen"), project("kuurne")
    project("menen")
    project("waregem", ProjectScope.REGIONAL)
    project(None)
    refresh_likeness(session, COORDINATOR, project_ids=[one.id, two.id])
    assert [tuple(row) for row in session.execute(select(ProjectLike.one_id, ProjectLike.other_id))] == [
        (one.id, two.id)
    ]
    refresh_likeness(session, COORDINATOR)
    assert session.scalar(select(func.count()).select_from(ProjectLike)) == 2


def test_the_list_of_synonyms_is_what_makes_it_work(session):
    challenges(session, {"menen": "Portkosten drukken", "kuurne": "Aangetekende zendingen"})
    refresh_likeness(session, COORDINATOR)
    assert len(pairs(session)) == 1
    for row in session.scalars(select(Synonym)):
        session.delete(row)
    refresh_likeness(session, COORDINATOR)
    assert pairs(session) == set()
