"""The results as somebody brings them up to date: own ateliers only, every partner beside what is counted."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.db.models import Atelier, Deliverable, DeliverablePartner, Part, Partner
from portal.entities.results import DELIVERABLE
from portal.permissions import GRANTS, Permission, Role
from portal.queries.reference import partner_options
from portal.queries.results.editable import editable_deliverables, editable_ticks
from portal.vocabulary import TargetKind
from tests.makers import atelier_of, make_deliverable, make_partner, partner_of, viewer
from tests.queries.conftest import ADMIN

DAY = date(2026, 3, 2)


def tick(session, result, slug, day=DAY):
    session.add(DeliverablePartner(deliverable_id=result.id, partner_id=partner_of(session, slug).id, reached_on=day))
    session.flush()


@pytest.mark.parametrize("role", [role for role in Role if Permission.EDIT_DELIVERABLES not in GRANTS[role]])
def test_who_may_edit_no_result_is_given_none(session, role):
    tick(session, make_deliverable(session), "menen")
    everywhere = viewer(role, 1, 2, 3, ateliers=[1, 2, 3, 4, 5])
    assert not editable_deliverables(session, everywhere)
    assert not editable_ticks(session, everywhere)


def test_a_row_has_every_key_and_an_empty_database_has_none(empty_session, session):
    tick(session, make_deliverable(session), "menen")
    assert tuple(editable_deliverables(session, ADMIN)[0]) == ("id", "version", *DELIVERABLE.keys, "atelier")
    assert tuple(editable_ticks(session, ADMIN)[0]) == (
        "id",
        "deliverable",
        "title",
        "atelier",
        "partner",
        "reached_on",
        "partner_id",
        "partner_title",
    )
    assert editable_deliverables(empty_session, ADMIN) == editable_ticks(empty_session, ADMIN) == []


def test_an_atelier_lead_is_given_the_results_of_own_ateliers_only(session):
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "II"), atelier_of(session, "V")])
    mine = select(func.count(Deliverable.id)).join(Part).join(Atelier).where(Atelier.code.in_(["II", "V"]))
    rows, ticks = editable_deliverables(session, lead), editable_ticks(session, lead)
    assert ({row["atelier"] for row in rows}, len(rows)) == ({"II", "V"}, session.scalar(mine))
    assert {row["atelier"] for row in ticks} <= {"II", "V"}
    assert not editable_deliverables(session, viewer(Role.ATELIER))


def test_every_result_stands_in_the_order_of_the_programme_as_it_was_typed(session):
    last = make_deliverable(
        session,
        atelier="I",
        target_kind=TargetKind.PERCENTAGE,
        target_value=80,
        reached_value=33.3,
        done_on=DAY,
        owner_after_grant="Leiedal",
        note="Half",
        position=99,
    )
    make_deliverable(session, archived_at=clock.now())
    rows = editable_deliverables(session, ADMIN)
    ateliers = list(dict.fromkeys(row["atelier"] for row in rows))
    assert ateliers == list(session.scalars(select(Atelier.code).order_by(Atelier.position)))
    assert len(rows) == session.scalar(
        select(func.count()).select_from(Deliverable).where(Deliverable.archived_at.is_(None))
    )
    (row,) = editable_deliverables(session, ADMIN, last.code)
    assert (row["target_value"], row["reached_value"]) == (Decimal("80.00"), Decimal("33.30"))
    assert (row["done_on"], row["owner_after_grant"], row["note"]) == (DAY, "Leiedal", "Half")
    assert (row["id"], row["version"], row["target_kind"]) == (last.id, 1, TargetKind.PERCENTAGE)
    assert not editable_deliverables(session, ADMIN, "X-0")


def test_every_partner_stands_beside_a_result_that_is_counted_or_was_reached_by_one(session):
    ticked, untouched, taken_back = (make_deliverable(session, atelier="I") for _ in range(3))
    counted = make_deliverable(session, atelier="I", target_kind=TargetKind.PARTNERS, target_value=8)
    tick(session, ticked, "menen")
    tick(session, taken_back, "menen", None)
    gone = make_partner(session, "weg", archived_at=clock.now())
    rows = editable_ticks(session, ADMIN)
    assert {untouched.code, taken_back.code}.isdisjoint(row["deliverable"] for row in rows)
    assert gone.slug not in {row["partner"] for row in rows}
    slugs = [slug for slug, _ in partner_options(session)]
    assert len(slugs) == session.scalar(select(func.count(Partner.id)).where(Partner.archived_at.is_(None)))
    for result, days in ((ticked, {"menen": DAY}), (counted, {})):
        mine = {row["partner"]: row["reached_on"] for row in rows if row["id"] == result.id}
        assert list(mine) == slugs
        assert {slug: day for slug, day in mine.items() if day} == days
