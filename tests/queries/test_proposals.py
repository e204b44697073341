"""What is proposed for an agenda, to whom, and what stands there already."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal import clock
from portal.commands.meetings.meetings import freeze_meeting
from portal.commands.results import MILESTONE
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.meetings.meetings import live_report
from portal.queries.meetings.proposals import proposals
from portal.vocabulary import AgendaKind, Health, ParticipationState, Visibility
from tests.makers import (
    atelier_of,
    make_agenda_item,
    make_coalition,
    make_deliverable,
    make_meeting,
    make_milestone,
    viewer,
)
from tests.money import foresee, make_grant, make_line

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOON.date()
TABLE, COORDINATOR = viewer(Role.STEERING), viewer(Role.COORDINATOR)
MINE = {"P-ROOD", "R-MIJN", "IV", "P-ANDER"}


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


@pytest.fixture
def meeting(session):
    """A meeting to come, with a red project, a result whose milestone moved twice, and money far over its budget."""
    before = make_meeting(session, number=1, planned_on=TODAY - timedelta(days=30))
    states = {"wervik": ParticipationState.LEAD}
    make_coalition(session, states, code="P-ROOD", atelier="I", health=Health.RED)
    make_coalition(session, states, code="P-ANDER", atelier="II", health=Health.RED)
    make_coalition(session, states, code="P-INTERN", atelier="I", health=Health.RED, visibility=Visibility.INTERNAL)
    result = make_deliverable(session, code="R-MIJN", atelier="I")
    step = make_milestone(session, deliverable=result, due_expected=date(2027, 1, 1))
    foresee(session, make_line(session, make_grant(session), "100.00", atelier="IV"), "200.00")
    session.commit()
    move(session, step, date(2027, 2, 1))
    given = {"meeting_id": before.id, "version": before.version}
    freeze_meeting(session, COORDINATOR, **given, see=lambda s, row, on: live_report(s, row, frozen_on=on))
    move(session, step, date(2027, 3, 1))
    row = make_meeting(session, number=2, planned_on=TODAY + timedelta(days=12))
    session.commit()
    return row


def move(session, step, day):
    MILESTONE.change(session, COORDINATOR, row_id=step.id, version=step.version, values={"due_expected": day})


def codes(rows):
    return [row.code for row in rows if row.code in MINE]


@pytest.mark.parametrize("role", [role for role in Role if Permission.EDIT_MEETINGS not in GRANTS[role]])
def test_who_edits_no_agenda_is_proposed_nothing(session, meeting, role):
    with pytest.raises(PermissionDenied):
        proposals(session, viewer(role), meeting.id)


def test_for_a_meeting_that_is_not_there_nothing_is_proposed(session, meeting):
    with pytest.raises(RowNotFound):
        proposals(session, TABLE, 10**6)
    meeting.archived_at = NOON
    session.commit()
    with pytest.raises(RowNotFound):
        proposals(session, TABLE, meeting.id)


@pytest.mark.parametrize("who", [TABLE, COORDINATOR, viewer(Role.ADMIN)], ids=lambda who: who.role)
def test_what_needs_attention_is_proposed_per_atelier_with_why(session, meeting, who):
    rows = proposals(session, who, meeting.id)
    assert codes(rows) == ["R-MIJN", "P-ROOD", "P-ANDER", "IV"]
    found = {row.code: row for row in rows}
    assert "P-INTERN" not in found
    mine = [found[code] for code in ("R-MIJN", "P-ROOD", "IV")]
    assert [row.about.value for row in mine] == ["resultaat", "project", "atelier"]
    assert [row.suggested for row in mine] == [AgendaKind.DECISION, AgendaKind.DISCUSSION, AgendaKind.DECISION]
    assert found["R-MIJN"].why.endswith("verschoof van 01/02/2027 naar 01/03/2027, voor de 2e keer.")
    assert found["P-ROOD"].path == "/project/P-ROOD"


def test_an_atelier_lead_is_proposed_what_is_of_the_own_ateliers(session, meeting):
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])
    assert codes(proposals(session, lead, meeting.id)) == ["R-MIJN", "P-ROOD"]
    assert proposals(session, viewer(Role.ATELIER), meeting.id) == []


def test_what_is_on_the_agenda_is_not_proposed_again(session, meeting):
    report = live_report(session, meeting)
    red = next(key for key, row in report.state.of("project").items() if row["code"] == "P-ROOD")
    item = make_agenda_item(session, meeting, project_id=int(red))
    make_agenda_item(session, meeting, atelier_id=atelier_of(session, "IV").id)
    # about the project of an atelier is not about the atelier
    make_agenda_item(session, meeting, project_id=int(red), atelier_id=atelier_of(session, "I").id)
    assert codes(proposals(session, TABLE, meeting.id)) == ["R-MIJN", "P-ANDER"]
    session.query(type(item)).update({"archived_at": NOON})
    assert codes(proposals(session, TABLE, meeting.id)) == ["R-MIJN", "P-ROOD", "P-ANDER", "IV"]


def test_of_a_meeting_that_is_frozen_the_agenda_stands(session, meeting):
    meeting.state = "vastgelegd"
    session.commit()
    assert proposals(session, TABLE, meeting.id) == []


def test_who_has_the_report_need_not_make_it_again(session, meeting, statements):
    seen = live_report(session, meeting)
    with statements() as sent:
        rows = proposals(session, TABLE, meeting.id, seen)
    assert len(sent) <= 5
    assert codes(rows) == codes(proposals(session, TABLE, meeting.id))
