"""The demo is an invented year on published figures: complete, coherent, and only ever in an empty database."""

import csv
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from sqlalchemy import func, select

from data_loaders.demo.stage import PAST_ROUNDS, Stage
from portal import clock
from portal.config import settings
from portal.db import models as m
from portal.db.engine import reading
from portal.db.trail_seal import current_seals
from portal.permissions import Role
from portal.vocabulary import (
    BookingKind,
    ChallengeStatus,
    DatabaseKind,
    FundingSource,
    MeetingBody,
    MeetingState,
    ParticipationState,
    Phase,
    ProjectScope,
)
from tests.data_loaders.demo_rows import SOME_DAY, build, content, counted, current, rows_of
from tests.data_loaders.plausible import offences_on
from tests.large import multiply


def test_what_is_registered_now_is_what_was_published_per_municipality(demo_session):
    for model, column in ((m.Challenge, m.Challenge.partner_id), (m.Project, m.Project.reported_by_id)):
        now = dict(demo_session.execute(select(column, func.count()).where(column.is_not(None)).group_by(column)).all())
        field = m.PublishedCount.challenges if model is m.Challenge else m.PublishedCount.projects
        assert now == dict(demo_session.execute(select(m.PublishedCount.partner_id, field)).all())


def test_every_row_of_the_files_is_there_with_its_own_words(demo_session):
    for name, model in (("challenges.csv", m.Challenge), ("projects.csv", m.Project)):
        told = {row["demo_id"].removeprefix("DEMO-"): (row["titel"], row["omschrijving"]) for row in rows_of(name)}
        rows = demo_session.execute(select(model.code, model.title, model.description)).all()
        assert {row[0]: (row[1], row[2]) for row in rows if row[0] in told} == told


def test_a_municipality_without_published_count_reported_nothing(demo_session):
    silent = select(m.Partner.id).where(m.Partner.id.not_in(select(m.PublishedCount.partner_id)))
    assert counted(demo_session, m.Challenge, m.Challenge.partner_id.in_(silent)) == 0
    assert counted(demo_session, m.Project, m.Project.reported_by_id.in_(silent)) == 0


def test_a_demo_says_it_is_one(demo_session):
    assert demo_session.get_one(m.PortalInfo, 1).kind is DatabaseKind.DEMO


def test_the_leads_and_participants_that_the_sources_name_still_take_part(demo_session, session):
    named = session.execute(select(m.Participation.project_id, m.Participation.partner_id, m.Participation.state)).all()
    now = {(row.project_id, row.partner_id): row.state for row in current(demo_session)}
    assert {(project, partner): state for project, partner, state in named}.items() <= now.items()


# the inventory


def test_most_challenges_are_open_and_some_are_taken_up_or_solved(demo_session):
    found = Counter(demo_session.scalars(select(m.Challenge.status)))
    assert set(found) == {ChallengeStatus.OPEN, ChallengeStatus.IN_PROGRESS, ChallengeStatus.SOLVED}
    assert found[ChallengeStatus.OPEN] > 0.6 * found.total()


def test_a_solved_challenge_has_only_finished_projects_and_one_taken_up_a_living_one(demo_session):
    rows = demo_session.execute(
        select(m.Challenge.code, m.Challenge.status, m.Project.phase)
        .join(m.ProjectChallenge, m.ProjectChallenge.challenge_id == m.Challenge.id)
        .join(m.Project, m.Project.id == m.ProjectChallenge.project_id)
        .where(m.Project.reported_by_id == m.Challenge.partner_id)
    ).all()
    phases: dict[tuple[str, ChallengeStatus], set[Phase]] = {}
    for code, status, phase in rows:
        phases.setdefault((code, status), set()).add(phase)
    for (code, status), of_projects in phases.items():
        if status is ChallengeStatus.SOLVED:
            assert of_projects <= {Phase.FINISHED, Phase.AFTERCARE}, code
        if status is ChallengeStatus.IN_PROGRESS:
            assert of_projects - {Phase.FINISHED, Phase.STOPPED}, code


def test_a_project_ended_in_the_past_or_not_at_all(demo_session):
    for project in demo_session.scalars(select(m.Project)):
        ended = project.phase in {Phase.FINISHED, Phase.STOPPED, Phase.AFTERCARE}
        assert (project.ended_on is not None) is ended, project.code
        if project.ended_on:
            assert project.start_on <= project.ended_on < clock.today()
        if project.end_first_planned_on:
            assert project.start_on <= project.end_first_planned_on <= project.end_expected_on, project.code


