"""Makers of money: a test says only the amounts that matter."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from portal.db import models as m
from portal.permissions import Viewer
from portal.queries.money.grants import GrantFacts, grants
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState
from tests.makers import atelier_of, partner_of

_numbers = count(1)
SPRING = date(2026, 4, 1)


def _added(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def make_grant(session: Session, **given: Any) -> m.Grant:
    """A grant of 80 % that runs from 2026 to 2027, under a call of its own with this `ceiling`."""
    number = next(_numbers)
    ceiling = Decimal(given.pop("ceiling", "1000.00"))
    call = _added(session, m.SubsidyCall(code=f"oproep-{number}", title=f"Oproep {number}", ceiling=ceiling))
    rest = {
        "code": f"D-{number:03d}",
        "title": f"Dossier {number}",
        "awarded": Decimal("800.00"),
        "requested": Decimal("800.00"),
        "subsidy_rate": Decimal("0.8"),
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2027, 12, 31),
    }
    return _added(session, m.Grant(subsidy_call_id=call.id, **rest | given))


def make_line(session: Session, grant: m.Grant, amount: str, **given: Any) -> m.BudgetLine:
    """A line of 2026 paid by the subsidy, under no atelier and no partner unless said."""
    atelier, partner = given.pop("atelier", None), given.pop("partner", None)
    rest = {
        "code": f"LIJN-{next(_numbers):03d}",
        "year": 2026,
        "cost_kind": CostKind.STAFF,
        "funding": FundingSource.SUBSIDY,
        "funding_state": FundingState.SECURED,
        "atelier_id": atelier_of(session, atelier).id if atelier else None,
        "partner_id": partner_of(session, partner).id if partner else None,
        "amount": Decimal(amount),
    }
    return _added(session, m.BudgetLine(grant_id=grant.id, **rest | given))


def book(session: Session, line: m.BudgetLine, amount: str, **given: Any) -> m.Booking:
    """Spent on the first of April unless said."""
    rest = {"code": f"BOEK-{next(_numbers):03d}", "kind": BookingKind.SPENT, "on": SPRING, "amount": Decimal(amount)}
    return _added(session, m.Booking(budget_line_id=line.id, **rest | given))


def foresee(session: Session, line: m.BudgetLine, amount: str, **given: Any) -> m.Forecast:
    rest = {"as_of": SPRING, "amount": Decimal(amount)}
    return _added(session, m.Forecast(budget_line_id=line.id, **rest | given))


def facts_of(session: Session, viewer: Viewer, grant: m.Grant) -> GrantFacts:
    return next(facts for facts in grants(session, viewer) if facts.code == grant.code)
