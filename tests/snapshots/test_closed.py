"""A report for who may not know all of it: what is closed has no name and no words, and counts as before."""

from dataclasses import replace

import pytest

from portal.closed import A_SUBJECT, Closed, names_of
from portal.entities.heard import told
from portal.snapshots.extract import SINCE, without
from portal.snapshots.report import Header, Item, Report, report
from portal.snapshots.state import Kind
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState
from portal.words import fold
from tests.snapshots.rows import NOW, THEN, row, state

CLOSED = Closed(
    challenges=frozenset({"1"}),
    projects=frozenset({"1"}),
    milestones=frozenset({"1"}),
    risks=frozenset({"1", "3"}),
    codes=frozenset({"R-01", "U-01"}),
    names=names_of(map(fold, ("Meldpunt", "R-01", "U-01", "Server uit"))),
)


def header(number: int) -> Header:
    return Header(MeetingBody.STEERING, number, THEN, NOW, "", MeetingState.FROZEN, NOW)


@pytest.fixture
def whole() -> Report:
    step = {"title": "Meldpunt staat", "project_code": "R-01", "of_code": "R-01", "of_title": "Meldpunt"}
    was = {
        Kind.PROJECT: {"1": row(Kind.PROJECT), "2": row(Kind.PROJECT, code="R-02", title="Datateam")},
        Kind.MILESTONE: {"1": row(Kind.MILESTONE, **step)},
        Kind.PARTICIPATION: {"1.7": row(Kind.PARTICIPATION, state="trekker")},
        Kind.CHALLENGE: {"1": row(Kind.CHALLENGE, code="U-01", title="Server uit")},
        Kind.RISK: {
            "1": row(Kind.RISK, title="Meldpunt te laat", of_title="Meldpunt"),
            "2": row(Kind.RISK, project_code="R-02", of_title="Datateam"),
            "3": row(Kind.RISK, title="De te dure server", of_title="Meldpunt"),
        },
        Kind.DECISION: {"1": row(Kind.DECISION, text="Het meldpunt: R-01 gaat door", project_code="R-01")},
    }
    late = {"title": "Meldpunten", "health": "rood", "end_expected_on": "2027-12-31"}
    left = {"state": "neemt niet deel", "reason": "het meldpunt is te duur"}
    now = was | {
        Kind.PROJECT: {"1": row(Kind.PROJECT, **late), "2": was[Kind.PROJECT]["2"]},
        Kind.PARTICIPATION: {"1.7": row(Kind.PARTICIPATION, **left)},
        Kind.RISK: {"1": was[Kind.RISK]["1"] | {"chance": 5}, "2": was[Kind.RISK]["2"] | {"chance": 1}},
    }
    del now[Kind.CHALLENGE]
    agenda = [Item(1, 1, AgendaKind.DECISION, "Meldpunt", "R-01 vraagt geld", "R-01 Meldpunt", "/project/R-01", "I")]
    before = Report(header(5), state(THEN, was))
    return report(header(6), state(NOW, now), before, told=told(), traces={}, agenda=agenda, is_demo=False)


def test_nothing_closed_leaves_the_report_as_it_is(whole: Report):
    assert without(whole, Closed()) is whole
    assert without(whole, replace(CLOSED, projects=frozenset(), challenges=frozenset())) != whole


def test_no_text_of_what_is_closed_is_left_in_any_part_and_every_part_counts_as_before(whole: Report):
    told = without(whole, CLOSED)
    text = repr(told).lower()
    assert [word for word in ("meldpunt", "r-01", "u-01", "server", "te duur") if word in text] == []
    assert "datateam" in text
    assert told.withheld
    for part in ("lines", "stuck", "radar", "agenda"):
        assert len(getattr(told, part)) == len(getattr(whole, part)) != 0, part
    assert {kind: len(rows) for kind, rows in told.state.rows.items()} == {
        kind: len(rows) for kind, rows in whole.state.rows.items()
    }


def test_a_line_says_that_its_row_is_internal_and_leads_nowhere(whole: Report):
    lines = [line for line in without(whole, CLOSED).lines if line.kind is Kind.PROJECT and line.key == "1"]
    assert {(line.what, line.old, line.new, line.detail, line.path) for line in lines} == {
        ("een project", "", SINCE, "", "")
    }
    assert without(whole, CLOSED).agenda[0].title == A_SUBJECT


def test_leaving_it_out_twice_is_leaving_it_out_once_and_is_never_kept(whole: Report):
    told = without(whole, CLOSED)
    assert without(told, CLOSED) == told
    assert Report.from_json(told.to_json()) == replace(told, withheld=False)
