"""Toegezegd en gehaald, and what was due and did not move: to the day."""

from itertools import product

import pytest

from portal.entities.heard import told
from portal.snapshots.promised import promised, stuck
from portal.snapshots.state import Kind
from tests.snapshots.rows import NOW, THEN, later, row, state

NONE = "none"
FATES = ("reached", "moved", "dropped", "waiting", "added")


def fates(was, now):
    before, after = (
        state(day, milestone=None if given == NONE else row(Kind.MILESTONE, **given))
        for day, given in ((THEN, was), (NOW, now))
    )
    found = promised(before, after)
    return {fate: len(getattr(found, fate)) for fate in FATES if getattr(found, fate)}, found.count


DUE = {"due_expected": later(THEN, 10)}


PROMISED = [
    (DUE, DUE | {"done_on": later(THEN, 9)}, "reached", 1),
    (DUE, {"due_expected": later(NOW, 1)}, "moved", 1),
    (DUE, NONE, "dropped", 1),
    (DUE, DUE, "waiting", 1),
    (DUE, {"due_expected": later(THEN, 30)}, "waiting", 1),  # moved, and still within the period
    (DUE, {"due_expected": str(NOW)}, "waiting", 1),  # the day of the meeting is of the period
    (DUE, {"due_expected": later(NOW, 1), "done_on": str(NOW)}, "reached", 1),
    ({"due_expected": str(NOW)}, {"due_expected": str(NOW)}, "waiting", 1),
    ({"due_expected": later(THEN, 1)}, {"due_expected": later(NOW, 1)}, "moved", 1),
    (NONE, {"due_expected": later(THEN, 1)}, "added", 0),
    (NONE, DUE | {"done_on": later(THEN, 9)}, "added", 0),
    (NONE, {"due_expected": str(NOW)}, "added", 0),
]


def test_what_was_promised_for_the_period_has_one_fate(subtests):
    for was, now, fate, count in PROMISED:
        with subtests.test(was=was, now=now, fate=fate, count=count):
            assert fates(was, now) == ({fate: 1}, count)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ({"due_expected": str(THEN)}, {"due_expected": str(THEN)}),  # it was due at the last meeting: promised before
        ({"due_expected": later(THEN, -1)}, {"due_expected": later(THEN, 5)}),
        ({"due_expected": later(NOW, 1)}, {"due_expected": later(NOW, 1)}),
        ({"due_expected": later(NOW, 1)}, {"due_expected": later(NOW, 1), "done_on": str(NOW)}),  # sooner than promised
        (DUE | {"done_on": str(THEN)}, DUE | {"done_on": str(THEN)}),
        (DUE | {"done_on": str(THEN)}, DUE),
        (NONE, {"due_expected": later(NOW, 1)}),
        (NONE, {"due_expected": str(THEN)}),
    ],
)
def test_what_was_not_promised_for_the_period_is_not_counted(was, now):
    assert fates(was, now) == ({}, 0)


def test_a_promise_tells_what_was_expected_then_and_what_is_now():
    before, after = state(milestone=row(Kind.MILESTONE, **DUE)), row(Kind.MILESTONE, due_expected=later(NOW, 8))
    (step,) = promised(state(THEN, before.rows), state(milestone=after)).moved
    assert (step.key, step.title, step.of) == ("1", "Bestek klaar", "I.A.1 Klantenreizen")
    assert (str(step.was_due), str(step.now_due), step.done_on) == (later(THEN, 10), later(NOW, 8), None)


def test_promises_stand_by_their_day():
    days = {"3": later(THEN, 3), "10": later(THEN, 2), "9": later(THEN, 3)}
    rows = {Kind.MILESTONE: {key: row(Kind.MILESTONE, due_expected=day) for key, day in days.items()}}
    assert [step.key for step in promised(state(THEN, rows), state(NOW, rows)).waiting] == ["10", "3", "9"]


# -- what was due and did not move

EXPECTED = {Kind.MILESTONE: "due_expected", Kind.PROJECT: "end_expected_on", Kind.ACTION: "due_on"}
WAITS = list(EXPECTED.items())


def unmoved(kind, was, now):
    before, after = (
        state(day, **{kind: None if given == NONE else row(kind, **given)}) for day, given in ((THEN, was), (NOW, now))
    )
    return stuck(before, after, told())


def test_what_was_due_by_the_day_of_the_meeting_and_got_no_other_day_did_not_move(subtests):
    for day, (kind, field) in product([str(NOW), later(NOW, -1), later(THEN, 1), str(THEN), later(THEN, -100)], WAITS):
        with subtests.test(day=day, kind=kind, field=field):
            (line,) = unmoved(kind, {field: day}, {field: day})
            assert (line.act, line.kind, line.key) == ("bewoog niet", kind, "1")
            assert line.new.startswith("verwacht op")


@pytest.mark.parametrize(("kind", "field"), WAITS)
def test_what_moved_is_new_has_no_day_or_lies_ahead_is_not_stuck(kind, field):
    late = {field: later(THEN, 5)}
    assert unmoved(kind, late, {field: later(THEN, 6)}) == []
    assert unmoved(kind, NONE, late) == []
    assert unmoved(kind, late, NONE) == []
    assert unmoved(kind, {field: None}, {field: None}) == []
    assert unmoved(kind, {field: later(NOW, 1)}, {field: later(NOW, 1)}) == []


@pytest.mark.parametrize(
    ("kind", "done"),
    [
        (Kind.MILESTONE, {"done_on": str(NOW)}),
        (Kind.ACTION, {"done_on": str(NOW)}),
        (Kind.PROJECT, {"phase": "afgerond"}),
        (Kind.PROJECT, {"phase": "stopgezet"}),
        (Kind.PROJECT, {"scope": "lokaal"}),
    ],
)
def test_what_is_done_or_no_business_of_the_table_is_not_stuck(kind, done):
    late = {EXPECTED[kind]: later(THEN, 5)}
    assert unmoved(kind, late, late)
    assert unmoved(kind, late, late | done) == []


def test_a_stuck_line_says_how_late_it_is_and_what_was_reported():
    late = {"end_expected_on": later(NOW, -1), "health": "groen", "signal": "oranje"}
    (line,) = unmoved(Kind.PROJECT, late, late)
    assert line.detail == "gemeld groen, berekend oranje · 1 dag te laat"
    (line,) = unmoved(Kind.MILESTONE, {"due_expected": str(NOW)}, {"due_expected": str(NOW)})
    assert line.detail == "I.A.1 Klantenreizen · vandaag"


def test_the_longest_late_comes_first_within_its_kind():
    days = {"1": later(NOW, -1), "2": later(NOW, -9), "10": later(NOW, -9)}
    rows = {
        Kind.ACTION: {"1": row(Kind.ACTION, due_on=later(NOW, -99))},
        Kind.MILESTONE: {key: row(Kind.MILESTONE, due_expected=day) for key, day in days.items()},
    }
    found = stuck(state(THEN, rows), state(NOW, rows), told())
    assert [(line.kind, line.key) for line in found] == [
        *[(Kind.MILESTONE, key) for key in ("2", "10", "1")],
        (Kind.ACTION, "1"),
    ]
