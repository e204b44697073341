"""Draagvlak: per level and track, with what is still asked."""

from datetime import date
from itertools import product

import pytest

from portal import clock
from portal.permissions import Role
from portal.queries.coalitions.endorsement import endorsement_of, open_conditions_of
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack
from tests.makers import make_condition, make_endorsement, make_partner, viewer
from tests.queries.conftest import ADMIN

OFFICIAL, POLITICAL = EndorsementTrack.OFFICIAL, EndorsementTrack.POLITICAL


def test_a_partner_nobody_asked_has_no_levels(session):
    make_partner(session, "stil")
    assert endorsement_of(session, ADMIN, "stil") == open_conditions_of(session, ADMIN, "stil") == []


def test_a_slug_of_nobody_is_as_empty_as_a_partner_that_was_never_asked(session):
    make_endorsement(session, partner="wervik")
    assert endorsement_of(session, ADMIN, "bestaat-niet") == []
    assert open_conditions_of(session, ADMIN, "bestaat-niet") == []


def test_levels_and_tracks_stand_as_the_field_orders_them_whenever_they_were_asked(session):
    make_partner(session, "alles")
    pairs = list(product(EndorsementLevel, EndorsementTrack))
    for level, track in reversed(pairs):
        make_endorsement(session, partner="alles", level=level, track=track)
    found = endorsement_of(session, ADMIN, "alles")
    assert [(one.level, one.track) for one in found] == pairs


@pytest.mark.parametrize("state", EndorsementState)
def test_a_state_is_told_by_its_word(session, state):
    make_endorsement(session, partner="wervik", state=state)
    (row,) = endorsement_of(session, ADMIN, "wervik")
    assert row.state is state


def test_a_level_tells_when_by_what_paper_and_with_which_note(session):
    make_endorsement(
        session, partner="wervik", on=date(2026, 3, 4), document="Besluit 2026/114", note="Met twee voorwaarden"
    )
    (row,) = endorsement_of(session, ADMIN, "wervik")
    assert (row.on, row.document, row.note) == (date(2026, 3, 4), "Besluit 2026/114", "Met twee voorwaarden")
    assert (row.level.label, row.track.label, row.version) == ("College (CBS)", "politiek", 1)


def test_a_level_without_a_date_or_paper_has_none(session):
    make_endorsement(session, partner="wervik")
    (row,) = endorsement_of(session, ADMIN, "wervik")
    assert (row.on, row.document, row.note) == (None, "", "")


def test_an_archived_level_and_its_conditions_are_gone_together(session):
    gone = make_endorsement(session, partner="wervik", archived_at=clock.now())
    make_condition(session, gone)
    assert endorsement_of(session, ADMIN, "wervik") == []
    assert open_conditions_of(session, ADMIN, "wervik") == []


@pytest.mark.parametrize(
    ("given", "still_asked"),
    [
        ({}, 1),
        ({"due_on": date(2020, 1, 1)}, 1),
        ({"resolved_on": date(2026, 4, 1)}, 0),
        ({"archived_at": clock.now()}, 0),
    ],
    ids=["open", "overdue", "resolved", "archived"],
)
def test_a_condition_is_asked_until_it_is_resolved_or_archived(session, given, still_asked):
    make_condition(session, make_endorsement(session, partner="wervik"), **given)
    assert [one.open_conditions for one in endorsement_of(session, ADMIN, "wervik")] == [still_asked]
    assert len(open_conditions_of(session, ADMIN, "wervik")) == still_asked


def test_conditions_stand_under_their_level_soonest_due_first_and_without_a_day_last(session):
    council = make_endorsement(session, partner="wervik", level=EndorsementLevel.COUNCIL, track=POLITICAL)
    director = make_endorsement(session, partner="wervik", level=EndorsementLevel.DIRECTOR, track=OFFICIAL)
    make_condition(session, council, text="raad vroeg", due_on=date(2026, 1, 1))
    make_condition(session, director, text="AD ooit")
    make_condition(session, director, text="AD laat", due_on=date(2026, 12, 1))
    make_condition(session, director, text="AD vroeg", due_on=date(2026, 6, 1), owner="Dienst ICT")
    found = open_conditions_of(session, ADMIN, "wervik")
    assert [one.text for one in found] == ["AD vroeg", "AD laat", "AD ooit", "raad vroeg"]
    assert [one.due_on for one in found] == [date(2026, 6, 1), date(2026, 12, 1), None, date(2026, 1, 1)]
    assert [one.owner for one in found] == ["Dienst ICT", "", "", ""]


def test_conditions_due_on_one_day_stand_as_they_were_written(session):
    level = make_endorsement(session, partner="wervik")
    for text in ("eerst", "dan", "laatst"):
        make_condition(session, level, text=text, due_on=date(2026, 6, 1))
    assert [one.text for one in open_conditions_of(session, ADMIN, "wervik")] == ["eerst", "dan", "laatst"]


def test_another_partners_conditions_stay_with_that_partner(session):
    make_condition(session, make_endorsement(session, partner="menen"), text="van Menen")
    make_endorsement(session, partner="wervik")
    assert open_conditions_of(session, ADMIN, "wervik") == []
    assert [one.open_conditions for one in endorsement_of(session, ADMIN, "wervik")] == [0]
    assert [one.text for one in open_conditions_of(session, ADMIN, "menen")] == ["van Menen"]


def test_in_the_demo_what_is_open_per_level_adds_up_to_the_list(demo_session):
    totals = []
    for slug in ("wervik", "menen", "kortrijk"):
        levels = endorsement_of(demo_session, viewer(Role.STEERING), slug)
        listed = open_conditions_of(demo_session, viewer(Role.STEERING), slug)
        assert sum(level.open_conditions for level in levels) == len(listed)
        assert {one.level for one in listed} <= {level.level for level in levels}
        totals.append(len(levels))
    assert sum(totals) > 0
