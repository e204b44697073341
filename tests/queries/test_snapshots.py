"""The state of today: what everybody at the table may know, nothing internal, nothing archived; and who changed it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal import clock
from portal.commands import money, results
from portal.commands.coalitions import participations
from portal.commands.inventory import projects
from portal.db import models as m
from portal.permissions import Role
from portal.queries.about import data_version
from portal.queries.meetings.state import state_now
from portal.queries.meetings.traces import traces_between
from portal.snapshots.radar import Quiet, radar
from portal.snapshots.state import Kind, State, diff
from portal.vocabulary import BookingKind, Health, MeetingState, ParticipationState, TargetKind, Visibility
from tests import makers as make
from tests.databases import undone
from tests.money import book, foresee, make_grant, make_line
from tests.queries.conftest import Counting
from tests.snapshots.rows import MADE

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
COORDINATOR = make.viewer(Role.COORDINATOR)
GONE = {"archived_at": NOON}
INTERNAL = {"visibility": Visibility.INTERNAL}


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


def one_of_each(session):
    """A row of every kind; answers them by their kind."""
    project = make.make_coalition(session, {"wervik": ParticipationState.LEAD}, code="P-STAAT", atelier="I")
    result = make.make_deliverable(session, code="R-STAAT")
    meeting = make.make_meeting(session)
    endorsement = make.make_endorsement(session, partner="wervik")
    grant = make_grant(session)
    decision = m.Decision(meeting_id=meeting.id, text="Het mag", taken_on=NOON.date(), project_id=project.id)
    session.add(decision)
    line = make_line(session, grant, "1000.00", atelier="I")
    book(session, line, "250.50")
    foresee(session, line, "1200.00")
    made = {
        Kind.RESULT: result,
        Kind.MILESTONE: make.make_milestone(session, project=project),
        Kind.PROJECT: project,
        Kind.ENDORSEMENT: endorsement,
        Kind.CONDITION: make.make_condition(session, endorsement),
        Kind.LINE: line,
        Kind.GRANT: grant,
        Kind.CHALLENGE: make.make_challenge(session, partner="wervik"),
        Kind.RISK: make.make_risk(session, project=project),
        Kind.DECISION: decision,
        Kind.ACTION: make.make_action(session, meeting=meeting, owner="wervik"),
        Kind.MEETING: meeting,
    }
    session.commit()
    return made


def test_a_state_has_a_row_of_each_with_the_fields_that_the_words_expect(session):
    made = one_of_each(session)
    now = state_now(session)
    assert set(now.rows) == set(Kind)
    for kind in Kind:
        for row in now.of(kind).values():
            assert set(row) == set(MADE[kind]), kind
    for kind, row in made.items():
        assert now.row(kind, str(row.id)), kind
    assert (now.as_of, now.sequence) == (NOON.date(), data_version(session))
    assert State.from_json(now.to_json()) == now
    assert diff(now, state_now(session)) == []


def test_amounts_are_kept_to_the_cent_and_never_as_a_float(session):
    line = one_of_each(session)[Kind.LINE]
    row = state_now(session).row(Kind.LINE, str(line.id))
    assert (row["budgeted"], row["spent"], row["forecast"]) == ("1000.00", "250.50", "1200.00")
    assert row["standing"] == "ver-boven"
    everything = (value for rows in state_now(session).rows.values() for row in rows.values() for value in row.values())
    assert not any(isinstance(value, Decimal | date) for value in everything)


def test_what_is_archived_is_in_no_state(engine, subtests):
    for kind in [
        *(Kind.MILESTONE, Kind.PROJECT, Kind.ENDORSEMENT, Kind.CONDITION, Kind.LINE, Kind.GRANT, Kind.CHALLENGE),
        *(Kind.DECISION, Kind.ACTION, Kind.MEETING, Kind.RESULT, Kind.RISK),
    ]:
        with subtests.test(kind=kind), undone(engine) as session:
            row = one_of_each(session)[kind]
            row.archived_at = NOON
            session.commit()
            assert state_now(session).row(kind, str(row.id)) is None


def test_what_hangs_under_an_archived_row_is_in_no_state(session):
    made = one_of_each(session)
    made[Kind.MILESTONE] = make.make_milestone(session, deliverable=made[Kind.RESULT])
    made[Kind.ENDORSEMENT].archived_at = made[Kind.RESULT].archived_at = NOON
    session.commit()
    now = state_now(session)
    assert [now.row(kind, str(made[kind].id)) for kind in (Kind.CONDITION, Kind.MILESTONE)] == [None, None]


def test_what_is_internal_is_in_no_state(session):
    secret = make.make_coalition(session, {"wervik": ParticipationState.LEAD}, title="GEHEIM", **INTERNAL)
    make.make_project(session, title="GEHEIM", reported_by="wervik", **INTERNAL)
    make.make_challenge(session, title="GEHEIM", partner="wervik", **INTERNAL)
    make.make_milestone(session, project=secret, title="GEHEIM")
    meeting = make.make_meeting(session)
    about = make.make_action(session, meeting=meeting, owner="wervik", project_id=secret.id)
    session.commit()
    now = state_now(session)
    assert "GEHEIM" not in now.to_json()
    assert secret.code not in now.to_json()
    assert now.row(Kind.ACTION, str(about.id))["project_code"] is None
    assert not any(key.startswith(f"{secret.id}.") for key in now.of(Kind.PARTICIPATION))


def test_whose_a_condition_is_stays_on_the_page_of_the_partner(session):
    endorsement = make.make_endorsement(session)
    make.make_condition(session, endorsement, owner="An Peeters")
    session.commit()
    assert "An Peeters" not in state_now(session).to_json()


def test_a_participation_is_the_state_that_holds(session):
    project = make.make_coalition(session, {"wervik": ParticipationState.FOLLOWS})
    ended = {"state": ParticipationState.MEMBER, "since": date(2025, 1, 1), "until": date(2026, 3, 2)}
    make.make_participation(session, project=project, partner="wervik", **ended)
    wervik = make.partner_of(session, "wervik")
    row = state_now(session).row(Kind.PARTICIPATION, f"{project.id}.{wervik.id}")
    assert row["state"] == ParticipationState.FOLLOWS.value


def test_a_state_costs_the_same_number_of_statements_however_many_rows_there_are(session, statements: Counting):
    one_of_each(session)
    state_now(session)
    session.expire_all()
    with statements() as few:
        state_now(session)
    for _ in range(5):
        project = make.make_coalition(session, {"wervik": ParticipationState.LEAD}, reported_by="menen")
        make.make_milestone(session, project=project)
        make.make_challenge(session)
    session.commit()
    with statements() as many:
        state_now(session)
    assert len(many) <= len(few) <= 30


def test_the_working_group_that_nobody_reports_on_shows_up(demo_session):
    """The social file of the first working groups is in the reference, and nobody is in it."""
    with clock.standing_at(datetime.now(UTC)):
        found = [alert for alert in radar(None, state_now(demo_session)) if alert.kind is Quiet.GROUP]
    assert any("sociaal" in alert.what.lower() or "welzijn" in alert.what.lower() for alert in found), found


# -- who and when


class Watched:
    """What somebody changes between two states, by commands."""

    def __init__(self, session):
        self.session, self.before = session, state_now(session)
        self.names = {}

    def does(self, name, act, day, **named):
        if name not in self.names:
            user = make.make_user(self.session, name=name)
            self.names[name] = make.viewer(Role.COORDINATOR, user_id=user.id)
        with clock.standing_at(NOON.replace(month=12, day=day)):
            return act(self.session, self.names[name], **named)

    def traces(self):
        found = traces_between(self.session, self.before, state_now(self.session))
        return {place: (trace.who, trace.at.day) for place, trace in found.items()}


def versions(row):
    return {"row_id": row.id, "version": row.version}


def test_of_two_who_change_one_row_each_is_named_at_the_own_field(session):
    row = one_of_each(session)[Kind.PROJECT]
    watched, key = Watched(session), str(row.id)
    watched.does("An", projects.PROJECT.change, 1, values={"title": "Eerst"}, **versions(row))
    watched.does("Bo", projects.PROJECT.change, 2, values={"assignment": "Iets"}, **versions(row))
    watched.does("Cas", projects.PROJECT.change, 3, values={"title": "Daarna"}, **versions(row))
    found = watched.traces()
    assert found[Kind.PROJECT, key, "title"] == ("Cas", 3)
    assert (Kind.PROJECT, key, "phase") not in found


def test_who_added_a_row_made_it_come_whoever_corrects_it(session):
    result = make.make_deliverable(session, code="R-KOMT")
    session.commit()
    watched = Watched(session)
    values = {"title": "Stap", "due_expected": date(2027, 1, 1)}
    row = watched.does("An", results.add_milestone, 1, of="R-KOMT", values=values)
    watched.does("Bo", results.MILESTONE.change, 2, values={"title": "Trap"}, **versions(row))
    assert watched.traces()[Kind.MILESTONE, str(row.id), ""] == ("An", 1)
    watched.does("Cas", results.MILESTONE.archive, 3, **versions(row))
    assert watched.traces()[Kind.MILESTONE, str(row.id), ""] == ("Cas", 3)
    assert (Kind.RESULT, str(result.id), "state") in watched.traces()


def test_what_became_known_to_the_table_is_by_who_opened_it(session):
    hidden = make.make_project(session, reported_by="wervik", **INTERNAL)
    session.commit()
    watched = Watched(session)
    values = {"visibility": Visibility.REGION}
    watched.does("An", projects.PROJECT.change, 1, values=values, **versions(hidden))
    assert watched.traces()[Kind.PROJECT, str(hidden.id), ""] == ("An", 1)


def test_a_tick_is_the_results_and_an_answer_the_participations(session):
    result = make.make_deliverable(session, target_kind=TargetKind.PARTNERS, target_value=3)
    project = make.make_coalition(session, {"wervik": ParticipationState.FOLLOWS})
    session.commit()
    watched, wervik = Watched(session), make.partner_of(session, "wervik")
    given = {"deliverable_id": result.id, "partner": "wervik", "reached_on": NOON.date(), "seen": None}
    watched.does("An", results.tick_partner, 1, **given)
    row = session.scalars(select(m.Participation).filter_by(project_id=project.id)).one()
    answer = {"row_id": row.id, "version": 1, "values": {"state": ParticipationState.MEMBER}}
    watched.does("Bo", participations.answer_participation, 2, **answer)
    found = watched.traces()
    assert found[Kind.RESULT, str(result.id), "reached"] == ("An", 1)
    assert found[Kind.PARTICIPATION, f"{project.id}.{wervik.id}", "state"] == ("Bo", 2)
    assert found[Kind.PROJECT, str(project.id), "quiet"] == ("Bo", 2)  # it woke the project


def test_money_that_moves_is_traced_where_it_was_and_where_it_went(session):
    grant = make_grant(session)
    one, two = (make_line(session, grant, "100.00", atelier=code) for code in ("I", "II"))
    booking = book(session, one, "10.00")
    session.commit()
    watched = Watched(session)
    values = {"budget_line": two.code}
    watched.does("An", money.BOOKING.change, 1, values=values, **versions(booking))
    found = watched.traces()
    for key in (one.id, two.id):
        assert found[Kind.LINE, str(key), "spent"] == ("An", 1)
    assert {key for kind, key, name in found if kind is Kind.MONEY and name == "spent"} == {"I", "II"}
    assert not any(name == "committed" for kind, _, name in found)
    watched.does("Bo", money.LINE.change, 2, values={"atelier": "II"}, **versions(one))
    found = watched.traces()
    assert {key: found[Kind.MONEY, key, "budgeted"] for key in ("I", "II")} == dict.fromkeys(("I", "II"), ("Bo", 2))


def test_a_booking_of_another_kind_counts_in_both_amounts(session):
    line = make_line(session, make_grant(session), "100.00", atelier="I")
    booking = book(session, line, "10.00")
    session.commit()
    watched = Watched(session)
    values = {"kind": BookingKind.COMMITTED}
    watched.does("An", money.BOOKING.change, 1, values=values, **versions(booking))
    found = watched.traces()
    assert {name for kind, key, name in found if kind is Kind.LINE} >= {"committed", "spent"}


def test_nobody_makes_a_project_quiet_or_a_result_late(session):
    with clock.standing_at(datetime(2026, 12, 20, 12, tzinfo=UTC)):
        for number, day in ((1, date(2026, 12, 4)), (2, date(2026, 12, 18))):
            make.make_meeting(session, number=number, planned_on=day, held_on=day, state=MeetingState.FROZEN)
    project = make.make_coalition(session, health=Health.GREEN)
    result = make.make_deliverable(session)
    step = make.make_milestone(session, deliverable=result, due_expected=date(2027, 1, 1))
    session.commit()
    watched, key = Watched(session), str(project.id)
    watched.does("An", projects.PROJECT.change, 1, values={"assignment": "Iets"}, **versions(project))
    values = {"due_expected": date(2026, 12, 2)}
    watched.does("An", results.MILESTONE.change, 1, values=values, **versions(step))
    place, late = (Kind.PROJECT, key, "quiet"), (Kind.RESULT, str(result.id), "state")
    assert {place, late} <= watched.traces().keys()
    with clock.standing_at(datetime(2026, 12, 30, 12, tzinfo=UTC)):
        now = state_now(session)
        assert (now.row(Kind.PROJECT, key)["quiet"], now.row(Kind.RESULT, late[1])["state"]) == (True, "over_tijd")
        assert not {place, late} & watched.traces().keys()


def test_only_what_lies_between_the_two_states_is_traced(session):
    row = one_of_each(session)[Kind.PROJECT]
    watched = Watched(session)
    watched.does("An", projects.PROJECT.change, 1, values={"title": "Eerst"}, **versions(row))
    watched.before = state_now(session)
    assert watched.traces() == {}
