"""Compares the rows of a file with the money, and hands the difference to the command."""

from sqlalchemy.orm import Session

from data_loaders.budget.known import LABELS, tables
from data_loaders.budget.sheets import BOOKINGS, FORECASTS, LINES
from data_loaders.comparing import entries, planned
from data_loaders.plan import Plan
from portal.commands.files import load_budget
from portal.permissions import Viewer

plan = planned(tables, LABELS)


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_budget(
        session,
        viewer,
        lines=entries(plan, LINES),
        bookings=entries(plan, BOOKINGS),
        forecasts=entries(plan, FORECASTS),
    )
