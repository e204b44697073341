"""The meeting treats its agenda: one point at a time, until it is discussed, decided, or goes to the next meeting."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.meetings.agenda import begin_item, discuss_item, postpone_item, reopen_item
from portal.commands.meetings.agreed import DECISION, add_action, take_decision
from portal.commands.meetings.dossiers import LINK, add_concern
from portal.db.models import AgendaConcern, AgendaItem, AgendaLink
from portal.permissions import PermissionDenied, Role, RowNotFound
from portal.vocabulary import ItemState, MeetingBody, MeetingState
from tests.makers import atelier_of, make_agenda_item, make_meeting, make_project, make_risk, partner_of, viewer

COORDINATOR, TABLE = viewer(Role.COORDINATOR), viewer(Role.STEERING)
STRANGERS = [Role.DIRECTOR, Role.MAYOR]


@pytest.fixture
def meeting(session):
    row = make_meeting(session, state=MeetingState.OPEN, number=7)
    session.commit()
    return row


def item(session, meeting, position=1, **given):
    row = make_agenda_item(session, meeting, position=position, **given)
    session.commit()
    return row


def following(session, meeting, **given):
    day = meeting.planned_on + timedelta(days=42)
    row = make_meeting(session, **{"number": 8, "planned_on": day, "state": MeetingState.PLANNED} | given)
    session.commit()
    return row


@pytest.mark.parametrize("act", [begin_item, discuss_item, postpone_item, reopen_item])
def test_who_does_not_keep_the_agenda_treats_nothing(session, meeting, act):
    row = item(session, meeting)
    for role in STRANGERS:
        with pytest.raises(PermissionDenied):
            act(session, viewer(role), item_id=row.id, version=row.version)
    with pytest.raises(PermissionDenied):
        act(session, viewer(Role.ATELIER, ateliers=[atelier_of(session, "II")]), item_id=row.id, version=row.version)
    assert row.state is ItemState.OPEN


@pytest.mark.parametrize("act", [begin_item, discuss_item, postpone_item, reopen_item])
def test_nothing_is_treated_any_more_once_it_is_frozen(session, act):
    row = item(session, make_meeting(session, state=MeetingState.FROZEN))
    with pytest.raises(Refused, match="is vastgelegd"):
        act(session, COORDINATOR, item_id=row.id, version=row.version)


@pytest.mark.parametrize("act", [begin_item, discuss_item, postpone_item, reopen_item])
def test_a_point_that_somebody_else_changed_meanwhile_is_a_conflict(session, meeting, act):
    row = item(session, meeting)
    with pytest.raises(Conflict):
        act(session, COORDINATOR, item_id=row.id, version=row.version + 1)


def test_the_time_of_one_point_stops_when_the_next_begins(session, meeting):
    first, second = item(session, meeting), item(session, meeting, 2)
    with time_machine.travel(clock.now(), tick=False) as now:
        begin_item(session, TABLE, item_id=first.id, version=first.version)
        now.shift(timedelta(minutes=12))
        begin_item(session, TABLE, item_id=second.id, version=second.version)
        assert (first.began_at, first.seconds_used) == (None, 12 * 60)
        now.shift(timedelta(minutes=3))
        begin_item(session, TABLE, item_id=first.id, version=first.version)
        now.shift(timedelta(minutes=5))
        discuss_item(session, TABLE, item_id=first.id, version=first.version)
    assert (first.state, first.seconds_used) == (ItemState.DISCUSSED, 17 * 60)
    assert (second.state, second.seconds_used, second.began_at) == (ItemState.OPEN, 3 * 60, None)


def test_what_is_settled_does_not_begin_again_unless_it_is_reopened(session, meeting):
    row = item(session, meeting)
    discuss_item(session, TABLE, item_id=row.id, version=row.version)
    for act in (begin_item, discuss_item, postpone_item):
        with pytest.raises(Refused, match="al besproken"):
            act(session, TABLE, item_id=row.id, version=row.version)
    reopen_item(session, TABLE, item_id=row.id, version=row.version)
    assert row.state is ItemState.OPEN


def test_a_decision_settles_its_point_and_taking_it_back_opens_it(session, meeting):
    row = item(session, meeting)
    begin_item(session, TABLE, item_id=row.id, version=row.version)
    one = take_decision(session, TABLE, meeting_id=meeting.id, item_id=row.id, values={"text": "Het mag"})
    two = take_decision(session, TABLE, meeting_id=meeting.id, item_id=row.id, values={"text": "Ook dat"})
    assert (row.state, row.began_at, one.serial, two.serial) == (ItemState.DECIDED, None, 1, 2)
    with pytest.raises(Refused, match="trek eerst de beslissing in"):
        reopen_item(session, TABLE, item_id=row.id, version=row.version)
    DECISION.archive(session, TABLE, one.id, one.version)
    assert row.state is ItemState.DECIDED
    DECISION.archive(session, TABLE, two.id, two.version)
    assert row.state is ItemState.OPEN
    DECISION.restore(session, TABLE, two.id)
    assert row.state is ItemState.DECIDED


def test_a_number_is_given_once_in_a_meeting(session, meeting):
    row = item(session, meeting)
    taken = [take_decision(session, TABLE, meeting_id=meeting.id, values={"text": text}) for text in ("Een", "Twee")]
    DECISION.archive(session, TABLE, taken[1].id, taken[1].version)
    third = take_decision(session, TABLE, meeting_id=meeting.id, item_id=row.id, values={"text": "Drie"})
    owner = partner_of(session, "menen").slug
    action = add_action(session, TABLE, meeting_id=meeting.id, values={"text": "Bellen", "owner_partner": owner})
    other = take_decision(session, TABLE, meeting_id=following(session, meeting).id, values={"text": "Elders"})
    assert (third.serial, action.serial, other.serial) == (3, 1, 1)


def test_nobody_decides_at_a_point_of_another_atelier(session, meeting):
    row = item(session, meeting, atelier_id=atelier_of(session, "I").id)
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "II")])
    with pytest.raises(Refused, match="alleen agendapunten"):
        take_decision(session, lead, meeting_id=meeting.id, item_id=row.id, values={"text": "Het mag"})
    session.refresh(row)
    assert row.state is ItemState.OPEN


def test_without_a_meeting_to_come_nothing_is_postponed(session, meeting):
    row = item(session, meeting)
    following(session, meeting, body=MeetingBody.EXELLO)
    following(session, meeting, state=MeetingState.FROZEN)
    with pytest.raises(Refused, match="geen volgende Stuurgroep gepland"):
        postpone_item(session, TABLE, item_id=row.id, version=row.version)
    assert row.state is ItemState.OPEN


def test_what_is_postponed_goes_to_the_next_meeting_with_its_dossier(session, meeting):
    project, risk = make_project(session), make_risk(session)
    texts = {"proposal": "We starten.", "why_now": "De offerte vervalt.", "cost": "42.000 euro", "minutes": 30}
    row = item(session, meeting, title="Meldpunt", project_id=project.id, note="Vooraf", **texts)
    LINK.add(session, TABLE, item_id=row.id, values={"title": "Offerte", "url": "https://leiedal.be/offerte"})
    add_concern(session, TABLE, item_id=row.id, about=f"risico {risk.code}")
    later = following(session, meeting)
    item(session, later, title="Eerst dit")
    copy = postpone_item(session, TABLE, item_id=row.id, version=row.version, why="De cijfers ontbreken.")
    assert (row.state, row.note) == (ItemState.POSTPONED, "De cijfers ontbreken.")
    assert (copy.meeting_id, copy.position, copy.state, copy.note) == (later.id, 2, ItemState.OPEN, "")
    assert {name: getattr(copy, name) for name in texts} == texts
    assert (copy.title, copy.project_id) == ("Meldpunt", project.id)
    under = [select(model).where(model.agenda_item_id == copy.id) for model in (AgendaLink, AgendaConcern)]
    links, concerns = (session.scalars(found).all() for found in under)
    assert [(each.title, each.url) for each in links] == [("Offerte", "https://leiedal.be/offerte")]
    assert [each.risk_id for each in concerns] == [risk.id]


def test_what_was_postponed_can_be_fetched_back_and_postponed_again(session, meeting):
    row, later = item(session, meeting), following(session, meeting)
    copy = postpone_item(session, TABLE, item_id=row.id, version=row.version)
    reopen_item(session, TABLE, item_id=row.id, version=row.version)
    assert (row.state, copy.archived_at is None) == (ItemState.OPEN, False)
    again = postpone_item(session, TABLE, item_id=row.id, version=row.version)
    there = select(AgendaItem.id).where(AgendaItem.meeting_id == later.id, AgendaItem.archived_at.is_(None))
    assert session.scalars(there).all() == [again.id]


def test_what_was_treated_at_the_next_meeting_is_not_fetched_back(session, meeting):
    row = item(session, meeting)
    following(session, meeting)
    copy = postpone_item(session, TABLE, item_id=row.id, version=row.version)
    discuss_item(session, TABLE, item_id=copy.id, version=copy.version)
    with pytest.raises(Refused, match="intussen besproken"):
        reopen_item(session, TABLE, item_id=row.id, version=row.version)
    assert row.state is ItemState.POSTPONED


def test_what_is_archived_is_treated_by_nobody(session, meeting):
    row = item(session, meeting, archived_at=clock.now())
    with pytest.raises(RowNotFound):
        begin_item(session, TABLE, item_id=row.id, version=row.version)
