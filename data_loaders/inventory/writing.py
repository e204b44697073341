"""Compares the rows of a file with the inventory, and hands the difference to the command."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from data_loaders.comparing import present_in
from data_loaders.inventory.known import LABELS, tables
from data_loaders.inventory.sheets import CHALLENGES, LINKS, PROJECTS
from data_loaders.plan import Plan, RowPlan, Step, Wanted, make_plan
from portal.commands.inventory import Entry, load_inventory
from portal.permissions import Viewer

WHOSE = {CHALLENGES: "partner", PROJECTS: "reported_by"}


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    return make_plan(wanted, present_in(tables(session, viewer), LABELS), versioned=True)


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_inventory(
        session,
        viewer,
        challenges=_entries(plan.to_write, CHALLENGES),
        projects=_entries(plan.to_write, PROJECTS),
        links=[(row.wanted.key[1], row.wanted.key[2]) for row in plan.to_write if row.wanted.key[0] == LINKS],
    )


def _entries(rows: Iterable[RowPlan], sheet: str) -> list[Entry]:
    return [_entry(row, WHOSE[sheet]) for row in rows if row.wanted.key[0] == sheet]


def _entry(row: RowPlan, whose: str) -> Entry:
    """A new row says everything, its empty cells too; of another only what changes."""
    _, code = row.wanted.key
    if row.step is Step.NEW:
        values = {key: value for key, value in row.wanted.values.items() if key != whose}
        return Entry(code, values, partner=row.wanted.values[whose])
    return Entry(code, {change.field: change.new for change in row.changes}, version=row.wanted.version)
