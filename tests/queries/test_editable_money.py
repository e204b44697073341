"""The money that somebody may edit, as typed: within the own ateliers, without what is archived. On both databases."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import GrantCondition, SubsidyCondition
from portal.permissions import Role, Viewer
from portal.queries.money import grants as money
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState, ProjectScope, Visibility
from tests.makers import atelier_of, make_project, viewer
from tests.money import SPRING, book, foresee, make_grant, make_line

COORDINATOR = viewer(Role.COORDINATOR)
OF_LINES = (money.editable_lines, money.editable_bookings, money.editable_forecasts)
OF_GRANTS = (money.editable_grants, money.editable_conditions)


def money_of(session: Session, **given: object) -> str:
    """A line under this atelier or grant, with a booking and a forecast; its code."""
    grant = given.pop("grant", None) or make_grant(session)
    line = make_line(session, grant, "100.00", **given)
    book(session, line, "-0.01")
    foresee(session, line, "90.00")
    return line.code


@pytest.mark.parametrize("role", [Role.STEERING, Role.DIRECTOR, Role.MAYOR])
def test_who_edits_no_money_gets_no_rows(session: Session, role: Role):
    money_of(session, atelier="I")
    reader = viewer(role, ateliers=[atelier_of(session, "I")])
    assert [len(query(session, reader)) for query in (*OF_LINES, *OF_GRANTS)] == [0] * 5
    assert not money.may_edit_grants(reader)


def test_a_lead_gets_the_own_ateliers_and_no_grant(session: Session):
    own = money_of(session, atelier="I")
    money_of(session, atelier="II")
    money_of(session)
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])
    lines, bookings, forecasts = (query(session, lead) for query in OF_LINES)
    assert [row["code"] for row in lines] == [own]
    assert [row["budget_line"] for row in (*bookings, *forecasts)] == [own, own]
    assert [len(query(session, lead)) for query in OF_GRANTS] == [0, 0]
    assert [one.code for one in money.editable_ateliers(session, lead)] == ["I"]
    assert len(money.editable_ateliers(session, COORDINATOR)) == 5


def test_what_is_archived_or_of_another_grant_is_left_out(session: Session):
    grant, other = make_grant(session), make_grant(session)
    gone = make_grant(session, archived_at=clock.now())
    kept, elsewhere = money_of(session, grant=grant), money_of(session, grant=other)
    money_of(session, grant=grant, archived_at=clock.now())
    money_of(session, grant=gone)
    line = make_line(session, grant, "1.00", code="ZZZ")
    book(session, line, "1.00", archived_at=clock.now())
    foresee(session, line, "1.00", archived_at=clock.now())
    named = [[[*row.values()][2] for row in query(session, COORDINATOR, grant.code)] for query in OF_LINES]
    assert (named[0], len(named[1]), named[2]) == ([kept, "ZZZ"], 1, [kept])
    assert {row["code"] for row in money.editable_lines(session, COORDINATOR)} == {kept, elsewhere, "ZZZ"}
    assert {row["code"] for row in money.editable_grants(session, COORDINATOR)} == {grant.code, other.code}
    assert [one.code for one in money.grant_options(session)] == sorted([grant.code, other.code])


def test_rows_come_as_they_are_typed(session: Session):
    grant = make_grant(session, subsidy_rate=Decimal("0.795"))
    line = make_line(session, grant, "100.07", atelier="I", partner="menen", description="Begeleiding")
    project = make_project(session, scope=ProjectScope.REGIONAL)
    line.project_id = grant.project_id = project.id
    session.flush()
    book(session, line, "-3.33", reference="2026/7")
    foresee(session, line, "90.00")
    (told,) = money.editable_lines(session, COORDINATOR)
    assert told == {
        "id": line.id,
        "version": 2,
        "code": line.code,
        "grant": grant.code,
        "atelier": "I",
        "partner": "menen",
        "year": 2026,
        "cost_kind": CostKind.STAFF,
        "funding": FundingSource.SUBSIDY,
        "amount": Decimal("100.07"),
        "funding_state": FundingState.SECURED,
        "description": "Begeleiding",
        "project": project.code,
    }
    (booked,) = money.editable_bookings(session, COORDINATOR)
    assert (booked["amount"], booked["kind"], booked["on"]) == (Decimal("-3.33"), BookingKind.SPENT, SPRING)
    (said,) = money.editable_grants(session, COORDINATOR)
    assert (said["subsidy_rate"], said["ends_on"], said["holder"]) == (Decimal("0.795"), date(2027, 12, 31), None)
    assert said["project"] == project.code
    lead = Viewer(Role.ATELIER, atelier_ids=frozenset({line.atelier_id}))
    project.visibility = Visibility.INTERNAL
    session.flush()
    assert [row["project"] for row in money.editable_lines(session, lead)] == [None]  # it may not be known of
    assert project.code not in dict(money.money_projects(session, lead))
    assert project.code in dict(money.money_projects(session, COORDINATOR))  # so that what stands there is read back


def test_the_conditions_stand_in_the_order_of_the_subsidy(session: Session):
    grant = make_grant(session)
    known = session.scalars(select(SubsidyCondition).order_by(SubsidyCondition.position)).all()
    for condition in reversed(known):
        session.add(GrantCondition(grant_id=grant.id, subsidy_condition_id=condition.id))
        session.flush()
    rows = money.editable_conditions(session, COORDINATOR, grant.code)
    assert [row["title"] for row in rows] == [condition.title for condition in known]
    assert {row["met"] for row in rows} == {None}
    assert money.call_options(session)
