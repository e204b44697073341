"""A coalition starts from a subject: one act, everything or nothing."""

import pytest
from sqlalchemy import func, select

from portal.commands.base import Conflict, Refused
from portal.commands.coalitions.coalitions import Plan, start_coalition
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.subjects import confirm_subject, reject_subject, split_subject
from portal.db.models import Audit, ChallengeGroup, Participation, Partner, Project, ProjectChallenge
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.coalitions.candidates import candidate_coalitions
from portal.vocabulary import GroupState, ParticipationState, Phase, ProjectScope
from tests.likeness.texts import COORDINATOR, POST, challenges, ids, members, suggestions
from tests.makers import viewer


@pytest.fixture
def post(session):
    """Like challenges of several partners, and the suggestion that they are one subject."""
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    (group,) = suggestions(session)
    session.commit()
    return group, rows


def start(session, group, rows, by=COORDINATOR, version=None, **more):
    plan = {"title": "Digitale post in de regio", "challenge_ids": frozenset(ids(rows)), "partners": sorted(POST)}
    return start_coalition(session, by, group_id=group.id, version=version or group.version, plan=Plan(**plan | more))


def projects(session) -> int:
    return session.scalar(select(func.count()).select_from(Project))


@pytest.mark.parametrize("role", [role for role in Role if Permission.CONFIRM_GROUPS not in GRANTS[role]])
def test_who_may_not_confirm_subjects_starts_no_coalition(session, post, role):
    before = projects(session)
    with pytest.raises(PermissionDenied):
        start(session, *post, by=viewer(role))
    with pytest.raises(PermissionDenied):
        split_subject(session, viewer(role), group_id=post[0].id, version=1, title="x", challenge_ids=[])
    assert projects(session) == before


def test_the_project_its_challenges_and_the_invitations_come_together(session, post):
    group, rows = post
    project = start(session, group, rows, collaboration_type="3", description="Samen van het papier af")
    assert (project.scope, project.phase, project.title) == (
        ProjectScope.REGIONAL,
        Phase.IDEA,
        "Digitale post in de regio",
    )
    assert project.code.startswith("R-")
    assert project.collaboration_type.code == "3"
    linked = session.scalars(select(ProjectChallenge.challenge_id).filter_by(project_id=project.id))
    assert frozenset(linked) == ids(rows)
    invited = session.execute(
        select(Partner.slug, Participation.state, Participation.asked_on.is_not(None))
        .join(Participation, Participation.partner_id == Partner.id)
        .where(Participation.project_id == project.id)
    ).all()
    assert sorted(invited) == [(slug, ParticipationState.NOT_ASKED, True) for slug in sorted(POST)]
    assert group.state is GroupState.CONFIRMED
    traced = session.scalars(select(Audit.command).where(Audit.entity == "project", Audit.entity_id == project.id))
    assert set(traced) == {"start_coalition"}


def test_what_all_the_challenges_share_the_project_gets(session, post):
    group, rows = post
    rows[0].dimension_id = next(one for one in range(1, 5) if one != rows[1].dimension_id)
    session.commit()
    project = start(session, group, rows)
    assert (project.theme_id, project.service_id) == (rows[0].theme_id, rows[0].service_id)
    assert project.dimension_id is None


def test_a_second_click_does_not_start_it_twice(session, post):
    group, rows = post
    project = start(session, group, rows)
    with pytest.raises(Refused, match=f"{project.code} draagt deze titel al"):
        start(session, group, rows, title="Digitale  POST in de regio")
    assert start(session, group, rows, title="Digitale post, deel twee").code != project.code


def test_the_subject_is_no_candidate_any_more(session, post):
    assert [one.subject.id for one in candidate_coalitions(session, COORDINATOR)] == [post[0].id]
    start(session, *post)
    assert candidate_coalitions(session, COORDINATOR) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"partners": []}, "minstens één partner"),
        ({"partners": ["atlantis"]}, "bestaat niet"),
        ({"title": " "}, "Titel mag niet leeg"),
        ({"collaboration_type": "9"}, "bestaat niet"),
        ({"challenge_ids": frozenset()}, "minstens één uitdaging"),
        ({"challenge_ids": frozenset({10**6})}, "hoort niet"),
    ],
)
def test_one_thing_that_cannot_be_leaves_nothing_at_all(session, post, more, said):
    group, rows = post
    before = projects(session), session.scalar(select(func.count()).select_from(Audit))
    with pytest.raises(Refused, match=said):
        start(session, group, rows, **more)
    assert (projects(session), session.scalar(select(func.count()).select_from(Audit))) == before
    assert session.get_one(ChallengeGroup, group.id).state is GroupState.SUGGESTED


def test_a_subject_that_changed_or_was_rejected_starts_nothing(session, post):
    group, rows = post
    with pytest.raises(Conflict):
        start(session, group, rows, version=group.version + 1)
    stale = group.version
    confirm_subject(session, COORDINATOR, group_id=group.id, version=stale, title="Post")
    with pytest.raises(Conflict):
        start(session, group, rows, version=stale)
    reject_subject(session, COORDINATOR, group_id=group.id, version=group.version)
    with pytest.raises(RowNotFound):
        start(session, group, rows)
    with pytest.raises(RowNotFound):
        start_coalition(session, COORDINATOR, group_id=10**6, version=1, plan=Plan("x", frozenset({1}), ["kuurne"]))


def test_a_split_subject_is_two_subjects_that_stay(session):
    more = dict.fromkeys(("wervik", "menen", "kuurne", "zwevegem"), "Wij willen naar de eBox")
    rows = challenges(session, more)
    refresh_likeness(session, COORDINATOR)
    (group,) = suggestions(session)
    session.commit()
    seen = {"group_id": group.id, "version": group.version, "title": "eBox in het zuiden"}
    for chosen in ([rows[0].id], [10**6], ids(rows)):
        with pytest.raises(Refused):
            split_subject(session, COORDINATOR, **seen, challenge_ids=chosen)
    second = split_subject(session, COORDINATOR, **seen, challenge_ids=[rows[0].id, rows[1].id])
    assert (members(session, second), members(session, group)) == (ids(rows[:2]), ids(rows[2:]))
    refresh_likeness(session, COORDINATOR)
    assert suggestions(session) == []
