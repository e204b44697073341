"""The numbers of the region and of its ateliers that are counted of rows: of every row, the same for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.queries.meetings.open_work import open_actions
from portal.queries.meetings.rounds import round_projects
from portal.queries.results.deliverables import urgent_milestones
from portal.queries.results.signals import project_signals
from portal.queries.visible import COUNTER
from portal.vocabulary import Health


@dataclass(frozen=True, slots=True)
class RegionCounts:
    coalitions: int  # living shared projects
    red: int  # as reported or as computed
    quiet: int
    late: int  # milestones
    actions: int  # open
    actions_late: int


def region_counts(session: Session) -> RegionCounts:
    signals, actions = project_signals(session, COUNTER), open_actions(session, COUNTER)
    return RegionCounts(
        coalitions=len(signals),
        red=sum(Health.RED in (project.health, project.signal) for project in signals),
        quiet=sum(project.quiet for project in signals),
        late=sum(step.days_late is not None for step in urgent_milestones(session, COUNTER)),
        actions=len(actions),
        actions_late=sum(action.days_left is not None and action.days_left < 0 for action in actions),
    )


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """Of the region, or of some ateliers: the living shared projects that owe a report, and what is late."""

    reported: int
    unreported: int
    late: int  # milestones
    soon: int  # milestones due up to the next steering group, and not late


def work_counts(session: Session, ateliers: Sequence[str] = ()) -> WorkCounts:
    owing = [row for row in round_projects(session, COUNTER) if row.owes and (not ateliers or row.atelier in ateliers)]
    steps = [one for one in urgent_milestones(session, COUNTER) if not ateliers or one.atelier in ateliers]
    reported = sum(row.reported for row in owing)
    late = sum(step.days_late is not None for step in steps)
    return WorkCounts(reported, len(owing) - reported, late, len(steps) - late)
