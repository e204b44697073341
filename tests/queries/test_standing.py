"""Where partners stand, whom to call, and whether an address names a row."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.db.models import UserPartner
from portal.permissions import PermissionDenied, Role, Viewer
from portal.queries.coalitions.participations import Invitation, invitations_of
from portal.queries.exists import row_exists
from portal.queries.inventory.project_rows import ProjectRow
from portal.queries.partners.figures import (
    joined_partners,
    overdue,
    partner_standing,
    was_surveyed,
)
from portal.queries.partners.partners import contacts_of
from portal.queries.visible import partner_ids
from portal.vocabulary import ChallengeStatus, ParticipationState, Phase, ProjectScope, Visibility
from tests.databases import undone
from tests.makers import (
    link,
    make_action,
    make_challenge,
    make_coalition,
    make_condition,
    make_endorsement,
    make_meeting,
    make_participation,
    make_partner,
    make_project,
    make_user,
    partner_of,
    viewer,
)
from tests.reading import row, table

STEERING = viewer(Role.STEERING)
TODAY = date(2026, 11, 22)
TOPIC = {"theme": "data", "service": "it"}


@pytest.mark.parametrize(
    ("given", "late"),
    [
        ({"end_expected": date(2026, 11, 21)}, 1),
        ({"end_expected": TODAY}, 0),
        ({"end_first_planned": date(2026, 11, 21)}, 1),
        ({"end_first_planned": date(2026, 1, 1), "end_expected": date(2027, 1, 1)}, 0),
        ({"end_expected": date(2026, 1, 1), "phase": Phase.FINISHED}, 0),
        ({"end_expected": date(2026, 1, 1), "phase": Phase.STOPPED}, 0),
        ({"end_expected": date(2026, 1, 1), "ended": date(2026, 2, 1)}, 0),
        ({}, 0),
    ],
)
def test_a_project_is_over_time_when_it_lives_on_after_its_expected_end(given: dict[str, object], late: int):
    assert len(overdue([row(ProjectRow, **{"phase": Phase.EXECUTION} | given)], TODAY)) == late


def test_a_partner_without_anything_stands_at_nought(session: Session):
    make_partner(session, "stil")
    found = partner_standing(session, STEERING, "stil")
    assert (found.challenges, found.projects, found.coalitions, found.leads, found.conditions) == (0, 0, 0, 0, 0)
    assert not found.surveyed


def test_only_what_stands_in_the_published_count_was_surveyed(session: Session):
    assert was_surveyed(session, "wervik")
    assert not was_surveyed(session, "spiere-helkijn")


def test_what_is_solved_is_not_open_and_what_is_answered_has_a_project(session: Session):
    own = make_challenge(session, partner="wervik", **TOPIC)
    make_challenge(session, partner="menen", **TOPIC)
    make_challenge(session, partner="wervik", theme="mensen", service="it")
    make_challenge(session, partner="wervik", status=ChallengeStatus.SOLVED, **TOPIC)
    found = partner_standing(session, STEERING, "wervik")
    assert (found.challenges, found.open_challenges, found.without_project) == (3, 2, 2)
    link(session, make_project(session, reported_by="wervik"), own)
    found = partner_standing(session, STEERING, "wervik")
    assert (found.challenges, found.open_challenges, found.without_project) == (3, 2, 1)


def test_what_is_internal_counts_whoever_looks(session: Session):
    wervik = make_challenge(session, partner="wervik", visibility=Visibility.INTERNAL, **TOPIC).partner
    make_project(session, reported_by="wervik", visibility=Visibility.INTERNAL)
    others = partner_standing(session, STEERING, "wervik")
    assert (others.challenges, others.projects) == (1, 1)
    own = partner_standing(session, viewer(Role.DIRECTOR, wervik), "wervik")
    assert (own.challenges, own.projects) == (1, 1)


def test_leading_is_taking_part_and_following_is_not(session: Session):
    before = partner_standing(session, STEERING, "menen")
    make_coalition(session, {"menen": ParticipationState.LEAD, "wervik": ParticipationState.MEMBER})
    make_coalition(session, {"menen": ParticipationState.FOLLOWS})
    make_coalition(session, {"menen": ParticipationState.LEAD}, phase=Phase.FINISHED)
    now = partner_standing(session, STEERING, "menen")
    assert now.coalitions - before.coalitions == now.leads - before.leads == 1
    assert now.of_coalitions - before.of_coalitions == 2
    joined = table(joined_partners(session, STEERING), by="slug")
    assert (joined.at["menen", "coalitions"], joined.at["menen", "leads"]) == (now.coalitions, now.leads)


def test_every_partner_stands_in_the_list_of_coalitions(session: Session):
    make_partner(session, "alleen")
    joined = table(joined_partners(session, STEERING), by="slug")
    assert (joined.at["alleen", "coalitions"], joined.at["alleen", "leads"]) == (0, 0)


def invitations(session: Session, by: Viewer, slug: str) -> list[Invitation]:
    found = invitations_of(session, by, partner_ids(frozenset({slug})))
    own = viewer(Role.DIRECTOR, partner_of(session, slug))
    of_its_own = invitations_of(session, own, partner_ids(frozenset({slug})))
    assert partner_standing(session, by, slug).invitations == len(of_its_own)
    return found


def test_an_invitation_is_open_until_it_is_answered(session: Session):
    asked = {"partner": "wervik", "state": ParticipationState.NOT_ASKED}
    make_participation(session, **asked)
    waiting = make_participation(session, asked_on=date(2026, 10, 1), **asked)
    make_participation(session, asked_on=date(2026, 10, 1), partner="wervik", state=ParticipationState.DECLINED)
    make_participation(session, asked_on=date(2026, 9, 1), until=date(2026, 10, 1), since=None, **asked)
    assert [one.asked_on for one in invitations(session, STEERING, "wervik")] == [waiting.asked_on]
    assert invitations(session, STEERING, "menen") == []


def test_a_project_that_ended_asks_nothing_any_more(session: Session):
    ended = make_project(session, scope=ProjectScope.REGIONAL, phase=Phase.STOPPED)
    make_participation(
        session, project=ended, partner="wervik", state=ParticipationState.NOT_ASKED, asked_on=date(2026, 10, 1)
    )
    assert invitations(session, STEERING, "wervik") == []


def test_an_internal_project_asks_in_silence(session: Session):
    quiet = make_project(session, scope=ProjectScope.REGIONAL, visibility=Visibility.INTERNAL, reported_by="menen")
    make_participation(
        session, project=quiet, partner="wervik", state=ParticipationState.NOT_ASKED, asked_on=date(2026, 10, 1)
    )
    assert invitations(session, STEERING, "wervik") == []
    assert len(invitations(session, viewer(Role.COORDINATOR), "wervik")) == 1


def test_what_waits_for_a_partner_is_one_number_whoever_looks(session: Session):
    asked = {"partner": "wervik", "state": ParticipationState.NOT_ASKED, "asked_on": date(2026, 10, 1)}
    make_participation(session, **asked)
    make_condition(session, make_endorsement(session, partner="wervik"))
    meeting = make_meeting(session, number=900)
    for slug, done_on in (("wervik", None), ("wervik", date(2026, 10, 2)), ("menen", None)):
        make_action(session, meeting=meeting, owner=slug, done_on=done_on)
    own = viewer(Role.DIRECTOR, partner_of(session, "wervik"))
    looking = (STEERING, viewer(Role.MAYOR), own, viewer(Role.COORDINATOR))
    found = [partner_standing(session, by, "wervik") for by in looking]
    assert [(one.invitations, one.conditions, one.actions, one.waiting) for one in found] == [(1, 1, 1, 3)] * 4


def test_a_condition_is_open_until_it_is_resolved(session: Session):
    level = make_endorsement(session, partner="wervik")
    make_condition(session, level)
    make_condition(session, level, resolved_on=date(2026, 10, 1))
    assert partner_standing(session, STEERING, "wervik").conditions == 1


def test_whom_to_call_are_the_directors_who_may_sign_in(session: Session):
    wervik = make_partner(session, "aan-de-leie")
    people = [
        make_user(session, Role.DIRECTOR, name="An"),
        make_user(session, Role.DIRECTOR, name="Bo", active=False),
        make_user(session, Role.MAYOR, name="Cis"),
    ]
    session.add_all(UserPartner(user_id=one.id, partner_id=wervik.id) for one in people)
    session.flush()
    found = contacts_of(session, STEERING, ["aan-de-leie", "menen"])
    assert [(one.name, one.partner_slug) for one in found] == [("An", "aan-de-leie")]
    assert contacts_of(session, STEERING, []) == []


def test_every_role_may_know_whom_to_call(engine: Engine, subtests: pytest.Subtests):
    for role in Role:
        with subtests.test(role=role), undone(engine) as session:
            try:
                contacts_of(session, Viewer(role), ["wervik"])
            except PermissionDenied:
                pytest.fail(f"{role.label} may not see whom to call")


def test_a_page_without_a_row_is_always_there(session: Session):
    assert row_exists(session, STEERING, "inventory", "")


@pytest.mark.parametrize("page", ["challenge", "project", "partner"])
def test_an_address_that_names_nothing_leads_nowhere(session: Session, page: str):
    assert not row_exists(session, STEERING, page, "bestaat-niet")
    assert not row_exists(session, STEERING, page, "")


def test_an_internal_row_is_not_there_for_others(session: Session):
    challenge = make_challenge(session, partner="wervik", visibility=Visibility.INTERNAL)
    project = make_project(session, reported_by="wervik", visibility=Visibility.INTERNAL)
    own = viewer(Role.DIRECTOR, challenge.partner)
    for page, code in (("challenge", challenge.code), ("project", project.code)):
        assert not row_exists(session, STEERING, page, code)
        assert row_exists(session, own, page, code)
    assert row_exists(session, STEERING, "partner", "wervik")
