"""Compares the rows of a file with results, milestones and ticks, and hands the difference to the command."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.comparing import present_in
from data_loaders.milestones.known import LABELS, tables
from data_loaders.milestones.sheets import RESULTS, STEPS, TICKS
from data_loaders.plan import Key, Plan, Present, RowPlan, Step, Wanted, make_plan
from portal.commands.milestone_file import NewMilestone, RowEdit, TickEdit, load_milestones
from portal.permissions import Viewer

NOT_YET = {"reached_on": None}


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    """A tick that is not there counts as one that says "not yet", and is not missed when the file leaves it out."""
    named = {one.key: one for one in wanted}
    ticks = {key: Present(one.label, NOT_YET, 0) for key, one in named.items() if key[0] == TICKS}
    there = {
        key: Present(one.label, one.values, one.version or 0) if key[0] == TICKS else one
        for key, one in present_in(tables(session, viewer), LABELS).items()
        if key in named or key[0] != TICKS or one.version
    }
    return make_plan(wanted, ticks | there, versioned=True)


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    rows = plan.to_write
    load_milestones(
        session,
        viewer,
        results=[_edit(row) for row in rows if row.wanted.key[0] == RESULTS],
        milestones=[_edit(row) for row in rows if row.wanted.key[0] == STEPS and row.step is Step.CHANGED],
        new=[NewMilestone(row.wanted.carry, _values(row)) for row in rows if row.step is Step.NEW],
        ticks=[_tick(row) for row in rows if row.wanted.key[0] == TICKS],
    )


def _values(row: RowPlan) -> dict[str, Any]:
    return {change.field: change.new for change in row.changes}


def _edit(row: RowPlan) -> RowEdit:
    return RowEdit(row.wanted.carry, row.wanted.version or 0, _values(row))


def _tick(row: RowPlan) -> TickEdit:
    key: Key = row.wanted.key
    seen = row.present.values["reached_on"] if row.present else None
    return TickEdit(row.wanted.carry, key[2], row.wanted.values["reached_on"], seen)
