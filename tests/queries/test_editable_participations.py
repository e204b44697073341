"""Which participations a role may edit, as which row and version, and whom it may add or ask."""

from datetime import date

import pytest

from portal import clock
from portal.commands.coalitions.participations import answer_participation
from portal.permissions import Role
from portal.queries.coalitions.participations import (
    editable_participation,
    editable_participations,
    leads_beside,
    partners_to_ask,
    partners_without_state,
)
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState, ProjectScope, Visibility
from tests.makers import make_coalition, make_participation, make_partner, partner_of, viewer
from tests.queries.conftest import ADMIN

S = ParticipationState
COORDINATOR = viewer(Role.COORDINATOR)
BEGAN = date(2026, 3, 2)


@pytest.fixture
def project(session):
    return make_coalition(session, {"wervik": S.MEMBER, "menen": S.LEAD, "kuurne": S.NOT_ASKED}, code="R-70")


def slugs(session, by, code="R-70"):
    return [*[row["partner"] for row in editable_participations(session, by, code)]]


def test_nobody_but_a_director_and_who_edits_for_the_region_gets_a_row(session, project):
    wervik, kuurne = partner_of(session, "wervik"), partner_of(session, "kuurne")
    for role in (Role.STEERING, Role.MAYOR, Role.ATELIER):
        by = viewer(role, wervik, ateliers=[1, 2, 3, 4, 5])
        assert not editable_participations(session, by), role
        assert [f(session, by, "R-70") for f in (partners_without_state, partners_to_ask)] == [[], []], role
        assert partners_without_state(session, by, "") == [], role
    assert slugs(session, viewer(Role.DIRECTOR)) == []
    assert slugs(session, viewer(Role.DIRECTOR, wervik)) == ["wervik"]
    assert slugs(session, viewer(Role.DIRECTOR, wervik, kuurne)) == ["kuurne", "wervik"]
    assert slugs(session, COORDINATOR) == slugs(session, ADMIN) == ["kuurne", "menen", "wervik"]


def test_anothers_row_is_not_there_by_its_number_either(session, project):
    row = make_participation(session, project=project, partner="avelgem")
    for by, found in ((viewer(Role.DIRECTOR, partner_of(session, "wervik")), 0), (COORDINATOR, 1)):
        assert len(editable_participation(session, by, row.id)) == found
    assert not editable_participation(session, COORDINATOR, 10**6)


def test_what_holds_is_offered_under_its_first_number_with_every_value(session, project):
    first = make_participation(session, project=project, partner="avelgem", state=S.NOT_ASKED, asked_on=BEGAN)
    values = {"state": S.LATER, "expected_on": date(2027, 3, 1), "reason": "Eerst de fusie"}
    values |= {"improvement": Improvement.NO, "decision_on": BEGAN, "decision_status": DecisionStatus.REQUESTED}
    holds = answer_participation(session, COORDINATOR, row_id=first.id, version=1, values=values)
    (row,) = editable_participation(session, COORDINATOR, first.id)
    assert {key: row[key] for key in values} == values
    assert (row["id"], row["since"], row["asked_on"]) == (first.id, clock.today(), None)
    assert row["version"] == first.version + holds.version == 3
    assert not editable_participation(session, COORDINATOR, holds.id)
    assert (row["project"], row["title"], row["partner"], row["partner_name"]) == (
        *("R-70", project.title),
        *("avelgem", "Avelgem"),
    )


def test_a_local_an_archived_and_a_gone_one_is_not_offered(session, project):
    make_participation(session, project=project, partner=make_partner(session, archived_at=clock.now()))
    make_participation(session, project=project, partner="avelgem", archived_at=clock.now())
    make_participation(session, project=project, partner="anzegem", until=clock.today())
    assert slugs(session, COORDINATOR) == ["kuurne", "menen", "wervik"]
    free = {slug for slug, _ in partners_without_state(session, COORDINATOR, "R-70")}
    assert {"avelgem", "anzegem"} <= free
    project.scope = ProjectScope.LOCAL
    session.flush()
    assert slugs(session, COORDINATOR) == partners_without_state(session, COORDINATOR, "R-70") == []
    assert partners_to_ask(session, COORDINATOR, "R-70") == []


def test_all_projects_stand_by_code_and_their_partners_by_name(session, project):
    make_coalition(session, {"wervik": S.FOLLOWS}, code="R-60")
    found = editable_participations(session, COORDINATOR)
    assert [(row["project"], row["partner"]) for row in found if row["project"] in {"R-60", "R-70"}] == [
        ("R-60", "wervik"),
        *(("R-70", slug) for slug in ("kuurne", "menen", "wervik")),
    ]


def test_an_internal_project_is_offered_to_who_reported_it_and_to_nobody_else(session, project):
    project.visibility, project.reported_by_id = Visibility.INTERNAL, partner_of(session, "menen").id
    session.flush()
    own, other = (viewer(Role.DIRECTOR, partner_of(session, slug)) for slug in ("menen", "wervik"))
    assert (slugs(session, own), slugs(session, other)) == (["menen"], [])
    row = make_participation(session, project=project, partner="avelgem", state=S.MEMBER)
    assert leads_beside(session, own, row.id) == ["Menen"]
    assert leads_beside(session, other, row.id) == []
    stranger = viewer(Role.DIRECTOR, partner_of(session, "anzegem"))
    assert partners_without_state(session, stranger, "R-70") == []


def test_who_led_or_was_taken_away_leads_no_more(session, project):
    make_participation(session, project=project, partner="avelgem", state=S.LEAD, until=clock.today())
    row = make_participation(session, project=project, partner="anzegem", state=S.LEAD, archived_at=clock.now())
    assert leads_beside(session, COORDINATOR, row.id) == ["Menen"]


def test_whom_one_may_ask_is_who_is_there_and_was_not_asked(session, project):
    gone = make_partner(session, archived_at=clock.now())
    make_participation(session, project=project, partner="avelgem", state=S.NOT_ASKED, asked_on=BEGAN)
    make_participation(session, project=project, partner="anzegem", state=S.DECLINED, reason="x", until=BEGAN)
    offered = [slug for slug, _ in partners_to_ask(session, COORDINATOR, "R-70")]
    assert {"kuurne", "anzegem"} <= set(offered)
    assert set(offered).isdisjoint({gone.slug, "avelgem", "menen", "wervik"})
    names = [name for _, name in partners_to_ask(session, COORDINATOR, "R-70")]
    assert names == sorted(names, key=str.casefold)