# coalitions


def test_every_state_and_every_type_occurs(demo_session):
    assert {row.state for row in current(demo_session)} == set(ParticipationState)
    types = demo_session.scalars(select(m.Project.collaboration_type_id).distinct()).all()
    assert set(demo_session.scalars(select(m.CollaborationType.id))) == set(types) - {None}


def test_exactly_one_challenger_is_not_the_second_of_the_region(demo_session):
    challenger = select(m.CollaborationType.id).where(m.CollaborationType.code == "1").scalar_subquery()
    seconds = []
    for project in demo_session.scalars(select(m.Project).where(m.Project.collaboration_type_id == challenger)):
        lead = current(
            demo_session,
            m.Participation.project_id == project.id,
            m.Participation.state == ParticipationState.LEAD,
        )
        seconds.append(second_of(demo_session, project.aspect_id) == lead[0].partner_id)
    assert sorted(seconds) == [False, True]


def second_of(session, indicator_id: int) -> int:
    """The partner in the second place of the edition by which the coalitions were made."""
    of = select(m.Observation).where(m.Observation.indicator_id == indicator_id, m.Observation.partner_id.is_not(None))
    rows = session.scalars(of.join(m.Partner).order_by(m.Observation.value.desc(), m.Partner.position)).all()
    return [row.partner_id for row in rows if row.year == min(row.year for row in rows)][1]


def test_later_has_a_date_and_declining_a_reason(demo_session):
    for row in current(demo_session):
        if row.state is ParticipationState.LATER:
            assert row.expected_on
            assert row.expected_on > clock.today()
        if row.state is ParticipationState.DECLINED:
            assert row.reason


def test_a_state_begins_where_the_one_before_it_ends(demo_session):
    ended = demo_session.scalars(select(m.Participation).where(m.Participation.until.is_not(None))).all()
    assert ended
    for row in ended:
        following = select(m.Participation.since).where(
            m.Participation.project_id == row.project_id,
            m.Participation.partner_id == row.partner_id,
            m.Participation.id != row.id,
        )
        assert row.until in demo_session.scalars(following).all()


def who_can_sign_in(session) -> set[int]:
    """The partners whose director has a password."""
    wanted = select(m.UserPartner.partner_id).join(m.User, m.User.id == m.UserPartner.user_id)
    return set(session.scalars(wanted.where(m.User.password_hash.is_not(None))))


def test_an_invitation_waits_for_each_director_who_can_sign_in(demo_session):
    waited_for = who_can_sign_in(demo_session)
    asked = current(
        demo_session,
        m.Participation.state == ParticipationState.NOT_ASKED,
        m.Participation.asked_on.is_not(None),
    )
    assert waited_for
    assert waited_for <= {row.partner_id for row in asked}


def test_some_regional_coalitions_have_no_lead(demo_session):
    led = {row.project_id for row in current(demo_session, m.Participation.state == ParticipationState.LEAD)}
    regional = demo_session.scalars(select(m.Project.id).where(m.Project.scope == ProjectScope.REGIONAL)).all()
    assert led
    assert set(regional) - led


# results


def test_every_result_has_two_to_four_milestones(demo_session):
    found = Counter(demo_session.scalars(select(m.Milestone.deliverable_id)))
    found.pop(None)
    assert set(found) == set(demo_session.scalars(select(m.Deliverable.id)))
    assert {2, 3, 4} == set(found.values())


def test_milestones_are_done_slipped_overdue_and_still_to_come(demo_session):
    rows = demo_session.scalars(select(m.Milestone)).all()
    assert any(row.done_on for row in rows)
    assert any(row.due_expected > row.due_first for row in rows)
    assert any(not row.done_on and row.due_expected < clock.today() for row in rows)
    assert any(not row.done_on and row.due_expected > clock.today() for row in rows)


def test_a_result_that_is_done_has_no_milestone_left(demo_session):
    done = select(m.Deliverable.id).where(m.Deliverable.done_on.is_not(None))
    assert demo_session.scalars(done).all()
    assert counted(demo_session, m.Milestone, m.Milestone.deliverable_id.in_(done), m.Milestone.done_on.is_(None)) == 0


