"""Compares the rows of a file with the money, and hands the difference to the command."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from data_loaders.budget.known import LABELS, tables
from data_loaders.budget.sheets import BOOKINGS, FORECASTS, LINES
from data_loaders.comparing import present_in
from data_loaders.plan import Plan, RowPlan, Wanted, make_plan
from portal.commands.budget import Entry, load_budget
from portal.permissions import Viewer


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    return make_plan(wanted, present_in(tables(session, viewer), LABELS), versioned=True)


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_budget(
        session,
        viewer,
        lines=_entries(plan.to_write, LINES),
        bookings=_entries(plan.to_write, BOOKINGS),
        forecasts=_entries(plan.to_write, FORECASTS),
    )


def _entries(rows: Iterable[RowPlan], sheet: str) -> list[Entry]:
    return [_entry(row) for row in rows if row.wanted.key[0] == sheet]


def _entry(row: RowPlan) -> Entry:
    _, *key = row.wanted.key
    values = {change.field: change.new for change in row.changes}
    seen = row.wanted.version if row.present else None
    return Entry(key[0] if len(key) == 1 else tuple(key), values, seen)
