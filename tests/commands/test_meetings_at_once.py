"""Many write in a meeting while it is frozen: no place or number is given twice, and what is there is what is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.commands.meetings.agenda import add_item
from portal.commands.meetings.meetings import freeze_meeting, plan_meeting
from portal.db.engine import reading, writing
from portal.db.models import AgendaItem, Meeting
from portal.permissions import Role
from portal.queries.meetings.meetings import kept_report, live_report
from portal.snapshots.report import Report
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState
from tests.makers import make_meeting, viewer

COORDINATOR = viewer(Role.COORDINATOR)
HELD, LATER = date(2026, 3, 2), date(2026, 9, 1)
EACH = 6


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each gave back, or the refusal it met."""
    with ThreadPoolExecutor(len(acts)) as threads:
        return [told.result() for told in [threads.submit(_or_refused, act) for act in acts]]


def see(session: Session, row: Meeting, held_on: date) -> Report:
    return live_report(session, row, frozen_on=held_on)


def _or_refused(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Refused as refused:
        return refused


@pytest.fixture
def meeting_id(fresh_engine: Engine) -> int:
    with writing(fresh_engine) as session:
        row = make_meeting(session, body=MeetingBody.EXELLO, number=1, state=MeetingState.OPEN, planned_on=HELD)
        session.commit()
        return row.id


def test_nobody_waits_for_ever_and_what_was_kept_is_what_was_on_the_agenda(fresh_engine: Engine, meeting_id: int):
    def add(number: int) -> bool:
        with writing(fresh_engine) as session:
            values = {"title": f"Punt {number}", "kind": AgendaKind.DISCUSSION}
            return bool(add_item(session, COORDINATOR, meeting_id=meeting_id, values=values))

    def freeze() -> bool:
        with writing(fresh_engine) as session:
            return bool(freeze_meeting(session, COORDINATOR, meeting_id=meeting_id, version=1, see=see))

    told = at_once([*(partial(add, number) for number in range(EACH)), freeze])
    assert told[-1] is True
    with reading(fresh_engine) as session:
        items = session.scalars(select(AgendaItem).order_by(AgendaItem.position)).all()
        kept = kept_report(session.get_one(Meeting, meeting_id)).agenda
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    assert [item.title for item in kept] == [item.title for item in items]
    assert len(items) == told[:-1].count(True)
    assert all("is vastgelegd" in str(one) for one in told[:-1] if one is not True)


def test_meetings_planned_at_once_have_each_a_number_of_their_own(fresh_engine: Engine, meeting_id: int):
    def plan(number: int) -> int:
        with writing(fresh_engine) as session:
            values = {"planned_on": LATER + timedelta(days=number)}
            return plan_meeting(session, COORDINATOR, body=MeetingBody.EXELLO, values=values).number

    assert sorted(at_once([partial(plan, number) for number in range(EACH)])) == list(range(2, EACH + 2))
