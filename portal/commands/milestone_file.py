"""Results, milestones and ticks as a file brings them in: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.commands.base import command
from portal.commands.deliverables import change_deliverable, tick_partner, untick_partner
from portal.commands.file_rows import Entry, by_code, put_rows
from portal.commands.milestones import MILESTONE, add_milestone
from portal.db.models import Deliverable, Milestone
from portal.permissions import Permission, RowNotFound, Viewer


@dataclass(frozen=True, slots=True)
class TickEdit:
    """When a partner (its slug) reached a result (its code), or None for not yet; and the day that was seen."""

    deliverable: str
    partner: str
    reached_on: date | None
    seen: date | None


@command(Permission.EDIT_DELIVERABLES)
def load_milestones(
    session: Session,
    by: Viewer,
    *,
    results: Sequence[Entry] = (),
    milestones: Sequence[Entry] = (),
    ticks: Sequence[TickEdit] = (),
) -> None:
    """A new milestone is of a result or project (its code), and gets its code in the order they come.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; nothing is loaded then.
    """

    def no_result(one: Entry) -> None:
        raise RowNotFound(str(one.key))

    def milestone(one: Entry) -> None:
        add_milestone(session, by, of=one.of or "", values=one.values)

    put_rows(session, by, results, change=change_deliverable, add=no_result, ids=by_code(Deliverable))
    put_rows(session, by, milestones, change=MILESTONE.change, add=milestone, ids=by_code(Milestone))
    session.flush()  # a tick holds its result anew
    ids = by_code(Deliverable)(session) if ticks else {}
    for tick in ticks:
        if tick.deliverable not in ids:
            raise RowNotFound(tick.deliverable)
        _put(session, by, tick, ids[tick.deliverable])


def _put(session: Session, by: Viewer, tick: TickEdit, of: int) -> None:
    partner, day = tick.partner, tick.reached_on
    if day is None:
        untick_partner(session, by, deliverable_id=of, partner=partner, seen=tick.seen)
    else:
        tick_partner(session, by, deliverable_id=of, partner=partner, reached_on=day, seen=tick.seen)
