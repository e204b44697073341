"""A project works on a result from when somebody who answers for one of the two says so, until they undo it."""

import json

import pytest
from sqlalchemy import select

from portal import clock
from portal.commands.base import Refused
from portal.commands.results import link_project, unlink_project
from portal.db.models import Audit, ProjectDeliverable
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.results.serving import projects_to_serve, results_to_serve
from portal.queries.trace.history import history_of
from portal.vocabulary import AuditAction, Phase, ProjectScope, Visibility
from tests.makers import atelier_of, make_deliverable, make_project, partner_of, viewer

COORDINATOR = viewer(Role.COORDINATOR)
OTHERS = [role for role in Role if Permission.EDIT_DELIVERABLES not in GRANTS[role]]


@pytest.fixture
def both(session):
    """A regional project of atelier IV, and a result of atelier I."""
    rows = make_project(session, scope=ProjectScope.REGIONAL, atelier="IV"), make_deliverable(session, atelier="I")
    session.commit()
    return rows


def lead(session, code):
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, code)])


def linked(session):
    return {(row.project_id, row.deliverable_id) for row in session.scalars(select(ProjectDeliverable))}


def act(session, by, both, what=link_project):
    project, result = both
    return what(session, by, project=project.code, result=result.code)


def reaching(session):
    """Who answers for one of the two, and who for neither."""
    return {
        "coördinator": (COORDINATOR, True),
        "verantwoordelijke van het resultaat": (lead(session, "I"), True),
        "verantwoordelijke van het project": (lead(session, "IV"), True),
        "ander atelier": (lead(session, "II"), False),
        **{role.label: (viewer(role, *range(1, 16), ateliers=range(1, 6)), False) for role in OTHERS},
    }


def test_who_answers_for_neither_links_and_unlinks_nothing(session, both):
    for name, (by, may) in reaching(session).items():
        if not may:
            with pytest.raises(PermissionDenied):
                act(session, by, both)
            assert linked(session) == set(), name
    act(session, COORDINATOR, both)
    for name, (by, may) in reaching(session).items():
        if not may:
            with pytest.raises(PermissionDenied):
                act(session, by, both, unlink_project)
            assert len(linked(session)) == 1, name


def test_a_director_links_not_even_the_own_local_project(session, both):
    own = make_project(session, reported_by="menen")
    session.commit()
    with pytest.raises(PermissionDenied):
        act(session, viewer(Role.DIRECTOR, partner_of(session, "menen")), (own, both[1]))


def test_who_answers_for_one_of_the_two_links_and_unlinks(session, both):
    project, result = both
    for name, (by, may) in reaching(session).items():
        if may:
            act(session, by, both)
            assert linked(session) == {(project.id, result.id)}, name
            act(session, by, both, unlink_project)
            assert linked(session) == set(), name


@pytest.mark.parametrize("what", [link_project, unlink_project])
def test_what_is_internal_archived_or_nowhere_is_not_found(session, both, what):
    project, result = both
    inside = make_project(session, reported_by="wervik", atelier="I", visibility=Visibility.INTERNAL)
    gone, away = make_project(session, atelier="I"), make_deliverable(session, atelier="I")
    gone.archived_at = away.archived_at = clock.now()
    session.commit()
    for pair in ((inside, result), (gone, result), (project, away)):
        with pytest.raises(RowNotFound):
            act(session, lead(session, "I"), pair, what)
    for codes in ({"project": "P-X", "result": result.code}, {"project": project.code, "result": "X.Z-9"}):
        with pytest.raises(RowNotFound):
            what(session, COORDINATOR, **codes)
    assert linked(session) == set()


def test_what_is_linked_is_not_linked_twice_and_what_is_not_cannot_be_undone(session, both):
    with pytest.raises(Refused, match="werkt niet meer aan"):
        act(session, COORDINATOR, both, unlink_project)
    act(session, COORDINATOR, both)
    with pytest.raises(Refused, match="werkt al aan"):
        act(session, COORDINATOR, both)
    assert len(linked(session)) == 1


def test_the_history_of_both_tells_of_a_link_and_of_its_end(session, both):
    act(session, COORDINATOR, both)
    act(session, COORDINATOR, both, unlink_project)
    project, result = both
    (gone, made) = session.scalars(select(Audit).order_by(Audit.sequence.desc()).limit(2)).all()
    ids = {"project_id": project.id, "deliverable_id": result.id}
    assert (made.action, json.loads(made.after)) == (AuditAction.CREATED, ids)
    assert (gone.action, json.loads(gone.before)) == (AuditAction.REMOVED, ids)
    for entity, row, other in (("deliverable", result, f"{project.code} {project.title}"), ("project", project, "")):
        told = history_of(session, COORDINATOR, entity, row.id)
        assert [line.field_label for line in told] == ["verwijderd", "aangemaakt"]
        assert [line.what for line in told] == ["werk aan resultaat"] * 2
        assert [line.new for line in told] == ["", other or result.title]


def test_the_history_of_a_result_names_no_project_that_its_reader_may_not_know(session, both):
    inside = make_project(session, reported_by="wervik", visibility=Visibility.INTERNAL)
    session.commit()
    act(session, COORDINATOR, (inside, both[1]))
    assert history_of(session, viewer(Role.STEERING), "deliverable", both[1].id) == []
    assert len(history_of(session, COORDINATOR, "deliverable", both[1].id)) == 1


# -- what is offered


def codes(options):
    return {option.code for option in options}


def test_who_may_link_nothing_is_offered_nothing(session, both):
    project, result = both
    act(session, COORDINATOR, both)
    for role in OTHERS:
        by = viewer(role, *range(1, 16), ateliers=range(1, 6))
        for found in (projects_to_serve(session, by, result.code), results_to_serve(session, by, project.code)):
            assert (found.linked, found.offered) == ((), ())


def test_the_lead_of_a_result_is_offered_every_living_project_and_the_lead_of_another_only_the_own(session, both):
    project, result = both
    ended = make_project(session, atelier="IV", phase=Phase.FINISHED)
    elsewhere = make_project(session, atelier="II")
    session.commit()
    own, other = (projects_to_serve(session, lead(session, code), result.code) for code in ("I", "IV"))
    assert codes(own.offered) >= {project.code, elsewhere.code}
    assert project.code in codes(other.offered)
    assert {elsewhere.code, ended.code} & codes(other.offered) == set()
    assert ended.code not in codes(own.offered)


def test_the_lead_of_a_project_is_offered_every_result_and_the_lead_of_another_only_the_own(session, both):
    project, result = both
    elsewhere = make_deliverable(session, atelier="II")
    session.commit()
    own, other = (results_to_serve(session, lead(session, code), project.code) for code in ("IV", "I"))
    assert codes(own.offered) >= {result.code, elsewhere.code}
    assert result.code in codes(other.offered)
    assert elsewhere.code not in codes(other.offered)


def test_what_is_linked_is_offered_to_be_undone_and_not_again(session, both):
    project, result = both
    act(session, COORDINATOR, both)
    sides = projects_to_serve(session, COORDINATOR, result.code), results_to_serve(session, COORDINATOR, project.code)
    for found, code in zip(sides, (project.code, result.code), strict=True):
        assert codes(found.linked) == {code}
        assert code not in codes(found.offered)
