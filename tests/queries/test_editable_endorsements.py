"""The draagvlak and roadmap that a role may edit: its own, in the order in which people read it."""

from datetime import date

import pytest

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.coalitions import endorsements
from portal.permissions import Role
from portal.queries.coalitions.endorsement import (
    editable_conditions,
    editable_endorsements,
    editable_roadmap,
    may_edit_endorsement,
)
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack
from tests.makers import make_condition, make_endorsement, make_partner, make_roadmap_item, viewer

L, T = EndorsementLevel, EndorsementTrack
COORDINATOR = viewer(Role.COORDINATOR)
DUE = date(2027, 1, 15)
OFFERED = (editable_endorsements, editable_conditions, editable_roadmap)


@pytest.fixture
def place(session):
    """A partner with a level, a condition and a step."""
    partner = make_partner(session)
    make_condition(session, make_endorsement(session, partner=partner), owner="An Peeters", due_on=DUE)
    make_roadmap_item(session, partner=partner)
    session.commit()
    return partner


def test_only_the_own_director_and_the_coordinator_are_offered_anything(session, place):
    other = make_partner(session)
    for by, sees in (
        *((viewer(role, place, ateliers=[1]), False) for role in (Role.STEERING, Role.MAYOR, Role.ATELIER)),
        *((viewer(Role.DIRECTOR), False), (viewer(Role.DIRECTOR, other), False)),
        *((viewer(Role.DIRECTOR, other, place), True), (COORDINATOR, True), (viewer(Role.ADMIN), True)),
    ):
        assert [len(offered(session, by, place.slug)) for offered in OFFERED] == [int(sees)] * 3, by
        assert may_edit_endorsement(session, by, place.slug) is sees, by
    assert all(offered(session, COORDINATOR, "atlantis") == [] for offered in OFFERED)


def test_a_partner_that_is_gone_gets_nothing_more(session, place):
    place.archived_at = clock.now()
    session.flush()
    assert not may_edit_endorsement(session, COORDINATOR, place.slug)


def test_levels_stand_as_people_read_them_and_not_as_they_were_asked(session):
    place = make_partner(session)
    asked = [(L.COUNCIL, T.POLITICAL), (L.COLLEGE, T.POLITICAL), (L.DIRECTOR, T.OFFICIAL), (L.COLLEGE, T.OFFICIAL)]
    for level, track in asked:
        make_endorsement(session, partner=place, level=level, track=track)
    found = editable_endorsements(session, COORDINATOR, place.slug)
    assert [(row["level"], row["track"]) for row in found] == [asked[2], asked[3], asked[1], asked[0]]


def test_a_condition_has_its_owner_and_its_day_and_what_is_open_stands_first(session, place):
    council = make_endorsement(session, partner=place, level=L.COUNCIL)
    director = make_endorsement(session, partner=place, level=L.DIRECTOR)
    make_condition(session, director, text="Opgelost", resolved_on=date(2026, 1, 15))
    make_condition(session, council, text="Van de raad")
    make_condition(session, director, text="Van de directeur")
    make_condition(session, director, text="Vervallen", archived_at=clock.now())
    found = editable_conditions(session, COORDINATOR, place.slug)
    assert [row["text"] for row in found] == ["Van de directeur", "Eerst een kostenraming", "Van de raad", "Opgelost"]
    college = found[1]
    assert (college["level"], college["owner"], college["due_on"], college["resolved_on"]) == (
        *(L.COLLEGE, "An Peeters"),
        *(DUE, None),
    )


def test_steps_stand_by_year_and_those_without_one_last(session, place):
    make_roadmap_item(session, partner=place, title="Ooit", year=None)
    make_roadmap_item(session, partner=place, title="Eerst", year=2025)
    found = editable_roadmap(session, COORDINATOR, place.slug)
    assert (found[0]["title"], found[-1]["title"], found[-1]["year"]) == ("Eerst", "Ooit", None)


def change(session, place, version, **values):
    number = editable_conditions(session, COORDINATOR, place.slug)[0]["id"]
    by = viewer(Role.DIRECTOR, place)
    return endorsements.CONDITION.change(session, by, row_id=number, version=version, values=values)


def test_an_owner_and_a_day_change_together_and_a_stale_change_tells_both_days(session, place):
    later = date(2027, 3, 1)
    assert change(session, place, 1, owner="Bert Claes", due_on=later).version == 2
    session.commit()
    with pytest.raises(Conflict) as found:
        change(session, place, 1, owner="Bert Claes", due_on=DUE)
    (clash,) = found.value.clashes
    assert (clash.key, clash.theirs, clash.mine, found.value.version) == ("due_on", later, DUE, 2)
    row = editable_conditions(session, COORDINATOR, place.slug)[0]
    assert (row["owner"], row["due_on"], row["version"]) == ("Bert Claes", later, 2)


def test_a_condition_keeps_its_text_and_a_stale_one_is_not_taken_away(session, place):
    for values, said in (
        ({"text": "  "}, "Voorwaarde mag niet leeg"),
        ({"level": L.COUNCIL}, "kan hier niet gewijzigd"),
    ):
        with pytest.raises(Refused, match=said):
            change(session, place, 1, **values)
    number = editable_conditions(session, COORDINATOR, place.slug)[0]["id"]
    with pytest.raises(Conflict):
        endorsements.CONDITION.archive(session, COORDINATOR, row_id=number, version=9)
    assert len(editable_conditions(session, COORDINATOR, place.slug)) == 1


def test_a_state_keeps_the_day_it_has_when_it_stays_the_same(session, place):
    (row,) = editable_endorsements(session, COORDINATOR, place.slug)
    same = endorsements.change_endorsement(
        session, COORDINATOR, row_id=row["id"], version=1, values={"state": EndorsementState.CONDITIONS}
    )
    assert (same.on, same.version) == (None, 1)
    future = {"state": EndorsementState.ENGAGED, "on": DUE}
    with pytest.raises(Refused, match="ligt in de toekomst"):
        endorsements.change_endorsement(session, COORDINATOR, row_id=row["id"], version=1, values=future)
