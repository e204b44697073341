"""The results: their state, who reached them, when they are due; unknown, not started and zero stay apart."""

import csv
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.config import settings
from portal.db.models import Deliverable, DeliverablePartner, Milestone, Part, Partner
from portal.permissions import Role
from portal.queries.results.deliverables import (
    Facts,
    ResultRow,
    deliverable_rows,
    is_met,
    result_state,
    results_per_atelier,
)
from portal.vocabulary import ResultState, TargetKind
from tests.makers import make_deliverable, make_milestone, make_partner, partner_of, viewer
from tests.queries.conftest import ADMIN, spelled

NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
PAST, LATER = date(2026, 11, 21), date(2027, 3, 1)
PARTNERS, YES_NO, ONGOING = TargetKind.PARTNERS, TargetKind.YES_NO, TargetKind.ONGOING


@pytest.fixture(autouse=True)
def _today():
    with clock.standing_at(NOW):
        yield


def tick(session: Session, result: Deliverable, *slugs: str, on: date | None = PAST) -> None:
    for slug in slugs:
        partner_id = partner_of(session, slug).id
        session.add(DeliverablePartner(deliverable_id=result.id, partner_id=partner_id, reached_on=on))
    session.flush()


def row_of(session: Session, result: Deliverable) -> ResultRow:
    (row,) = (row for row in deliverable_rows(session, ADMIN) if row.code == result.code)
    return row


STATES = [
    (Facts(YES_NO), ResultState.UNKNOWN),
    (Facts(PARTNERS, 8), ResultState.UNKNOWN),
    (Facts(TargetKind.PERCENTAGE, 100, 0), ResultState.NOT_STARTED),
    (Facts(PARTNERS, 8, 0), ResultState.NOT_STARTED),
    (Facts(YES_NO, 1, milestones=3), ResultState.NOT_STARTED),
    (Facts(YES_NO, 1, milestones=3, milestones_done=1), ResultState.RUNNING),
    (Facts(YES_NO, 1, milestones=3, milestones_done=3), ResultState.RUNNING),
    (Facts(PARTNERS, 8, 7), ResultState.RUNNING),
    (Facts(PARTNERS, 8, 7, milestones=3, milestones_late=1), ResultState.OVERDUE),
    (Facts(YES_NO, 1, milestones=3, milestones_done=2, milestones_late=1), ResultState.OVERDUE),
    (Facts(PARTNERS, 8, 8), ResultState.REACHED),
    (Facts(PARTNERS, 8, 9), ResultState.REACHED),
    (Facts(PARTNERS, 8, 8, milestones=3, milestones_late=1), ResultState.REACHED),
    (Facts(YES_NO, 1, noted_done=True, milestones=3, milestones_late=3), ResultState.REACHED),
    (Facts(YES_NO, 1, 1), ResultState.REACHED),
    (Facts(ONGOING, None, 5), ResultState.RUNNING),
    (Facts(TargetKind.PERIODIC, 6, 6), ResultState.RUNNING),
    (Facts(PARTNERS, None, 5), ResultState.RUNNING),
]


def test_the_state_of_a_result_follows_from_its_facts(subtests):
    for facts, state in STATES:
        with subtests.test(facts=facts, state=state):
            assert result_state(facts) is state


@pytest.mark.parametrize(
    ("kind", "target", "reached", "met"),
    [
        (TargetKind.COUNT, 3, 2.99, False),
        (TargetKind.COUNT, 3, 3, True),
        (TargetKind.PERCENTAGE, 100, 100, True),
        (TargetKind.COUNT, 0, 0, False),
        (TargetKind.COUNT, 3, None, False),
        (TargetKind.PERIODIC, 3, 3, False),
        (TargetKind.ONGOING, 1, 1, False),
    ],
)
def test_a_target_is_met_by_its_number_and_a_rhythm_never_is(kind, target, reached, met):
    assert is_met(Facts(kind, target, reached)) is met


def test_an_empty_database_has_no_results_and_no_ateliers(empty_session):
    assert deliverable_rows(empty_session, ADMIN) == []
    assert results_per_atelier(empty_session, ADMIN).empty