def test_ticks_stay_below_a_target_that_is_not_reached(demo_session):
    ticks = Counter(demo_session.scalars(select(m.DeliverablePartner.deliverable_id)))
    assert ticks
    for deliverable_id, count in ticks.items():
        assert 0 < count < demo_session.get_one(m.Deliverable, deliverable_id).target_value


# money


def test_the_budget_is_the_sum_of_its_lines_and_the_partners_bring_the_own_share(demo_session):
    grant = demo_session.scalars(select(m.Grant)).one()
    lines = demo_session.scalars(select(m.BudgetLine)).all()
    ceiling = demo_session.get_one(m.SubsidyCall, grant.subsidy_call_id).ceiling
    total = sum((line.amount for line in lines), Decimal())
    own = sum((line.amount for line in lines if line.funding is FundingSource.OWN), Decimal())
    assert (total, grant.awarded) == (Decimal("2500000.00"), Decimal("2000000.00"))
    assert own == total - grant.awarded == total * (1 - grant.subsidy_rate)
    assert grant.requested <= ceiling
    assert {line.partner_id for line in lines if line.funding is FundingSource.OWN} == set(
        demo_session.scalars(select(m.Partner.id))
    )


def test_no_line_is_committed_beyond_its_budget_or_spent_beyond_its_commitment(demo_session):
    def booked(kind: BookingKind) -> dict[int, Decimal]:
        total = select(m.Booking.budget_line_id, func.sum(m.Booking.amount)).where(m.Booking.kind == kind)
        return dict(demo_session.execute(total.group_by(m.Booking.budget_line_id)).all())

    committed, spent = booked(BookingKind.COMMITTED), booked(BookingKind.SPENT)
    for line in demo_session.scalars(select(m.BudgetLine)):
        assert spent.get(line.id, 0) <= committed.get(line.id, 0) <= line.amount
    assert counted(demo_session, m.Booking, m.Booking.amount < 0) == 1


def test_exactly_one_line_is_forecast_more_than_a_tenth_over_its_budget(demo_session):
    newest = demo_session.scalar(select(func.max(m.Forecast.as_of)))
    rows = demo_session.execute(
        select(m.BudgetLine.code, m.BudgetLine.amount, m.Forecast.amount)
        .join(m.Forecast, m.Forecast.budget_line_id == m.BudgetLine.id)
        .where(m.Forecast.as_of == newest)
    ).all()
    assert len([code for code, budget, forecast in rows if forecast > budget * Decimal("1.1")]) == 1
    assert len(rows) == counted(demo_session, m.BudgetLine)


# meetings and rounds


def test_six_steering_groups_lie_a_rhythm_apart_and_the_seventh_is_open(demo_session):
    meetings = demo_session.scalars(
        select(m.Meeting).where(m.Meeting.body == MeetingBody.STEERING).order_by(m.Meeting.number)
    ).all()
    assert [row.state for row in meetings] == [MeetingState.FROZEN] * PAST_ROUNDS + [
        *(MeetingState.OPEN, MeetingState.PLANNED)
    ]
    gaps = {after.planned_on - before.planned_on for before, after in pairwise(meetings)}
    assert gaps == {timedelta(days=42)}
    assert all(row.held_on == row.planned_on for row in meetings[:PAST_ROUNDS])
    assert timedelta(days=10) <= meetings[PAST_ROUNDS].planned_on - clock.today() <= timedelta(days=12)


def test_actions_are_done_open_and_overdue_and_one_waits_for_who_can_sign_in(demo_session):
    rows = demo_session.scalars(select(m.Action)).all()
    left = [row for row in rows if row.done_on is None]
    assert any(row.done_on and row.done_note for row in rows)
    assert any(row.due_on < clock.today() for row in left)
    assert any(row.due_on >= clock.today() for row in left)
    assert who_can_sign_in(demo_session) & {row.owner_partner_id for row in left}


