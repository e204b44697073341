"""Agenda, decisions and actions as a workbook: there and back unchanged, to open meetings alone, and nobody else's."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.load import KINDS
from data_loaders.meetings import ACTIONS, AGENDA, DECISIONS, MEETINGS
from portal import clock
from portal.commands.base import Refused
from portal.commands.imports import undo_import
from portal.commands.meetings.agenda import ITEM
from portal.commands.meetings.agreed import ACTION
from portal.db.models import Action, AgendaItem, Decision, ImportRun, Meeting
from portal.permissions import Role, Viewer
from portal.queries.meetings.bringing import ateliers_about, kept_ateliers, open_meetings
from portal.vocabulary import AgendaKind, ItemState, MeetingBody, MeetingState, Outcome, ProjectScope, Visibility
from tests.data_loaders.books import told
from tests.data_loaders.there_and_back import COORDINATOR, Books, by_file, changed, traced
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

BOOKS = Books(KINDS["meetings"])
EXELLO = MeetingBody.EXELLO
AT_4: dict[str, Any] = {"body": "Exello", "number": 4}
POINT = AT_4 | {"title": "Meldpunt", "kind": "ter beslissing", "proposal": "Exello kiest.", "minutes": 20}
DECIDED = AT_4 | {"text": "Zo blijft het", "taken_on": SOME_DAY, "outcome": "goedgekeurd"}
PROMISED = AT_4 | {"text": "Bezorgt de raming", "owner_partner": "Wervik", "due_on": date(2026, 12, 1)}
GONE = (
    "is gearchiveerd, afgesloten, van een vastgelegde vergadering of niet van u; verwijder de rij, of maak nr en "
    "versie leeg voor een nieuwe."
)


@pytest.fixture
def lead(session: Session) -> Viewer:
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


@pytest.fixture
def meeting(session: Session) -> Meeting:
    return met(session)


def met(session: Session, state: MeetingState = MeetingState.OPEN, number: int = 4, **given: Any) -> Meeting:
    row: Meeting = make_meeting(session, **{"body": EXELLO, "number": number, "state": state} | given)
    return row


def point(session: Session, meeting: Meeting, atelier: str = "I", **given: Any) -> AgendaItem:
    row: AgendaItem = make_agenda_item(session, meeting, atelier_id=atelier_of(session, atelier).id, **given)
    return row


def decided(session: Session, meeting: Meeting, **given: Any) -> Decision:
    row = Decision(meeting_id=meeting.id, **{"text": "Zo blijft het", "taken_on": SOME_DAY, "serial": 1} | given)
    session.add(row)
    session.flush()
    return row


def every(session: Session, model: Any) -> list[Any]:
    return list(session.scalars(select(model).order_by(model.id)))


@pytest.mark.parametrize("role", [Role.STEERING, Role.DIRECTOR, Role.MAYOR])
def test_who_keeps_no_agenda_by_file_gets_none_and_brings_none_in(session: Session, meeting: Meeting, role: Role):
    BOOKS.refuses(session, viewer(role))


def test_an_atelier_lead_brings_in_nothing_of_another_atelier_or_of_what_is_past(
    session: Session, lead: Viewer, meeting: Meeting
):
    own, other = point(session, meeting), point(session, meeting, "II")
    frozen = met(session, MeetingState.FROZEN, 3)
    past, gone = point(session, frozen), point(session, meeting, archived_at=clock.now())
    theirs, closed = decided(session, meeting, agenda_item_id=other.id), make_action(session, meeting=meeting)
    closed.done_on = SOME_DAY
    numbers = (other.id, past.id, gone.id, 99999)
    project = make_project(session, scope=ProjectScope.REGIONAL, atelier="II")
    file = BOOKS.filled(
        session,
        lead,
        **{
            AGENDA: [
                *({**POINT, "code": number, "version": 1} for number in numbers),
                POINT | {"number": 3},
                POINT | {"number": 9},
                POINT,
                POINT | {"atelier": "II"},
                POINT | {"project": project.code},
                {**POINT, "code": own.id, "number": 5, "version": 1, "atelier": "I"},
            ],
            DECISIONS: [
                {**DECIDED, "code": theirs.id, "version": 1},
                DECIDED | {"item_id": other.id},
                DECIDED | {"item_id": past.id},
                DECIDED,
            ],
            ACTIONS: [{**PROMISED, "code": closed.id, "version": 1}, PROMISED | {"number": 3}],
        },
    )
    not_open = "staat niet open; kies een vergadering die gepland of open is."
    stays = "dit blijft bij zijn vergadering en zijn punt; zet terug wat er stond"
    assert told(BOOKS.brought(session, file, lead).problems) == [
        *(f"Agenda!A{place}: {number} {GONE}" for place, number in enumerate(numbers, start=2)),
        f"Beslissingen!A2: {theirs.id} {GONE}",
        f"Acties!A2: {closed.id} {GONE}",
        f"Agenda!C11: {stays} (4).",
        f"Agenda!C6: Exello 3 {not_open}",
        "Agenda!I6: u houdt alleen agendapunten van uw eigen ateliers bij. Ook in: I7, I8, I9.",
        f"Agenda!C7: Exello 9 {not_open}",
        f"Agenda!J10: {project.code} kan hier niet: kies een lopend project dat gedeeld is of van een atelier, en dat "
        "niet intern is.",
        f"Beslissingen!D3: {other.id} is geen punt van Exello 4 dat u bijhoudt; kijk het nr na.",
        f"Beslissingen!D4: {past.id} is geen punt van Exello 4 dat u bijhoudt; kijk het nr na.",
        "Beslissingen!J5: u houdt alleen agendapunten van uw eigen ateliers bij.",
        f"Acties!C3: Exello 3 {not_open}",
        "Acties!I3: u houdt alleen agendapunten van uw eigen ateliers bij.",
    ]
    assert by_file(session) == []


def test_each_gets_the_own_part_of_what_is_not_frozen_and_the_actions_that_are_open(
    session: Session, lead: Viewer, meeting: Meeting
):
    own, other = point(session, meeting), point(session, meeting, "II")
    frozen = met(session, MeetingState.FROZEN, 3)
    at_own, of_frozen = decided(session, meeting, agenda_item_id=own.id), decided(session, frozen)
    still = make_action(session, meeting=frozen)
    numbers = [{row["code"] for row in table.rows} for table in MEETINGS.tables(session, COORDINATOR)]
    mine = [{row["code"] for row in table.rows} for table in MEETINGS.tables(session, lead)]
    assert mine == [{own.id}, {at_own.id}, set()]
    assert numbers[0] >= {own.id, other.id}
    assert (at_own.id in numbers[1], of_frozen.id in numbers[1], still.id in numbers[2]) == (True, False, True)
    for by in (COORDINATOR, lead):
        BOOKS.unchanged(session, by)


def test_where_something_may_be_added_and_of_which_atelier_is_for_who_keeps_an_agenda(
    session: Session, lead: Viewer, meeting: Meeting
):
    met(session, MeetingState.FROZEN, 3)
    met(session, number=5, archived_at=clock.now())
    hidden = make_project(session, atelier="II", visibility=Visibility.INTERNAL, reported_by="menen")
    result = make_deliverable(session, atelier="II")
    mayor = viewer(Role.MAYOR)
    for by, opened in ((lead, {4}), (COORDINATOR, {4}), (mayor, set())):
        assert {number for body, number in open_meetings(session, by) if body is EXELLO} == opened
    assert (kept_ateliers(session, COORDINATOR), kept_ateliers(session, lead)) == (None, {"I"})
    assert kept_ateliers(session, mayor) == frozenset()
    assert ateliers_about(session, lead)["deliverable", result.code] == "II"
    assert [("project", hidden.code) in ateliers_about(session, by) for by in (lead, COORDINATOR)] == [False, True]


def test_everything_wrong_is_told_at_its_cell_at_once(session: Session, meeting: Meeting):
    result, project = make_deliverable(session), make_project(session, scope=ProjectScope.REGIONAL)
    file = BOOKS.filled(
        session,
        **{
            AGENDA: [
                POINT | {"kind": "zomaar"},
                POINT | {"proposal": "x" * 401},
                POINT | {"minutes": 0},
                POINT | {"body": "Gemeenteraad"},
                POINT | {"title": None},
            ],
            DECISIONS: [DECIDED | {"taken_on": clock.today() + timedelta(days=1)}, DECIDED | {"taken_on": None}],
            ACTIONS: [PROMISED | {"owner_partner": "atlantis"}],
        },
    )
    assert [one.split(": ")[0] for one in told(BOOKS.brought(session, file).problems)] == [
        *("Agenda!G2", "Agenda!L3", "Agenda!Q4", "Agenda!B5", "Agenda!F6"),
        *("Beslissingen!H2", "Beslissingen!H3", "Acties!G2"),
    ]
    internal = make_project(session, scope=ProjectScope.REGIONAL, visibility=Visibility.INTERNAL)
    both = POINT | {"project": project.code, "deliverable": result.code}
    file = BOOKS.filled(session, **{AGENDA: [both, POINT | {"project": internal.code}]})
    assert told(BOOKS.brought(session, file).problems) == [
        "Agenda!K2: kies een project of een resultaat, niet allebei.",
        f"Agenda!J3: {internal.code} kan hier niet: kies een lopend project dat gedeeld is of van een atelier, en dat "
        "niet intern is.",
    ]
    assert by_file(session) == []


def test_what_somebody_changed_since_the_export_is_a_conflict_with_both_values(session: Session, meeting: Meeting):
    row, action = point(session, meeting, title="Oud"), make_action(session, meeting=meeting, owner="wervik")
    file = changed(BOOKS.exported(session), AGENDA, {"nr": row.id}, agendapunt="Mijn woord")
    file = changed(file, ACTIONS, {"nr": action.id}, actie="Mijn daad")
    ITEM.change(session, COORDINATOR, row_id=row.id, version=1, values={"title": "Hun woord"})
    ACTION.change(session, COORDINATOR, row_id=action.id, version=1, values={"text": "Hun daad"})
    before = traced(session)
    first, second = told(BOOKS.brought(session, file).problems)
    assert "in het bestand “Mijn woord”, in het portaal “Hun woord”" in first
    assert "in het bestand “Mijn daad”, in het portaal “Hun daad”" in second
    assert (row.title, traced(session)) == ("Hun woord", before)


def test_an_old_row_keeps_a_project_that_ended_and_may_be_corrected_beside_it(session: Session, meeting: Meeting):
    ended = make_project(session, visibility=Visibility.INTERNAL, ended_on=SOME_DAY)
    row = point(session, meeting, project_id=ended.id)
    BOOKS.unchanged(session)
    file = changed(BOOKS.exported(session), AGENDA, {"nr": row.id}, nota="Besproken")
    assert BOOKS.brought(session, file).written == 1
    assert (row.note, row.project_id) == ("Besproken", ended.id)


def test_a_changed_file_changes_just_that_and_the_same_file_again_changes_nothing(
    session: Session, lead: Viewer, meeting: Meeting
):
    row = point(session, meeting, title="Meldpunt")
    decision = decided(session, meeting, agenda_item_id=row.id)
    action = make_action(session, meeting=meeting, agenda_item_id=row.id, owner="wervik")
    file = changed(BOOKS.exported(session, lead), AGENDA, {"nr": row.id}, voorstel="Exello kiest.", minuten=15)
    file = changed(file, DECISIONS, {"nr": decision.id}, uitkomst="niet goedgekeurd")
    file = changed(file, ACTIONS, {"nr": action.id}, wie="Menen", tegen=date(2026, 12, 1))
    tried = BOOKS.brought(session, file, lead, try_only=True)
    assert [str(one) for one in tried.plan.to_write] == [
        "gewijzigd: Meldpunt (Exello 4): voorstel leeg → “Exello kiest.”; minuten leeg → 15",
        "gewijzigd: beslissing van Exello 4: Zo blijft het: uitkomst leeg → niet goedgekeurd",
        "gewijzigd: actie van menen: Bezorgt de raming: wie “wervik” → “menen”; tegen leeg → 01/12/2026",
    ]
    assert BOOKS.brought(session, file, lead).written == len(tried.plan.to_write)
    assert (row.proposal, row.minutes, decision.outcome) == ("Exello kiest.", 15, Outcome.REFUSED)
    assert action.owner_partner_id == partner_of(session, "menen").id
    assert by_file(session) == ["gewijzigd action", "gewijzigd agenda_item", "gewijzigd decision"]
    before = traced(session)
    again = BOOKS.brought(session, file, lead)
    assert (again.written, told(again.problems), traced(session)) == (0, [], before)


def test_new_rows_come_once_at_the_end_of_their_agenda_however_often_the_file_comes(session: Session, meeting: Meeting):
    project = make_project(session, scope=ProjectScope.REGIONAL)
    there = point(session, meeting, project_id=project.id, position=1)
    file = BOOKS.filled(
        session,
        **{
            AGENDA: [POINT | {"atelier": "I"}],
            DECISIONS: [DECIDED | {"item_id": there.id}, DECIDED | {"text": "Voor allen"}],
            ACTIONS: [PROMISED | {"item_id": there.id}],
        },
    )
    assert BOOKS.brought(session, file).written == len([AGENDA, DECISIONS, DECISIONS, ACTIONS])
    *_, made = every(session, AgendaItem)
    assert (made.title, made.kind, made.position, made.proposal, made.minutes, made.meeting_id) == (
        *("Meldpunt", AgendaKind.DECISION, 2, "Exello kiest.", 20),
        meeting.id,
    )
    at_point, whole = every(session, Decision)
    assert [(row.serial, row.project_id, row.outcome) for row in (at_point, whole)] == [
        (1, project.id, Outcome.APPROVED),
        (2, None, Outcome.APPROVED),
    ]
    assert there.state is ItemState.DECIDED
    (action,) = every(session, Action)
    assert (action.project_id, action.agenda_item_id, action.due_on) == (project.id, there.id, date(2026, 12, 1))
    before = traced(session)
    again = BOOKS.brought(session, file)
    assert (again.written, told(again.problems), again.only_shown, traced(session)) == (0, [], False, before)
    BOOKS.unchanged(session)


def test_what_a_file_leaves_out_stays_and_is_told(session: Session, meeting: Meeting):
    row = point(session, meeting, title="Meldpunt")
    outcome = BOOKS.brought(session, BOOKS.filled(session))
    assert (outcome.written, "Meldpunt (Exello 4)" in outcome.plan.missing) == (0, True)
    assert row.archived_at is None


def test_what_a_meeting_agreed_is_not_taken_back_once_it_is_frozen_but_an_open_action_may_be(
    session: Session, meeting: Meeting
):
    action = make_action(session, meeting=meeting, owner="wervik")
    file = changed(BOOKS.exported(session), ACTIONS, {"nr": action.id}, wie="Menen")
    BOOKS.brought(session, file)
    BOOKS.brought(session, BOOKS.filled(session, **{DECISIONS: [DECIDED]}))
    moved, decided_then = session.scalars(select(ImportRun.id).order_by(ImportRun.id))
    meeting.state = MeetingState.FROZEN
    session.commit()
    with pytest.raises(Refused, match="kan niet meer ongedaan gemaakt worden: Exello 4 is vastgelegd"):
        undo_import(session, COORDINATOR, run_id=decided_then)
    assert len(every(session, Decision)) == 1
    undo_import(session, COORDINATOR, run_id=moved)
    assert action.owner_partner_id == partner_of(session, "wervik").id


def test_a_load_that_is_taken_back_leaves_the_agenda_as_it_was(session: Session, meeting: Meeting):
    there = point(session, meeting)
    BOOKS.brought(session, BOOKS.filled(session, **{AGENDA: [POINT], DECISIONS: [DECIDED | {"item_id": there.id}]}))
    (run,) = session.scalars(select(ImportRun.id))
    undo_import(session, COORDINATOR, run_id=run)
    session.refresh(there)
    assert (there.state, every(session, Decision)) == (ItemState.OPEN, [])
    assert "Meldpunt" not in {row.title for row in every(session, AgendaItem)}
