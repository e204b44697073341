"""What waits for a partner's answer, what it answered of late, and who leads beside it."""

from datetime import date, timedelta

import pytest

from portal import clock
from portal.db.models import Project
from portal.permissions import Role, RowNotFound
from portal.queries.coalitions.candidates import find_subject
from portal.queries.coalitions.coalitions import leading_now, shared_project_options, shared_projects
from portal.queries.coalitions.participations import (
    answered_of,
    invitations_of,
    leads_beside,
    partners_to_ask,
    partners_without_state,
)
from portal.vocabulary import ParticipationState, Phase, Visibility
from tests.makers import make_coalition, make_participation, make_partner, make_project, partner_of, viewer

S = ParticipationState
TODAY = clock.today()
ASKED = date(2026, 2, 2)
COORDINATOR, MAYOR = viewer(Role.COORDINATOR), viewer(Role.MAYOR)


@pytest.fixture
def place(session):
    """A partner of its own, so that nothing else is asked of it."""
    return make_partner(session)


def ask(session, place, **given):
    rest = {"state": S.NOT_ASKED, "since": ASKED, "asked_on": ASKED}
    return make_participation(session, partner=place, **rest | given)


def waiting(session, *places, by=COORDINATOR):
    return invitations_of(session, by, [one.id for one in places])


def test_nobody_is_asked_for_whom_nobody_answers(session, place):
    ask(session, place)
    assert waiting(session) == []
    assert answered_of(session, COORDINATOR, []) == []


def test_an_invitation_tells_who_leads_and_how_many_are_in(session, place):
    project = make_coalition(session, {"menen": S.LEAD, "kuurne": S.MEMBER, "wervik": S.FOLLOWS}, description="Samen")
    row = ask(session, place, project=project)
    (found,) = waiting(session, place)
    assert (found.id, found.code, found.description, found.asked_on) == (row.id, project.code, "Samen", ASKED)
    assert (found.lead, found.joined) == ("Menen", 2)


def test_who_leads_from_outside_is_named_and_nobody_is_nobody(session, place):
    ask(session, place, project=make_coalition(session, external_lead="Gent"))
    ask(session, place, project=make_coalition(session), asked_on=date(2026, 2, 3))
    assert [(one.lead, one.joined) for one in waiting(session, place)] == [("Gent", 0), (None, 0)]


def test_only_what_was_asked_waits_and_only_while_the_project_lives(session, place):
    ask(session, place, asked_on=None)
    ask(session, place, state=S.FOLLOWS)
    ask(session, place, project=make_coalition(session, phase=Phase.STOPPED))
    ask(session, place, project=make_project(session))
    assert waiting(session, place) == []
    ask(session, place, project=make_coalition(session, visibility=Visibility.INTERNAL))
    assert len(waiting(session, place)) == 1
    assert waiting(session, place, by=viewer(Role.DIRECTOR, place)) == []


def test_the_longest_waiting_comes_first_under_the_number_that_stays(session, place):
    later = ask(session, place, asked_on=TODAY)
    first = ask(session, place, state=S.MEMBER, until=ASKED, asked_on=None)
    ask(session, place, project=None, asked_on=TODAY - timedelta(days=1))
    again = make_participation(
        session, project=project_of(session, first), partner=place, state=S.NOT_ASKED, asked_on=ASKED
    )
    found = waiting(session, place)
    days, ids = [one.asked_on for one in found], [one.id for one in found]
    assert days == sorted(days)
    assert (ids[0], again.id in ids, ids[-1]) == (first.id, False, later.id)


def project_of(session, row):
    return session.get_one(Project, row.project_id)


def answer(session, place, **given):
    """An invitation that was answered."""
    row = ask(session, place, until=given["since"])
    return make_participation(session, project=project_of(session, row), partner=place, **given)


def test_an_answer_is_said_for_fourteen_days_and_other_changes_are_not(session, place):
    answer(session, place, state=S.LATER, since=TODAY - timedelta(days=14), expected_on=TODAY, reason="Eerst dit")
    answer(session, place, state=S.MEMBER, since=TODAY)
    answer(session, place, state=S.MEMBER, since=TODAY - timedelta(days=15))
    make_participation(session, partner=place, state=S.MEMBER, since=TODAY)
    found = answered_of(session, COORDINATOR, [place.id])
    assert [one.state for one in found] == [S.MEMBER, S.LATER]
    assert (found[1].expected_on, found[1].reason) == (TODAY, "Eerst dit")


def test_who_was_not_asked_yet_can_be_and_only_by_who_invites(session, place):
    project = make_coalition(session, {"menen": S.LEAD, "kuurne": S.NOT_ASKED})
    ask(session, place, project=project)
    offered = {slug for slug, _ in partners_to_ask(session, COORDINATOR, project.code)}
    assert offered.isdisjoint({"menen", place.slug})
    assert {"kuurne", "wervik"} <= offered
    director = viewer(Role.DIRECTOR, place)
    assert [partners_to_ask(session, by, project.code) for by in (director, MAYOR)] == [[], []]
    assert partners_to_ask(session, COORDINATOR, "") == partners_to_ask(session, COORDINATOR, "R-99") == []


def test_a_director_may_add_the_own_partner_where_it_has_no_state(session, place):
    project = make_coalition(session, {"menen": S.LEAD})
    by = viewer(Role.DIRECTOR, place, partner_of(session, "menen"))
    assert [slug for slug, _ in partners_without_state(session, by, project.code)] == [place.slug]
    assert {slug for slug, _ in partners_without_state(session, by, "")} == {place.slug, "menen"}
    local = make_project(session)
    assert partners_without_state(session, by, local.code) == partners_without_state(session, MAYOR, "") == []


def test_the_leads_of_a_project_are_named_once_each(session):
    project = make_coalition(session, {"wervik": S.LEAD, "menen": S.LEAD, "kuurne": S.MEMBER})
    row = make_participation(session, project=project, partner="deerlijk", state=S.FOLLOWS)
    assert leads_beside(session, COORDINATOR, row.id) == ["Menen", "Wervik"]
    assert leads_beside(session, COORDINATOR, 10**6) == []
    assert leading_now(session, COORDINATOR)[project.code] == {"menen", "wervik"}


def test_an_ended_project_is_shared_but_no_choice(session):
    ended, hidden = (
        make_coalition(session, phase=Phase.FINISHED),
        make_coalition(session, visibility=Visibility.INTERNAL),
    )
    assert ended.code in dict(shared_projects(session, MAYOR))
    assert ended.code not in dict(shared_project_options(session, MAYOR))
    assert hidden.code not in dict(shared_projects(session, MAYOR))
    assert dict(shared_project_options(session, COORDINATOR))[hidden.code] == f"{hidden.code} {hidden.title}"


@pytest.mark.parametrize("number", ["", "0", "x", "999999"])
def test_a_subject_that_is_none_is_not_found(session, number):
    with pytest.raises(RowNotFound):
        find_subject(session, COORDINATOR, number)
