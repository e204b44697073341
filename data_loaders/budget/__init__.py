"""The money as a workbook: budget lines, bookings and forecasts."""

from data_loaders.budget.known import known_in, tables
from data_loaders.budget.reading import read
from data_loaders.budget.writing import apply, plan
from data_loaders.kind import Kind
from portal.permissions import Permission

BUDGET = Kind(
    name="budget",
    description="budgetlijnen, boekingen en prognoses (.xlsx)",
    right=Permission.EDIT_MONEY,
    everything=False,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=tables,
    title="Budget",
    files="begroting-en-boekingen",
)
