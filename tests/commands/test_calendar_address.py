"""The address by which somebody's own calendar asks: one a person, kept as a hash, revoked at once, told nowhere."""

import pytest
from sqlalchemy import func, select

from portal.commands.people import change_role, disable_user, make_calendar_address, revoke_calendar_address
from portal.credentials import token_hash
from portal.db.models import Audit, CalendarAddress
from portal.db.trail_seal import current_seals
from portal.permissions import Role, RowNotFound, Viewer
from portal.queries.people import calendar_holder, calendar_made_at
from portal.queries.trace.verify import verify_rows
from tests.makers import make_user, viewer

ADMIN = viewer(Role.ADMIN)
RANDOM_BYTES = 32


@pytest.fixture
def person(session):
    row = make_user(session, role=Role.STEERING)
    make_user(session, role=Role.ADMIN)
    session.commit()
    return row


def own(row, role=Role.STEERING):
    return viewer(role, user_id=row.id)


def holder(session, token):
    found = calendar_holder(session, token)
    return found and (found.user_id, found.role)


def test_who_is_no_person_has_no_address(session):
    for act in (make_calendar_address, revoke_calendar_address):
        with pytest.raises(RowNotFound):
            act(session, Viewer.system())
    assert calendar_made_at(session, Viewer.system()) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 42, "x" * 43, "x" * 5000, "é\x00", "'; DROP TABLE meeting --"])
def test_what_is_no_token_opens_nothing(session, person, token):
    make_calendar_address(session, own(person))
    assert holder(session, token) is None


def test_a_new_address_opens_the_meetings_of_its_person_and_is_kept_as_a_hash(session, person):
    token = make_calendar_address(session, own(person))
    row = session.scalars(select(CalendarAddress)).one()
    assert (row.user_id, row.token_hash, row.revoked_at) == (person.id, token_hash(token), None)
    assert len(token) >= RANDOM_BYTES
    assert token not in row.token_hash
    assert holder(session, token) == (person.id, Role.STEERING)
    assert calendar_made_at(session, own(person)) == row.made_at


def test_a_second_address_takes_the_place_of_the_first_and_a_revoked_one_opens_nothing(session, person):
    first, second = (make_calendar_address(session, own(person)) for _ in range(2))
    assert session.scalar(select(func.count()).select_from(CalendarAddress)) == 1
    assert (holder(session, first), holder(session, second)) == (None, (person.id, Role.STEERING))
    revoke_calendar_address(session, own(person))
    assert holder(session, second) is None
    assert calendar_made_at(session, own(person)) is None
    third = make_calendar_address(session, own(person))
    assert (holder(session, second), holder(session, third)) == (None, (person.id, Role.STEERING))


def test_nobody_revokes_the_address_of_somebody_else(session, person):
    other = make_user(session, role=Role.STEERING)
    session.commit()
    token = make_calendar_address(session, own(person))
    revoke_calendar_address(session, own(other))
    assert holder(session, token) == (person.id, Role.STEERING)


def test_revoking_twice_or_what_is_not_there_changes_nothing(session, person):
    revoke_calendar_address(session, own(person))
    make_calendar_address(session, own(person))
    revoke_calendar_address(session, own(person))
    before = session.scalar(select(func.count()).select_from(Audit))
    revoke_calendar_address(session, own(person))
    assert session.scalar(select(func.count()).select_from(Audit)) == before


def test_who_is_disabled_reads_nothing_and_who_changes_role_reads_what_that_role_may(session, person):
    token = make_calendar_address(session, own(person))
    change_role(session, ADMIN, user_id=person.id, role=Role.MAYOR)
    assert holder(session, token) == (person.id, Role.MAYOR)
    disable_user(session, ADMIN, user_id=person.id)
    assert holder(session, token) is None


def test_making_and_revoking_leave_a_trace_without_the_token_or_its_hash(session, person):
    token = make_calendar_address(session, own(person))
    revoke_calendar_address(session, own(person))
    rows = session.scalars(select(Audit).where(Audit.entity == "calendar_address").order_by(Audit.sequence)).all()
    assert [row.command for row in rows] == ["make_calendar_address", "revoke_calendar_address"]
    told = " ".join(f"{row.before} {row.after} {row.secrets}" for row in rows)
    assert token not in told
    assert token_hash(token) not in told
    assert "(geheim)" in told
    assert verify_rows(session, current_seals(), [CalendarAddress]) is None
