"""What this database is, and the numbers in the menu."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal import clock
from portal.db.models import Audit, PortalInfo
from portal.permissions import Role
from portal.queries.about import menu_numbers, portal_state
from portal.queries.inventory.counts import count_challenges, inventory_totals
from portal.queries.inventory.filters import ChallengeFilter
from portal.queries.reference import (
    atelier_options,
    collaboration_type_options,
    dimension_options,
    indicator_options,
    partner_options,
    service_options,
    theme_options,
)
from portal.queries.trace.verify import verify_trail
from portal.vocabulary import DatabaseKind, MeetingBody, MeetingState
from tests.makers import make_challenge, make_coalition, make_meeting, make_partner, make_project, viewer
from tests.queries.conftest import ADMIN, traced

TODAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_database_that_was_never_filled_is_a_real_one_as_of_today(empty_session):
    with clock.standing_at(TODAY):
        state = portal_state(empty_session)
    assert (state.is_demo, state.as_of, state.audit_sequence) == (False, date(2026, 3, 2), 0)


def test_the_state_is_as_of_the_newest_change_and_each_change_is_a_version(session):
    before = portal_state(session)
    late_evening = datetime(2030, 6, 1, 22, 30, tzinfo=UTC)
    with clock.standing_at(late_evening), traced(session):
        make_challenge(session)
    state = portal_state(session)
    assert state.as_of == date(2030, 6, 2)  # after midnight in the region
    assert state.audit_sequence == before.audit_sequence + 1
    assert state.reference_version == before.reference_version != ""


def test_a_demo_database_says_so(session):
    session.execute(update(PortalInfo).values(kind=DatabaseKind.DEMO))
    session.expire_all()
    assert portal_state(session).is_demo


def test_the_menu_counts_what_the_pages_count(session):
    make_challenge(session)
    make_project(session, reported_by="wervik")
    make_coalition(session)
    make_partner(session, "weg", archived_at=clock.now())
    numbers, totals = menu_numbers(session, ADMIN), inventory_totals(session, ADMIN)
    assert numbers.challenges == totals.challenges == count_challenges(session, ADMIN, ChallengeFilter()) == 1
    assert numbers.projects == totals.projects == 1
    assert numbers.partners == len(partner_options(session))
    assert numbers.deliverables > 0
    assert numbers.coalitions >= 1


def test_the_menu_of_an_empty_database_counts_nothing(empty_session):
    numbers = menu_numbers(empty_session, ADMIN)
    assert (numbers.challenges, numbers.projects, numbers.coalitions, numbers.partners) == (0, 0, 0, 0)
    assert numbers.days_to_steering is None


def test_the_days_until_the_next_steering_group_are_counted_from_today(session):
    soon = TODAY.date() + timedelta(days=12)
    make_meeting(session, planned_on=soon)
    make_meeting(session, planned_on=soon + timedelta(days=42))
    make_meeting(session, planned_on=TODAY.date() - timedelta(days=1))
    make_meeting(session, planned_on=TODAY.date() + timedelta(days=1), state=MeetingState.FROZEN)
    make_meeting(session, planned_on=TODAY.date() + timedelta(days=2), body=MeetingBody.EXELLO)
    with clock.standing_at(TODAY):
        assert menu_numbers(session, ADMIN).days_to_steering == 12
        assert menu_numbers(session, viewer(Role.MAYOR)).days_to_steering is None
    with clock.standing_at(TODAY + timedelta(days=12)):
        assert menu_numbers(session, viewer(Role.STEERING)).days_to_steering == 0


def test_lists_stand_as_the_reference_has_them_and_partners_by_name(session):
    make_partner(session, "eigenaardig", title="Éigenaardig")
    names = [option.label for option in partner_options(session)]
    assert names.index("Deerlijk") < names.index("Éigenaardig") < names.index("Harelbeke")
    for options in (theme_options, service_options, dimension_options, atelier_options):
        assert len(options(session)) > 3
    assert [option.code for option in atelier_options(session)][:2] == ["I", "II"]
    assert [option.code for option in collaboration_type_options(session)] == ["1", "2", "3", "4"]
    assert indicator_options(session)[0].label


def tampered(session, sequence: int, **values) -> None:
    session.execute(update(Audit).where(Audit.sequence == sequence).values(**values))
    session.expire_all()


@pytest.fixture
def trail(session):
    """A trace of the reference data and three changes; the number of the newest row."""
    for _ in range(3):
        with traced(session):
            make_challenge(session)
    return portal_state(session).audit_sequence


def test_a_trace_as_it_was_written_fits(session, trail):
    assert verify_trail(session) is None


def test_an_empty_trace_fits(empty_session):
    assert verify_trail(empty_session) is None


@pytest.mark.parametrize("values", [{"after": "{}"}, {"command": "iets"}, {"entity_id": 1}, {"previous_hash": "x"}])
def test_the_row_that_was_changed_is_named(session, trail, values):
    tampered(session, trail - 1, **values)
    expected = trail - 2 if "previous_hash" in values else trail - 1
    assert verify_trail(session).sequence == expected


def test_the_last_row_cannot_be_changed_unseen(session, trail):
    tampered(session, trail, after="{}")
    assert verify_trail(session).sequence == trail


def test_a_row_taken_out_is_missed(session, trail):
    session.delete(session.scalars(select(Audit).where(Audit.sequence == trail - 1)).one())
    session.flush()
    assert verify_trail(session).sequence == trail - 1


def test_a_tail_cut_off_is_missed(session, trail):
    for row in session.scalars(select(Audit).where(Audit.sequence >= trail - 1)):
        session.delete(row)
    session.flush()
    misfit = verify_trail(session)
    assert misfit.sequence == trail - 1
    assert "ingekort" in misfit.why


def test_a_row_the_portal_did_not_write_is_seen(session, trail):
    last = session.scalars(select(Audit).where(Audit.sequence == trail)).one()
    session.execute(update(PortalInfo).values(audit_sequence=trail - 1, audit_hash=last.previous_hash))
    session.expire_all()
    assert verify_trail(session).sequence == trail


def test_the_first_row_must_be_the_beginning(session, trail):
    tampered(session, 1, previous_hash="elders")
    assert verify_trail(session).sequence == 1
