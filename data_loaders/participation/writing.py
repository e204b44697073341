"""Compares the rows of a file with the states that hold, and hands the difference to the command."""

from sqlalchemy.orm import Session

from data_loaders.comparing import planned
from data_loaders.participation.known import LABELS, tables
from data_loaders.plan import Plan, RowPlan, Step
from portal.commands.coalitions.participations import Told, load_participations
from portal.permissions import Viewer

plan = planned(tables, LABELS)


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_participations(session, viewer, rows=[_told(row) for row in plan.to_write])


def _told(row: RowPlan) -> Told:
    """A new state takes everything that the file says; on a state that stays, only what differs."""
    _, project, partner = row.wanted.key
    changes = {change.field: change.new for change in row.changes}
    values = row.wanted.values if row.step is Step.NEW or "state" in changes else changes
    return Told(project, partner, values, row.present.version if row.present else None)