def test_the_results_are_those_of_the_reference_file_in_its_order(session):
    with (settings().reference_dir / "deliverables.csv").open(encoding="utf-8-sig") as lines:
        promised = [(row["code"], row["atelier"], row["part"]) for row in csv.DictReader(lines)]
    rows = deliverable_rows(session, ADMIN)
    assert [(row.code, row.atelier, row.part) for row in rows] == promised


def test_before_anybody_reports_nothing_is_known_and_that_is_no_zero(session):
    rows = deliverable_rows(session, ADMIN)
    assert {(row.state, row.reached, row.milestones, row.expected_on) for row in rows} == {
        (ResultState.UNKNOWN, None, 0, None)
    }


def test_a_target_in_partners_counts_ticks_and_not_what_was_typed(session):
    result = make_deliverable(session, target_kind=PARTNERS, target_value=3, reached_value=99)
    tick(session, result, "kortrijk", "wervik")
    row = row_of(session, result)
    assert (row.reached, row.state) == (2, ResultState.RUNNING.value)
    assert row.reached_by == ("Kortrijk", "Wervik")


@pytest.mark.parametrize(
    ("slugs", "state"),
    [
        (("kortrijk",), ResultState.RUNNING),
        (("kortrijk", "wervik"), ResultState.REACHED),
        (("kortrijk", "wervik", "menen"), ResultState.REACHED),
    ],
)
def test_a_target_is_reached_exactly_and_also_beyond(session, slugs, state):
    result = make_deliverable(session, target_kind=PARTNERS, target_value=2)
    tick(session, result, *slugs)
    assert row_of(session, result).state is state


def test_partners_are_named_on_one_side_or_the_other_and_add_up(session):
    result = make_deliverable(session, target_kind=PARTNERS, target_value=3)
    tick(session, result, "kortrijk")
    row = row_of(session, result)
    names = set(session.scalars(select(Partner.title).where(Partner.archived_at.is_(None))))
    assert {*row.reached_by, *row.not_yet} == names
    assert row.partners == len(names) == len(row.reached_by) + len(row.not_yet)


def test_a_tick_without_a_day_is_taken_back_and_counts_as_zero(session):
    result = make_deliverable(session, target_kind=PARTNERS, target_value=3)
    tick(session, result, "kortrijk", on=None)
    row = row_of(session, result)
    assert (row.reached, row.reached_by, row.state) == (0, (), ResultState.NOT_STARTED.value)


def test_an_archived_partner_counts_on_neither_side(session):
    gone = make_partner(session, "opgegaan")
    result = make_deliverable(session, target_kind=PARTNERS, target_value=2)
    tick(session, result, "kortrijk", "opgegaan")
    before = row_of(session, result)
    gone.archived_at = NOW
    session.flush()
    row = row_of(session, result)
    assert (before.reached, row.reached) == (2, 1)
    assert (before.state, row.state) == (ResultState.REACHED, ResultState.RUNNING.value)
    assert row.partners == before.partners - 1


def test_a_percentage_is_what_was_reported(session):
    result = make_deliverable(session, target_kind=TargetKind.PERCENTAGE, target_value=100, reached_value=35)
    assert (row_of(session, result).reached, row_of(session, result).state) == (35, ResultState.RUNNING.value)


def test_the_last_milestone_says_when_a_result_is_due_and_how_late_it_runs(session):
    result = make_deliverable(session)
    make_milestone(session, deliverable=result, due_first=date(2026, 3, 1), due_expected=LATER)
    make_milestone(session, deliverable=result, due_first=date(2027, 1, 1), due_expected=date(2027, 1, 15))
    row = row_of(session, result)
    assert (row.first_on, row.expected_on, row.slip_days) == (date(2027, 1, 1), LATER, 59)


def test_a_result_that_is_reached_ends_on_that_day(session):
    result = make_deliverable(session, done_on=date(2026, 6, 1))
    make_milestone(session, deliverable=result, due_first=date(2026, 5, 1), due_expected=LATER)
    row = row_of(session, result)
    assert (row.state, row.expected_on, row.slip_days) == (ResultState.REACHED, date(2026, 6, 1), 31)
    assert row.milestones_late == 0


