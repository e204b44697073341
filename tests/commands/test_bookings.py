"""Bookings and forecasts: on own lines alone, exact, and a correction is a negative booking. On both databases."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.commands.money import BOOKING, FORECAST, LINE, add_booking, add_forecast
from portal.db.models import Audit, Booking, BudgetLine, Forecast
from portal.permissions import PermissionDenied, Role, RowNotFound, Viewer
from portal.queries.money.grants import grant_amounts
from portal.vocabulary import BookingKind
from tests.databases import undone
from tests.makers import atelier_of, viewer
from tests.money import SPRING, book, facts_of, foresee, make_grant, make_line

COORDINATOR = viewer(Role.COORDINATOR)
READERS = (Role.STEERING, Role.DIRECTOR, Role.MAYOR)


def said_of(line: BudgetLine, amount: str = "10.05", **given: Any) -> dict[str, Any]:
    return {"budget_line": line.code, "kind": BookingKind.SPENT, "on": SPRING, "amount": Decimal(amount)} | given


def rows(session: Session) -> tuple[int, ...]:
    return tuple(session.scalar(select(func.count()).select_from(one)) or 0 for one in (Booking, Forecast, Audit))


def lead_of(session: Session, atelier: str) -> Viewer:
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, atelier)])


@pytest.mark.parametrize("role", READERS)
def test_who_only_reads_money_books_and_foresees_nothing(session: Session, role: Role):
    line = make_line(session, make_grant(session), "100.00", atelier="I")
    booking, forecast = book(session, line, "5.00"), foresee(session, line, "90.00")
    reader, before = viewer(role, ateliers=[line.atelier_id]), rows(session)
    for act in (
        lambda: add_booking(session, reader, values=said_of(line)),
        lambda: BOOKING.change(session, reader, row_id=booking.id, version=1, values={"amount": Decimal("6.00")}),
        lambda: BOOKING.archive(session, reader, row_id=booking.id, version=1),
        lambda: BOOKING.restore(session, reader, row_id=booking.id),
        lambda: add_forecast(session, reader, values={"budget_line": line.code}),
        lambda: FORECAST.change(session, reader, row_id=forecast.id, version=1, values={}),
        lambda: FORECAST.archive(session, reader, row_id=forecast.id, version=1),
        lambda: FORECAST.restore(session, reader, row_id=forecast.id),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (booking.amount, rows(session)) == (Decimal("5.00"), before)


def test_a_lead_finds_nothing_on_a_line_of_another_atelier(session: Session):
    line = make_line(session, make_grant(session), "100.00", atelier="II")
    booking, forecast = book(session, line, "5.00"), foresee(session, line, "90.00")
    lead, before = lead_of(session, "I"), rows(session)
    session.commit()
    for act, which in ((BOOKING.archive, {"row_id": booking.id}), (FORECAST.archive, {"row_id": forecast.id})):
        with pytest.raises(RowNotFound):
            act(session, lead, version=1, **which)
    for act, which in ((BOOKING.restore, {"row_id": booking.id}), (FORECAST.restore, {"row_id": forecast.id})):
        with pytest.raises(RowNotFound):
            act(session, lead, **which)
    for act, values in ((add_booking, said_of(line)), (add_forecast, {"budget_line": line.code, "as_of": SPRING})):
        with pytest.raises(Refused, match="bestaat niet; kies er een uit de lijst"):
            act(session, lead, values={"amount": Decimal("1.00")} | values)
    assert rows(session) == before


def test_a_lead_moves_no_money_to_a_line_of_another_atelier(session: Session):
    grant = make_grant(session)
    own, other = make_line(session, grant, "100.00", atelier="I"), make_line(session, grant, "100.00", atelier="II")
    booking, forecast = book(session, own, "5.00"), foresee(session, own, "90.00")
    lead, moved = lead_of(session, "I"), {"budget_line": other.code}
    session.commit()
    with pytest.raises(Refused, match="bestaat niet"):
        BOOKING.change(session, lead, row_id=booking.id, version=booking.version, values=moved)
    with pytest.raises(Refused, match="bestaat niet"):
        FORECAST.change(session, lead, row_id=forecast.id, version=forecast.version, values=moved)
    assert (booking.budget_line_id, forecast.budget_line_id) == (own.id, own.id)
    BOOKING.change(session, COORDINATOR, row_id=booking.id, version=booking.version, values=moved)
    assert booking.budget_line_id == other.id


CANNOT_BE = [
    ({"amount": Decimal("0.005")}, "meer dan twee decimalen"),
    ({"amount": None}, "Bedrag mag niet leeg zijn"),
    ({"on": None}, "Datum mag niet leeg zijn"),
    ({"kind": "geleend"}, "Soort kent het woord 'geleend' niet"),
    ({"budget_line": None}, "Budgetlijn mag niet leeg zijn"),
    ({"budget_line": "L-99999"}, "Budgetlijn ‘L-99999’ bestaat niet"),
    ({"reference": "x" * 301}, "Referentie telt 301 tekens"),
]


def test_what_cannot_be_booked_is_refused_in_a_sentence(engine: Engine, subtests: pytest.Subtests):
    for values, said in CANNOT_BE:
        with subtests.test(values=values, said=said), undone(engine) as session:
            line = make_line(session, make_grant(session), "100.00")
            booking = book(session, line, "5.00")
            session.commit()
            with pytest.raises(Refused, match=said):
                add_booking(session, COORDINATOR, values=said_of(line) | values)
            with pytest.raises(Refused, match=said):
                BOOKING.change(session, COORDINATOR, row_id=booking.id, version=booking.version, values=values)
            assert session.get_one(Booking, booking.id).amount == Decimal("5.00")


@pytest.mark.parametrize("kind", BookingKind)
@pytest.mark.parametrize("amount", ["10.05", "-3.33"])
def test_a_booking_changes_its_total_by_exactly_its_amount(session: Session, kind: BookingKind, amount: str):
    grant = make_grant(session)
    line = make_line(session, grant, "100.00", atelier="I")
    book(session, line, "7.70", kind=kind)
    facts = facts_of(session, COORDINATOR, grant)
    before = grant_amounts(session, COORDINATOR, facts)
    row = add_booking(session, lead_of(session, "I"), values=said_of(line, amount, kind=kind, description=None))
    after = grant_amounts(session, COORDINATOR, facts)
    moved = {BookingKind.SPENT: after.spent - before.spent, BookingKind.COMMITTED: after.committed - before.committed}
    assert moved.pop(kind) == Decimal(amount)
    assert (set(moved.values()), row.description) == ({Decimal("0.00")}, "")
    BOOKING.archive(session, COORDINATOR, row_id=row.id, version=row.version)
    assert grant_amounts(session, COORDINATOR, facts) == before
    BOOKING.restore(session, COORDINATOR, row_id=row.id)
    assert grant_amounts(session, COORDINATOR, facts) == after


def test_bookings_are_numbered_on_and_a_code_is_given_once(session: Session):
    line = make_line(session, make_grant(session), "100.00")
    book(session, line, "5.00", code="B-0041")
    assert add_booking(session, COORDINATOR, values=said_of(line)).code == "B-0042"
    with pytest.raises(Refused, match="kies een andere code"):
        add_booking(session, COORDINATOR, values=said_of(line), code="B-0041")


def test_a_booking_does_not_come_back_to_a_line_that_is_gone(session: Session):
    line = make_line(session, make_grant(session), "100.00")
    booking, forecast = book(session, line, "5.00"), foresee(session, line, "90.00")
    BOOKING.archive(session, COORDINATOR, row_id=booking.id, version=booking.version)
    LINE.archive(session, COORDINATOR, row_id=line.id, version=line.version)
    with pytest.raises(Refused, match="haal eerst de lijn terug"):
        BOOKING.restore(session, COORDINATOR, row_id=booking.id)
    with pytest.raises(RowNotFound):
        FORECAST.change(session, COORDINATOR, row_id=forecast.id, version=forecast.version, values={})


def test_a_line_has_one_forecast_of_a_date(session: Session):
    line = make_line(session, make_grant(session), "100.00")
    first, later = foresee(session, line, "90.00"), foresee(session, line, "95.00", as_of=date(2026, 7, 1))
    same = {"budget_line": line.code, "as_of": SPRING, "amount": Decimal("91.00")}
    session.commit()
    with pytest.raises(Refused, match="al een prognose van 01/04/2026; wijzig die"):
        add_forecast(session, COORDINATOR, values=same)
    with pytest.raises(Refused, match="al een prognose van 01/04/2026"):
        FORECAST.change(session, COORDINATOR, row_id=later.id, version=later.version, values={"as_of": SPRING})
    FORECAST.archive(session, COORDINATOR, row_id=first.id, version=first.version)
    session.commit()
    with pytest.raises(Refused, match="gearchiveerde prognose van 01/04/2026"):
        FORECAST.change(session, COORDINATOR, row_id=later.id, version=later.version, values={"as_of": SPRING})
    again = add_forecast(session, COORDINATOR, values=same)
    assert (again.id, again.amount, again.archived_at) == (first.id, Decimal("91.00"), None)


def test_the_newest_forecast_counts_and_the_one_before_it_when_it_is_archived(session: Session):
    grant = make_grant(session)
    line = make_line(session, grant, "100.00", atelier="I")
    foresee(session, line, "90.00")
    facts, lead = facts_of(session, COORDINATOR, grant), lead_of(session, "I")
    values = {"budget_line": line.code, "as_of": date(2026, 7, 1), "amount": Decimal("111.11")}
    row = add_forecast(session, lead, values=values)
    assert grant_amounts(session, COORDINATOR, facts).forecast == Decimal("111.11")
    FORECAST.change(session, lead, row_id=row.id, version=row.version, values={"amount": Decimal("99.99")})
    assert grant_amounts(session, COORDINATOR, facts).forecast == Decimal("99.99")
    FORECAST.archive(session, lead, row_id=row.id, version=row.version)
    assert grant_amounts(session, COORDINATOR, facts).forecast == Decimal("90.00")
    FORECAST.restore(session, lead, row_id=row.id)
    assert grant_amounts(session, COORDINATOR, facts).forecast == Decimal("99.99")
