"""The coalition of the willing: every state with its dates, who leads, and how many take part."""

from datetime import date

import pytest

from portal import clock
from portal.permissions import Role
from portal.queries.coalitions.coalitions import coalitions_of, count_coalitions, participations_of
from portal.vocabulary import (
    DecisionStatus,
    Health,
    Improvement,
    ParticipationState,
    Phase,
    ProjectScope,
    Visibility,
)
from tests.makers import make_coalition, make_participation, make_partner, make_project, partner_of, viewer
from tests.queries.conftest import ADMIN
from tests.reading import table

LEAD, MEMBER, FOLLOWS = ParticipationState.LEAD, ParticipationState.MEMBER, ParticipationState.FOLLOWS


@pytest.fixture
def own(session):
    """A partner that is in nothing yet."""
    return make_partner(session, "eigen")


def test_a_project_nobody_was_asked_for_has_no_states(session):
    assert participations_of(session, make_project(session).id) == []


def test_states_that_hold_stand_in_the_order_of_the_field_then_by_name(session):
    project = make_project(session, scope=ProjectScope.REGIONAL)
    states = list(ParticipationState)
    for number, state in enumerate(reversed(states)):
        make_participation(session, project=project, partner=make_partner(session, f"p-{number}"), state=state)
    make_participation(session, project=project, partner=make_partner(session, "a-lid"), state=MEMBER)
    found = participations_of(session, project.id)
    assert list(dict.fromkeys(one.state for one in found)) == states
    assert [one.partner_slug for one in found if one.state is MEMBER] == ["a-lid", "p-5"]


def test_states_that_ended_come_last_the_newest_of_them_first(session, own):
    project = make_project(session, scope=ProjectScope.REGIONAL)
    for year, state in ((2024, ParticipationState.LATER), (2025, FOLLOWS)):
        make_participation(
            session, project=project, partner=own, state=state, since=date(year, 1, 1), until=date(year, 12, 31)
        )
    make_participation(session, project=project, partner=own, state=ParticipationState.DECLINED)
    found = participations_of(session, project.id)
    assert [one.state.value for one in found] == ["niet", "volgt", "later"]
    assert [one.until for one in found] == [None, date(2025, 12, 31), date(2024, 12, 31)]


def test_an_archived_state_is_not_told(session, own):
    project = make_project(session, scope=ProjectScope.REGIONAL)
    make_participation(session, project=project, partner=own, archived_at=clock.now())
    assert participations_of(session, project.id) == []


def test_a_state_tells_its_decision_and_what_got_better(session, own):
    project = make_project(session, scope=ProjectScope.REGIONAL)
    decision = {
        "decision_organ": "Gemeenteraad",
        "decision_on": date(2026, 2, 3),
        "decision_url": "https://raad.voorbeeld.example/12",
        "decision_status": DecisionStatus.TAKEN,
    }
    make_participation(
        session,
        project=project,
        partner=own,
        improvement=Improvement.YES,
        improvement_note="Minder wachten",
        **decision,
    )
    (row,) = participations_of(session, project.id)
    assert {name: getattr(row, name) for name in decision} == decision
    assert (row.improvement, row.improvement_note) == (Improvement.YES, "Minder wachten")


def test_what_nobody_decided_or_measured_is_unknown_and_not_a_no(session, own):
    project = make_project(session, scope=ProjectScope.REGIONAL)
    make_participation(session, project=project, partner=own)
    (row,) = participations_of(session, project.id)
    assert (row.improvement, row.decision_status, row.decision_on) == ("onbekend", None, None)


def test_a_partner_in_nothing_has_no_coalitions(session, own):
    assert coalitions_of(session, ADMIN, "eigen") == []


def test_coalitions_stand_by_our_state_and_then_by_code(session, own):
    for code, state in (("C-1", FOLLOWS), ("C-4", LEAD), ("C-3", MEMBER), ("C-2", MEMBER)):
        make_coalition(session, {"eigen": state}, code=code)
    assert [one.code for one in coalitions_of(session, ADMIN, "eigen")] == ["C-4", "C-2", "C-3", "C-1"]


