"""The calendar of a body: planned in order by who plans, moved by who edits it, and for ever still once frozen."""

from datetime import date, time

import pytest
from sqlalchemy import func, select

from portal.commands.base import Refused
from portal.commands.meetings.meetings import MEETING, plan_meeting
from portal.commands.tables import bring_back
from portal.db.models import Audit, Meeting
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import MeetingBody, MeetingState
from tests.databases import undone
from tests.makers import make_action, make_agenda_item, make_meeting, viewer

COORDINATOR, TABLE = viewer(Role.COORDINATOR), viewer(Role.STEERING)
ATELIER = viewer(Role.ATELIER, ateliers=[1, 2, 3, 4, 5])
MAY, JUNE, JULY = date(2026, 5, 4), date(2026, 6, 15), date(2026, 7, 27)
EXELLO = MeetingBody.EXELLO
PLANNERS = {role for role in Role if Permission.FREEZE_MEETINGS in GRANTS[role]}


def made(session, **given):
    row = make_meeting(session, **{"body": EXELLO, "planned_on": MAY} | given)
    session.commit()
    return row


def plan(session, by=COORDINATOR, body=EXELLO, **values):
    return plan_meeting(session, by, body=body, values={"planned_on": JUNE} | values)


def change(session, row, by=COORDINATOR, version=None, **values):
    return MEETING.change(session, by, row_id=row.id, version=version or row.version, values=values)


def archive(session, row, by=COORDINATOR):
    return MEETING.archive(session, by, row_id=row.id, version=row.version)


def counted(session, model=Meeting):
    return session.scalar(select(func.count()).select_from(model))


def test_only_coordinator_and_administrator_plan_meetings():
    assert {Role.COORDINATOR, Role.ADMIN} == PLANNERS


