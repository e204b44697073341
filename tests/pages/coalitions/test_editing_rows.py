"""What the editing of coalitions offers and says: a grid, a form or nothing, and two leads told."""

from datetime import date

import pytest

from portal import clock
from portal.commands.base import Refused
from portal.commands.coalitions.participations import answer_participation
from portal.pages.coalitions.editing import ANSWERS, INVITATION, OWN_PARTICIPATION, PARTICIPATIONS
from portal.permissions import PermissionDenied, Role
from portal.vocabulary import ParticipationState
from tests.makers import make_coalition, make_participation, make_partner, partner_of, viewer

S = ParticipationState
COORDINATOR = viewer(Role.COORDINATOR)
ASKED = date(2026, 2, 2)


@pytest.fixture
def project(session):
    """R-90: Menen leads, Wervik and Kuurne take part."""
    made = make_coalition(session, {"menen": S.LEAD, "wervik": S.MEMBER, "kuurne": S.MEMBER}, code="R-90")
    session.commit()
    return made


def offered(session, by):
    """How many rows stand in the grid, and in the form for one."""
    return [len(one.rows(session, by, "R-90")) for one in (PARTICIPATIONS, OWN_PARTICIPATION)]


def test_one_row_is_a_form_several_are_a_grid_and_the_region_is_a_grid(session, project):
    wervik, kuurne = partner_of(session, "wervik"), partner_of(session, "kuurne")
    assert offered(session, viewer(Role.DIRECTOR, wervik)) == [0, 1]
    assert offered(session, viewer(Role.DIRECTOR, wervik, kuurne)) == [2, 2]
    assert offered(session, viewer(Role.DIRECTOR, make_partner(session))) == [0, 0]
    assert offered(session, COORDINATOR) == [3, 0]
    for role in (Role.STEERING, Role.MAYOR, Role.ATELIER):
        assert offered(session, viewer(role, wervik, ateliers=[1])) == [0, 0]
        assert not PARTICIPATIONS.may_add(session, viewer(role, wervik), "R-90")


def test_a_coalition_of_one_is_a_grid_for_the_coordinator_and_no_form(session):
    make_coalition(session, {"menen": S.LEAD}, code="R-91")
    assert [len(one.rows(session, COORDINATOR, "R-91")) for one in (PARTICIPATIONS, OWN_PARTICIPATION)] == [1, 0]


def test_only_who_has_a_partner_without_a_state_finds_the_form_to_add(session, project):
    place = make_partner(session)
    may = PARTICIPATIONS.may_add
    assert may(session, viewer(Role.DIRECTOR, place), "R-90")
    assert not may(session, viewer(Role.DIRECTOR, partner_of(session, "wervik")), "R-90")
    assert may(session, COORDINATOR, "R-90")
    assert not may(session, COORDINATOR, "R-999")


def test_who_joins_is_named_and_begins_today_when_no_day_was_typed(session, project):
    place = make_partner(session, "kade")
    by = viewer(Role.DIRECTOR, place)
    session.commit()
    typed = {"partner": "kade", "state": S.FOLLOWS, "since": None, "expected_on": None, "reason": ""}
    with pytest.raises(Refused, match="mag niet leeg"):
        PARTICIPATIONS.add(session, by, "R-90", typed | {"state": None})
    with pytest.raises(PermissionDenied):
        PARTICIPATIONS.add(session, by, "R-90", typed | {"partner": "avelgem"})
    added = PARTICIPATIONS.add(session, by, "R-90", typed)
    assert (added.name, added.remark) == ("De deelname van Kade", "")
    (row,) = OWN_PARTICIPATION.rows(session, by, "R-90")
    assert (row["state"], row["since"], row["partner_name"]) == (S.FOLLOWS, clock.today(), "Kade")


def test_a_second_and_a_third_lead_are_told_and_a_first_is_not(session, project):
    free = make_coalition(session, code="R-91")
    typed = {"partner": "avelgem", "state": S.LEAD}
    assert PARTICIPATIONS.add(session, COORDINATOR, free.code, typed).remark == ""
    said = PARTICIPATIONS.add(session, COORDINATOR, "R-90", typed).remark
    assert said == "Let op: dit traject heeft nu twee trekkers, Avelgem en Menen."
    said = PARTICIPATIONS.add(session, COORDINATOR, "R-90", {"partner": "anzegem", "state": S.LEAD}).remark
    assert said == "Let op: dit traject heeft nu drie trekkers, Anzegem, Avelgem en Menen."
    row = PARTICIPATIONS.rows(session, COORDINATOR, "R-90")[0]
    assert PARTICIPATIONS.remark(session, COORDINATOR, int(row["id"]), {"reason": "x"}) == ""


def asked_as(session, by, row):
    return INVITATION.rows(session, by, str(row.id))


def test_an_invitation_waits_for_who_is_asked_until_it_is_answered(session, project):
    row = make_participation(session, project=project, partner="avelgem", state=S.NOT_ASKED, asked_on=ASKED)
    quiet = make_participation(session, project=project, partner="anzegem", state=S.NOT_ASKED)
    own = viewer(Role.DIRECTOR, partner_of(session, "avelgem"))
    session.commit()
    assert [one["state"] for one in asked_as(session, own, row)] == [None]  # nothing is chosen beforehand
    assert not asked_as(session, COORDINATOR, quiet)
    assert not asked_as(session, viewer(Role.DIRECTOR, partner_of(session, "wervik")), row)
    with pytest.raises(Refused, match="Kies eerst of u meedoet"):
        INVITATION.change(session, own, row.id, 1, {"reason": "Nog te bespreken"})
    answer_participation(session, own, row_id=row.id, version=1, values={"state": S.FOLLOWS})
    assert not asked_as(session, own, row)
    assert list(ANSWERS) == [state for state in S if state is not S.NOT_ASKED]
