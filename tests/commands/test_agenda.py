"""The agenda of a meeting: each keeps the own items, the order runs from 1 to the last, and frozen it stays."""

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.meetings.agenda import ITEM, add_item, move_item
from portal.commands.tables import bring_back
from portal.db.models import AgendaItem, Audit
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import AgendaKind, MeetingState, Visibility
from tests.databases import undone
from tests.makers import (
    atelier_of,
    make_action,
    make_agenda_item,
    make_deliverable,
    make_meeting,
    make_project,
    make_user,
    viewer,
)

COORDINATOR, TABLE = viewer(Role.COORDINATOR), viewer(Role.STEERING)
NEW = {"title": "Meldpunten", "kind": AgendaKind.DECISION}
OTHERS = [role for role in Role if Permission.EDIT_MEETINGS not in GRANTS[role]]


@pytest.fixture
def lead(session):
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


def agenda(session, *titles, state=MeetingState.OPEN, **given):
    """A meeting with these items, in this order."""
    meeting = make_meeting(session, state=state)
    items = [make_agenda_item(session, meeting, title=title, position=n, **given) for n, title in enumerate(titles, 1)]
    session.commit()
    return meeting, items


def made(session, make, **given):
    row = make(session, **given)
    session.commit()
    return row


def order(session, meeting):
    found = select(AgendaItem).filter_by(meeting_id=meeting.id, archived_at=None).order_by(AgendaItem.position)
    rows = session.scalars(found).all()
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.title for row in rows]


def add(session, meeting, by=COORDINATOR, **values):
    return add_item(session, by, meeting_id=meeting.id, values=NEW | values)


def change(session, row, by=COORDINATOR, version=None, **values):
    return ITEM.change(session, by, row_id=row.id, version=version or row.version, values=values)


def move(session, row, to, by=COORDINATOR):
    return move_item(session, by, item_id=row.id, version=row.version, to=to)


def remove(session, row, by=COORDINATOR):
    return ITEM.archive(session, by, row_id=row.id, version=row.version)


def restore(session, row, by=COORDINATOR):
    return ITEM.restore(session, by, row_id=row.id)


def audits(session):
    return session.scalar(select(func.count()).select_from(Audit))


def every_act(session, meeting, row, by):
    return (
        lambda: add(session, meeting, by),
        lambda: change(session, row, by, title="Anders"),
        lambda: move(session, row, 1, by),
        lambda: remove(session, row, by),
        lambda: restore(session, row, by),
    )


@pytest.mark.parametrize("role", OTHERS)
def test_who_keeps_no_agenda_changes_nothing_of_it(session, role):
    meeting, items = agenda(session, "Een", "Twee")
    before = audits(session)
    for act in every_act(session, meeting, items[1], viewer(role, 1, 2, 3, ateliers=[1, 2, 3])):
        with pytest.raises(PermissionDenied):
            act()
    assert (order(session, meeting), audits(session)) == (["Een", "Twee"], before)


@pytest.mark.parametrize("by", [TABLE, COORDINATOR, viewer(Role.ADMIN)])
def test_the_agenda_of_a_frozen_meeting_stays_whoever_asks(session, by):
    meeting, items = agenda(session, "Een", "Twee", state=MeetingState.FROZEN)
    before = audits(session)
    for act in every_act(session, meeting, items[1], by):
        with pytest.raises(Refused, match=r"is vastgelegd; voeg een gedateerde nota toe"):
            act()
    assert (order(session, meeting), audits(session)) == (["Een", "Twee"], before)


@pytest.mark.parametrize("about", ["atelier", "project", "deliverable"])
def test_an_atelier_lead_keeps_the_items_of_own_ateliers_and_no_others(session, lead, about):
    def points_at(atelier):
        match about:
            case "atelier":
                return {"atelier_id": atelier_of(session, atelier).id}
            case "project":
                return {"project_id": make_project(session, atelier=atelier).id}
            case _:
                return {"deliverable_id": make_deliverable(session, atelier=atelier).id}

    meeting, _ = agenda(session)
    own, other = (make_agenda_item(session, meeting, **points_at(atelier)) for atelier in ("I", "II"))
    session.commit()
    for act in every_act(session, meeting, other, lead)[1:]:
        with pytest.raises(PermissionDenied):
            act()
    change(session, own, lead, title="Van ons")
    assert (own.title, other.title) == ("Van ons", "Stand van zaken")


def test_an_atelier_lead_adds_only_what_is_about_the_own_ateliers_and_gives_none_away(session, lead):
    other, elsewhere = (made(session, make_project, atelier=atelier) for atelier in ("II", None))
    meeting, _ = agenda(session)
    for about in ({}, {"atelier": "II"}, {"project": other.code}, {"project": elsewhere.code}):
        with pytest.raises(Refused, match="alleen agendapunten van uw eigen ateliers"):
            add(session, meeting, lead, **about)
    own = add(session, meeting, lead, atelier="I")
    with pytest.raises(Refused, match="alleen agendapunten van uw eigen ateliers"):
        change(session, own, lead, atelier="II")
    session.expire_all()
    assert own.atelier_id == atelier_of(session, "I").id


def test_an_atelier_lead_moves_own_items_past_own_items_only(session, lead):
    meeting, (first, second, third) = agenda(session, "Een", "Twee", "Drie", atelier_id=atelier_of(session, "I").id)
    first.atelier_id = atelier_of(session, "II").id
    session.commit()
    with pytest.raises(PermissionDenied):
        move(session, third, 1, lead)
    session.expire_all()
    move(session, third, 2, lead)
    assert order(session, meeting) == ["Een", "Drie", "Twee"]
    assert second.position == 3


