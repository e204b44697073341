"""Every round the shared projects report; three fell silent, and one never spoke."""

from datetime import timedelta
from functools import partial
from typing import Any

from data_loaders.demo import texts
from data_loaders.demo.meetings import Calendar
from data_loaders.demo.stage import Stage
from portal import clock
from portal.commands.demo import work_on_projects
from portal.db.models import Meeting, ProgressReport, Project
from portal.vocabulary import Health, Phase

G, A, R = Health.GREEN, Health.AMBER, Health.RED
COURSES = (
    (G, G, G, G, G, G, G),
    (G, A, A, G, G, G, G),
    (G, G, A, A, R, R, R),
    (G, G, G, G, A, A, A),
    (A, A, G, G, G, G, G),
    (G, G, A, G, A, A, G),
)
ROUNDS_BEFORE_SILENCE = 4
SAID_NOTHING, UNCHANGED = 0.1, 0.15
ALREADY = 5  # projects that reported already for the round that runs


def plan_progress(stage: Stage, calendar: Calendar) -> None:
    """A few days before each steering group; for the next one only the first have reported."""
    for number, meeting in enumerate(calendar.steering):
        coming = meeting is calendar.steering[-1]
        for place, project in enumerate(stage.running):
            dice = stage.dice(f"progress-{project.code}-{number}")
            silent = project in stage.quiet and number >= ROUNDS_BEFORE_SILENCE
            skipped = dice.random() < SAID_NOTHING and meeting is not calendar.steering[-2]
            if silent or skipped or (coming and place >= ALREADY):
                continue
            day = (stage.today if coming else meeting.planned_on) - timedelta(days=dice.randint(2, 9))
            unchanged = number > 0 and dice.random() < UNCHANGED
            stage.on(day, partial(_report, stage, meeting, project, number, unchanged))


def _report(stage: Stage, meeting: Meeting, project: Project, number: int, unchanged: bool) -> None:
    dice = stage.dice(f"report-{project.code}-{number}")
    by = stage.editor_of(project.atelier_id)
    edits: dict[str, Any] = {}
    if not unchanged:
        edits = _edits(stage, project, number)
    health = edits.get("health", project.health)
    report = ProgressReport(
        project_id=project.id,
        meeting_id=meeting.id,
        health=health,
        progress=edits.get("progress", project.progress),
        done="" if unchanged else dice.choice(texts.DONE),
        next="" if unchanged else dice.choice(texts.NEXT),
        blocked=dice.choice(texts.BLOCKED) if health in {A, R} and not unchanged else "",
        confirmed_unchanged=unchanged,
        by_id=by.user_id,
        at=clock.now(),
    )
    work_on_projects(stage.session, by, rows=[report], edits=[(project, edits)])


def _edits(stage: Stage, project: Project, number: int) -> dict[str, Any]:
    place = stage.running.index(project)
    step = (5, 10, 5, 15)[(place + number) % 4]
    edits: dict[str, Any] = {
        "health": COURSES[place % len(COURSES)][number],
        "progress": min((project.progress or 0) + step, 95),
    }
    if project.phase is Phase.PREPARATION and number >= ROUNDS_BEFORE_SILENCE:
        edits["phase"] = Phase.EXECUTION
    if edits["health"] in {A, R} and edits["health"] is not project.health and project.end_expected_on:
        edits["end_expected_on"] = project.end_expected_on + timedelta(days=31 if edits["health"] is A else 61)
    return edits
