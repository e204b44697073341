"""Subjects and candidate coalitions: only what the viewer may know of, most partners first, nothing merged."""

import pytest
from sqlalchemy import func, select

from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.subjects import confirm_subject, reject_subject
from portal.db.models import Challenge, ChallengeGroup, Observation
from portal.likeness.groups import CHALLENGER, EXPERTS
from portal.queries.coalitions.candidates import candidate_coalitions
from portal.queries.inventory.subjects import subject_titles, subjects
from portal.vocabulary import ChallengeStatus, GroupState, Phase, ProjectScope, Visibility
from tests.likeness.texts import COORDINATOR, POST, SERVERS, challenge, challenges
from tests.makers import link, make_project
from tests.queries.conftest import ADMIN, insiders, outsiders, spelled


@pytest.fixture
def both(session):
    """The post at three partners, the servers at two."""
    rows = challenges(session, POST), challenges(session, SERVERS)
    refresh_likeness(session, COORDINATOR)
    return rows


def close(session, *rows):
    for row in rows:
        row.visibility = Visibility.INTERNAL
    refresh_likeness(session, COORDINATOR, challenge_ids=[row.id for row in rows])


def titles(found):
    return [one.title for one in found]


def test_a_subject_that_only_internal_rows_of_another_make_is_not_there(session, both):
    close(session, both[0][0], both[0][1])  # kortrijk, menen: one visible partner is left
    for name, viewer in outsiders(session).items():
        assert titles(subjects(session, viewer)) == ["Servers en cloud"], name
        assert titles(one.subject for one in candidate_coalitions(session, viewer)) == ["Servers en cloud"], name
        assert not {row.id for row in both[0]} & subject_titles(session, viewer).keys(), name
    assert len(subjects(session, ADMIN)) == 2


def test_an_internal_member_is_not_shown_nor_counted_nor_in_the_title(session):
    hidden = challenge(session, "kortrijk", "Glasvezel en wifi voor de eBox", visibility=Visibility.INTERNAL)
    visible = challenges(session, {"menen": "Brieven via de eBox", "kuurne": "Portkosten"})
    refresh_likeness(session, COORDINATOR)
    group = session.scalars(select(ChallengeGroup)).one()
    group.title = "Glasvezel"  # as if the title spoke of the hidden one
    session.flush()
    for name, viewer in outsiders(session).items():
        (found,) = subjects(session, viewer)
        assert (found.title, len(found.members), len(found.partners)) == ("Digitale post", 2, 2), name
        assert hidden.code not in spelled(found), name
        assert set(subject_titles(session, viewer)) == {row.id for row in visible}, name
    for viewer in insiders(session).values():
        assert len(subjects(session, viewer)[0].members) in (2, 3)


def test_most_partners_stand_first_and_members_by_partner(session, both):
    post, servers = subjects(session, ADMIN)
    assert titles([post, servers]) == ["Digitale post", "Servers en cloud"]
    assert [partner.slug for partner in post.partners] == ["kortrijk", "kuurne", "menen"]
    assert {member.code for member in servers.members} == {row.code for row in both[1]}


def test_nothing_merges(session, both):
    assert session.scalar(select(func.count()).select_from(Challenge)) == 5
    assert sum(len(one.members) for one in subjects(session, ADMIN)) == 5


def test_a_rejected_subject_is_not_shown_and_a_confirmed_one_with_the_title_people_gave(session, both):
    post, servers = subjects(session, ADMIN)
    reject_subject(session, COORDINATOR, group_id=servers.id, version=servers.version)
    confirm_subject(session, COORDINATOR, group_id=post.id, version=post.version, title="Zonder papier")
    (found,) = subjects(session, ADMIN)
    assert (found.title, found.state) == ("Zonder papier", GroupState.CONFIRMED)
    assert subjects(session, ADMIN, [GroupState.SUGGESTED]) == []
    assert set(subject_titles(session, ADMIN).values()) == {"Zonder papier"}


def test_an_empty_database_has_no_subjects(empty_session):
    assert subjects(empty_session, ADMIN) == []
    assert candidate_coalitions(empty_session, ADMIN) == []
    assert subject_titles(empty_session, ADMIN) == {}


@pytest.mark.parametrize(
    ("scope", "phase", "still"),
    [
        (ProjectScope.REGIONAL, Phase.EXECUTION, False),
        (ProjectScope.WIDER, Phase.IDEA, False),
        (ProjectScope.REGIONAL, Phase.STOPPED, True),
        (ProjectScope.LOCAL, Phase.EXECUTION, True),
    ],
)
def test_a_subject_that_a_living_shared_project_answers_is_no_candidate(session, both, scope, phase, still):
    link(session, make_project(session, scope=scope, phase=phase), both[0][0])
    assert ("Digitale post" in titles(one.subject for one in candidate_coalitions(session, ADMIN))) is still


def test_only_open_challenges_make_a_candidate(session, both):
    both[1][0].status = ChallengeStatus.SOLVED
    session.flush()
    assert titles(one.subject for one in candidate_coalitions(session, ADMIN)) == ["Digitale post"]
    assert len(subjects(session, ADMIN)) == 2


def test_a_candidate_names_the_shared_projects_that_sound_like_it(session, both):
    project = make_project(session, scope=ProjectScope.REGIONAL, title="Samen naar de eBox")
    candidate = candidate_coalitions(session, ADMIN)[0]
    assert project.code in {answer.code for answer in candidate.alike}


def test_without_a_fitting_indicator_experts_could_take_it_up(session, both):
    candidate = candidate_coalitions(session, ADMIN)[0]
    assert (candidate.indicator_code, candidate.standings, candidate.advice.code) == (None, (), EXPERTS)


def test_where_the_second_of_the_region_is_among_them_the_challenger_leads(session):
    ranked = session.scalars(select(Observation).order_by(Observation.id).limit(1)).one()
    challenges(session, {"waregem": "E-loket uitbouwen", "kuurne": "Meer in het digitaal loket"})
    refresh_likeness(session, COORDINATOR)
    (candidate,) = candidate_coalitions(session, ADMIN)
    assert candidate.indicator_code is not None
    assert [one.rank for one in candidate.standings] == sorted(one.rank for one in candidate.standings)
    assert {one.partner.slug for one in candidate.standings if one.among} == {"waregem", "kuurne"}
    seconds = {one.partner.slug for one in candidate.standings if one.rank == 2}
    assert (candidate.advice.code == CHALLENGER) == bool(seconds & {"waregem", "kuurne"})
    assert ranked.year  # there is an edition to stand on


def test_the_number_of_statements_does_not_grow_with_the_subjects(session, both, statements):
    with statements() as few:
        candidate_coalitions(session, ADMIN)
    challenges(session, {"avelgem": "Telefooncentrale vervangen", "anzegem": "Verouderde telefonie"})
    challenges(session, {"avelgem": "Gratis wifi", "anzegem": "Publieke wifi"})
    refresh_likeness(session, COORDINATOR)
    with statements() as more:
        assert len(candidate_coalitions(session, ADMIN)) == 4
    assert len(more) == len(few)