def test_two_shared_projects_fell_silent_and_the_forgotten_one_never_spoke(demo_session):
    rounds = Stage(demo_session, clock.today()).rounds
    shared = demo_session.scalars(select(m.Project).where(m.Project.scope != ProjectScope.LOCAL)).all()
    newest = dict(
        demo_session.execute(
            select(m.ProgressReport.project_id, func.max(m.ProgressReport.at)).group_by(m.ProgressReport.project_id)
        ).all()
    )
    silent = [p for p in shared if p.id in newest and newest[p.id].astimezone(clock.REGION_TIME).date() < rounds[-3]]
    assert len(silent) == 2
    assert {p.source for p in shared if p.id not in newest} == {
        row["source"] for row in reference("known_projects.csv") if "zonder vervolg" in row["source"]
    }
    quiet = {p.id for p in silent}
    for row in demo_session.scalars(select(m.Audit).where(m.Audit.entity == "participation")):
        project_id = demo_session.get_one(m.Participation, row.entity_id).project_id
        assert project_id not in quiet or row.at.date() < rounds[-3]


def reference(name: str) -> list[dict[str, str]]:
    with (settings().reference_dir / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


# people and trace


def test_the_accounts_that_may_sign_in_are_those_of_the_file_and_every_partner_has_a_director(demo_session):
    users = demo_session.scalars(select(m.User)).all()
    with_password = {user.email for user in users if user.password_hash}
    assert with_password == {f"{row['account']}@demo.example" for row in rows_of("accounts.csv")}
    assert {user.role for user in users if user.password_hash} == set(Role)
    directed = demo_session.execute(
        select(m.UserPartner.partner_id)
        .join(m.User, m.User.id == m.UserPartner.user_id)
        .where(m.User.role == Role.DIRECTOR)
    )
    assert sorted(directed.scalars()) == sorted(demo_session.scalars(select(m.Partner.id)))


def test_the_trace_is_one_chain_in_the_order_of_time(demo_session):
    rows = demo_session.scalars(select(m.Audit).order_by(m.Audit.sequence)).all()
    previous = ""
    for number, row in enumerate(rows, start=1):
        assert (row.sequence, row.previous_hash) == (number, previous)
        previous = current_seals().of_row(row)
    assert demo_session.get_one(m.PortalInfo, 1).audit_hash == previous
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert rows[-1].at < clock.now()


def test_the_year_was_lived_by_many_people_who_changed_things(demo_session):
    trail = demo_session.execute(
        select(m.Audit.entity, m.Audit.user_id).where(m.Audit.action == "gewijzigd", m.Audit.user_id.is_not(None))
    ).all()
    assert len({user_id for _, user_id in trail}) > 10
    assert {"milestone", "project", "participation", "challenge", "endorsement", "action", "meeting"} <= {
        entity for entity, _ in trail
    }


def test_the_same_day_gives_the_same_demo_down_to_the_seals_of_its_trace(database, template_url):
    one, again = database(template_url), database(template_url)
    build(one, clock.today())
    build(again, clock.today())
    assert content(one) == content(again)


def test_a_demo_of_another_year_is_as_complete(database, template_url):
    later = SOME_DAY + timedelta(days=500)
    engine = database(template_url)
    counts = build(engine, later)
    with reading(engine) as session:
        assert counts.challenges == session.scalar(select(func.sum(m.PublishedCount.challenges)))
        assert session.scalar(select(func.max(m.Project.ended_on))) < later
        assert session.scalar(select(func.max(m.Audit.at))).date() < later
        late = (m.Project.ended_on.is_(None), m.Project.end_expected_on < later)
        assert counted(session, m.Project, *late) < counted(session, m.Project, m.Project.ended_on.is_(None)) / 4
        assert {row.state for row in current(session)} == set(ParticipationState)
    assert offences_on(engine, later) == {}


def test_a_larger_demo_holds_every_row_as_often(database, demo_template_url):
    engine = database(demo_template_url)
    with reading(engine) as session:
        before = counted(session, m.Challenge), counted(session, m.Project, m.Project.reported_by_id.is_not(None))
        links = counted(session, m.ProjectChallenge)
    assert multiply(engine, 3) == (before[0] * 3, before[1] * 3)
    with reading(engine) as session:
        assert counted(session, m.Challenge) == before[0] * 3
        assert counted(session, m.Project, m.Project.reported_by_id.is_not(None)) == before[1] * 3
        local = select(m.Project.id).where(m.Project.reported_by_id.is_not(None))
        linked = counted(session, m.ProjectChallenge, m.ProjectChallenge.project_id.in_(local))
        assert counted(session, m.ProjectChallenge) - links == linked * 2 // 3
        copy = session.scalars(select(m.Challenge).where(m.Challenge.code.like("%-x3"))).first()
        assert copy.code.lower().replace("-", " ") in copy.search_key
