"""Steps move, are done, and come and go; the first plan is written once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Refused
from portal.commands.results import MILESTONE, add_milestone
from portal.db.models import Audit, Milestone
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import Visibility
from tests.databases import undone
from tests.makers import SOME_DAY, atelier_of, make_deliverable, make_milestone, make_project, viewer

LATER = date(2026, 9, 1)
COORDINATOR = viewer(Role.COORDINATOR)
NEW = {"title": "Klaar", "due_expected": LATER}
OTHERS = [role for role in Role if Permission.EDIT_DELIVERABLES not in GRANTS[role]]


@pytest.fixture
def lead(session):
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


def made(session, **given):
    row = make_milestone(session, **given)
    session.commit()
    return row


def place(session, make=make_deliverable, **given):
    row = make(session, **given)
    session.commit()
    return row


def change(session, row, by=COORDINATOR, version=None, **values):
    return MILESTONE.change(session, by, row_id=row.id, version=version or row.version, values=values)


def archive(session, row, by=COORDINATOR):
    return MILESTONE.archive(session, by, row_id=row.id, version=row.version)


def restore(session, row, by=COORDINATOR):
    return MILESTONE.restore(session, by, row_id=row.id)


def counted(session, model=Milestone):
    return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_not_edit_milestones_changes_nothing(session, role):
    row = made(session)
    by, before = viewer(role, 1, 2, 3, ateliers=[1, 2, 3, 4, 5]), counted(session, Audit)
    acts = (
        lambda: change(session, row, by, due_expected=LATER),
        lambda: add_milestone(session, by, of="I.B-1", values=NEW),
        lambda: archive(session, row, by),
        lambda: restore(session, row, by),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert (row.due_expected, counted(session), counted(session, Audit)) == (SOME_DAY, 1, before)


@pytest.mark.parametrize("of", ["deliverable", "project"])
def test_an_atelier_lead_moves_the_steps_of_own_ateliers_and_no_others(session, lead, of):
    make = make_deliverable if of == "deliverable" else make_project
    own, other = (made(session, **{of: make(session, atelier=atelier)}) for atelier in ("I", "II"))
    for act in (
        lambda: change(session, other, lead, due_expected=LATER),
        lambda: archive(session, other, lead),
        lambda: restore(session, other, lead),
    ):
        with pytest.raises(PermissionDenied):
            act()
    change(session, own, lead, due_expected=LATER)
    assert (own.due_expected, other.due_expected, other.archived_at) == (LATER, SOME_DAY, None)


def test_a_project_without_an_atelier_is_not_an_atelier_leads(session, lead):
    project = place(session, make_project)
    with pytest.raises(PermissionDenied):
        add_milestone(session, lead, of=project.code, values=NEW)
    assert counted(session) == 0


def test_an_internal_project_does_not_exist_for_who_may_not_see_it(session, lead):
    closed = {"visibility": Visibility.INTERNAL, "reported_by": "kuurne", "atelier": "I"}
    row = made(session, project=make_project(session, **closed))
    for of in (session.get_one(Milestone, row.id).project_id, None):
        code = place(session, make_project, **closed).code if of else "BESTAAT-NIET"
        with pytest.raises(RowNotFound):
            add_milestone(session, lead, of=code, values=NEW)
    with pytest.raises(RowNotFound):
        change(session, row, lead, due_expected=LATER)
    change(session, row, COORDINATOR, due_expected=LATER)
    assert (row.due_expected, counted(session)) == (LATER, 1)


@pytest.mark.parametrize("key", ["due_first", "code", "deliverable_id", "project_id", "archived_at"])
def test_the_first_plan_and_the_place_of_a_step_stay(session, key):
    row = made(session)
    with pytest.raises(Refused, match="kan hier niet gewijzigd worden"):
        change(session, row, **{key: LATER})
    with pytest.raises(Refused, match="kan hier niet gewijzigd worden"):
        add_milestone(session, COORDINATOR, of="I.B-1", values=NEW | {key: LATER})
    assert (row.due_first, counted(session)) == (SOME_DAY, 1)


def test_a_step_that_moves_keeps_its_first_plan(session):
    row = made(session)
    change(session, row, due_expected=LATER)
    change(session, row, done_on=SOME_DAY, title="Nu anders")
    assert (row.due_first, row.due_expected, row.done_on, row.title) == (SOME_DAY, LATER, SOME_DAY, "Nu anders")


@pytest.mark.parametrize("make", [make_deliverable, make_project])
def test_a_new_step_has_what_is_expected_now_as_its_first_plan(session, make):
    of = place(session, make)
    first, second = (add_milestone(session, COORDINATOR, of=of.code, values=NEW) for _ in range(2))
    assert (first.due_first, first.due_expected, first.done_on) == (LATER, LATER, None)
    assert of.id == (first.deliverable_id if make is make_deliverable else first.project_id)
    assert first.code == f"M-{of.code}-01"
    assert second.code == f"M-{of.code}-02"
    archive(session, second)
    assert add_milestone(session, COORDINATOR, of=of.code, values=NEW).code == f"M-{of.code}-03"


def test_a_long_code_leaves_room_for_the_number_of_a_step(session):
    of = place(session, code="R-" + "X" * 38)
    codes = {add_milestone(session, COORDINATOR, of=of.code, values=NEW).code for _ in range(3)}
    assert len(codes) == 3


CANNOT_BE = [
    ({"title": "Klaar"}, "Verwacht op mag niet leeg"),
    ({"due_expected": LATER}, "Mijlpaal mag niet leeg"),
    (NEW | {"title": "  "}, "Mijlpaal mag niet leeg"),
    (NEW | {"title": "x" * 301}, "telt 301 tekens"),
    (NEW | {"done_on": clock.today() + timedelta(days=2)}, "toekomst"),
]


def test_a_step_without_a_name_or_a_day_that_can_be_is_refused(engine, subtests):
    for values, told in CANNOT_BE:
        with subtests.test(values=values, told=told), undone(engine) as session:
            row = made(session)
            with pytest.raises(Refused, match=told):
                add_milestone(session, COORDINATOR, of="I.B-1", values=values)
            wrong = {
                key: values.get(key) for key in ("title", "due_expected", "done_on") if values.get(key) != NEW.get(key)
            }
            with pytest.raises(Refused, match=told):
                change(session, row, **wrong)
            assert (row.title != "", counted(session)) == (True, 1)


def test_a_code_that_is_both_or_neither_is_no_place(session):
    place(session, code="TWEE")
    place(session, make_project, code="TWEE")
    place(session, make_project, code="WEG", archived_at=clock.now())
    for code in ("TWEE", "WEG", "", "ONBEKEND"):
        with pytest.raises(RowNotFound):
            add_milestone(session, COORDINATOR, of=code, values=NEW)


def test_what_is_archived_comes_back_but_not_into_an_archived_result(session):
    result = place(session)
    row = made(session, deliverable=result)
    archive(session, row)
    with pytest.raises(RowNotFound):
        change(session, row, title="x")
    restore(session, row)
    assert row.archived_at is None
    result.archived_at = clock.now()
    session.commit()
    for act in (restore, archive):
        with pytest.raises(RowNotFound):
            act(session, row)
    with pytest.raises(RowNotFound):
        MILESTONE.restore(session, COORDINATOR, row_id=10**6)
