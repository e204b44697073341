"""What a viewer may change of agendas, decisions and actions is offered to that viewer, and nothing else is."""

import pytest
from sqlalchemy import select

from portal import clock
from portal.commands.base import Refused
from portal.commands.meetings.agenda import ITEM
from portal.db.models import AgendaItem, Decision
from portal.permissions import PermissionDenied, Role
from portal.queries.meetings.editable import (
    closable_actions,
    closed_actions,
    discussable_ateliers,
    discussable_projects,
    discussable_results,
    editable_actions,
    editable_decisions,
    editable_items,
    editable_meetings,
    frozen_spot,
    open_spot,
    spot_name,
    spot_named,
)
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState, Phase, ProjectScope, Visibility
from tests.makers import (
    SOME_DAY,
    atelier_of,
    make_action,
    make_agenda_item,
    make_deliverable,
    make_meeting,
    make_project,
    partner_of,
    viewer,
)

COORDINATOR, TABLE, MAYOR = (viewer(role) for role in (Role.COORDINATOR, Role.STEERING, Role.MAYOR))
EXELLO = MeetingBody.EXELLO


@pytest.fixture
def lead(session):
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


@pytest.fixture
def director(session):
    return viewer(Role.DIRECTOR, partner_of(session, "wervik"))


def met(session, state=MeetingState.OPEN, number=4, **given):
    return make_meeting(session, **{"body": EXELLO, "number": number, "state": state} | given)


def decided(session, meeting, **given):
    row = Decision(meeting_id=meeting.id, **{"text": "Zo blijft het", "taken_on": SOME_DAY} | given)
    session.add(row)
    session.flush()
    return row


def every_kind_of_item(session, meeting):
    """About the own atelier and about another, in each of the ways in which an item can be about one."""
    for code in ("I", "II"):
        atelier = atelier_of(session, code)
        project = make_project(session, atelier=code)
        for about in (
            {"atelier_id": atelier.id},
            {"project_id": project.id},
            {"deliverable_id": make_deliverable(session, atelier=code).id},
            {"atelier_id": atelier.id, "project_id": make_project(session).id},
        ):
            make_agenda_item(session, meeting, **about)
    make_agenda_item(session, meeting, project_id=make_project(session).id)
    make_agenda_item(session, meeting)


def test_a_meeting_and_an_item_are_found_by_the_name_of_their_place(session):
    meeting, other = met(session), met(session, number=5)
    item, gone = make_agenda_item(session, meeting), make_agenda_item(session, meeting, archived_at=clock.now())
    assert spot_name(EXELLO, 4) == "exello-4"
    assert spot_named(session, TABLE, "exello-4") == (meeting, None)
    assert spot_named(session, TABLE, spot_name(EXELLO, 4, item.id)) == (meeting, item.id)
    for name in (
        f"exello-5.{item.id}",
        f"exello-4.{gone.id}",
        "exello-4.x",
        "exello-4.",
        "exello-6",
        "exello",
        "",
        "²",
    ):
        assert spot_named(session, TABLE, name) is None, name
    other.archived_at = clock.now()
    assert spot_named(session, TABLE, "exello-5") is None


def test_a_mayor_knows_no_meeting_that_is_not_frozen(session):
    met(session)
    assert spot_named(session, MAYOR, "exello-4") is None
    frozen = met(session, MeetingState.FROZEN, number=3)
    assert spot_named(session, MAYOR, "exello-3") == (frozen, None)
    assert frozen_spot(session, MAYOR, "exello-3") is None


def test_only_who_edits_whole_meetings_may_move_one_and_none_that_is_frozen(session, lead, director):
    met(session)
    met(session, MeetingState.FROZEN, number=3)
    for by in (lead, director, MAYOR):
        assert not editable_meetings(session, by)
    for by in (TABLE, COORDINATOR):
        assert [row["name"] for row in editable_meetings(session, by, "exello")] == ["Exello 4"]
        assert len(editable_meetings(session, by, "exello-4")) == 1
        for of in ("exello-3", "exello-9", "conferentie", "wervik", "exello-4.1"):
            assert not editable_meetings(session, by, of), of


def test_something_may_be_added_at_an_open_meeting_and_by_an_atelier_lead_at_own_items(session, lead, director):
    meeting = met(session)
    own, other = (make_agenda_item(session, meeting, atelier_id=atelier_of(session, code).id) for code in ("I", "II"))
    met(session, MeetingState.FROZEN, number=3)
    for by in (director, MAYOR):
        assert open_spot(session, by, "exello-4") is None
    assert open_spot(session, lead, f"exello-4.{other.id}") is None
    for by in (lead, TABLE, COORDINATOR):
        assert open_spot(session, by, "exello-3") is None
        assert open_spot(session, by, "exello-4") == (meeting, None)
        assert open_spot(session, by, f"exello-4.{own.id}") == (meeting, own.id)


def test_a_note_is_added_by_who_plans_and_to_a_frozen_meeting_only(session):
    met(session)
    frozen = met(session, MeetingState.FROZEN, number=3)
    item = make_agenda_item(session, frozen)
    assert frozen_spot(session, TABLE, "exello-3") is None
    assert frozen_spot(session, COORDINATOR, "exello-4") is None
    assert frozen_spot(session, COORDINATOR, f"exello-3.{item.id}") is None
    assert frozen_spot(session, COORDINATOR, "exello-3") == (frozen, None)


def test_the_items_that_are_offered_are_those_that_the_command_takes(session, lead, director):
    meeting = met(session)
    every_kind_of_item(session, meeting)
    session.commit()
    rows = session.scalars(select(AgendaItem)).all()
    assert not editable_items(session, director, "exello-4")
    for by, count in ((lead, 4), (TABLE, 10), (COORDINATOR, 10)):
        offered = {row["id"] for row in editable_items(session, by, "exello-4")}
        taken = {row.id for row in rows if takes(session, by, row)}
        assert (offered, len(taken)) == (taken, count)


