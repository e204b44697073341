"""Meetings, agenda, decisions, actions and notes edited on the page: who is offered what, and what each act does."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.commands.base import Refused
from portal.db.engine import reading
from portal.db.models import Action, Audit, Decision, Meeting, MeetingNote
from portal.pages.editing import view
from portal.pages.editing.kinds import choices_of
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import FormState, fresh_form, post
from portal.pages.steering.editing import (
    ACTIONS,
    AGENDA,
    CLOSE_ACTION,
    DECISIONS,
    EDITABLES,
    MEETINGS,
    NOTE,
    REOPEN_ACTION,
)
from portal.permissions import PermissionDenied, Role, RowNotFound
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState
from tests.makers import atelier_of, make_action, make_agenda_item, make_meeting, make_project, partner_of, viewer
from tests.reading import parts, said
from tests.visitors import Portal

COORDINATOR, TABLE = viewer(Role.COORDINATOR), viewer(Role.STEERING)
DAY = date(2026, 3, 2)
WRITTEN_AT = (AGENDA, DECISIONS, ACTIONS)


def met(session, state=MeetingState.OPEN, number=4):
    row = make_meeting(session, body=MeetingBody.EXELLO, number=number, state=state, planned_on=DAY)
    session.commit()
    return row


def traces(portal: Portal) -> int:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(Audit)) or 0


def actions_in(portal: Portal, slug: str, *, own: bool) -> list[Action]:
    """The open actions of this partner, or of the others."""
    with reading(portal.engine) as session:
        mine = Action.owner_partner_id == partner_of(session, slug).id
        found = select(Action).where(Action.done_on.is_(None), mine if own else ~mine).order_by(Action.id)
        return list(session.scalars(found))


def closing(action: Action, note: object) -> FormState:
    typed = {"done_note": note}
    return FormState(CLOSE_ACTION.name, str(action.id), Mode.CHANGE, typed, row_id=action.id, version=action.version)


@pytest.mark.parametrize("account", ["burgemeester", "directeur", "atelier"])
def test_who_does_not_plan_is_offered_no_calendar_no_note_and_no_action_to_open_again(portal: Portal, account: str):
    for name in (MEETINGS.name, NOTE.name, REOPEN_ACTION.name):
        assert [view.place(portal.viewer(account), name, "stuurgroep-6", mode) for mode in Mode] == [None] * 3


@pytest.mark.parametrize("account", ["stuurgroep", "coordinator"])
def test_a_frozen_meeting_offers_nothing_to_write_down_to_anybody(portal: Portal, account: str):
    for one in WRITTEN_AT[:2]:
        drawn = [view.place(portal.viewer(account), one.name, "stuurgroep-6", mode) for mode in Mode]
        assert drawn == [None] * 3, one.name
    assert view.place(portal.viewer(account), ACTIONS.name, "stuurgroep-6", Mode.ADD) is None


def test_an_open_meeting_offers_the_table_its_agenda_and_an_atelier_lead_the_own_items(portal: Portal):
    for account in ("stuurgroep", "coordinator", "atelier"):
        viewer_ = portal.viewer(account)
        assert "Agendapunt toevoegen" in said(view.place(viewer_, "agenda", "stuurgroep-7", Mode.ADD))
        assert view.place(viewer_, "agenda", "stuurgroep-7", Mode.GRID) is not None
    with reading(portal.engine) as session:
        rows = [len(AGENDA.rows(session, portal.viewer(who), "stuurgroep-7")) for who in ("atelier", "stuurgroep")]
        options = choices_of(session, portal.viewer("atelier"), AGENDA.fields)
    assert 0 < rows[0] < rows[1]
    assert [each.value for each in options["atelier"]] == ["I"]


def test_a_director_is_offered_to_close_the_own_actions_alone_behind_a_button(portal: Portal):
    director = portal.viewer("directeur")
    own, other = (actions_in(portal, "wervik", own=mine)[0] for mine in (True, False))
    assert view.place(director, CLOSE_ACTION.name, str(other.id), Mode.CHANGE) is None
    drawn = view.place(director, CLOSE_ACTION.name, str(own.id), Mode.CHANGE)
    assert said(drawn).startswith("Sluit af")
    assert next(part._type for part in parts(drawn)) == "Details"
    assert "Wat is er gedaan?" in said(view.body(director, CLOSE_ACTION.name, str(own.id), Mode.CHANGE))
    assert view.body(director, CLOSE_ACTION.name, str(other.id), Mode.CHANGE) is None


def test_closing_anothers_action_by_hand_is_refused_and_leaves_no_trace(portal: Portal):
    before, other = traces(portal), actions_in(portal, "wervik", own=False)[0]
    for account in ("directeur", "atelier", "burgemeester"):
        after = post(portal.viewer(account), closing(other, "Klaar."))
        assert (after.refused, after.said) == (True, "Uw rol laat dit niet toe; er is niets gewijzigd.")
    assert traces(portal) == before


def test_an_action_is_not_closed_without_a_sentence(portal: Portal):
    before, own = traces(portal), actions_in(portal, "wervik", own=True)[0]
    assert fresh_form(portal.viewer("directeur"), CLOSE_ACTION.name, str(own.id), Mode.CHANGE) is not None
    after = post(portal.viewer("directeur"), closing(own, None))
    assert (after.refused, after.said) == (True, "Zeg in één zin wat er gedaan is; de actie blijft open.")
    assert post(portal.viewer("directeur"), closing(own, "x" * 501)).faults["done_note"].startswith("Wat is er gedaan?")
    assert traces(portal) == before


def test_what_is_closed_can_be_opened_again_with_one_button(session):
    row = make_action(session, meeting=met(session), done_on=DAY, done_note="Klaar.")
    session.commit()
    assert not REOPEN_ACTION.rows(session, TABLE, str(row.id))
    assert len(REOPEN_ACTION.rows(session, COORDINATOR, str(row.id))) == 1
    assert REOPEN_ACTION.typed == ()
    with pytest.raises(PermissionDenied):
        REOPEN_ACTION.change(session, TABLE, row.id, row.version, {})
    REOPEN_ACTION.change(session, COORDINATOR, row.id, row.version, {})
    assert row.done_on is None


@pytest.mark.parametrize("one", WRITTEN_AT, ids=lambda one: one.name)
@pytest.mark.parametrize("of", ["exello-9", "exello-4.0", "", "wervik"])
def test_nothing_is_added_where_no_meeting_is(session, one, of):
    met(session)
    assert not one.may_add(session, COORDINATOR, of)
    with pytest.raises(RowNotFound):
        one.add(session, COORDINATOR, of, {"title": "x", "kind": "beslissing"})


@pytest.mark.parametrize("one", WRITTEN_AT, ids=lambda one: one.name)
def test_nothing_is_added_at_a_frozen_meeting_by_hand(session, one):
    met(session, MeetingState.FROZEN)
    assert not one.may_add(session, COORDINATOR, "exello-4")
    with pytest.raises(Refused, match="voeg een gedateerde nota toe"):
        one.add(session, COORDINATOR, "exello-4", {one.typed[0].key: "x"})


def test_an_item_a_decision_and_an_action_are_written_down_where_they_belong(session):
    met(session)
    project = make_project(session)
    session.commit()
    added = AGENDA.add(
        session, TABLE, "exello-4", {"title": "Meldpunt", "kind": AgendaKind.DECISION, "project": project.code}
    )
    (item,) = AGENDA.rows(session, TABLE, "exello-4")
    assert (added.name, item["position"], item["project"]) == ("Meldpunt", 1, project.code)
    at = f"exello-4.{item['id']}"
    DECISIONS.add(session, TABLE, at, {"text": "Goedgekeurd", "taken_on": None, "project": None, "deliverable": None})
    ACTIONS.add(session, TABLE, at, {"text": "Bezorgt de raming", "owner_partner": "wervik", "due_on": None})
    for model in (Decision, Action):
        row = session.scalars(select(model)).one()
        assert (row.agenda_item_id, row.project_id) == (item["id"], project.id)
    (item,) = AGENDA.rows(session, TABLE, "exello-4")  # it is decided now
    AGENDA.change(session, TABLE, item["id"], item["version"], {"title": "Meldpunten"})
    assert [row["title"] for row in AGENDA.rows(session, TABLE, at)] == ["Meldpunten"]


@pytest.mark.parametrize("one", [DECISIONS, ACTIONS], ids=lambda one: one.name)
def test_a_decision_or_action_is_corrected_taken_back_and_returned(session, one):
    met(session)
    who = "owner_partner" if one is ACTIONS else "partner"
    one.add(session, COORDINATOR, "exello-4", {"text": "Zo", who: "wervik"})
    (row,) = one.rows(session, TABLE, "exello-4")
    one.change(session, TABLE, row["id"], row["version"], {"text": "Anders"})
    (row,) = one.rows(session, TABLE, "exello-4")
    assert (row["text"], row["item"]) == ("Anders", None)
    one.archive(session, TABLE, row["id"], row["version"])
    assert not one.rows(session, TABLE, "exello-4")
    one.restore(session, TABLE, row["id"])
    assert len(one.rows(session, TABLE, "exello-4")) == 1


def test_a_meeting_is_planned_moved_taken_away_and_returned(session):
    states = dict(MEETINGS.field("state").choices(session, COORDINATOR))
    assert list(states) == ["gepland", "open"]  # frozen it becomes by its own button
    added = MEETINGS.add(session, COORDINATOR, "", {"body": MeetingBody.EXELLO, "planned_on": DAY, "state": "gepland"})
    assert added.name == "Exello 1 van maandag 2 maart 2026"
    (row,) = MEETINGS.rows(session, COORDINATOR, "exello")
    MEETINGS.change(session, COORDINATOR, row["id"], row["version"], {"state": "open", "place": "Zaal"})
    (row,) = MEETINGS.rows(session, COORDINATOR, "exello-1")
    assert (row["name"], row["state"], row["place"]) == ("Exello 1", MeetingState.OPEN, "Zaal")
    MEETINGS.archive(session, COORDINATOR, row["id"], row["version"])
    assert not MEETINGS.rows(session, COORDINATOR, "")
    MEETINGS.restore(session, COORDINATOR, row["id"])
    assert session.get_one(Meeting, row["id"]).archived_at is None


def test_a_note_is_added_beside_a_frozen_meeting_and_never_changed(session):
    met(session)
    met(session, MeetingState.FROZEN, number=3)
    for of in ("exello-4", "exello-9"):
        assert not NOTE.may_add(session, COORDINATOR, of)
    with pytest.raises(RowNotFound):
        NOTE.add(session, COORDINATOR, "exello-9", {"text": "x"})
    with pytest.raises(Refused, match="nog niet vastgelegd"):
        NOTE.add(session, COORDINATOR, "exello-4", {"text": "x"})
    NOTE.add(session, COORDINATOR, "exello-3", {"text": "Het cijfer was 12."})
    assert session.scalars(select(MeetingNote.text)).all() == ["Het cijfer was 12."]
    assert not NOTE.rows(session, COORDINATOR, "exello-3")
    assert not NOTE.can_change


def test_an_atelier_lead_sees_only_own_items_in_the_grid(session):
    meeting, lead = met(session), viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])
    for code in ("I", "II"):
        make_agenda_item(session, meeting, atelier_id=atelier_of(session, code).id, title=f"Van {code}")
    assert [row["title"] for row in AGENDA.rows(session, lead, "exello-4")] == ["Van I"]


def test_every_editable_of_the_meetings_has_a_name_of_its_own():
    assert len({one.name for one in EDITABLES}) == len(EDITABLES) == 11
