"""Results, milestones and ticks as a file brings them in: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.commands.base import command
from portal.commands.deliverables import change_deliverable, tick_partner, untick_partner
from portal.commands.editing import Values
from portal.commands.milestones import MILESTONE, add_milestone
from portal.permissions import Permission, Viewer


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What to set of a result or milestone, and the version that was seen."""

    row_id: int
    version: int
    values: Values


@dataclass(frozen=True, slots=True)
class NewMilestone:
    """A step to come, at the result or project with this code."""

    of: str
    values: Values


@dataclass(frozen=True, slots=True)
class TickEdit:
    """When a partner (its slug) reached a result, or None for not yet; and the day that was seen."""

    deliverable_id: int
    partner: str
    reached_on: date | None
    seen: date | None


@command(Permission.EDIT_DELIVERABLES)
def load_milestones(
    session: Session,
    by: Viewer,
    *,
    results: Sequence[RowEdit] = (),
    milestones: Sequence[RowEdit] = (),
    new: Sequence[NewMilestone] = (),
    ticks: Sequence[TickEdit] = (),
) -> None:
    """Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; nothing is loaded then.

    New milestones get their code in the order they come.
    """
    for one in results:
        change_deliverable(session, by, deliverable_id=one.row_id, version=one.version, values=one.values)
    for one in milestones:
        MILESTONE.change(session, by, row_id=one.row_id, version=one.version, values=one.values)
    for step in new:
        add_milestone(session, by, of=step.of, values=step.values)
    session.flush()  # a tick holds its result anew
    for tick in ticks:
        _put(session, by, tick)


def _put(session: Session, by: Viewer, tick: TickEdit) -> None:
    of, partner, day = tick.deliverable_id, tick.partner, tick.reached_on
    if day is None:
        untick_partner(session, by, deliverable_id=of, partner=partner, seen=tick.seen)
    else:
        tick_partner(session, by, deliverable_id=of, partner=partner, reached_on=day, seen=tick.seen)
