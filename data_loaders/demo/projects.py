"""The shared projects: their plan, the challenges they answer, and what they report.

Every round they report; three fell silent, and one never spoke.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from data_loaders.demo import texts
from data_loaders.demo.meetings import Calendar
from data_loaders.demo.stage import Stage
from data_loaders.reference.files import lines_of
from portal import clock
from portal.commands.demo import work_on_projects
from portal.db.models import (
    Challenge,
    CollaborationType,
    Meeting,
    Observation,
    ProgressReport,
    Project,
    ProjectChallenge,
)
from portal.permissions import Role
from portal.vocabulary import Health, Phase, ProjectFunding, ProjectScope
from portal.words import fold

FOLDER = Path(__file__).parent
LINKS = ("project", "uitdaging_demo_id", "uitdaging")
CHALLENGER, FRONTRUNNER, COACH, EXPERTS = "1", "2", "3", "4"
NEW_TYPES = (CHALLENGER, FRONTRUNNER, EXPERTS)  # for regional projects of which the sources name no type


def plan_projects(stage: Stage) -> None:
    """The coordinator plans them a month after the grant began; the forgotten one gets no plan."""
    types = types_of(stage)
    stage.on(stage.begun + timedelta(days=30), lambda: _give_plans(stage, types))


def _give_plans(stage: Stage, types: dict[int, str]) -> None:
    coordinator = stage.acting(Role.COORDINATOR)
    answers = _answers(stage)
    for number, project in enumerate(stage.running):
        edits = _plan(stage, project, number) | _subject(stage, project, answers[project.id])
        edits |= _collaboration(stage, project, types)
        work_on_projects(stage.session, coordinator, edits=[(project, edits)])
    links = [
        ProjectChallenge(project_id=project_id, challenge_id=challenge.id)
        for project_id, challenges in answers.items()
        for challenge in challenges
    ]
    work_on_projects(stage.session, coordinator, rows=links)


def _answers(stage: Stage) -> dict[int, list[Challenge]]:
    """Per shared project the challenges that it answers, as the file of links says and no others."""
    projects = {fold(project.title): project.id for project in stage.shared}
    challenges = {fold(f"DEMO-{challenge.code}"): challenge for challenge in stage.session.scalars(select(Challenge))}
    answers: dict[int, list[Challenge]] = defaultdict(list)
    for line in lines_of(FOLDER / "links.csv", *LINKS):
        answers[line.one_of("project", projects)].append(line.one_of("uitdaging_demo_id", challenges))
    return answers


def _plan(stage: Stage, project: Project, number: int) -> dict[str, Any]:
    start = stage.begun + timedelta(days=15 * (number % 6))
    end = stage.ends - timedelta(days=30 * (number % 5))
    return {
        "start_on": start,
        "end_first_planned_on": end,
        "end_expected_on": end,
        "funding": ProjectFunding.CALL if project.atelier_id else ProjectFunding.PROGRAMME,
        "progress": 5 if project.phase is Phase.PREPARATION else 10 + number % 4 * 5,
        "service_effect": texts.EFFECTS[number % len(texts.EFFECTS)] if number % 3 == 0 else "",
    }


def _subject(stage: Stage, project: Project, answered: Sequence[Challenge]) -> dict[str, Any]:
    """Theme, dimension and service of most challenges it answers, or else of most projects in its atelier."""
    inside = select(Project).where(Project.reported_by_id.is_not(None), Project.atelier_id == project.atelier_id)
    alike = answered or stage.session.scalars(inside.order_by(Project.code)).all()
    names = ("theme_id", "dimension_id", "service_id")
    return {name: Counter(getattr(row, name) for row in alike).most_common(1)[0][0] for name in names if alike}


def types_of(stage: Stage) -> dict[int, str]:
    """The type of every regional project that has one, or gets one in the demo: project id to code."""
    codes = dict(stage.session.execute(select(CollaborationType.id, CollaborationType.code)).all())
    everybody = {project.id for project in stage.with_everybody}
    types = {p.id: codes[p.collaboration_type_id] for p in stage.running if p.collaboration_type_id in codes}
    without = [
        project
        for project in stage.running
        if project.scope is ProjectScope.REGIONAL and project.id not in types and project.id not in everybody
    ]
    known = set(codes.values())
    return types | {p.id: code for p, code in zip(without, NEW_TYPES, strict=False) if code in known}


def _collaboration(stage: Stage, project: Project, types: dict[int, str]) -> dict[str, Any]:
    if (code := types.get(project.id)) is None:
        return {}
    ids = dict(stage.session.execute(select(CollaborationType.code, CollaborationType.id)).all())
    edits: dict[str, Any] = {"collaboration_type_id": ids[code]}
    if code == EXPERTS:
        edits["assignment"] = texts.ASSIGNMENTS[project.id % len(texts.ASSIGNMENTS)]
    elif stage.indicators:
        alike = sorted(project_id for project_id, other in types.items() if other == code)
        edits["aspect_id"] = stage.indicators[alike.index(project.id) % len(stage.indicators)].id
        edits["aspect_year"] = judged_in(stage, edits["aspect_id"])
    return edits


def judged_in(stage: Stage, indicator_id: int | None) -> int | None:
    """The edition on which the coalitions were made: the first there is, that of the application."""
    asked = Observation.indicator_id == indicator_id
    return stage.session.scalar(select(func.min(Observation.year)).where(asked, Observation.partner_id.is_not(None)))


def ranking(stage: Stage, indicator_id: int | None) -> list[int]:
    """Partners by their value on an indicator in the edition that judges them, best first; ties in the order of the
    list."""
    rows = stage.session.execute(
        select(Observation.partner_id, Observation.value).where(
            Observation.indicator_id == indicator_id,
            Observation.partner_id.is_not(None),
            Observation.year == judged_in(stage, indicator_id),
        )
    ).all()
    values = {row.partner_id: row.value for row in rows}
    return [
        partner.id for partner in sorted(stage.partners, key=lambda p: -values.get(p.id, 0)) if partner.id in values
    ]


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
