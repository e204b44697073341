"""Which kinds a meeting hears of, and how each is told."""

from portal.snapshots import agreed, coalitions, money, projects, results
from portal.snapshots.state import Kind

TOLD = {
    Kind.RESULT: results.RESULTS,
    Kind.MILESTONE: results.MILESTONES,
    Kind.PROJECT: projects.PROJECTS,
    Kind.PARTICIPATION: coalitions.PARTICIPATIONS,
    Kind.ENDORSEMENT: coalitions.ENDORSEMENTS,
    Kind.CONDITION: coalitions.CONDITIONS,
    Kind.MONEY: money.MONEY,
    Kind.LINE: money.LINES,
    Kind.GRANT: money.GRANTS,
    Kind.CHALLENGE: projects.CHALLENGES,
    Kind.DECISION: agreed.DECISIONS,
    Kind.ACTION: agreed.ACTIONS,
    Kind.MEETING: agreed.MEETINGS,
}
