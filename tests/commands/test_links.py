"""A project answers a challenge from when somebody who answers for one of the two says so, until they undo it."""

import json

import pytest
from sqlalchemy import select

from portal.commands.base import Refused
from portal.commands.inventory.challenges import link_challenge, unlink_challenge
from portal.db.models import Audit, ProjectChallenge
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.trace.history import history_of
from portal.vocabulary import AuditAction, ProjectScope, Visibility
from tests.makers import atelier_of, link, make_challenge, make_project, partner_of, viewer

COORDINATOR = viewer(Role.COORDINATOR)
OTHERS = [role for role in Role if Permission.EDIT_PROJECTS not in GRANTS[role]]


@pytest.fixture
def both(session):
    """A regional project in atelier I, and a challenge of a municipality."""
    rows = make_project(session, scope=ProjectScope.REGIONAL, atelier="I"), make_challenge(session, partner="wervik")
    session.commit()
    return rows


def director(session, slug):
    return viewer(Role.DIRECTOR, partner_of(session, slug))


def linked(session):
    return {(row.project_id, row.challenge_id) for row in session.scalars(select(ProjectChallenge))}


def act(session, by, both, what=link_challenge):
    project, challenge = both
    return what(session, by, project=project.code, challenge=challenge.code)


def reaching(session):
    """Who may change one of the two, and who neither."""
    return {
        "coördinator": (COORDINATOR, True),
        "directeur van de uitdaging": (director(session, "wervik"), True),
        "verantwoordelijke van het atelier": (viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")]), True),
        "andere directeur": (director(session, "menen"), False),
        "ander atelier": (viewer(Role.ATELIER, ateliers=[atelier_of(session, "II")]), False),
        **{role.label: (viewer(role, *range(1, 16), ateliers=range(1, 6)), False) for role in OTHERS},
    }


def test_who_may_change_neither_links_and_unlinks_nothing(session, both):
    for name, (by, may) in reaching(session).items():
        if not may:
            with pytest.raises(PermissionDenied):
                act(session, by, both)
            assert linked(session) == set(), name
    act(session, COORDINATOR, both)
    for name, (by, may) in reaching(session).items():
        if not may:
            with pytest.raises(PermissionDenied):
                act(session, by, both, unlink_challenge)
            assert len(linked(session)) == 1, name


def test_who_may_change_one_of_the_two_links_and_unlinks(session, both):
    project, challenge = both
    for name, (by, may) in reaching(session).items():
        if may:
            act(session, by, both)
            assert linked(session) == {(project.id, challenge.id)}, name
            act(session, by, both, unlink_challenge)
            assert linked(session) == set(), name


def test_a_director_links_the_own_local_project_to_a_challenge_of_another(session, both):
    own = make_project(session, reported_by="menen")
    session.commit()
    act(session, director(session, "menen"), (own, both[1]))
    assert linked(session) == {(own.id, both[1].id)}


@pytest.mark.parametrize("what", [link_challenge, unlink_challenge])
def test_what_is_internal_elsewhere_archived_or_nowhere_is_not_found(session, both, what):
    project, challenge = both
    by = director(session, "menen")
    own = make_challenge(session, partner="menen"), make_project(session, reported_by="menen")
    closed = {"visibility": Visibility.INTERNAL}
    hidden = make_challenge(session, partner="wervik", **closed), make_project(session, reported_by="wervik", **closed)
    link(session, hidden[1], own[0])
    link(session, own[1], hidden[0])
    session.commit()
    for pair in ((hidden[1], own[0]), (own[1], hidden[0])):
        with pytest.raises(RowNotFound):
            act(session, by, pair, what)
    for codes in ({"project": "P-X", "challenge": challenge.code}, {"project": project.code, "challenge": "U-X"}):
        with pytest.raises(RowNotFound):
            what(session, COORDINATOR, **codes)
    assert len(linked(session)) == 2


def test_what_is_linked_is_not_linked_twice_and_what_is_not_cannot_be_undone(session, both):
    with pytest.raises(Refused, match="niet meer aan elkaar gekoppeld"):
        act(session, COORDINATOR, both, unlink_challenge)
    act(session, COORDINATOR, both)
    with pytest.raises(Refused, match="zijn al aan elkaar gekoppeld"):
        act(session, COORDINATOR, both)
    assert len(linked(session)) == 1


def test_the_history_of_both_tells_of_a_link_and_of_its_end(session, both):
    act(session, COORDINATOR, both)
    act(session, COORDINATOR, both, unlink_challenge)
    project, challenge = both
    (gone, made) = session.scalars(select(Audit).order_by(Audit.sequence.desc()).limit(2)).all()
    ids = {"project_id": project.id, "challenge_id": challenge.id}
    assert (made.action, json.loads(made.after)) == (AuditAction.CREATED, ids)
    assert (gone.action, json.loads(gone.before)) == (AuditAction.REMOVED, ids)
    for entity, row, other in (("challenge", challenge, project), ("project", project, challenge)):
        told = history_of(session, COORDINATOR, entity, row.id)
        assert [row.field_label for row in told] == ["verwijderd", "aangemaakt"]
        assert [row.new for row in told] == ["", f"{other.code} {other.title}"]
