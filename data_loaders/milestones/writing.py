"""Compares the rows of a file with results, milestones and ticks, and hands the difference to the command."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from data_loaders.comparing import entries, present_in
from data_loaders.milestones.known import LABELS, tables
from data_loaders.milestones.sheets import RESULTS, STEPS, TICKS
from data_loaders.plan import Plan, Present, RowPlan, Wanted, make_plan
from data_loaders.sheets import VERSION
from portal.commands.files import TickEdit, load_milestones
from portal.permissions import Viewer

NOT_YET = {"reached_on": None}


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    """A tick that is not there counts as one that says "not yet", and is not missed when the file leaves it out; one
    that has no version in a file with that column was seen so."""
    wanted = [replace(one, version=one.version or 0) if _seen(one) else one for one in wanted]
    named = {one.key: one for one in wanted}
    ticks = {key: Present(one.label, NOT_YET, 0) for key, one in named.items() if key[0] == TICKS}
    there = {
        key: Present(one.label, one.values, one.version or 0) if key[0] == TICKS else one
        for key, one in present_in(tables(session, viewer), LABELS).items()
        if key in named or key[0] != TICKS or one.version
    }
    return make_plan(wanted, ticks | there, versioned=True)


def _seen(one: Wanted) -> bool:
    return one.key[0] == TICKS and VERSION.key in one.cells


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_milestones(
        session,
        viewer,
        results=entries(plan, RESULTS),
        milestones=entries(plan, STEPS, of="of"),
        ticks=[_tick(row) for row in plan.to_write if row.wanted.key[0] == TICKS],
    )


def _tick(row: RowPlan) -> TickEdit:
    _, result, partner = row.wanted.key
    seen = row.present.values["reached_on"] if row.present else None
    return TickEdit(result, partner, row.wanted.values["reached_on"], seen)
