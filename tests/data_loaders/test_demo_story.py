"""The demo is believable: what a director would stumble over does not happen in it, and each rule is seen to fail."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import models as m
from portal.vocabulary import GroupState, Improvement, MeetingBody, ParticipationState
from tests.data_loaders import plausible
from tests.data_loaders.demo_rows import build, counted, current
from tests.data_loaders.plausible import RULES, offences_on
from tests.data_loaders.spoilt import SPOILT, meeting, project, result


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_nothing_in_the_demo_offends(demo_session, rule):
    assert rule(demo_session) == []


def test_nor_in_a_demo_that_is_made_when_a_year_begins(database, template_url):
    january, engine = date(2027, 1, 10), database(template_url)
    build(engine, january)
    assert offences_on(engine, january) == {}


def test_every_rule_is_seen_to_fail():
    assert {rule for rule, _ in SPOILT} == set(RULES)


@pytest.mark.parametrize(("rule", "spoil"), SPOILT, ids=lambda one: one.__name__.replace("_", " "))
def test_a_demo_that_is_spoilt_in_one_place_is_not_believed(demo_session, rule, spoil):
    spoil(demo_session)
    demo_session.flush()
    assert rule(demo_session)


# the threads


def states(session: Session, code: str) -> dict[str, m.Participation]:
    """Of each partner in a project, by name."""
    rows = current(session, m.Participation.project_id == project(session, code).id)
    return {session.get_one(m.Partner, row.partner_id).title: row for row in rows}


def test_an_open_invitation_may_wait_when_the_steering_group_is_told_of_it(demo_session):
    row = states(demo_session, "R-04")["Wervik"]
    row.asked_on = meeting(demo_session, MeetingBody.STEERING, 3).held_on - timedelta(days=1)
    demo_session.flush()
    assert plausible.left_unanswered(demo_session) == []


def test_wervik_and_zwevegem_did_not_answer_for_the_assistant_and_kuurne_has_its_reason(demo_session):
    rows = states(demo_session, "R-04")
    waiting = {name for name, row in rows.items() if row.state is ParticipationState.NOT_ASKED and row.asked_on}
    assert waiting == {"Wervik", "Zwevegem"}
    assert (rows["Kuurne"].state, rows["Kuurne"].reason) == (
        ParticipationState.DECLINED,
        "Onze eigen chatbot loopt tot 2028.",
    )


def test_lendelede_leads_the_meldpunt_by_a_reason_that_is_noted(demo_session):
    assert states(demo_session, "R-05")["Lendelede"].state is ParticipationState.LEAD
    assert project(demo_session, "R-05").deviation_reason.startswith("de dienst openbaar domein")


def test_kortrijk_coaches_six_of_whom_two_get_better_and_one_not_yet(demo_session):
    rows = states(demo_session, "R-07")
    coached = Counter(row.improvement for row in rows.values() if row.state is ParticipationState.COACHED)
    assert rows["Kortrijk"].state is ParticipationState.LEAD
    assert coached == {Improvement.YES: 2, Improvement.NO: 1, Improvement.UNKNOWN: 3}


def test_four_experts_keep_the_architecture(demo_session):
    experts = [row for row in states(demo_session, "R-08").values() if row.state is ParticipationState.MEMBER]
    assert len(experts) == 4


def test_five_of_eight_partners_send_by_magda_and_avelgem_waits(demo_session):
    of = result(demo_session, "I.D-1")
    assert (
        counted(demo_session, m.DeliverablePartner, m.DeliverablePartner.deliverable_id == of.id),
        of.target_value,
    ) == (5, 8)
    assert states(demo_session, "R-06")["Avelgem"].state is ParticipationState.LATER


def test_the_meldpunt_works_on_both_its_results_and_sending_on_magda(demo_session):
    found = select(m.Project.code, m.Deliverable.code).select_from(m.ProjectDeliverable).join(m.Project)
    pairs = {(work, aim) for work, aim in demo_session.execute(found.join(m.Deliverable))}
    assert pairs >= {("R-05", "I.E-1"), ("R-05", "I.E-2"), ("R-06", "I.D-1"), ("R-07", "IV.C1-1"), ("R-08", "IV.B-1")}
    assert len(pairs) == 14


def test_twelve_results_have_an_owner_after_the_grant(demo_session):
    assert counted(demo_session, m.Deliverable, m.Deliverable.owner_after_grant != "") == 12


def test_only_the_website_is_put_off_by_more_than_a_third_of_a_year(demo_session):
    ends = demo_session.scalars(select(m.Project).where(m.Project.end_expected_on.is_not(None)))
    slips = {row.code: (row.end_expected_on - row.end_first_planned_on).days for row in ends}
    assert {code: days for code, days in slips.items() if days > plausible.LONG} == {"R-03": 122}


def test_eight_challenges_became_one_subject(demo_session):
    group = demo_session.scalars(select(m.ChallengeGroup).filter_by(title="Werken op afspraak")).one()
    assert group.state is GroupState.CONFIRMED
    assert counted(demo_session, m.ChallengeGroupMember, m.ChallengeGroupMember.challenge_group_id == group.id) == 8


def test_the_actions_left_are_two_late_and_three_to_come(demo_session):
    left = demo_session.scalars(select(m.Action).where(m.Action.done_on.is_(None)))
    assert sorted((row.due_on - clock.today()).days for row in left) == [-12, -7, 4, 9, 11]
    assert counted(demo_session, m.Action) == 14


def test_the_steering_group_took_fifteen_decisions_and_the_other_bodies_asked_twice(demo_session):
    taken = select(m.Meeting.body).join(m.Decision, m.Decision.meeting_id == m.Meeting.id)
    assert Counter(demo_session.scalars(taken)) == {
        MeetingBody.STEERING: 15,
        MeetingBody.CONFERENCE: 1,
        MeetingBody.EXELLO: 1,
    }
