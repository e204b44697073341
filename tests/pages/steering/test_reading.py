"""A report read for its page: each number counted once, each total the sum of its rows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.pages.cards import Card
from portal.pages.steering import news, reading
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import AGENDA, CALENDAR, COLOURS, MONEY, QUIET, STEPS
from portal.pages.steering.reading import Counts
from portal.queries.meetings.meetings import MeetingRow
from portal.snapshots import agreed
from portal.snapshots.counted import Amounts, money_per_atelier, total
from portal.snapshots.state import Kind
from portal.vocabulary import NO_ATELIER, Health, MeetingBody, MeetingState
from tests.pages.steering.made import item, meetings, moved, report_of, seen, several
from tests.snapshots.rows import NOW, THEN, row


def rows_of(card: Card[Seen], what: Seen) -> Any:
    """What the workbook and the list of a card hold."""
    return card.rows(None, None, what)  # type: ignore[arg-type]


def test_a_milestone_that_moved_counts_once_and_one_that_came_earlier_not_at_all():
    was, now = moved(3)
    earlier = several(Kind.MILESTONE, {"due_expected": "2026-12-01"}), several(Kind.MILESTONE, {})
    assert reading.counts(report_of(was, now)) == Counts(moved=3, changed=3)
    assert reading.counts(report_of(*earlier)).moved == 0


def test_a_result_counts_when_it_is_ready_and_not_when_it_only_began():
    was = several(Kind.RESULT, {"state": "bezig"}, {"state": "niet_gestart"})
    now = several(Kind.RESULT, {"state": "bereikt", "done_on": "2026-10-20"}, {"state": "bezig"})
    assert reading.counts(report_of(was, now)).results == 1


def test_a_partner_that_changed_its_mind_twice_is_one_partner():
    project = {Kind.PROJECT: {"1": row(Kind.PROJECT)}}
    was = {Kind.PARTICIPATION: {"1.1": row(Kind.PARTICIPATION), "2.1": row(Kind.PARTICIPATION, project="Ander")}}
    now = {
        Kind.PARTICIPATION: {
            "1.1": row(Kind.PARTICIPATION, state="niet"),
            "2.1": row(Kind.PARTICIPATION, project="Ander", state="volgt"),
        },
        Kind.ENDORSEMENT: {"1": row(Kind.ENDORSEMENT, state="geëngageerd", partner="Menen")},
    }
    before = {**was, **project, Kind.ENDORSEMENT: {"1": row(Kind.ENDORSEMENT, partner="Menen")}}
    assert reading.counts(report_of(before, {**now, **project})).partners == 2


def test_another_reason_or_another_moment_is_no_change_of_mind():
    was = {Kind.PARTICIPATION: {"1.1": row(Kind.PARTICIPATION)}}
    now = {Kind.PARTICIPATION: {"1.1": row(Kind.PARTICIPATION, expected_on="2027-01-01", improvement="ja")}}
    assert reading.counts(report_of(was, now)).partners == 0


def test_silent_are_the_living_shared_projects_of_two_steering_groups_and_nothing_else():
    silent = {"last_seen": "2026-08-01", "quiet": True}
    others = ({"code": "R-02", "title": "Groep", "partners": 0, "quiet": True}, {"code": "R-03", "quiet": False})
    ended = silent | {"code": "R-04", "phase": "afgerond"}
    report = report_of(None, several(Kind.PROJECT, silent, ended, *others))
    assert reading.counts(report).quiet == 2


# -- agreed


def test_the_decisions_are_those_of_this_meeting_alone():
    mine = {"number": 6, "text": "Ja", "project_code": "R-01"}
    found = agreed.decisions(report_of({}, several(Kind.DECISION, {}, mine, {"number": 6, "body": "exello"})))
    assert [(one.text, one.of, one.path, one.about) for one in found] == [
        ("Ja", "Stuurgroep 6", "/project/R-01", "R-01")
    ]


def test_open_actions_come_from_every_body_the_longest_late_first_and_without_a_day_last():
    actions = several(
        Kind.ACTION,
        {"text": "Zonder dag", "due_on": None},
        {"text": "Komt nog", "due_on": "2026-11-01"},
        {"text": "Laat", "due_on": "2026-09-20", "body": "exello", "number": 2},
        {"text": "Gedaan", "due_on": "2026-09-15", "done_on": "2026-09-16"},
    )
    found = agreed.open_actions(report_of({}, actions))
    assert [one.text for one in found] == ["Laat", "Komt nog", "Zonder dag"]
    assert [(one.late, one.age, one.of) for one in found[:2]] == [(33, 42, "Exello 2"), (-9, 42, "Stuurgroep 5")]
    assert found[2].late is None


def test_what_is_agreed_of_a_result_leads_to_its_page():
    (found,) = agreed.open_actions(report_of({}, several(Kind.ACTION, {"result_code": "I.A.1"})))
    assert (found.about, found.path) == ("I.A.1", "/resultaat/I.A.1")


# -- colours


def test_colours_are_those_that_differ_the_worst_computed_first():
    projects = several(
        Kind.PROJECT,
        {"code": "R-01"},
        {"code": "R-02", "signal": "oranje"},
        {"code": "R-03", "signal": "rood", "why": "50 dagen te laat"},
        {"code": "R-04", "health": "rood", "signal": None},
    )
    found = reading.colours(report_of({}, projects))
    assert [(one.code, one.health, one.signal) for one in found] == [
        ("R-03", Health.GREEN, Health.RED),
        ("R-02", Health.GREEN, Health.AMBER),
    ]


# -- money


def purse(code: str, **given: Decimal | None) -> Amounts:
    rest = {"title": code, "budgeted": Decimal(1), "committed": Decimal(2), "spent": Decimal(3), "forecast": Decimal(4)}
    return Amounts(**{"code": code} | rest | given)  # type: ignore[arg-type]


def test_the_total_is_the_sum_of_the_rows_to_the_cent():
    rows_ = [purse("I", budgeted=Decimal("0.10")), purse("II", budgeted=Decimal("0.20"))]
    assert total(rows_).budgeted == Decimal("0.30")
    assert (total(rows_).committed, total(rows_).spent, total(rows_).forecast) == (4, 6, 8)


def test_a_forecast_that_nobody_made_is_not_nought_but_does_not_spoil_the_sum():
    assert total([purse("I", forecast=None)]).forecast is None
    assert total([purse("I", forecast=None), purse("II", forecast=Decimal(7))]).forecast == 7
    assert total([]).forecast is None


def test_ateliers_without_results_stand_in_the_order_of_their_codes_and_what_has_none_last():
    money = {Kind.MONEY: {code: row(Kind.MONEY, title=code) for code in (NO_ATELIER, "II", "I")}}
    assert [one.code for one in money_per_atelier(report_of({}, money).state)] == ["I", "II", NO_ATELIER]


def test_the_workbook_of_the_money_ends_with_the_total_that_the_page_shows():
    money = {Kind.MONEY: {code: row(Kind.MONEY, title=code) for code in ("I", "II")}}
    found = rows_of(MONEY, seen(report_of({}, money)))
    assert [(one.title, one.budgeted) for one in found] == [("I", 1000), ("II", 1000), ("Totaal", 2000)]
    assert rows_of(MONEY, seen()) == []


# -- the calendar


def test_the_calendar_of_a_report_and_the_one_of_now_read_the_same():
    now = meetings(5, 6)
    assert [(one.number, one.planned_on, one.off, one.was_held) for one in now] == [
        (5, THEN, 0, True),
        (6, NOW, 0, True),
    ]
    before, itself = reading.held(report_of({}))
    assert (before.day, before.off, before.state) == (THEN, 0, MeetingState.FROZEN)
    assert (itself.number, itself.was_held) == (6, False)


def test_a_frozen_meeting_stands_in_its_own_calendar_as_held_though_it_was_open_when_it_looked():
    itself = {Kind.MEETING: {"6": row(Kind.MEETING, number=6, planned_on=str(NOW), held_on=None, state="open")}}
    found = reading.held(report_of({}, itself, frozen=True))
    assert [(one.number, one.off, one.was_held) for one in found] == [(6, 0, True)]


def test_a_meeting_without_a_day_on_which_it_was_held_is_off_by_nothing_known():
    one = MeetingRow(MeetingBody.EXELLO, 1, NOW, None, MeetingState.PLANNED)
    assert (one.day, one.off, one.was_held) == (NOW, None, False)
    assert MeetingRow(MeetingBody.EXELLO, 1, NOW, None, MeetingState.FROZEN).was_held


def test_the_list_of_meetings_counts_the_days_since_the_one_before_of_the_same_body():
    exello = MeetingRow(MeetingBody.EXELLO, 1, date(2026, 10, 1), None, MeetingState.PLANNED)
    calendar = sorted([*meetings(5, 6), exello], key=lambda one: one.planned_on)
    found = rows_of(CALENDAR, seen(calendar=tuple(calendar)))
    assert [(one.body.label, one.days_since, one.rhythm) for one in found] == [
        ("Stuurgroep", None, 42),
        ("Exello", None, 30),
        ("Stuurgroep", 42, 42),
    ]


# -- rows


def test_the_list_has_every_line_the_small_ones_too_and_says_which():
    was = several(Kind.PROJECT, {}, {"code": "R-02"})
    now = several(Kind.PROJECT, {"health": "rood"}, {"code": "R-02", "progress": 80})
    lines = report_of(was, now).lines
    assert [line.small for line in lines] == ["", "ja"]
    assert [one["id"] for one in news.list_rows(seen(report_of(was, now)))] == [0, 1]


def test_the_day_of_a_change_is_the_day_in_the_region():
    was, now = moved(1)
    (line,) = report_of(was, now).lines
    assert line.on is None
    assert replace(line, at="2026-10-01T22:30:00+00:00").on == date(2026, 10, 2)


def test_what_became_of_each_promise_is_a_row_and_without_promises_there_is_none():
    was = several(Kind.MILESTONE, {}, {"title": "Weg"})
    now = several(Kind.MILESTONE, {"done_on": "2026-10-01"})
    found = rows_of(STEPS, seen(report_of(was, now)))
    assert [(one.fate, one.title) for one in found] == [("gehaald", "Bestek klaar"), ("geschrapt", "Weg")]
    assert rows_of(STEPS, seen(report_of(None))) == []


@pytest.mark.parametrize("card", [QUIET, COLOURS, AGENDA, CALENDAR], ids=lambda card: card.name)
def test_where_there_is_nothing_the_columns_are_still_there(card):
    table = card.table(None, rows_of(card, seen(calendar=())))
    assert len(table.rows) == 0
    assert len(table.columns) > 4


def test_the_agenda_as_a_list_keeps_its_places_and_its_words():
    found = rows_of(AGENDA, seen(report_of({}, agenda=(item(1, "Een"), item(2, "Twee", note="kort")))))
    assert [(one.position, one.kind.label, one.title, one.note) for one in found] == [
        (1, "ter bespreking", "Een", ""),
        (2, "ter bespreking", "Twee", "kort"),
    ]
