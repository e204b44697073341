"""The state of the programme today, as a meeting sees it: what everybody at the table may know, nothing internal."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy.orm import Session

from portal import clock
from portal.permissions import Role, Viewer
from portal.queries import snapshot_agreed, snapshot_coalitions, snapshot_money, snapshot_work
from portal.queries.about import data_version
from portal.snapshots.state import Kind, Row, State

TABLE = Viewer(role=Role.STEERING)
"""Who sits at the table: a state shows to nobody what the steering group may not see."""

Rows = Iterable[tuple[str, Row]]
FILLED: Mapping[Kind, Callable[[Session, Viewer], Rows]] = {
    Kind.RESULT: snapshot_work.results,
    Kind.MILESTONE: snapshot_work.milestones,
    Kind.PROJECT: snapshot_work.projects,
    Kind.PARTICIPATION: snapshot_coalitions.participations,
    Kind.ENDORSEMENT: snapshot_coalitions.endorsements,
    Kind.CONDITION: snapshot_coalitions.conditions,
    Kind.MONEY: snapshot_money.per_atelier,
    Kind.LINE: snapshot_money.lines,
    Kind.GRANT: snapshot_money.grants,
    Kind.CHALLENGE: snapshot_work.challenges,
    Kind.DECISION: snapshot_agreed.decisions,
    Kind.ACTION: snapshot_agreed.actions,
    Kind.MEETING: snapshot_agreed.meetings,
}


def state_now(session: Session) -> State:
    """Every kind, as of today; the sequence is that of the newest change."""
    rows = {kind: dict(rows(session, TABLE)) for kind, rows in FILLED.items()}
    return State(clock.today(), data_version(session), {kind: found for kind, found in rows.items() if found})
