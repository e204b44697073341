"""Text as people compare it, time as the region has it, and the words of the field."""

import inspect
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import clock, vocabulary
from portal.vocabulary import (
    ENDED_PHASES,
    LIVE_CHALLENGES,
    SHARED_SCOPES,
    TAKES_PART,
    ChallengeStatus,
    Health,
    ParticipationState,
    Phase,
    ProjectScope,
    Word,
)
from portal.words import fold

KINDS = [kind for _, kind in inspect.getmembers(vocabulary, inspect.isclass) if issubclass(kind, Word)]
KINDS.remove(Word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Spiere-Helkijn", "SPIERE HELKIJN"),
        ("Éénloket", "eenloket"),
        ("Één\u00a0loket", "een loket"),
        ("e\u0301cole", "\u00e9cole"),
        ("Straße", "STRASSE"),
        ("ﬁets", "fiets"),
        ("  GIS-viewer ", "gis viewer"),
        ("m²", "m2"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("a b", "ab"), ("zaal 1", "zaal 2"), ("Wervik", "Wevelgem"), ("1", "")])
def test_two_names_that_differ_keep_their_own_key(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", "   ", "!?", "€", "—", "日本"])
def test_a_text_without_a_letter_or_digit_of_ours_has_an_empty_key(text):
    assert fold(text) == ""


@given(st.text())
def test_a_key_is_plain_and_is_its_own_key(text):
    key = fold(text)
    assert fold(key) == key
    assert key.isascii()
    assert key == key.strip().lower()
    assert "  " not in key


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 1, 22, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 23, 0, tzinfo=UTC), date(2026, 3, 2)),  # winter: one hour ahead
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),  # summer: two
        (datetime(2026, 1, 1, 5, 0, tzinfo=timezone(timedelta(hours=10))), date(2025, 12, 31)),
    ],
)
def test_a_day_begins_when_the_clocks_of_the_region_say_so(instant, day):
    with clock.standing_at(instant):
        assert clock.today() == day


def test_the_time_is_told_in_utc_and_goes_on_after_the_block():
    chosen = datetime(2020, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    with clock.standing_at(chosen):
        assert clock.now() == chosen
        assert clock.now().tzinfo is UTC
    assert clock.now() > datetime(2021, 1, 1, tzinfo=UTC)


def test_a_moment_within_a_moment_ends_where_the_outer_one_was():
    outer, inner = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    with clock.standing_at(outer):
        with clock.standing_at(inner):
            assert clock.now() == inner
        assert clock.now() == outer


def test_a_fault_within_a_moment_does_not_stop_the_clock():
    def fails() -> None:
        with clock.standing_at(datetime(2020, 1, 1, tzinfo=UTC)):
            raise RuntimeError("halfweg")

    with pytest.raises(RuntimeError, match="halfweg"):
        fails()
    assert clock.now() > datetime(2021, 1, 1, tzinfo=UTC)


def test_every_word_has_a_label_of_its_own_and_no_loose_spaces(subtests):
    for kind in KINDS:
        with subtests.test(kind=kind.__name__):
            labels = [word.label for word in kind]
            assert all(labels)
            assert len(set(labels)) == len(labels)
            assert all(word.value == word.value.strip() for word in kind)


def test_every_word_is_read_back_from_what_is_stored_and_an_unknown_one_is_refused(subtests):
    for kind in KINDS:
        with subtests.test(kind=kind.__name__):
            for word in kind:
                assert kind(word.value) is word
                assert str(word) == f"{word}" == word.value
            with pytest.raises(ValueError, match="bestaat-niet"):
                kind("bestaat-niet")


def test_words_are_texts_so_that_they_travel_and_are_stored_by_value():
    assert issubclass(Word, StrEnum)
    assert f"{Phase.ON_HOLD}" == "on_hold"
    assert Phase.ON_HOLD.label == "on hold"
    assert Health.UNKNOWN.label == "niet gemeld"


def test_the_sets_of_words_say_what_the_field_means_by_them():
    assert {ChallengeStatus.OPEN, ChallengeStatus.IN_PROGRESS} == LIVE_CHALLENGES
    assert {Phase.FINISHED, Phase.STOPPED} == ENDED_PHASES
    assert set(ProjectScope) - SHARED_SCOPES == {ProjectScope.LOCAL}
    assert set(ParticipationState) - TAKES_PART == {
        ParticipationState.FOLLOWS,
        ParticipationState.LATER,
        ParticipationState.DECLINED,
        ParticipationState.NOT_ASKED,
    }


def test_nobody_is_called_a_stakeholder_and_nothing_a_portfolio():
    labels = " ".join(word.label.casefold() for kind in KINDS for word in kind)
    assert not {"stakeholder", "portfolio", "owner", "eigenaar"} & set(labels.split())
