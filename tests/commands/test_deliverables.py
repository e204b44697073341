"""Who may say how far a result is does so in numbers and days that can be; what was promised stays as it was."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.results import change_deliverable, tick_partner, untick_partner
from portal.db.models import Audit, DeliverablePartner, Part, Partner
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import TargetKind
from tests.databases import undone
from tests.makers import atelier_of, make_deliverable, make_user, viewer

DAY, LATER = date(2026, 3, 2), date(2026, 4, 7)
COORDINATOR = viewer(Role.COORDINATOR)
OTHERS = [role for role in Role if Permission.EDIT_DELIVERABLES not in GRANTS[role]]


def made(session, **given):
    row = make_deliverable(session, **given)
    session.commit()
    return row


def change(session, row, by=COORDINATOR, version=None, **values):
    return change_deliverable(session, by, row_id=row.id, version=version or row.version, values=values)


def tick(session, row, day=DAY, seen=None, *, by=COORDINATOR, partner="menen"):
    return tick_partner(session, by, deliverable_id=row.id, partner=partner, reached_on=day, seen=seen)


def untick(session, row, seen=DAY, by=COORDINATOR, partner="menen"):
    return untick_partner(session, by, deliverable_id=row.id, partner=partner, seen=seen)


def ticked(session, row):
    found = select(Partner.slug, DeliverablePartner.reached_on).join(Partner)
    return dict(session.execute(found.where(DeliverablePartner.deliverable_id == row.id)).all())


def traces(session):
    return session.scalar(select(func.count()).select_from(Audit))


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_not_edit_results_changes_nothing(session, role):
    row = made(session)
    by, before = viewer(role, 1, 2, 3, ateliers=[1, 2, 3, 4, 5]), traces(session)
    for act in (
        lambda: change(session, row, by, note="x"),
        lambda: tick(session, row, by=by),
        lambda: untick(session, row, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (row.note, ticked(session, row), traces(session)) == ("", {}, before)


def test_an_atelier_lead_changes_and_ticks_own_results_and_no_others(session):
    own, other = made(session, atelier="I"), made(session, atelier="II")
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])
    for act in (lambda: change(session, other, lead, note="x"), lambda: tick(session, other, by=lead)):
        with pytest.raises(PermissionDenied):
            act()
    assert (other.note, ticked(session, other)) == ("", {})
    change(session, own, lead, note="Loopt goed", done_on=DAY)
    tick(session, own, by=lead)
    assert (own.note, own.done_on, ticked(session, own)) == ("Loopt goed", DAY, {"menen": DAY})


def test_what_was_promised_is_no_ones_to_change(session):
    row = made(session, title="Beloofd")
    for key, value in {"title": "Anders", "target_value": Decimal(1), "code": "X", "part_id": 1}.items():
        with pytest.raises(Refused, match="kan hier niet gewijzigd worden"):
            change(session, row, **{key: value})
    assert row.title == "Beloofd"


def test_an_archived_result_is_not_there(session):
    row = made(session, archived_at=clock.now())
    with pytest.raises(RowNotFound):
        change(session, row, note="x")
    with pytest.raises(RowNotFound):
        tick(session, row)


NOT_COUNTED = [
    (TargetKind.PARTNERS, Decimal(3), "telt partners"),
    (TargetKind.PERCENTAGE, Decimal("100.01"), "tussen 0 en 100"),
    (TargetKind.COUNT, Decimal(-1), "kleiner dan 0"),
    (TargetKind.COUNT, 10**12, "zo groot"),
    (TargetKind.COUNT, float("nan"), "zo groot"),
    (TargetKind.COUNT, True, "getal"),
    (TargetKind.COUNT, "veel", "getal"),
]


def test_a_number_that_is_not_counted_there_is_refused(engine, subtests):
    for kind, value, told in NOT_COUNTED:
        with subtests.test(kind=kind, value=value, told=told), undone(engine) as session:
            row = made(session, target_kind=kind)
            with pytest.raises(Refused, match=told):
                change(session, row, reached_value=value)
            assert row.reached_value is None


@pytest.mark.parametrize("value", [Decimal("100"), Decimal("0"), Decimal("33.3"), Decimal("0.01")])
def test_a_number_reached_is_kept_as_it_was_typed_and_can_be_taken_back(session, value):
    row = made(session, target_kind=TargetKind.PERCENTAGE)
    change(session, row, reached_value=value)
    session.refresh(row)
    assert Decimal(str(row.reached_value)) == value
    before = traces(session)
    change(session, row, reached_value=value)
    assert traces(session) == before
    change(session, row, reached_value=None, owner_after_grant=None)
    assert (row.reached_value, row.owner_after_grant) == (None, "")


def test_what_is_still_to_come_is_not_reached(session):
    row, tomorrow = made(session), clock.today() + timedelta(days=1)
    with pytest.raises(Refused, match="toekomst"):
        change(session, row, done_on=tomorrow)
    with pytest.raises(Refused, match="toekomst"):
        tick(session, row, tomorrow)
    change(session, row, done_on=clock.today())
    assert row.done_on == clock.today()


def test_a_stale_edit_of_a_result_is_told_with_both_values(session):
    row, somebody = made(session), make_user(session, name="An Vermeer")
    session.commit()
    seen = row.version
    change(session, row, viewer(Role.ADMIN, user_id=somebody.id), note="van An")
    with pytest.raises(Conflict) as told:
        change(session, row, version=seen, note="van mij")
    (clash,) = told.value.clashes
    assert (clash.theirs, clash.mine, told.value.who, row.note) == ("van An", "van mij", "An Vermeer", "van An")


def test_a_tick_is_set_once_moved_and_taken_back_and_each_is_one_trace(session):
    row = made(session)
    before = traces(session)
    tick(session, row)
    tick(session, row)
    tick(session, row, DAY, seen=LATER)  # what already is so needs no eye
    tick(session, row, LATER, seen=DAY)
    untick(session, row, seen=LATER)
    untick(session, row, seen=LATER)
    assert (ticked(session, row), traces(session)) == ({"menen": None}, before + 3)
    assert untick(session, row, seen=None, partner="kuurne") is None
    tick(session, row)
    assert ticked(session, row) == {"menen": DAY}


@pytest.mark.parametrize(("day", "seen"), [(LATER, None), (None, None), (LATER, LATER)])
def test_a_tick_that_somebody_else_changed_is_told_and_stands(session, day, seen):
    row, somebody = made(session), make_user(session, name="An Vermeer")
    session.commit()
    tick(session, row, by=viewer(Role.ADMIN, user_id=somebody.id))
    day = day if day != seen else date(2026, 5, 5)
    with pytest.raises(Conflict) as told:
        tick(session, row, day, seen) if day else untick(session, row, seen=LATER)
    (clash,) = told.value.clashes
    assert (clash.key, clash.theirs, clash.mine, told.value.who) == ("menen", DAY, day, "An Vermeer")
    assert told.value.at is not None
    assert ticked(session, row) == {"menen": DAY}


def test_two_partners_of_one_result_are_ticked_side_by_side(session):
    row = made(session)
    tick(session, row)
    tick(session, row, LATER, partner="kuurne")
    assert ticked(session, row) == {"menen": DAY, "kuurne": LATER}


def test_who_is_no_partner_reaches_nothing(session):
    row = made(session)
    with pytest.raises(Refused, match="bestaat niet"):
        tick(session, row, partner="atlantis")
    session.scalars(select(Partner).where(Partner.slug == "menen")).one().archived_at = clock.now()
    session.commit()
    with pytest.raises(Refused, match="bestaat niet"):
        tick(session, row)
    assert session.get_one(Part, row.part_id) is not None
    assert ticked(session, row) == {}