def test_a_result_without_milestones_has_no_day(session):
    row = row_of(session, make_deliverable(session))
    assert (row.milestones, row.first_on, row.expected_on, row.slip_days) == (0, None, None, None)


def test_milestones_are_counted_done_late_and_whole_and_archived_ones_not(session):
    result = make_deliverable(session)
    make_milestone(session, deliverable=result, due_expected=PAST, done_on=PAST)
    make_milestone(session, deliverable=result, due_expected=PAST)
    make_milestone(session, deliverable=result, due_expected=NOW.date())
    make_milestone(session, deliverable=result, due_expected=PAST, archived_at=NOW)
    row = row_of(session, result)
    assert (row.milestones, row.milestones_done, row.milestones_late) == (3, 1, 1)
    assert row.state == ResultState.OVERDUE


def test_an_archived_result_is_not_among_them(session):
    result = make_deliverable(session, archived_at=NOW)
    assert result.code not in {row.code for row in deliverable_rows(session, ADMIN)}


def test_one_atelier_shows_its_own_results_only(session):
    rows = deliverable_rows(session, ADMIN, "II")
    assert {row.atelier for row in rows} == {"II"}
    assert len(rows) == int(results_per_atelier(session, ADMIN).set_index("code").loc["II", "results"])


@pytest.mark.parametrize("role", [Role.MAYOR, Role.STEERING, Role.DIRECTOR, Role.ATELIER])
def test_every_role_reads_the_same_results(session, role):
    assert spelled(deliverable_rows(session, viewer(role))) == spelled(deliverable_rows(session, ADMIN))


def test_the_rows_of_the_demo_add_up_to_what_sql_counts(demo_session):
    with clock.standing_at(datetime.now(UTC)):
        rows = deliverable_rows(demo_session, ADMIN)
        today = clock.today()
    steps = select(func.count()).select_from(Milestone).where(Milestone.deliverable_id.is_not(None))
    assert len(rows) == demo_session.scalar(select(func.count()).select_from(Deliverable))
    assert sum(row.milestones for row in rows) == demo_session.scalar(steps)
    assert sum(row.milestones_done for row in rows) == demo_session.scalar(steps.where(Milestone.done_on.is_not(None)))
    late = steps.where(Milestone.done_on.is_(None), Milestone.due_expected < today)
    assert sum(row.milestones_late for row in rows) == demo_session.scalar(late)
    ticks = demo_session.scalar(select(func.count()).select_from(DeliverablePartner))
    assert sum(len(row.reached_by) for row in rows) == ticks


def test_the_ateliers_add_up_to_the_results_in_every_state(demo_session):
    rows, ateliers = deliverable_rows(demo_session, ADMIN), results_per_atelier(demo_session, ADMIN)
    states = Counter(row.state for row in rows)
    assert {state.value: int(ateliers[state.value].sum()) for state in ResultState} == {
        state.value: states[state.value] for state in ResultState
    }
    assert ateliers["results"].sum() == len(rows)
    of_model = select(func.count()).select_from(Deliverable).join(Part).where(Part.code == "A")
    assert ateliers["of_model"].sum() == demo_session.scalar(of_model) == 1
    assert (ateliers[[state.value for state in ResultState]].sum(axis=1) == ateliers["results"]).all()


def test_the_targets_in_partners_are_those_of_the_reference_file(session):
    with (settings().reference_dir / "deliverables.csv").open(encoding="utf-8-sig") as lines:
        wanted = {
            row["code"]: float(row["target_value"]) for row in csv.DictReader(lines) if row["target_kind"] == PARTNERS
        }
    rows = deliverable_rows(session, ADMIN)
    assert {row.code: row.target_value for row in rows if row.target_kind is PARTNERS} == wanted
    assert sorted(wanted.values()) == [3, 8, 13, 15]


def test_all_results_come_in_a_fixed_number_of_statements(session, statements):
    with statements() as few:
        deliverable_rows(session, ADMIN)
    for _ in range(5):
        make_milestone(session)
    with statements() as many:
        deliverable_rows(session, ADMIN)
    assert len(many) == len(few) <= 4
