"""Which meetings somebody may know of, which one is meant, and what each role reads of its report."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal import clock
from portal.commands.meetings.meetings import add_note, freeze_meeting
from portal.permissions import Role, RowNotFound
from portal.queries.meetings.meetings import (
    Note,
    NothingKept,
    chosen_meeting,
    live_report,
    meeting_rows,
    notes_of,
    report_between,
    report_of,
)
from portal.snapshots.extract import extract
from portal.snapshots.state import Kind
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState, Visibility
from tests.makers import atelier_of, make_agenda_item, make_meeting, make_milestone, make_project, make_user, viewer
from tests.money import make_grant, make_line

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOON.date()
STEERING = MeetingBody.STEERING
TABLE, MAYOR, COORDINATOR = viewer(Role.STEERING), viewer(Role.MAYOR), viewer(Role.COORDINATOR)
OTHERS = [viewer(role) for role in Role if role is not Role.MAYOR]


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


@pytest.fixture
def meetings(session):
    """Two that were held and frozen, of which the second kept what it saw, and one that comes."""
    first = make_meeting(session, number=1, planned_on=TODAY - timedelta(days=84), state=MeetingState.FROZEN)
    second = make_meeting(session, number=2, planned_on=TODAY - timedelta(days=42))
    third = make_meeting(session, number=3, planned_on=TODAY + timedelta(days=12))
    make_agenda_item(session, second, title="Glasvezel", note="een tip", kind=AgendaKind.DECISION)
    grant = make_grant(session)
    make_line(session, grant, "10.00", atelier="I", code="LIJN-I")
    make_line(session, grant, "20.00", atelier="II", code="LIJN-II")
    session.commit()
    freeze(session, second)
    return first, second, third


def freeze(session, row, by=COORDINATOR):
    return freeze_meeting(
        session,
        by,
        meeting_id=row.id,
        version=row.version,
        see=lambda session, row, held_on: live_report(session, row, frozen_on=held_on),
    )


# -- which meetings


def test_a_mayor_knows_of_no_meeting_that_is_not_frozen(session, meetings):
    assert [row.number for row in meeting_rows(session, MAYOR)] == [1, 2]
    for act in (chosen_meeting, report_of, notes_of):
        with pytest.raises(RowNotFound):
            act(session, MAYOR, STEERING, 3)
    assert chosen_meeting(session, MAYOR, STEERING).number == 2


@pytest.mark.parametrize("who", OTHERS, ids=lambda who: who.role)
def test_everybody_else_knows_of_them_all(session, meetings, who):
    rows = meeting_rows(session, who)
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.kept for row in rows] == [False, True, False]
    assert [(row.planned_on - TODAY).days for row in rows] == [-84, -42, 12]
    assert [row.state.label for row in rows] == ["vastgelegd", "vastgelegd", "gepland"]
    assert chosen_meeting(session, who, STEERING).number == 3


def test_an_archived_meeting_or_a_number_that_never_was_is_not_found(session, meetings):
    meetings[2].archived_at = NOON
    session.commit()
    for number in (3, 99):
        with pytest.raises(RowNotFound):
            chosen_meeting(session, TABLE, STEERING, number)
    with pytest.raises(RowNotFound):
        chosen_meeting(session, TABLE, MeetingBody.EXELLO)


@pytest.mark.parametrize(("days_ago", "number"), [(0, 7), (7, 7), (8, 8)])
def test_a_meeting_that_was_skipped_is_not_the_next_one(session, days_ago, number):
    make_meeting(session, number=7, planned_on=TODAY - timedelta(days=days_ago))
    make_meeting(session, number=8, planned_on=TODAY + timedelta(days=30))
    assert chosen_meeting(session, TABLE, STEERING).number == number


def test_without_a_meeting_to_come_the_last_there_was_is_meant(session, meetings):
    meetings[2].archived_at = NOON
    session.commit()
    assert chosen_meeting(session, TABLE, STEERING).number == 2


# -- what each reads


def test_of_a_meeting_that_was_frozen_without_its_state_nothing_is_shown(session, meetings):
    for who in (TABLE, MAYOR):
        with pytest.raises(NothingKept, match="Stuurgroep 1"):
            report_of(session, who, STEERING, 1)


def test_a_frozen_meeting_is_read_as_it_was_kept_and_an_open_one_as_it_is(session, meetings):
    kept = report_of(session, TABLE, STEERING, 2)
    project = make_project(session, code="P-NIEUW")
    session.commit()
    assert report_of(session, TABLE, STEERING, 2) == kept
    live = report_of(session, TABLE, STEERING)
    assert (live.header.number, live.previous.number, live.header.as_of) == (3, 2, TODAY)
    assert [line.key for line in live.lines if line.kind is Kind.PROJECT and line.act == "nieuw"] == [str(project.id)]


def test_a_meeting_is_compared_with_the_one_before_of_its_own_body(session, meetings):
    other = make_meeting(session, body=MeetingBody.EXELLO, number=9, planned_on=TODAY - timedelta(days=1))
    session.commit()
    freeze(session, other)
    assert report_of(session, TABLE, MeetingBody.EXELLO, 9).previous is None
    assert report_of(session, TABLE, STEERING, 3).previous.number == 2


def test_a_mayor_reads_the_extract_of_what_was_kept(session, meetings):
    whole, theirs = report_of(session, TABLE, STEERING, 2), report_of(session, MAYOR, STEERING, 2)
    assert theirs == extract(whole, MeetingBody.CONFERENCE)
    assert Kind.LINE not in theirs.state.rows
    assert theirs.agenda[0].note == ""
    assert whole.agenda[0].note == "een tip"


def test_an_atelier_lead_reads_the_budget_lines_of_the_own_atelier_alone(session, meetings):
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])
    for number in (2, 3):
        own = {row["code"] for row in report_of(session, lead, STEERING, number).state.of(Kind.LINE).values()}
        assert own == {"LIJN-I"}
        assert "LIJN-II" not in report_of(session, lead, STEERING, number).to_json()
        everything = report_of(session, TABLE, STEERING, number).state.of(Kind.LINE).values()
        assert {row["code"] for row in everything} == {"LIJN-I", "LIJN-II"}


@pytest.mark.parametrize("who", [COORDINATOR, viewer(Role.ADMIN)], ids=["coordinator", "admin"])
def test_even_who_sees_internal_rows_reads_here_what_the_table_may_know(session, meetings, who):
    make_project(session, title="GEHEIM", reported_by="wervik", visibility=Visibility.INTERNAL)
    session.commit()
    assert "GEHEIM" not in report_of(session, who, STEERING).to_json()


def test_two_meetings_that_are_not_neighbours_are_compared_as_far_as_each_may_know(session, meetings):
    make_milestone(session, title="Tussenin", due_expected=date(2027, 1, 1))
    make_line(session, make_grant(session), "5.00", atelier="II", code="LIJN-X")
    session.commit()
    for who in (TABLE, MAYOR, viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])):
        earlier = report_of(session, who, STEERING, 2)
        later = report_of(session, TABLE, STEERING, 3)
        compared = report_between(session, who, earlier, later)
        assert "Tussenin" in {line.what for line in compared.lines}
        assert ("LIJN-X" in compared.to_json()) is (who is TABLE)


# -- notes


def test_a_correction_is_read_beside_the_report_and_a_mayor_reads_no_name(session, meetings):
    user = make_user(session, name="An Peeters")
    by = viewer(Role.COORDINATOR, user_id=user.id)
    add_note(session, by, meeting_id=meetings[1].id, text="Menen was er ook.")
    assert notes_of(session, TABLE, STEERING, 2) == [Note(NOON, "An Peeters", "Menen was er ook.")]
    assert notes_of(session, MAYOR, STEERING, 2) == [Note(NOON, None, "Menen was er ook.")]
    assert notes_of(session, TABLE, STEERING, 1) == []
