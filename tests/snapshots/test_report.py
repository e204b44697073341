"""A report is kept without loss; and what of it each body, and each atelier, is told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from portal.entities.heard import told
from portal.snapshots.extract import extract, within_ateliers
from portal.snapshots.lines import Trace
from portal.snapshots.radar import Quiet
from portal.snapshots.report import Header, Item, Report, report
from portal.snapshots.state import FormFault, Kind, State
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState
from tests.snapshots.rows import NOW, THEN, later, row, state, steering_groups

AT = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
WRITTEN = "omdat het te duur is"


def header(number: int, day: date, held: bool = True) -> Header:
    kept = MeetingState.FROZEN if held else MeetingState.OPEN
    return Header(MeetingBody.STEERING, number, day, day if held else None, "Kortrijk", kept, day)


LATE = row(Kind.MEETING, number=9, planned_on=str(THEN), held_on=None, state="gepland")
OFFERS = row(Kind.MILESTONE, title="Offertes")
WAS = state(
    THEN,
    {
        Kind.MEETING: steering_groups(THEN) | {"9": {**LATE, "planned_on": later(THEN, -1)}},
        Kind.LINE: {"1": row(Kind.LINE), "2": row(Kind.LINE, atelier="II", code="LIJN-002")},
        Kind.MILESTONE: {"1": row(Kind.MILESTONE), "2": OFFERS},
        Kind.PARTICIPATION: {"1.4": row(Kind.PARTICIPATION)},
        Kind.ACTION: {"1": row(Kind.ACTION)},
    },
    project=row(Kind.PROJECT),
    condition=row(Kind.CONDITION),
    money=row(Kind.MONEY),
)
IS = state(
    NOW,
    {
        Kind.MEETING: steering_groups(THEN) | {"9": LATE},
        Kind.LINE: {
            "1": row(Kind.LINE, standing="ver-boven", forecast="1200.00"),
            "2": row(Kind.LINE, atelier="II", code="LIJN-002", standing="ver-boven"),
        },
        Kind.MILESTONE: {"1": row(Kind.MILESTONE, due_expected=later(NOW, 9)), "2": OFFERS},
        Kind.PARTICIPATION: {"1.4": row(Kind.PARTICIPATION, state="niet", since="2026-10-01", reason=WRITTEN)},
        Kind.ACTION: {"1": row(Kind.ACTION), "2": row(Kind.ACTION, text="Vraagt het na")},
        Kind.DECISION: {
            "1": row(Kind.DECISION, number=1),
            "2": row(Kind.DECISION, number=6),
            "3": row(Kind.DECISION, number=9),
            "4": row(Kind.DECISION, body="exello", number=6),
        },
    },
    project=row(Kind.PROJECT, health="rood", progress=60),
    condition=row(Kind.CONDITION, resolved_on="2026-10-02"),
    money=row(Kind.MONEY, forecast="1200.00"),
)
TRACES = {
    (Kind.PROJECT, "1", "health"): Trace("An Peeters", AT),
    (Kind.PARTICIPATION, "1.4", "state"): Trace("An Peeters", AT),
    (Kind.MILESTONE, "1", "due_expected"): Trace("", AT),
}
AGENDA = (Item(4, 1, AgendaKind.DECISION, "Meldpunt", "tip van An", "R-01 Meldpunt", "/project/R-01", "I"),)
WHOLE = report(
    header(6, NOW), IS, Report(header(5, THEN), WAS), told=told(), traces=TRACES, agenda=AGENDA, is_demo=True
)


@pytest.mark.parametrize(
    "one",
    [
        WHOLE,
        report(header(6, NOW, held=False), IS, None, told=told(), traces={}, is_demo=False),
        Report(header(1, THEN), State(THEN)),
        *(extract(WHOLE, body) for body in MeetingBody),
    ],
)
def test_a_report_is_kept_without_loss_and_in_one_spelling(one):
    kept = Report.from_json(one.to_json())
    assert kept == one
    assert kept.to_json() == one.to_json()


@pytest.mark.parametrize(
    "text", ["", "{}", "null", WHOLE.to_json()[:-1], WHOLE.to_json().replace('"stuurgroep"', '"x"')]
)
def test_what_is_no_report_is_refused(text):
    with pytest.raises(FormFault):
        Report.from_json(text)


def test_without_a_meeting_before_nothing_changed_and_nothing_was_promised():
    first = report(header(6, NOW), IS, None, told=told(), traces=TRACES, is_demo=False)
    assert (first.previous, first.lines, first.stuck, first.promised) == (None, (), (), None)
    assert {alert.kind for alert in first.radar} == {Quiet.SKIPPED}


def test_a_meeting_is_told_what_changed_what_was_stuck_and_what_was_promised():
    assert WHOLE.previous == header(5, THEN)
    assert {line.act for line in WHOLE.lines if line.kind is Kind.MILESTONE} == {"verschoven"}
    assert [(line.kind, line.key) for line in WHOLE.stuck] == [(Kind.MILESTONE, "2"), (Kind.ACTION, "1")]
    assert WHOLE.promised
    assert (len(WHOLE.promised.moved), len(WHOLE.promised.waiting)) == (1, 1)
    assert WHOLE.header.name == "Stuurgroep 6"
    assert WHOLE.header.path == "/stuurgroep?vergadering=stuurgroep-6"


# -- the mayors


MAYORS = extract(WHOLE, MeetingBody.CONFERENCE)


def test_the_mayors_read_no_person_no_reason_and_no_note():
    text = MAYORS.to_json()
    for word in ("An Peeters", WRITTEN, "tip van An"):
        assert word in WHOLE.to_json()
        assert word not in text
    assert not any(line.who for line in (*MAYORS.lines, *MAYORS.stuck))


def test_the_mayors_read_the_totals_of_money_and_no_line():
    assert Kind.LINE not in MAYORS.state.rows
    assert not any(line.kind is Kind.LINE for line in MAYORS.lines)
    assert MAYORS.state.of(Kind.MONEY) == WHOLE.state.of(Kind.MONEY)
    assert [line.label for line in MAYORS.lines if line.kind is Kind.MONEY] == ["prognose"]


def test_the_mayors_read_no_action_and_no_condition():
    for kind in (Kind.ACTION, Kind.CONDITION):
        assert WHOLE.state.of(kind)
        assert kind not in MAYORS.state.rows
        assert not any(line.kind is kind for line in (*MAYORS.lines, *MAYORS.stuck))
    assert Kind.DECISION in MAYORS.state.rows


def test_the_mayors_know_of_no_meeting_that_is_not_held():
    assert "9" in WHOLE.state.of(Kind.MEETING)
    assert set(MAYORS.state.of(Kind.MEETING)) == {"1"}
    assert any(line.key == "9" and not line.minor for line in WHOLE.lines if line.kind is Kind.MEETING)
    assert not any(line.kind is Kind.MEETING for line in MAYORS.lines)
    assert any(alert.kind is Quiet.SKIPPED for alert in WHOLE.radar)
    assert not any(alert.kind is Quiet.SKIPPED for alert in MAYORS.radar)


def test_the_mayors_read_what_was_decided_there_and_not_where_a_meeting_is_still_open():
    assert set(WHOLE.state.of(Kind.DECISION)) == {"1", "2", "3", "4"}
    assert set(MAYORS.state.of(Kind.DECISION)) == {"1", "2"}
    assert {line.key for line in MAYORS.lines if line.kind is Kind.DECISION} == {"1", "2"}


def test_the_mayors_read_who_left_and_what_is_worth_the_time():
    assert [line.act for line in MAYORS.lines if line.kind is Kind.PARTICIPATION] == ["stapt uit"]
    assert [alert.kind for alert in MAYORS.radar] == [Quiet.LEAVING]
    assert not any(line.minor for line in MAYORS.lines)
    assert any(line.minor for line in WHOLE.lines)
    assert MAYORS.promised == WHOLE.promised


# -- Exello, the table and the ateliers


def test_exello_reads_everything_that_is_worth_its_time():
    exello = extract(WHOLE, MeetingBody.EXELLO)
    assert exello == replace(WHOLE, lines=tuple(line for line in WHOLE.lines if not line.minor))


def test_the_table_reads_everything():
    assert extract(WHOLE, MeetingBody.STEERING) is WHOLE


@pytest.mark.parametrize(
    ("ateliers", "keys"), [({"I"}, {"1"}), ({"II"}, {"2"}), ({"I", "II"}, {"1", "2"}), ((), set())]
)
def test_who_leads_ateliers_reads_the_money_lines_of_those_alone(ateliers, keys):
    own = within_ateliers(WHOLE, frozenset(ateliers))
    assert set(own.state.of(Kind.LINE)) == keys
    assert {line.key for line in own.lines if line.kind is Kind.LINE} == keys
    rest = [line for line in WHOLE.lines if line.kind is not Kind.LINE]
    assert [line for line in own.lines if line.kind is not Kind.LINE] == rest
    assert own.state.of(Kind.MONEY) == WHOLE.state.of(Kind.MONEY)
