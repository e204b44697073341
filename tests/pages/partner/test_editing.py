"""Draagvlak, conditions and roadmap as the page of a partner offers them: to whom, and in which words."""

from datetime import date

import pytest

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import fresh_form
from portal.pages.partner.editing import CONDITIONS, EDITABLES, ENDORSEMENTS, ROADMAP
from portal.permissions import Permission, PermissionDenied, Role
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack, RoadmapPart, RoadmapStatus
from tests.makers import make_condition, make_endorsement, make_partner, viewer
from tests.visitors import ACCOUNTS, Portal

COORDINATOR = viewer(Role.COORDINATOR)
WHERE = {"level": EndorsementLevel.COLLEGE, "track": EndorsementTrack.POLITICAL}
DUE = date(2027, 1, 15)


@pytest.fixture
def place(session):
    made = make_partner(session, "kade")
    session.commit()
    return made


def director(place):
    return viewer(Role.DIRECTOR, place)


def test_every_act_asks_for_the_right_to_edit_the_inventory():
    assert {one.right for one in EDITABLES} == {Permission.EDIT_INVENTORY}
    assert [one.name for one in EDITABLES] == ["draagvlak", "voorwaarden", "roadmap"]
    assert [one.archive is None for one in EDITABLES] == [True, False, False]


def test_only_the_own_director_and_who_edits_for_the_region_find_a_form_to_add(portal: Portal):
    for account in ACCOUNTS:
        viewer_ = portal.viewer(account)
        with portal.as_account(account):
            forms = [fresh_form(viewer_, one.name, "wervik", Mode.ADD) for one in EDITABLES]
        may = account in {"directeur", "coordinator", "beheerder"}
        assert [form is not None for form in forms] == [may] * 3, account
    assert fresh_form(portal.viewer("coordinator"), "draagvlak", "atlantis", Mode.ADD) is None


def test_anothers_partner_gets_nothing_from_a_director(session, place):
    other = make_partner(session)
    level = make_endorsement(session, partner=place)
    condition = make_condition(session, level)
    session.commit()
    by = director(other)
    acts = [
        lambda: ENDORSEMENTS.add(session, by, "kade", WHERE),
        lambda: ENDORSEMENTS.change(session, by, level.id, 1, {"note": "x"}),
        lambda: CONDITIONS.add(session, by, "kade", WHERE | {"text": "x"}),
        lambda: CONDITIONS.archive(session, by, condition.id, 1),
        lambda: CONDITIONS.restore(session, by, condition.id),
        lambda: ROADMAP.add(session, by, "kade", {"title": "x", "part": RoadmapPart.BUSINESS}),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert not any(one.rows(session, by, "kade") for one in EDITABLES)


def test_a_level_that_is_asked_is_named_with_its_track_and_stands_once(session, place):
    typed = WHERE | {"state": EndorsementState.ENGAGED, "on": None, "document": "", "note": "Unaniem"}
    assert ENDORSEMENTS.add(session, director(place), "kade", typed).name == "College (CBS) (politiek)"
    session.commit()
    with pytest.raises(Refused, match=r"College \(CBS\) \(politiek\) staat er al"):
        ENDORSEMENTS.add(session, director(place), "kade", typed)
    (row,) = ENDORSEMENTS.rows(session, director(place), "kade")
    assert (row["level"].label, row["track"].label, row["on"]) == ("College (CBS)", "politiek", clock.today())


def test_a_condition_has_an_owner_and_a_day_and_asks_its_level(session, place):
    by = director(place)
    typed = WHERE | {"text": "Eerst een raming", "owner": "An Peeters", "due_on": DUE}
    assert CONDITIONS.add(session, by, "kade", typed).name == "De voorwaarde van College (CBS) (politiek)"
    (row,) = CONDITIONS.rows(session, by, "kade")
    assert (row["owner"], row["due_on"], row["level"].label) == ("An Peeters", DUE, "College (CBS)")
    assert [one["state"] for one in ENDORSEMENTS.rows(session, by, "kade")] == [EndorsementState.CONDITIONS]
    CONDITIONS.archive(session, by, row["id"], row["version"])
    assert not CONDITIONS.rows(session, by, "kade")
    CONDITIONS.restore(session, by, row["id"])
    assert len(CONDITIONS.rows(session, by, "kade")) == 1
    session.commit()
    with pytest.raises(Conflict):
        CONDITIONS.change(session, by, row["id"], row["version"], {"owner": "Bert"})


def test_a_step_is_named_by_its_title_and_begins_as_planned(session, place):
    by = director(place)
    typed = {"title": "Nieuwe servers", "part": RoadmapPart.INVESTMENT, "year": 2027, "status": RoadmapStatus.PLANNED}
    assert (
        ROADMAP.add(session, by, "kade", typed | {"project": None, "coach_partner": "menen"}).name == "Nieuwe servers"
    )
    (row,) = ROADMAP.rows(session, by, "kade")
    assert (row["year"], row["status"], row["coach_partner"], row["project"]) == (
        2027,
        RoadmapStatus.PLANNED,
        "menen",
        None,
    )
    session.commit()
    with pytest.raises(Refused, match="begeleidt niet zichzelf"):
        ROADMAP.change(session, by, row["id"], row["version"], {"coach_partner": "kade"})
    ROADMAP.archive(session, by, row["id"], row["version"])
    assert not ROADMAP.rows(session, by, "kade")
