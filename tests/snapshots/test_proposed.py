"""What the portal proposes for the agenda: each with why, and with what it asks of the table."""

from datetime import date

import pytest

from portal.entities.heard import told
from portal.snapshots.proposed import About, proposed
from portal.snapshots.report import Report, report
from portal.snapshots.state import Kind
from portal.vocabulary import AgendaKind
from tests.snapshots.rows import NOW, THEN, later, row, state, steering_groups
from tests.snapshots.test_report import header

DECIDE, DISCUSS, INFORM = AgendaKind.DECISION, AgendaKind.DISCUSSION, AgendaKind.INFORMATION
RESULT = row(Kind.RESULT)
CALM = row(Kind.PROJECT, last_seen=str(NOW))
OF_PROJECT = {"project_code": "R-01", "of_code": "R-01"}


def proposals(was, now, moves=None):
    held = {Kind.MEETING: steering_groups(THEN)}
    before, after = state(THEN, was | held), state(NOW, now | held)
    made = report(
        header(6, NOW, held=False), after, Report(header(5, THEN), before), told=told(), traces={}, is_demo=False
    )
    return proposed(made, moves or {})


def one(was, now, moves=None):
    found = proposals(*({Kind.RESULT: {"7": RESULT}, Kind.PROJECT: {"1": CALM}} | rows for rows in (was, now)), moves)
    assert len(found) == 1, found
    return found[0]


def step(**given):
    return {Kind.MILESTONE: {"4": row(Kind.MILESTONE, **given)}}


def project(**given):
    return {Kind.PROJECT: {"1": row(Kind.PROJECT, **{"last_seen": str(NOW)} | given)}}


@pytest.mark.parametrize(("times", "asks"), [(None, INFORM), (1, INFORM), (2, DECIDE), (3, DECIDE)])
def test_a_result_of_which_a_milestone_moved_again_asks_for_a_decision(times, asks):
    found = one(step(), step(due_expected=later(NOW, 30)), {"4": times} if times else {})
    assert (found.about, found.code, found.atelier, found.suggested) == (About.RESULT, "I.A.1", "I", asks)
    assert found.why.startswith("‘Bestek klaar’ verschoof van 01/10/2026 naar 22/11/2026")
    assert (f"voor de {times}e keer" in found.why) is (asks is DECIDE)
    assert found.path == "/resultaat/I.A.1"


def test_a_milestone_of_a_project_is_the_projects():
    found = one(step(**OF_PROJECT), step(**OF_PROJECT, due_expected=later(NOW, 30)))
    assert (found.about, found.code, found.title, found.path) == (About.PROJECT, "R-01", "Meldpunt", "/project/R-01")


def test_what_was_due_and_did_not_move_is_discussed():
    found = one(step(due_expected=later(THEN, 3)), step(due_expected=later(THEN, 3)))
    assert (found.about, found.suggested) == (About.RESULT, DISCUSS)
    assert found.why == "‘Bestek klaar’ werd verwacht op 14/09/2026 en bewoog niet."
    late = project(end_expected_on=later(THEN, 3))
    assert one(late, late).why == "Het einde werd verwacht op 14/09/2026 en bewoog niet."


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"health": "rood"}, "De gemelde kleur is rood."),
        (
            {"signal": "rood", "why": "50 dagen te laat"},
            "Het berekende signaal is rood (50 dagen te laat), gemeld is groen.",
        ),
        ({"last_seen": None, "quiet": True}, ""),
        ({"last_seen": None, "partners": 0}, "Werkgroep zonder levend project"),
    ],
)
def test_a_project_that_is_red_or_falls_silent_is_discussed(given, why):
    two_missed = {Kind.MEETING: steering_groups(later_day(-42), THEN)}
    before = {Kind.RESULT: {"7": RESULT}} | project(**given)
    made = report(
        header(6, NOW, held=False),
        state(NOW, before | two_missed),
        Report(header(5, THEN), state(THEN, before)),
        told=told(),
        traces={},
        is_demo=False,
    )
    (found,) = (each for each in proposed(made, {}) if each.about is About.PROJECT)
    assert found.suggested is DISCUSS
    assert why in found.why


def later_day(days):
    return date.fromisoformat(later(THEN, days))


def test_a_partner_that_led_and_left_brings_the_project_to_the_table():
    joined = {Kind.PARTICIPATION: {"1.4": row(Kind.PARTICIPATION, state="trekker")}}
    left = {Kind.PARTICIPATION: {"1.4": row(Kind.PARTICIPATION, state="niet", reason="te duur")}}
    found = one(joined, left)
    assert (found.about, found.code) == (About.PROJECT, "R-01")
    assert found.why == "Wervik: Trok bij de vorige vergadering, nu niet meer: te duur."


def test_money_that_is_far_over_asks_the_atelier_for_a_decision():
    lines = {"1": row(Kind.LINE, standing="ver-boven"), "2": row(Kind.LINE, code="LIJN-002", standing="ver-boven")}
    rows = {Kind.LINE: lines, Kind.MONEY: {"I": row(Kind.MONEY)}}
    found = one(rows, rows)
    assert (found.about, found.code, found.title, found.suggested) == (About.ATELIER, "I", "Dienstverlening", DECIDE)
    assert found.why == "2 begrotingslijnen liggen meer dan 10 % boven begroot: LIJN-001 en LIJN-002."


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ({}, {}),
        (step(), step(due_expected=later(THEN, 1), done_on=later(THEN, 1))),  # sooner, and done
        (step(due_expected=later(NOW, 9)), step(due_expected=later(NOW, 5))),
        (step(of_code="weg"), step(of_code="weg", due_expected=later(NOW, 30))),  # of what the table knows nothing
        (project(scope="lokaal"), project(scope="lokaal", health="rood", signal=None)),
        (project(), project(phase="afgerond", health="rood", signal=None, quiet=None)),
        ({Kind.LINE: {"1": row(Kind.LINE)}}, {Kind.LINE: {"1": row(Kind.LINE, standing="boven")}}),
        (
            {Kind.PARTICIPATION: {"1.4": row(Kind.PARTICIPATION)}},
            {Kind.PARTICIPATION: {"1.4": row(Kind.PARTICIPATION, state="volgt")}},
        ),
    ],
)
def test_what_goes_well_enough_is_left_to_the_coordinator(was, now):
    calm = {Kind.RESULT: {"7": RESULT}, Kind.PROJECT: {"1": CALM}}
    assert proposals(calm | was, calm | now) == []


def test_several_reasons_make_one_proposal_that_asks_the_most():
    was = step() | project()
    now = step(due_expected=later(NOW, 30), **OF_PROJECT) | project(health="rood")
    (found,) = proposals(was, now, {"4": 2})
    assert (found.code, found.suggested) == ("R-01", DECIDE)
    assert found.why.count(".") == 2


def test_they_stand_by_atelier_and_what_asks_for_a_decision_first():
    projects = {
        "1": row(Kind.PROJECT, code="R-1", atelier="II", health="rood", last_seen=str(NOW)),
        "2": row(Kind.PROJECT, code="R-2", atelier=None, health="rood", last_seen=str(NOW)),
        "3": row(Kind.PROJECT, code="R-3", atelier="I", health="rood", last_seen=str(NOW)),
    }
    lines = {"1": row(Kind.LINE, atelier="II", standing="ver-boven")}
    found = proposals({}, {Kind.PROJECT: projects, Kind.LINE: lines})
    assert [each.code for each in found] == ["R-3", "II", "R-1", "R-2"]