def takes(session, by, row):
    try:
        ITEM.change(session, by, row_id=row.id, version=row.version, values={"kind": AgendaKind.DISCUSSION})
    except (PermissionDenied, Refused):
        return False
    return True


def test_an_item_comes_with_the_codes_of_what_it_is_about_in_the_order_of_the_agenda(session):
    meeting, result = met(session), make_deliverable(session, atelier="II")
    last = make_agenda_item(session, meeting, position=2, deliverable_id=result.id)
    first = make_agenda_item(session, meeting, position=1, atelier_id=atelier_of(session, "I").id)
    make_agenda_item(session, meeting, archived_at=clock.now())
    found = editable_items(session, COORDINATOR, "exello-4")
    assert [row["id"] for row in found] == [first.id, last.id]
    assert [[row[key] for key in ("atelier", "deliverable", "project")] for row in found] == [
        ["I", None, None],
        [None, result.code, None],
    ]
    assert [row["id"] for row in editable_items(session, COORDINATOR, f"exello-4.{last.id}")] == [last.id]
    assert not editable_items(session, COORDINATOR, "exello-9")


def test_the_decisions_of_a_frozen_meeting_are_offered_to_nobody(session, lead):
    meeting, frozen = met(session), met(session, MeetingState.FROZEN, number=3)
    item = make_agenda_item(session, meeting, atelier_id=atelier_of(session, "I").id, title="Punt")
    decided(session, frozen)
    whole, at = decided(session, meeting), decided(session, meeting, agenda_item_id=item.id)
    decided(session, meeting, archived_at=clock.now())
    for by in (TABLE, COORDINATOR):
        assert [row["id"] for row in editable_decisions(session, by)] == [whole.id, at.id]
        assert not editable_decisions(session, by, "exello-3")
    mine = editable_decisions(session, lead, "exello-4")
    assert [(row["id"], row["item"], row["partner"]) for row in mine] == [(at.id, "Punt", None)]


def test_what_another_partner_keeps_to_itself_is_not_named_by_its_code(session):
    hidden = make_project(session, visibility=Visibility.INTERNAL, reported_by="kuurne")
    decided(session, met(session), project_id=hidden.id)
    assert [row["project"] for row in editable_decisions(session, TABLE)] == [None]
    assert [row["project"] for row in editable_decisions(session, COORDINATOR)] == [hidden.code]


def test_an_open_action_of_a_frozen_meeting_is_changed_by_who_plans_alone(session, lead):
    frozen = met(session, MeetingState.FROZEN, number=3)
    about = {"project_id": make_project(session, atelier="I").id}
    late = make_action(session, meeting=frozen, owner="wervik", **about)
    fresh = make_action(session, meeting=met(session), owner="menen", **about)
    make_action(session, meeting=frozen, done_on=SOME_DAY)
    for by in (TABLE, lead):
        assert [row["id"] for row in editable_actions(session, by)] == [fresh.id]
    found = editable_actions(session, COORDINATOR)
    assert [(row["id"], row["owner_partner"]) for row in found] == [(late.id, "wervik"), (fresh.id, "menen")]


def test_a_director_closes_the_own_open_actions_and_nobody_else_theirs(session, lead, director):
    frozen = met(session, MeetingState.FROZEN)
    own, other = (make_action(session, meeting=frozen, owner=slug) for slug in ("wervik", "menen"))
    done = make_action(session, meeting=frozen, owner="wervik", done_on=SOME_DAY, done_note="Klaar.")
    make_action(session, meeting=frozen, owner="wervik", archived_at=clock.now())
    for by in (MAYOR, lead):
        assert not closable_actions(session, by)
    assert [row["id"] for row in closable_actions(session, director)] == [own.id]
    assert not closable_actions(session, director, str(other.id))
    assert [row["id"] for row in closable_actions(session, TABLE)] == [own.id, other.id]
    for of in ("wervik", "-1", "1" * 12, "٣"):
        assert not closable_actions(session, COORDINATOR, of), of
    assert not closed_actions(session, TABLE)
    found = closed_actions(session, COORDINATOR, str(done.id))
    assert [(row["id"], row["done_note"], row["done_on"]) for row in found] == [(done.id, "Klaar.", SOME_DAY)]


def test_an_agenda_is_offered_what_everybody_at_the_table_may_know_of(session, lead):
    shared = make_project(session, scope=ProjectScope.REGIONAL, title="Zz gedeeld")
    own, other = (make_project(session, atelier=code, title="Aa lokaal") for code in ("I", "II"))
    hidden = make_project(session, scope=ProjectScope.REGIONAL, visibility=Visibility.INTERNAL, reported_by="kuurne")
    ended = make_project(session, scope=ProjectScope.REGIONAL, phase=Phase.FINISHED)
    local = make_project(session)
    codes = [code for code, _ in discussable_projects(session, COORDINATOR)]
    assert not {hidden.code, ended.code, local.code} & set(codes)
    wanted = [shared.code, own.code, other.code]
    assert [code for code in codes if code in wanted] == wanted
    assert [code for code, _ in discussable_projects(session, lead) if code in wanted] == [own.code]
    assert [code for code, _ in discussable_ateliers(session, lead)] == ["I"]
    assert len(discussable_ateliers(session, TABLE)) > 1
    mine, all_ = (discussable_results(session, by) for by in (lead, TABLE))
    assert 0 < len(mine) < len(all_)
    assert set(mine) < set(all_)
