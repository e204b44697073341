"""The money: subsidy files with their conditions, budget lines, bookings and forecasts."""

from portal.db.models import Booking, BudgetLine, Forecast, Grant, GrantCondition
from portal.entities.fields import Entity

GRANT = Entity(
    Grant,
    "subsidiedossiers",
    typed="title subsidy_call requested awarded subsidy_rate starts_on ends_on holder project",
)
GRANT_CONDITION = Entity(GrantCondition, "subsidievoorwaarden", told="grant", typed="met note")
BUDGET_LINE = Entity(
    BudgetLine,
    "budgetlijnen",
    typed="grant atelier partner year cost_kind funding funding_state description amount project",
)
BOOKING = Entity(Booking, "boekingen", typed="budget_line kind on amount description reference")
FORECAST = Entity(Forecast, "prognoses", told="", typed="budget_line as_of amount")
