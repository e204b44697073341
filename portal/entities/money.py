"""The money: subsidy files with their conditions, budget lines, bookings and forecasts."""

from portal.db.models import Booking, BudgetLine, Forecast, Grant, GrantCondition
from portal.entities.fields import Entity, Heard
from portal.snapshots import coalitions as rules
from portal.snapshots.lines import Topic
from portal.snapshots.state import Kind
from portal.values import Day, Euro, Line, Words
from portal.vocabulary import Standing

GRANT = Entity(
    Grant,
    "subsidiedossiers",
    typed="title subsidy_call requested awarded subsidy_rate starts_on ends_on holder project",
    heard=Heard(
        kind=Kind.GRANT,
        topic=Topic.MONEY,
        fields="code title ceiling=subsidy_call.ceiling requested awarded starts_on ends_on project_code=project.code",
        silent="starts_on",
        what="{code} {title}",
        path="/budget",
        rules=rules.GRANT,
    ),
)
GRANT_CONDITION = Entity(GrantCondition, "subsidievoorwaarden", told="grant", typed="met note")
BUDGET_LINE = Entity(
    BudgetLine,
    "budgetlijnen",
    typed="grant atelier partner year cost_kind funding funding_state description amount project",
    named="code description",
    heard=Heard(
        kind=Kind.LINE,
        topic=Topic.MONEY,
        fields="code description atelier=atelier.code partner=partner.title project_code year cost_kind funding"
        " funding_state budgeted=amount committed spent forecast standing last_booked",
        silent="year cost_kind funding",
        made={
            "project_code": ("Project", Line()),
            "committed": ("Vastgelegd", Euro()),
            "spent": ("Uitgegeven", Euro()),
            "forecast": ("Prognose", Euro()),
            "standing": ("Tegenover begroot", Words(Standing)),
            "last_booked": ("Laatste boeking", Day()),
        },
        what=rules.line_name,
        path="/budget",
        rules=rules.LINE,
    ),
)
BOOKING = Entity(
    Booking, "boekingen", typed="budget_line kind on amount description reference", named="code description"
)
FORECAST = Entity(Forecast, "prognoses", told="", typed="budget_line as_of amount")
