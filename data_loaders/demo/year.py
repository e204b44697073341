"""The past year in the inventory: challenges taken up or solved, local projects that moved."""

from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from data_loaders.demo.stage import Stage
from portal.commands.demo import take_inventory, work_on_projects
from portal.db.models import Challenge, Project, ProjectChallenge
from portal.vocabulary import ENDED_PHASES, ChallengeStatus, Health, Phase

TAKEN_UP, SOLVED = 0.6, 0.5
MOVED_PROJECTS = 24


def plan_year(stage: Stage) -> None:
    """Every director looks at the own challenges once, and at the own projects in one of the rounds."""
    first = stage.rounds[0] - timedelta(days=60)
    for number, partner in enumerate(stage.partners):
        day = first + timedelta(days=(number * 11) % 90)
        stage.on(day, partial(_look_at_challenges, stage, partner.id))
    for number in range(MOVED_PROJECTS):
        day = stage.rounds[number % (len(stage.rounds) - 1)] - timedelta(days=3 + number % 9)
        stage.on(day, partial(_move_project, stage, number, day))


def _look_at_challenges(stage: Stage, partner_id: int) -> None:
    dice = stage.dice(f"challenges-{partner_id}")
    edits = []
    for challenge, phases in _answered(stage, partner_id).items():
        if phases <= {Phase.FINISHED, Phase.AFTERCARE} and dice.random() < SOLVED:
            edits.append((challenge, {"status": ChallengeStatus.SOLVED}))
        elif phases - ENDED_PHASES and dice.random() < TAKEN_UP:
            edits.append((challenge, {"status": ChallengeStatus.IN_PROGRESS}))
    take_inventory(stage.session, stage.director_of(partner_id), edits=edits)


def _answered(stage: Stage, partner_id: int) -> dict[Challenge, set[Phase]]:
    """The partner's challenges that a project answers, with the phases of those projects."""
    rows = stage.session.execute(
        select(Challenge, Project.phase)
        .join(ProjectChallenge, ProjectChallenge.challenge_id == Challenge.id)
        .join(Project, Project.id == ProjectChallenge.project_id)
        .where(Challenge.partner_id == partner_id, Project.reported_by_id == partner_id)
        .order_by(Challenge.code, Project.code)
    )
    answered: dict[Challenge, set[Phase]] = {}
    for challenge, phase in rows:
        answered.setdefault(challenge, set()).add(phase)
    return answered


def _move_project(stage: Stage, number: int, day: date) -> None:
    alive = stage.session.scalars(
        select(Project)
        .where(Project.reported_by_id.is_not(None), Project.phase.in_((Phase.EXECUTION, Phase.PREPARATION)))
        .order_by(Project.code)
    ).all()
    if not alive:
        return
    project = alive[number % len(alive)]
    assert project.reported_by_id is not None  # asked for above
    edits: dict[str, object] = {"progress": min(95, (project.progress or 0) + 5 + number % 3 * 5)}
    if number % 4 == 0 and project.end_expected_on:
        edits["end_expected_on"] = max(project.end_expected_on, day) + timedelta(days=31)
    if number % 3 == 0:
        edits["health"] = (Health.AMBER, Health.GREEN, Health.RED)[number // 3 % 3]
    if project.phase is Phase.PREPARATION:
        edits["phase"] = Phase.EXECUTION
    work_on_projects(stage.session, stage.director_of(project.reported_by_id), edits=[(project, edits)])
