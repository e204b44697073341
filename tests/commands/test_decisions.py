"""What a meeting decides is written at its item, corrected or withdrawn while it is open, and for ever still after."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Refused
from portal.commands.meetings.agreed import DECISION, take_decision
from portal.db.models import Audit, Decision
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import MeetingState, Visibility
from tests.databases import undone
from tests.makers import (
    atelier_of,
    make_agenda_item,
    make_deliverable,
    make_meeting,
    make_project,
    partner_of,
    viewer,
)

COORDINATOR, TABLE = viewer(Role.COORDINATOR), viewer(Role.STEERING)
TODAY, YESTERDAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 21), date(2026, 11, 23)
OTHERS = [role for role in Role if Permission.EDIT_MEETINGS not in GRANTS[role]]


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def lead(session):
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


def table(session, state=MeetingState.OPEN, planned_on=YESTERDAY, **given):
    """A meeting, and an item of its agenda."""
    meeting = make_meeting(session, state=state, planned_on=planned_on)
    item = make_agenda_item(session, meeting, **given)
    session.commit()
    return meeting, item


def take(session, meeting, item=None, by=COORDINATOR, **values):
    given = {"text": "De datum schuift op"} | values
    return take_decision(session, by, meeting_id=meeting.id, item_id=item and item.id, values=given)


def noted(session, meeting, item=None):
    """A decision that stands there, whatever the meeting is by now."""
    row = Decision(meeting_id=meeting.id, agenda_item_id=item and item.id, text="Zo blijft het", taken_on=YESTERDAY)
    session.add(row)
    session.commit()
    return row


def change(session, row, by=COORDINATOR, version=None, **values):
    return DECISION.change(session, by, row_id=row.id, version=version or row.version, values=values)


def withdraw(session, row, by=COORDINATOR):
    return DECISION.archive(session, by, row_id=row.id, version=row.version)


def counted(session, model=Decision):
    return session.scalar(select(func.count()).select_from(model))


def every_act(session, meeting, item, row, by):
    return (
        lambda: take(session, meeting, item, by),
        lambda: change(session, row, by, text="Anders"),
        lambda: withdraw(session, row, by),
        lambda: DECISION.restore(session, by, row_id=row.id),
    )


@pytest.mark.parametrize("role", OTHERS)
def test_who_keeps_no_agenda_decides_nothing(session, role):
    meeting, item = table(session)
    row = noted(session, meeting, item)
    before = counted(session, Audit)
    for act in every_act(session, meeting, item, row, viewer(role, 1, 2, 3, ateliers=[1, 2, 3])):
        with pytest.raises(PermissionDenied):
            act()
    assert (row.text, counted(session), counted(session, Audit)) == ("Zo blijft het", 1, before)


@pytest.mark.parametrize("by", [TABLE, COORDINATOR, viewer(Role.ADMIN)])
def test_the_decisions_of_a_frozen_meeting_stay_whoever_asks(session, by):
    meeting, item = table(session, state=MeetingState.FROZEN)
    row = noted(session, meeting, item)
    before = counted(session, Audit)
    for act in every_act(session, meeting, item, row, by):
        with pytest.raises(Refused, match=r"is vastgelegd; voeg een gedateerde nota toe"):
            act()
    assert (row.text, row.archived_at, counted(session), counted(session, Audit)) == ("Zo blijft het", None, 1, before)


def test_an_atelier_lead_notes_decisions_at_own_items_and_no_others(session, lead):
    meeting, own = table(session, atelier_id=atelier_of(session, "I").id)
    other = make_agenda_item(session, meeting, atelier_id=atelier_of(session, "II").id)
    row = noted(session, meeting, other)
    for at in (other, None):
        with pytest.raises(Refused, match="alleen agendapunten van uw eigen ateliers"):
            take(session, meeting, at, lead)
    for act in every_act(session, meeting, other, row, lead)[1:]:
        with pytest.raises(PermissionDenied):
            act()
    session.expire_all()
    change(session, take(session, meeting, own, lead), lead, text="Van ons")
    assert sorted(session.scalars(select(Decision.text))) == ["Van ons", "Zo blijft het"]


def test_an_item_of_another_meeting_is_not_found(session):
    meeting, _ = table(session)
    elsewhere, item = table(session)
    gone = make_agenda_item(session, meeting, archived_at=clock.now())
    session.commit()
    for at in (item, gone):
        with pytest.raises(RowNotFound):
            take(session, meeting, at)
    with pytest.raises(RowNotFound):
        take_decision(session, COORDINATOR, meeting_id=elsewhere.id, item_id=10**6, values={"text": "x"})
    assert counted(session) == 0


CANNOT_BE = [
    ({"text": "  "}, "Beslissing mag niet leeg zijn"),
    ({"text": "x" * 8001}, "Beslissing telt 8001 tekens"),
    ({"taken_on": TOMORROW}, "23/11/2026 ligt in de toekomst; vul in wanneer het gebeurde"),
    ({"partner": "atlantis"}, "Partner ‘atlantis’ bestaat niet"),
    ({"project": "P-EEN", "deliverable": "R-EEN"}, "niet allebei"),
    ({"project": "P-HIER"}, "is intern, en niet iedereen aan tafel mag het kennen"),
    ({"meeting_id": 1}, "kan hier niet gewijzigd worden"),
]


def test_a_decision_that_cannot_be_is_refused(engine, subtests):
    for values, told in CANNOT_BE:
        with subtests.test(values=values, told=told), undone(engine) as session:
            make_project(session, code="P-EEN")
            make_project(session, code="P-HIER", visibility=Visibility.INTERNAL, reported_by="kuurne")
            make_deliverable(session, code="R-EEN")
            meeting, item = table(session)
            row = noted(session, meeting, item)
            with pytest.raises(Refused, match=told):
                take(session, meeting, item, **values)
            with pytest.raises(Refused, match=told):
                change(session, row, **values)
            session.expire_all()
            assert (row.text, row.taken_on, counted(session)) == ("Zo blijft het", YESTERDAY, 1)


@pytest.mark.parametrize(("planned_on", "taken_on"), [(YESTERDAY, YESTERDAY), (TODAY, TODAY), (TOMORROW, TODAY)])
def test_a_decision_is_of_the_day_of_its_meeting_and_never_of_a_day_to_come(session, planned_on, taken_on):
    meeting, item = table(session, planned_on=planned_on)
    assert take(session, meeting, item, taken_on=None).taken_on == taken_on
    assert take(session, meeting, taken_on=date(2026, 11, 1)).taken_on == date(2026, 11, 1)


@pytest.mark.parametrize("by", [TABLE, COORDINATOR])
def test_a_decision_concerns_what_its_item_is_about_unless_it_says_otherwise(session, by):
    project, other, result = make_project(session), make_project(session), make_deliverable(session)
    wervik = partner_of(session, "wervik")
    meeting, item = table(session, project_id=project.id)
    row = take(session, meeting, item, by, project=None, deliverable=None, partner="wervik")
    assert (row.project_id, row.deliverable_id, row.partner_id, row.agenda_item_id) == (
        *(project.id, None),
        *(wervik.id, item.id),
    )
    assert take(session, meeting, item, by, project=other.code).project_id == other.id
    about_result = take(session, meeting, item, by, deliverable=result.code)
    assert (about_result.project_id, about_result.deliverable_id) == (None, result.id)
    whole = take(session, meeting, None, by)
    assert (whole.agenda_item_id, whole.project_id, whole.deliverable_id) == (None, None, None)
    change(session, row, by, project=None, text="Toch niet", partner=None)
    assert (row.project_id, row.text, row.partner_id) == (None, "Toch niet", None)