@pytest.mark.parametrize("role", [role for role in Role if role not in PLANNERS])
def test_who_does_not_plan_changes_nothing_of_the_calendar(session, role):
    row, by = made(session), viewer(role, 1, 2, 3, ateliers=[1, 2, 3, 4, 5])
    before = counted(session), counted(session, Audit)
    acts = (
        lambda: plan(session, by),
        lambda: change(session, row, by, state=MeetingState.OPEN),
        lambda: archive(session, row, by),
        lambda: MEETING.restore(session, by, row_id=row.id),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert (row.state, counted(session), counted(session, Audit)) == (MeetingState.PLANNED, *before)


def test_the_table_moves_its_meeting_until_it_is_frozen_and_an_atelier_lead_never(session):
    row = made(session)
    with pytest.raises(PermissionDenied):
        change(session, row, ATELIER, planned_on=JUNE)
    change(session, row, TABLE, planned_on=JUNE, place="Zaal 2")
    assert (row.planned_on, row.place) == (JUNE, "Zaal 2")
    frozen = made(session, state=MeetingState.FROZEN, planned_on=MAY)
    with pytest.raises(Refused, match=r"is vastgelegd; voeg een gedateerde nota toe"):
        change(session, frozen, TABLE, place="Elders")


@pytest.mark.parametrize(
    "hours",
    [
        {"ends_at": time(16)},
        {"starts_at": time(14), "ends_at": time(14)},
        {"starts_at": time(14), "ends_at": time(13, 59)},
    ],
)
def test_a_meeting_ends_after_it_began(session, hours):
    row = made(session)
    for act in (lambda: plan(session, planned_on=JULY, **hours), lambda: change(session, row, TABLE, **hours)):
        with pytest.raises(Refused, match=r"^Vul eerst in wanneer de vergadering begint; ze eindigt later"):
            act()
    session.refresh(row)
    assert (row.starts_at, row.ends_at) == (None, None)


def test_the_table_says_when_a_meeting_begins_and_ends_and_the_trace_tells_it(session):
    row = made(session)
    change(session, row, TABLE, starts_at=time(14))
    change(session, row, TABLE, ends_at=time(16, 30))
    assert (row.starts_at, row.ends_at) == (time(14), time(16, 30))
    told = session.scalars(select(Audit.after).where(Audit.entity == "meeting").order_by(Audit.sequence.desc())).first()
    assert told == '{"ends_at":"16:30:00"}'
    with pytest.raises(Refused, match="Vul eerst in wanneer"):
        change(session, row, TABLE, starts_at=None)
    change(session, row, TABLE, starts_at=None, ends_at=None)
    assert (row.starts_at, row.ends_at) == (None, None)


def test_a_meeting_gets_the_next_number_of_its_body_and_is_opened_by_who_plans(session):
    made(session, number=4)
    made(session, number=5, planned_on=JULY)
    archive(session, session.scalars(select(Meeting).filter_by(number=5)).one())
    made(session, number=9, body=MeetingBody.CONFERENCE)
    row = plan(session, place="Zaal")
    assert (row.number, row.state, row.planned_on, row.place) == (6, MeetingState.PLANNED, JUNE, "Zaal")
    assert plan(session, body=MeetingBody.STEERING).number == 1
    change(session, row, state=MeetingState.OPEN)
    assert row.state is MeetingState.OPEN
    change(session, row, state=MeetingState.PLANNED, place=None)
    assert (row.state, row.place) == (MeetingState.PLANNED, "")


CANNOT_BE = [
    ({"planned_on": None}, "Gepland op mag niet leeg zijn"),
    ({"planned_on": MAY}, "Exello 1 komt al samen op 04/05/2026"),
    ({"planned_on": date(2026, 1, 5)}, r"Exello 2 van 11/01/2026 is al vastgelegd; kies een latere dag"),
    ({"state": MeetingState.FROZEN}, "wordt vastgelegd op haar eigen pagina"),
    ({"place": "x" * 301}, "Plaats telt 301 tekens"),
    ({"number": 3}, "kan hier niet gewijzigd worden"),
    ({"held_on": MAY}, "kan hier niet gewijzigd worden"),
]


def test_a_day_or_state_that_cannot_be_is_refused(engine, subtests):
    for values, told in CANNOT_BE:
        with subtests.test(values=values, told=told), undone(engine) as session:
            made(session, number=1)
            made(session, number=2, planned_on=date(2026, 1, 11), state=MeetingState.FROZEN)
            row = made(session, number=3, planned_on=JULY)
            before = counted(session)
            with pytest.raises(Refused, match=told):
                plan(session, **values)
            with pytest.raises(Refused, match=told):
                change(session, row, **values)
            session.expire_all()
            assert (row.planned_on, row.state, counted(session)) == (JULY, MeetingState.PLANNED, before)


def test_another_body_may_meet_on_the_same_day(session):
    made(session, body=MeetingBody.CONFERENCE, planned_on=JUNE)
    assert plan(session).planned_on == JUNE


def test_a_meeting_at_which_something_was_agreed_was_held_and_stays(session):
    row = made(session)
    make_action(session, meeting=row)
    session.commit()
    with pytest.raises(Refused, match="ze werd dus gehouden"):
        archive(session, row)
    frozen = made(session, planned_on=JUNE, state=MeetingState.FROZEN)
    with pytest.raises(Refused, match="is vastgelegd"):
        archive(session, frozen)
    assert (row.archived_at, frozen.archived_at) == (None, None)


def test_a_meeting_that_was_never_held_goes_with_its_agenda_and_comes_back(session):
    row = made(session)
    make_agenda_item(session, row)
    session.commit()
    archive(session, row)
    with pytest.raises(RowNotFound):
        change(session, row, place="Zaal")
    other = plan(session, planned_on=MAY)
    with pytest.raises(Refused, match="komt al samen"):
        MEETING.restore(session, COORDINATOR, row_id=row.id)
    change(session, other, planned_on=JUNE)
    bring_back(session, COORDINATOR, entity="meeting", row_id=row.id)
    assert row.archived_at is None
    with pytest.raises(RowNotFound):
        MEETING.restore(session, COORDINATOR, row_id=10**6)