def test_two_leads_are_both_named_and_a_name_outside_the_region_only_without_them(session, own):
    states = {"eigen": MEMBER, "wervik": LEAD, "menen": LEAD}
    make_coalition(session, states, code="C-TWEE", external_lead="De provincie")
    make_coalition(session, {"eigen": MEMBER}, code="C-BUITEN", external_lead="De provincie")
    make_coalition(session, {"eigen": MEMBER}, code="C-NIEMAND")
    leads = table(coalitions_of(session, ADMIN, "eigen"), by="code")["lead"]
    assert leads["C-TWEE"] == "Menen; Wervik"
    assert leads["C-BUITEN"] == "De provincie"
    assert leads["C-NIEMAND"] is None


def test_partners_are_counted_that_take_part_now_and_no_others(session, own):
    states = {
        "eigen": ParticipationState.LATER,
        "wervik": LEAD,
        "menen": ParticipationState.COACHED,
        "kuurne": FOLLOWS,
        "kortrijk": ParticipationState.DECLINED,
    }
    project = make_coalition(session, states, code="C-1")
    make_participation(session, project=project, partner="avelgem", until=date(2026, 6, 1))
    (row,) = coalitions_of(session, ADMIN, "eigen")
    assert (row.partners, row.takes_part, row.state.label) == (2, False, "Stapt later in")


def test_our_state_tells_when_we_come_in_and_why_not_yet(session, own):
    project = make_project(session, scope=ProjectScope.WIDER, code="C-1", health=Health.AMBER, phase=Phase.ON_HOLD)
    make_participation(
        session,
        project=project,
        partner=own,
        state=ParticipationState.LATER,
        since=date(2026, 1, 5),
        expected_on=date(2027, 1, 1),
        reason="Na de fusie",
    )
    (row,) = coalitions_of(session, ADMIN, "eigen")
    assert (row.since, row.expected_on, row.reason) == (date(2026, 1, 5), date(2027, 1, 1), "Na de fusie")
    assert (row.scope, row.phase.label, row.health.label) == ("bovenregionaal", "on hold", "oranje")
    assert row.collaboration_type is None


@pytest.mark.parametrize(
    "given",
    [
        {"scope": ProjectScope.LOCAL},
        {"phase": Phase.FINISHED},
        {"phase": Phase.STOPPED},
        {"archived_at": clock.now()},
    ],
    ids=["local", "finished", "stopped", "archived"],
)
def test_what_is_not_shared_or_no_longer_lives_is_no_coalition(session, own, given):
    before = count_coalitions(session, ADMIN)
    make_coalition(session, {"eigen": LEAD}, **given)
    assert coalitions_of(session, ADMIN, "eigen") == []
    assert count_coalitions(session, ADMIN) == before


def test_an_internal_coalition_counts_for_everybody_and_is_told_to_those_who_may_know_of_it(session, own):
    steering, director = viewer(Role.STEERING), viewer(Role.DIRECTOR, own)
    before = {by: count_coalitions(session, by) for by in (steering, director, ADMIN)}
    make_coalition(session, {"eigen": LEAD}, visibility=Visibility.INTERNAL, reported_by=own)
    assert {by: count_coalitions(session, by) - before[by] for by in before} == {steering: 1, director: 1, ADMIN: 1}
    assert coalitions_of(session, steering, "eigen") == []
    assert len(coalitions_of(session, director, "eigen")) == 1


def test_in_the_demo_every_lead_of_a_coalition_takes_part_in_it(demo_session):
    for slug in ("wervik", "kortrijk", "leiedal"):
        partner = partner_of(demo_session, slug)
        rows = coalitions_of(demo_session, viewer(Role.STEERING), slug)
        assert len(rows) > 0
        leads = [row for row in rows if row.state is LEAD]
        assert all(partner.title in row.lead and row.takes_part for row in leads)
        assert all(row.partners > 0 for row in rows if row.takes_part)