def test_what_is_not_there_is_not_changed(session):
    meeting, (row,) = agenda(session, "Een", archived_at=clock.now())
    for act in every_act(session, meeting, row, COORDINATOR)[1:4]:
        with pytest.raises(RowNotFound):
            act()
    with pytest.raises(RowNotFound):
        ITEM.restore(session, COORDINATOR, row_id=10**6)
    gone = made(session, make_meeting, archived_at=clock.now())
    with pytest.raises(RowNotFound):
        add(session, gone)


CANNOT_BE = [
    ({"title": " "}, "Agendapunt mag niet leeg zijn"),
    ({"title": "x" * 301}, "Agendapunt telt 301 tekens"),
    ({"kind": None}, "Soort mag niet leeg zijn"),
    ({"kind": "borrel"}, "Soort kent het woord"),
    ({"atelier": "XX"}, "Atelier ‘XX’ bestaat niet"),
    ({"project": "P-WEG"}, "Project ‘P-WEG’ bestaat niet"),
    ({"project": "P-EEN", "deliverable": "R-EEN"}, "een project of een resultaat, niet allebei"),
    ({"position": 1}, "kan hier niet gewijzigd worden"),
    ({"meeting_id": 1}, "kan hier niet gewijzigd worden"),
]


def test_an_item_that_cannot_be_is_refused(engine, subtests):
    for values, told in CANNOT_BE:
        with subtests.test(values=values, told=told), undone(engine) as session:
            make_project(session, code="P-EEN")
            make_deliverable(session, code="R-EEN")
            meeting, (row,) = agenda(session, "Een")
            with pytest.raises(Refused, match=told):
                add(session, meeting, **values)
            with pytest.raises(Refused, match=told):
                change(session, row, **values)
            session.expire_all()
            assert (order(session, meeting), row.project_id) == (["Een"], None)


def test_what_the_table_may_not_know_of_is_no_item_and_for_a_stranger_does_not_exist(session, lead):
    hidden = made(session, make_project, visibility=Visibility.INTERNAL, reported_by="kuurne", atelier="I")
    meeting, _ = agenda(session)
    with pytest.raises(Refused, match=f"Project ‘{hidden.code}’ bestaat niet; kies er een uit de lijst"):
        add(session, meeting, lead, project=hidden.code)
    with pytest.raises(Refused, match="is intern, en niet iedereen aan tafel mag het kennen"):
        add(session, meeting, project=hidden.code)
    assert order(session, meeting) == []


@pytest.mark.parametrize("by", [TABLE, COORDINATOR])
def test_a_new_item_comes_last_and_is_about_what_was_chosen(session, by):
    meeting, _ = agenda(session, "Een")
    project, result = (made(session, make) for make in (make_project, make_deliverable))
    row = add(session, meeting, by, project=project.code, note=None)
    change(session, row, by, project=None, deliverable=result.code, note="Met bijlage")
    assert (row.position, row.kind, row.note) == (2, AgendaKind.DECISION, "Met bijlage")
    assert (row.project_id, row.deliverable_id) == (None, result.id)


def test_items_move_up_and_down_and_the_order_stays_whole(session):
    meeting, (one, two, three) = agenda(session, "Een", "Twee", "Drie")
    for to in (0, 4, -1):
        with pytest.raises(Refused, match="De plaats ligt tussen 1 en 3"):
            move(session, one, to)
    session.expire_all()
    move(session, three, 1)
    assert order(session, meeting) == ["Drie", "Een", "Twee"]
    move(session, one, 3)
    assert order(session, meeting) == ["Drie", "Twee", "Een"]
    before = audits(session)
    move(session, two, 2)
    assert audits(session) == before


def test_an_item_at_which_something_was_agreed_stays_on_the_agenda(session):
    meeting, (row,) = agenda(session, "Een")
    action = made(session, make_action, meeting=meeting, agenda_item_id=row.id)
    with pytest.raises(Refused, match="Bij dit punt staan beslissingen of acties; trek die eerst in"):
        remove(session, row)
    session.expire_all()
    action.archived_at = clock.now()
    session.commit()
    remove(session, row)
    assert order(session, meeting) == []


def test_the_others_close_up_and_what_was_removed_comes_back_last(session):
    meeting, (one, two, _) = agenda(session, "Een", "Twee", "Drie")
    remove(session, one)
    assert order(session, meeting) == ["Twee", "Drie"]
    restore(session, two)  # it was there
    bring_back(session, COORDINATOR, entity="agenda_item", row_id=one.id)
    assert order(session, meeting) == ["Twee", "Drie", "Een"]


def test_a_stale_change_of_an_item_is_told_with_both_values(session):
    meeting, (_, two) = agenda(session, "Een", "Twee")
    somebody = made(session, make_user, name="An Vermeer")
    seen = two.version
    change(session, two, viewer(Role.ADMIN, user_id=somebody.id), kind=AgendaKind.DECISION)
    acts = (
        lambda: change(session, two, version=seen, kind=AgendaKind.INFORMATION),
        lambda: move_item(session, COORDINATOR, item_id=two.id, version=seen, to=1),
        lambda: ITEM.archive(session, COORDINATOR, row_id=two.id, version=seen),
    )
    for act in acts:
        with pytest.raises(Conflict) as told:
            act()
        assert told.value.who == "An Vermeer"
    assert (order(session, meeting), two.kind) == (["Een", "Twee"], AgendaKind.DECISION)
