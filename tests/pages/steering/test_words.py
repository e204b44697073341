"""A meeting in sentences: what moved, what is silent, what frozen means, how a meeting was held against its plan."""

from dataclasses import replace
from datetime import date

import pytest
from dash import html

from portal.pages.steering import words
from portal.pages.steering.reading import Counts
from portal.queries.meetings.meetings import MeetingRow
from portal.snapshots.agreed import Agreed
from portal.snapshots.state import Kind
from portal.vocabulary import MeetingBody, MeetingState
from tests.pages.steering.made import STEERING, header, moved, report_of, seen, several
from tests.reading import said
from tests.snapshots.rows import NOW, THEN

EVERYTHING = Counts(results=1, moved=2, partners=3, quiet=4, changed=9)


def told(**given: object) -> str:
    return said(words.opening(seen(**given)))


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (EVERYTHING, "1 resultaat klaar, 2 mijlpalen verschoven, 3 partners veranderden van houding en 4 trajecten"),
        (Counts(results=2, changed=2), ": 2 resultaten klaar."),
        (Counts(moved=1, partners=1, changed=2), ": 1 mijlpaal verschoven en 1 partner veranderde van houding."),
        (Counts(moved=1, quiet=1, changed=1), ": 1 mijlpaal verschoven en 1 traject is stil."),
        (Counts(changed=5), ": 5 veranderingen."),
        (Counts(quiet=2), "veranderde er niets dat een vergadering moet horen; 2 trajecten zijn stil."),
        (Counts(), "veranderde er niets dat een vergadering moet horen."),
    ],
)
def test_the_sentence_counts_what_moved_and_who_is_silent(counts: Counts, sentence: str):
    assert sentence in told(counts=counts)
    assert told(counts=counts).startswith("Sinds Stuurgroep 5 van 11/09/2026")


def test_the_two_things_that_matter_most_are_in_bold_and_no_more():
    bold = [part for part in words.opening(seen(counts=EVERYTHING)) if isinstance(part, html.B)]
    assert said(bold) == "1 resultaat klaar, 2 mijlpalen verschoven"


def test_a_first_meeting_says_that_there_is_nothing_to_compare_with():
    first = told(made=report_of(None), counts=Counts(quiet=1))
    assert first.startswith("Dit is de eerste vergadering waarvan de stand bewaard wordt")
    assert first.endswith("; 1 traject is stil.")
    assert "stil" not in told(made=report_of(None), counts=Counts())


def test_of_a_meeting_of_which_nothing_was_kept_the_sentence_says_so_and_counts_nothing():
    assert told(kept=False, counts=EVERYTHING) == words.NOT_KEPT


def test_who_compares_with_another_meeting_reads_which_one():
    chosen = replace(seen(), compared=True)
    assert words.since_of(chosen) == "Stuurgroep 5 van 11/09/2026"
    assert words.since_of(seen(made=report_of(None))) == "het begin"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, ""),
        ({"made": report_of({}, frozen=True)}, "Vastgelegd op 23/10/2026 om 16.30 uur, stand van 23/10/2026; wat "),
        ({"made": report_of({}, frozen=True), "kept": False}, "Vastgelegd op 23/10/2026 om 16.30 uur."),
        ({"made": report_of({}, frozen=True), "frozen_at": None}, "Vastgelegd, stand van 23/10/2026; wat daarna"),
    ],
)
def test_a_frozen_meeting_says_when_it_was_kept_and_of_what_day_it_is(given: dict, sentence: str):
    found = words.frozen(seen(**given))
    assert found.startswith(sentence)
    assert bool(found) is bool(sentence)


def test_a_meeting_that_cannot_be_compared_with_is_named_and_what_is_shown_instead():
    assert words.not_comparable(seen()) == ""
    refused = words.not_comparable(seen(refused=3))
    assert "Vergelijken met Stuurgroep 3 kan niet" in refused
    assert "Stuurgroep 5 van 11/09/2026" in refused


def test_what_is_compared_is_said_also_when_nothing_changed_and_when_there_is_nothing_before():
    was, now = moved(1)
    assert "van oud naar nieuw" in words.compared(seen(report_of(was, now)))
    assert words.NOTHING_MOVED in words.compared(seen())
    assert "geen eerdere vergadering" in words.compared(seen(report_of(None)))


def test_of_what_was_promised_is_said_how_many_came():
    was = several(Kind.MILESTONE, {}, {"title": "Ander"})
    now = several(Kind.MILESTONE, {"done_on": "2026-10-01"}, {"title": "Ander"})
    promised = report_of(was, now).promised
    assert promised
    assert words.kept_of(promised) == "1 van 2 gehaald"
    nothing = report_of({}).promised
    assert nothing
    assert words.kept_of(nothing) == "Voor deze periode was geen enkele mijlpaal toegezegd."


@pytest.mark.parametrize(
    ("late", "sentence"),
    [(None, "geen datum"), (4, "4 d te laat"), (0, "vandaag"), (-9, "nog 9 d"), (1234, "1.234 d te laat")],
)
def test_an_action_says_how_long_it_has_or_is_late(late: int | None, sentence: str):
    assert Agreed(1, "Bezorg", "Stuurgroep 5", late=late).standing == sentence


def held(planned: date, held_on: date | None, state: MeetingState = MeetingState.PLANNED) -> MeetingRow:
    return MeetingRow(STEERING, 6, planned, held_on, state)


@pytest.mark.parametrize(
    ("meeting", "sentence"),
    [
        (held(NOW, NOW), "op de dag"),
        (held(THEN, date(2026, 9, 14)), "3 dagen later"),
        (held(THEN, date(2026, 9, 10)), "1 dag vroeger"),
        (held(THEN, None, MeetingState.FROZEN), "gehouden"),
        (held(NOW, None), "vandaag"),
        (held(date(2026, 10, 24), None), "morgen"),
        (held(date(2026, 12, 4), None), "over 42 dagen"),
        (held(date(2026, 10, 22), None), "nog niet vastgelegd"),
        (held(date(2026, 10, 16), None), "nog niet vastgelegd"),
        (held(date(2026, 10, 15), None), "niet gehouden"),
    ],
)
def test_a_meeting_is_held_against_its_plan_and_a_week_later_it_was_skipped(meeting: MeetingRow, sentence: str):
    assert words.held(meeting, NOW) == sentence


def test_the_title_names_the_meeting_and_its_day():
    assert words.title(header(7, date(2026, 12, 4))) == "Stuurgroep 7 · 4 december 2026"
    assert words.title(header(2, NOW, body=MeetingBody.EXELLO)) == "Exello 2 · 23 oktober 2026"


def test_a_rhythm_is_said_and_so_is_that_there_is_none():
    assert (words.rhythm(42), words.rhythm(None)) == ("om de 42 dagen", "zonder vast ritme")
