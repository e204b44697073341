"""The page of a partner: who it is, what it has, who shares it, who is behind it."""

from datetime import date

import pytest

from portal.commands.inventory.subjects import add_subject
from portal.permissions import Role, RowNotFound
from portal.queries.coalitions.coalitions import coalitions_of, count_coalitions
from portal.queries.coalitions.endorsement import endorsement_of, open_conditions_of
from portal.queries.inventory.counts import count_challenges
from portal.queries.inventory.covering import own_answers
from portal.queries.inventory.filters import ChallengeFilter
from portal.queries.partners.partners import (
    challenges_by_theme_and_urgency,
    partner_detail,
    partner_exists,
    partner_list,
    projects_of,
    roadmap_of,
)
from portal.vocabulary import (
    ChallengeStatus,
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    ParticipationState,
    PartnerKind,
    Phase,
    ProjectScope,
)
from tests.makers import (
    link,
    make_challenge,
    make_coalition,
    make_condition,
    make_endorsement,
    make_partner,
    make_project,
    make_roadmap_item,
    partner_of,
    viewer,
)
from tests.queries.conftest import ADMIN

TOPIC = {"service": "it", "theme": "data"}
OTHER = {"service": "sport", "theme": "mensen"}


def test_a_partner_that_does_not_exist_is_not_found(session):
    assert not partner_exists(session, ADMIN, "nergens")
    with pytest.raises(RowNotFound):
        partner_detail(session, ADMIN, "nergens")


def test_municipalities_come_first_each_kind_by_name_and_the_own_is_marked(session):
    make_partner(session, "aa-vereniging", kind=PartnerKind.SERVICE_ASSOCIATION)
    rows = partner_list(session, viewer(Role.DIRECTOR, partner_of(session, "wervik")))
    kinds = [row.kind for row in rows]
    assert kinds == sorted(kinds, key=list(PartnerKind).index)
    towns = [row.name for row in rows if row.kind is PartnerKind.MUNICIPALITY]
    assert towns == sorted(towns)
    assert [row.slug for row in rows if row.own] == ["wervik"]


def test_a_partner_names_its_neighbours(session):
    detail = partner_detail(session, ADMIN, "wervik")
    assert (detail.name, detail.own) == ("Wervik", False)
    assert detail.population > 0
    assert ("menen", "Menen") in detail.neighbours


def test_own_challenges_are_counted_per_theme_and_urgency(session):
    covered = make_challenge(session, partner="wervik", theme="data", urgency=3)
    link(session, make_project(session), covered)
    make_challenge(session, partner="wervik", theme="data", urgency=3)
    make_challenge(session, partner="wervik", theme="data", urgency=1, status=ChallengeStatus.SOLVED)
    make_challenge(session, partner="menen", theme="data", urgency=3)
    rows = challenges_by_theme_and_urgency(session, ADMIN, "wervik")
    assert [tuple(row)[2:] for row in rows.itertuples(index=False)] == [(3, 2, 2, 1), (1, 1, 0, 0)]
    own = count_challenges(session, ADMIN, ChallengeFilter(partners=frozenset({"wervik"})))
    assert rows["challenges"].sum() == own == 3


def test_own_projects_are_those_it_reported_soonest_end_first(session):
    make_project(session, code="LATER", reported_by="wervik", end_expected_on=date(2027, 1, 1))
    make_project(session, code="NOOIT", reported_by="wervik")
    make_project(session, code="EERST", reported_by="wervik", end_expected_on=date(2026, 1, 1))
    make_coalition(session, {"wervik": ParticipationState.LEAD}, code="SAMEN")
    assert [one.code for one in projects_of(session, ADMIN, "wervik")] == ["EERST", "LATER", "NOOIT"]


def test_coalitions_are_living_shared_projects_with_our_state_now(session):
    states = {
        "wervik": ParticipationState.FOLLOWS,
        "menen": ParticipationState.LEAD,
        "kuurne": ParticipationState.COACHED,
    }
    before = {one.code for one in coalitions_of(session, ADMIN, "wervik")}
    count = count_coalitions(session, ADMIN)
    make_coalition(session, states, code="VOLGT")
    make_coalition(session, {"wervik": ParticipationState.LEAD}, code="TREKT")
    make_coalition(session, {"wervik": ParticipationState.LEAD}, code="VOORBIJ", phase=Phase.FINISHED)
    make_coalition(session, {"wervik": ParticipationState.LEAD}, code="ALLEEN", scope=ProjectScope.LOCAL)
    rows = {one.code: one for one in coalitions_of(session, ADMIN, "wervik")}
    assert rows.keys() - before == {"VOLGT", "TREKT"}
    assert next(iter(rows)) == "TREKT"
    follows = rows["VOLGT"]
    assert (follows.lead, follows.partners, follows.takes_part, follows.state.label) == ("Menen", 2, False, "Volgt")
    assert count_coalitions(session, ADMIN) == count + 2


def test_endorsement_stands_in_the_order_of_levels_with_its_open_conditions(session):
    make_endorsement(session, partner="wervik", level=EndorsementLevel.COUNCIL)
    college = make_endorsement(session, partner="wervik", level=EndorsementLevel.COLLEGE)
    make_endorsement(
        session,
        partner="wervik",
        level=EndorsementLevel.DIRECTOR,
        track=EndorsementTrack.OFFICIAL,
        state=EndorsementState.ENGAGED,
    )
    make_condition(session, college, text="Later", due_on=date(2026, 9, 1))
    make_condition(session, college, text="Eerst", due_on=date(2026, 5, 1))
    make_condition(session, college, text="Ooit")
    make_condition(session, college, text="Klaar", resolved_on=date(2026, 4, 1))
    rows = endorsement_of(session, ADMIN, "wervik")
    assert [(row.level.value, row.open_conditions) for row in rows] == [("AD", 0), ("CBS", 3), ("raad", 0)]
    assert [one.text for one in open_conditions_of(session, ADMIN, "wervik")] == ["Eerst", "Later", "Ooit"]
    assert endorsement_of(session, ADMIN, "menen") == []


def test_a_roadmap_runs_by_year_and_names_project_and_coach(session):
    project = make_project(session, code="P-1", title="Werk")
    coach = partner_of(session, "kortrijk")
    make_roadmap_item(session, partner="wervik", title="Ooit", year=None)
    make_roadmap_item(session, partner="wervik", title="Straks", year=2028)
    make_roadmap_item(
        session, partner="wervik", title="Nu", year=2026, project_id=project.id, coach_partner_id=coach.id
    )
    rows = roadmap_of(session, ADMIN, "wervik")
    assert [row.title for row in rows] == ["Nu", "Straks", "Ooit"]
    assert (rows[0].project_code, rows[0].coach, rows[0].coach_slug) == ("P-1", "Kortrijk", "kortrijk")
    assert rows[2].year is None


def test_sharing_is_a_few_statements_however_many_challenges_there_are(session, statements):
    sent_before = 0
    for _ in range(2):
        for theme in ("data", "mensen", "processen"):
            both = [make_challenge(session, partner=slug, theme=theme) for slug in ("wervik", "menen")]
            add_subject(session, ADMIN, title="Samen", challenge_ids=[one.id for one in both])
        with statements() as sent:
            own_answers(session, ADMIN, "wervik")
        assert len(sent) == (sent_before or 10)
        sent_before = len(sent)


def test_a_partner_without_rows_has_none(session):
    make_partner(session, "leeg")
    for read in (challenges_by_theme_and_urgency, projects_of, coalitions_of, roadmap_of, own_answers):
        assert not len(read(session, ADMIN, "leeg"))
