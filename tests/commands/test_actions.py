"""Who promised what lives on after its meeting, until the partner who does it closes it with one sentence."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.meetings.agreed import ACTION, add_action, close_action, reopen_action
from portal.commands.tables import bring_back
from portal.db.models import Action, Audit
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.trace.words import in_words  # the trace's own words
from portal.vocabulary import MeetingState, Visibility
from tests.databases import undone
from tests.makers import (
    atelier_of,
    make_action,
    make_agenda_item,
    make_meeting,
    make_project,
    make_user,
    partner_of,
    viewer,
)

COORDINATOR, TABLE = viewer(Role.COORDINATOR), viewer(Role.STEERING)
TODAY, DUE = date(2026, 11, 22), date(2026, 12, 3)
SAID = "Het sjabloon staat online."


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def lead(session):
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


@pytest.fixture
def director(session):
    return viewer(Role.DIRECTOR, partner_of(session, "wervik"))


def made(session, state=MeetingState.OPEN, owner="wervik", **given):
    row = make_action(session, meeting=make_meeting(session, state=state), owner=owner, **given)
    session.commit()
    return row


def add(session, meeting, item=None, by=COORDINATOR, **values):
    given = {"text": "Bezorgt de raming", "owner_partner": "wervik"} | values
    return add_action(session, by, meeting_id=meeting.id, item_id=item and item.id, values=given)


def change(session, row, by=COORDINATOR, version=None, **values):
    return ACTION.change(session, by, row_id=row.id, version=version or row.version, values=values)


def drop(session, row, by=COORDINATOR):
    return ACTION.archive(session, by, row_id=row.id, version=row.version)


def close(session, row, by=COORDINATOR, note=SAID, version=None):
    return close_action(session, by, action_id=row.id, version=version or row.version, note=note)


def reopen(session, row, by=COORDINATOR):
    return reopen_action(session, by, action_id=row.id, version=row.version)


def restore(session, row, by=COORDINATOR):
    return ACTION.restore(session, by, row_id=row.id)


def counted(session, model=Audit):
    return session.scalar(select(func.count()).select_from(model))


def roles_without(permission):
    return [role for role in Role if permission not in GRANTS[role]]


@pytest.mark.parametrize("role", roles_without(Permission.EDIT_MEETINGS))
def test_who_keeps_no_agenda_adds_and_changes_no_action(session, role):
    meeting, row = make_meeting(session), made(session)
    by, before = viewer(role, row.owner_partner_id, ateliers=[1, 2, 3]), counted(session)
    for act in (
        lambda: add(session, meeting, by=by),
        lambda: change(session, row, by, due_on=DUE),
        lambda: drop(session, row, by),
        lambda: restore(session, row, by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (row.due_on, row.archived_at, counted(session, Action), counted(session)) == (None, None, 1, before)


@pytest.mark.parametrize("role", roles_without(Permission.CLOSE_ACTIONS))
def test_a_mayor_and_an_atelier_lead_close_nothing(session, role):
    row = made(session)
    with pytest.raises(PermissionDenied):
        close(session, row, viewer(role, row.owner_partner_id, ateliers=[1, 2, 3]))
    assert row.done_on is None


@pytest.mark.parametrize("role", roles_without(Permission.FREEZE_MEETINGS))
def test_only_who_plans_meetings_opens_a_closed_action_again(session, role):
    row = made(session, done_on=TODAY, done_note=SAID)
    with pytest.raises(PermissionDenied):
        reopen(session, row, viewer(role, row.owner_partner_id))
    assert row.done_on == TODAY


@pytest.mark.parametrize("state", MeetingState)
def test_a_director_closes_the_own_actions_and_no_others(session, director, state):
    other, own = made(session, state=state, owner="menen"), made(session, state=state)
    before = counted(session)
    with pytest.raises(PermissionDenied):
        close(session, other, director)
    assert (other.done_on, counted(session)) == (None, before)
    close(session, own, director)
    assert (own.done_on, own.done_note) == (TODAY, SAID)


@pytest.mark.parametrize("note", ["", "   ", "\n\t "])
def test_an_action_is_not_closed_without_a_sentence(session, director, note):
    row = made(session)
    with pytest.raises(Refused, match="Zeg in één zin wat er gedaan is; de actie blijft open"):
        close(session, row, director, note)
    with pytest.raises(Refused, match="Afgerond met telt 501 tekens"):
        close(session, row, director, "x" * 501)
    session.expire_all()
    assert row.done_on is None


def test_what_is_closed_is_neither_closed_again_nor_changed(session, director):
    row = made(session)
    close(session, row, director, "  Het sjabloon\n staat online. ")
    assert row.done_note == SAID
    for act in (
        lambda: close(session, row, note="Nog eens"),
        lambda: change(session, row, due_on=DUE),
        lambda: drop(session, row),
    ):
        with pytest.raises(Refused, match="al afgesloten op 22/11/2026"):
            act()
    assert (row.done_note, row.due_on) == (SAID, None)


def test_a_reopened_action_is_open_again_and_the_trace_keeps_its_sentence(session):
    row = made(session)
    with pytest.raises(Refused, match="staat nog open"):
        reopen(session, row)
    close(session, row)
    reopen(session, row)
    assert (row.done_on, row.done_note) == (None, "")
    last = session.scalars(select(Audit).order_by(Audit.sequence.desc())).first()
    assert SAID in last.before


@pytest.mark.parametrize("by", [TABLE, COORDINATOR])
def test_no_action_is_added_to_a_frozen_meeting(session, by):
    meeting = make_meeting(session, state=MeetingState.FROZEN)
    session.commit()
    with pytest.raises(Refused, match=r"is vastgelegd; voeg een gedateerde nota toe"):
        add(session, meeting, by=by)
    assert counted(session, Action) == 0


def test_after_its_meeting_is_frozen_only_who_plans_changes_an_action(session, lead):
    item = {"project_id": make_project(session, atelier="I").id}
    row = made(session, state=MeetingState.FROZEN, **item)
    for by in (TABLE, lead):
        for act in (lambda by=by: change(session, row, by, due_on=DUE), lambda by=by: drop(session, row, by)):
            with pytest.raises(Refused, match="is vastgelegd; vraag de projectcoördinator"):
                act()
    change(session, row, due_on=DUE, owner_partner="menen")
    assert (row.due_on, row.owner_partner_id) == (DUE, partner_of(session, "menen").id)
    drop(session, row)
    assert row.archived_at is not None


def test_an_atelier_lead_notes_actions_at_own_items_and_no_others(session, lead):
    meeting = make_meeting(session, state=MeetingState.OPEN)
    own, other = (make_agenda_item(session, meeting, atelier_id=atelier_of(session, code).id) for code in ("I", "II"))
    session.commit()
    with pytest.raises(Refused, match="alleen agendapunten van uw eigen ateliers"):
        add(session, meeting, other, lead)
    theirs = add(session, meeting, other)
    for act in (lambda: change(session, theirs, lead, due_on=DUE), lambda: drop(session, theirs, lead)):
        with pytest.raises(PermissionDenied):
            act()
    change(session, add(session, meeting, own, lead), lead, due_on=DUE)
    assert (theirs.due_on, counted(session, Action)) == (None, 2)


CANNOT_BE = [
    ({"text": None}, "Actie mag niet leeg zijn"),
    ({"owner_partner": None}, "Wie mag niet leeg zijn"),
    ({"owner_partner": "atlantis"}, "Wie ‘atlantis’ bestaat niet"),
    ({"project": "P-HIER"}, "is intern, en niet iedereen aan tafel mag het kennen"),
    ({"done_on": TODAY}, "Klaar op kan hier niet gewijzigd worden"),
    ({"done_note": SAID}, "kan hier niet gewijzigd worden"),
]


def test_an_action_that_cannot_be_is_refused(engine, subtests):
    for values, told in CANNOT_BE:
        with subtests.test(values=values, told=told), undone(engine) as session:
            make_project(session, code="P-HIER", visibility=Visibility.INTERNAL, reported_by="kuurne")
            meeting, row = make_meeting(session, state=MeetingState.OPEN), made(session)
            with pytest.raises(Refused, match=told):
                add(session, meeting, **values)
            with pytest.raises(Refused, match=told):
                change(session, row, **values)
            session.expire_all()
            assert (row.text, row.done_on, counted(session, Action)) == ("Bezorgt de raming", None, 1)


@pytest.mark.parametrize("by", [TABLE, COORDINATOR])
def test_an_action_concerns_what_its_item_is_about(session, by):
    project = make_project(session)
    meeting = make_meeting(session, state=MeetingState.OPEN)
    item = make_agenda_item(session, meeting, project_id=project.id)
    session.commit()
    row = add(session, meeting, item, by, due_on=DUE, project=None)
    assert (row.agenda_item_id, row.project_id, row.due_on) == (item.id, project.id, DUE)
    assert row.owner_partner_id == partner_of(session, "wervik").id


def test_an_action_that_was_dropped_is_gone_and_comes_back(session):
    row = made(session)
    drop(session, row)
    for act in (lambda: change(session, row, due_on=DUE), lambda: close(session, row), lambda: reopen(session, row)):
        with pytest.raises(RowNotFound):
            act()
    bring_back(session, COORDINATOR, entity="action", row_id=row.id)
    assert row.archived_at is None


def test_a_stale_act_on_an_action_is_a_conflict(session, director):
    row, somebody = made(session), make_user(session, name="An Vermeer")
    session.commit()
    seen = row.version
    change(session, row, viewer(Role.ADMIN, user_id=somebody.id), due_on=DUE)
    for act in (
        lambda: change(session, row, version=seen, due_on=TODAY),
        lambda: close(session, row, director, version=seen),
        lambda: ACTION.archive(session, COORDINATOR, row_id=row.id, version=seen),
    ):
        with pytest.raises(Conflict) as told:
            act()
        assert told.value.who == "An Vermeer"
    assert (row.due_on, row.done_on, row.archived_at) == (DUE, None, None)


def test_the_trace_of_an_action_reads_in_dutch(session):
    row = made(session)
    names = {("partner", row.owner_partner_id): "Wervik"}
    assert in_words("action", "owner_partner_id", row.owner_partner_id, names) == "Wervik"
    assert in_words("action", "done_on", "2026-11-22", names) == "22/11/2026"
