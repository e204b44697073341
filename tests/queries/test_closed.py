"""What is closed to a viewer: what is internal and another's, by every name it had; and what is shown instead."""

import pytest
from sqlalchemy import select

from portal import clock
from portal.closed import A_SUBJECT
from portal.commands.inventory.challenges import report_too
from portal.commands.inventory.subjects import add_subject
from portal.db.models import ChallengeGroup
from portal.permissions import Role
from portal.queries.closed import closed_to
from portal.queries.inventory.challenges import all_challenge_rows
from portal.queries.inventory.filters import ChallengeFilter
from portal.queries.inventory.subjects import subjects, title_for
from portal.queries.meetings.state import TABLE
from portal.vocabulary import ProjectScope, Visibility
from tests.makers import make_challenge, make_milestone, make_project, viewer
from tests.queries.conftest import ADMIN, insiders, outsiders, traced

COORDINATOR = viewer(Role.COORDINATOR)
INSIDE = {"visibility": Visibility.INTERNAL}


@pytest.fixture
def kept(session):
    """Of kortrijk an internal challenge and project, both archived or not; and what is open."""
    rows = [
        make_challenge(session, code="U-IN", partner="kortrijk", title="Kwetsbaar netwerk", **INSIDE),
        make_challenge(session, code="U-UIT", partner="kortrijk", archived_at=clock.now(), **INSIDE),
        make_project(session, code="P-IN", reported_by="kortrijk", **INSIDE),
    ]
    make_challenge(session, code="U-OPEN", partner="kortrijk")
    make_project(session, code="P-OPEN", reported_by="kortrijk")
    step = make_milestone(session, project=rows[2])
    return rows, step


def test_what_is_internal_is_closed_to_everybody_but_its_own_also_when_it_is_archived(session, kept):
    rows, step = kept
    for name, by in outsiders(session).items():
        found = closed_to(session, by)
        assert found.codes == {row.code for row in rows}, name
        assert (found.projects, found.milestones) == ({str(rows[2].id)}, {str(step.id)}), name
        assert found.challenges == {str(row.id) for row in rows[:2]}, name
    for name, by in insiders(session).items():
        assert closed_to(session, by).codes == set(), name


def test_an_internal_project_that_nobody_reported_is_closed_to_every_director(session):
    make_project(session, code="R-IN", scope=ProjectScope.REGIONAL, **INSIDE)
    closed = {name for name, by in insiders(session).items() if closed_to(session, by).codes}
    assert closed == {"directeur van kortrijk"}


def test_a_row_goes_by_every_title_it_ever_had(session, kept):
    (row, *_), _ = kept
    with traced(session):
        row.title = "Netwerk in orde"
        session.flush()
        row.title = "Netwerk opnieuw bekeken"
    found = closed_to(session, TABLE)
    for title in ("kwetsbaar netwerk", "Netwerk in orde", "Netwerk opnieuw bekeken", "U-in"):
        assert found.out_of(f"Over {title}.") == f"Over {A_SUBJECT}.", title
    assert found.out_of("Over een netwerk.") == "Over een netwerk."


@pytest.fixture
def united(session):
    """The coordinator reported another's internal challenge for two more partners."""
    row = make_challenge(session, partner="kortrijk", title="Geen back-up van de mail", code="U-MAIL")
    values = {name: getattr(row, name).code for name in ("theme", "dimension", "service")} | {"urgency": 1}
    for partner, title in (("menen", "Mail bewaren"), ("kuurne", "Oude berichten zijn weg")):
        values |= {"title": title}
        report_too(session, COORDINATOR, partner=partner, values=values, like=row.code)
    row.visibility = Visibility.INTERNAL
    session.commit()
    return row


def topics(session, by):
    return {one.topic for one in all_challenge_rows(session, by, ChallengeFilter())} - {""}


def test_who_may_not_know_the_row_reads_the_title_of_a_member_where_the_subject_bears_its_own(session, united):
    for name, by in outsiders(session).items():
        assert [one.title for one in subjects(session, by)] == ["Mail bewaren"], name
        assert topics(session, by) == {"Mail bewaren"}, name
    for name, by in insiders(session).items():
        assert [one.title for one in subjects(session, by)] == [united.title], name
        assert topics(session, by) == {united.title}, name


def test_a_title_that_somebody_typed_is_hidden_too_where_it_names_the_row(session, united):
    group = session.scalars(select(ChallengeGroup)).one()
    for title in (f"Regionaal: {united.title.upper()}?", f"{united.code} en andere"):
        group.title = title
        session.flush()
        assert topics(session, TABLE) == {"Mail bewaren"}
        assert topics(session, ADMIN) == {title}
    group.title = "Berichten bewaren"
    session.flush()
    assert topics(session, TABLE) == {"Berichten bewaren"}


def test_what_is_made_of_a_subject_for_all_to_see_bears_a_title_for_all_to_see(session, united):
    (subject,) = subjects(session, ADMIN)
    assert (subject.title, title_for(session, TABLE, subject)) == (united.title, "Mail bewaren")
    alone = [make_challenge(session, partner=partner, title=title, **INSIDE).id for partner, title in BOTH]
    add_subject(session, COORDINATOR, title=BOTH[0][1], challenge_ids=alone)
    last = next(one for one in subjects(session, ADMIN) if one.title == BOTH[0][1])
    assert title_for(session, TABLE, last) == A_SUBJECT
    assert title_for(session, ADMIN, last) == BOTH[0][1]


BOTH = (("menen", "Lek in de toegangen"), ("kuurne", "Toegangen zonder slot"))
