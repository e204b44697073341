"""Which report goes into a pack, and for whom it is made."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.commands.inventory.projects import PROJECT
from portal.pages.steering_pack import ENDINGS
from portal.permissions import Role, RowNotFound
from portal.queries.meetings.changes import pack_for
from portal.queries.meetings.meetings import NothingKept, report_of
from portal.vocabulary import MeetingBody, MeetingState, Phase
from tests.frozen import make_frozen_meeting
from tests.makers import make_coalition, make_meeting, viewer

MAYOR, TABLE = viewer(Role.MAYOR), viewer(Role.STEERING)
STEERING, CONFERENCE, EXELLO = MeetingBody.STEERING, MeetingBody.CONFERENCE, MeetingBody.EXELLO
OTHERS = [viewer(role) for role in Role if role is not Role.MAYOR]


def test_a_mayor_has_no_pack_of_a_meeting_that_is_not_frozen(session: Session):
    open_one = make_meeting(session, state=MeetingState.OPEN)
    with pytest.raises(RowNotFound):
        pack_for(session, MAYOR, STEERING, open_one.number)
    assert pack_for(session, TABLE, STEERING, open_one.number).report.header.number == open_one.number


@pytest.mark.parametrize("who", [MAYOR, TABLE], ids=["burgemeester", "stuurgroep"])
def test_there_is_no_pack_of_a_meeting_that_is_not_there_or_kept_nothing(session: Session, who):
    empty = make_meeting(session, state=MeetingState.FROZEN)
    with pytest.raises(NothingKept):
        pack_for(session, who, STEERING, empty.number)
    with pytest.raises(RowNotFound):
        pack_for(session, who, EXELLO, empty.number)


def test_a_mayor_gets_the_extract_for_the_conferentie_whatever_is_asked(session: Session):
    number = make_frozen_meeting(session).number
    for asked in (None, *MeetingBody):
        found = pack_for(session, MAYOR, STEERING, number, asked)
        assert found.audience is CONFERENCE
        assert found.report == report_of(session, MAYOR, STEERING, number)


@pytest.mark.parametrize("who", OTHERS, ids=lambda who: who.role.value)
def test_others_get_the_pack_of_the_body_that_meets_or_the_extract_they_ask(session: Session, who):
    steering, exello = make_frozen_meeting(session), make_frozen_meeting(session, body=EXELLO)
    assert pack_for(session, who, STEERING, steering.number).audience is STEERING
    assert pack_for(session, who, STEERING, steering.number, CONFERENCE).audience is CONFERENCE
    assert pack_for(session, who, EXELLO, exello.number).audience is EXELLO
    assert pack_for(session, who, EXELLO, exello.number, STEERING).audience is STEERING


def test_the_pack_of_a_frozen_meeting_stays_byte_for_byte_the_same_whatever_changes(session: Session):
    project = make_coalition(session, code="R-77", phase=Phase.PREPARATION)
    number = make_frozen_meeting(session).number
    before = [write(pack_for(session, TABLE, STEERING, number)) for _, write in ENDINGS.values()]
    PROJECT.change(
        session,
        viewer(Role.COORDINATOR),
        row_id=project.id,
        version=project.version,
        values={"phase": Phase.EXECUTION, "title": "Een andere naam"},
    )
    assert [write(pack_for(session, TABLE, STEERING, number)) for _, write in ENDINGS.values()] == before
    open_one = make_meeting(session, planned_on=date(2039, 1, 1))
    assert "Een andere naam" in pack_for(session, TABLE, STEERING, open_one.number).report.to_json()
