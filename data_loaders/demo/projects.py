"""The shared projects: what they are, their plan, the challenges they answer, the results they work on, and what they
report each round."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select

from data_loaders.demo.meetings import Calendar
from data_loaders.demo.stage import Stage, told
from data_loaders.reference.files import Line
from portal import clock
from portal.commands.demo import work_on_projects, work_on_results
from portal.db.models import (
    Challenge,
    CollaborationType,
    Indicator,
    Meeting,
    Observation,
    ProgressReport,
    Project,
    ProjectChallenge,
    ProjectDeliverable,
)
from portal.permissions import Role, Viewer
from portal.vocabulary import Health, Phase, ProjectFunding
from portal.words import fold

SHARED = (
    *("project", "type", "indicator", "start", "end", "progress", "description"),
    *("effect", "assignment", "deviation"),
)
SERVING = ("project", "result")
LINKS = ("project", "uitdaging_demo_id", "uitdaging")
REPORTS = ("round", "project", "health", "progress", "moved", "done", "next", "blocked")


def plan_projects(stage: Stage) -> None:
    """The coordinator plans them a month after the grant began. The forgotten one gets no plan, and what it is comes
    from the sources: nobody did anything with it."""
    stage.on(stage.begun + timedelta(days=30), partial(_give_plans, stage, told("shared.csv", *SHARED)))


def _give_plans(stage: Stage, lines: Sequence[Line]) -> None:
    coordinator = stage.acting(Role.COORDINATOR)
    answers = _answers(stage)
    for line in lines:
        project = stage.project(line)
        edits: dict[str, Any] = {"description": line.text("description")}
        if planned := line.maybe("start"):
            edits |= _plan(stage, project, line) | _subject(stage, project, answers[project.id])
            edits |= _collaboration(stage, line)
        work_on_projects(stage.session, coordinator if planned else Viewer.system(), edits=[(project, edits)])
    links = [
        ProjectChallenge(project_id=project_id, challenge_id=challenge.id)
        for project_id, challenges in answers.items()
        for challenge in challenges
    ]
    work_on_projects(stage.session, coordinator, rows=links)
    work_on_results(stage.session, coordinator, rows=_served(stage))


def _served(stage: Stage) -> list[ProjectDeliverable]:
    """Which shared project works on which result."""
    projects = {fold(project.title): project.id for project in stage.shared}
    return [
        ProjectDeliverable(project_id=line.one_of("project", projects), deliverable_id=stage.result(line).id)
        for line in told("serving.csv", *SERVING)
    ]


def _answers(stage: Stage) -> dict[int, list[Challenge]]:
    """Per shared project the challenges that it answers, as the file of links says and no others."""
    projects = {fold(project.title): project.id for project in stage.shared}
    challenges = {fold(f"DEMO-{challenge.code}"): challenge for challenge in stage.session.scalars(select(Challenge))}
    answers: dict[int, list[Challenge]] = defaultdict(list)
    for line in told("links.csv", *LINKS):
        answers[line.one_of("project", projects)].append(line.one_of("uitdaging_demo_id", challenges))
    return answers


def _plan(stage: Stage, project: Project, line: Line) -> dict[str, Any]:
    """It starts so many days after the grant, and ends so many days after the day of the demo."""
    end = stage.day(line, "end")
    return {
        "start_on": stage.begun + timedelta(days=line.whole("start") or 0),
        "end_first_planned_on": end,
        "end_expected_on": end,
        "funding": ProjectFunding.CALL if project.atelier_id else ProjectFunding.PROGRAMME,
        "progress": line.whole("progress"),
        "service_effect": line.maybe("effect") or "",
    }


def _subject(stage: Stage, project: Project, answered: Sequence[Challenge]) -> dict[str, Any]:
    """Theme, dimension and service of most challenges it answers, or else of most projects in its atelier."""
    inside = select(Project).where(Project.reported_by_id.is_not(None), Project.atelier_id == project.atelier_id)
    alike = answered or stage.session.scalars(inside.order_by(Project.code)).all()
    names = ("theme_id", "dimension_id", "service_id")
    return {name: Counter(getattr(row, name) for row in alike).most_common(1)[0][0] for name in names if alike}


def _collaboration(stage: Stage, line: Line) -> dict[str, Any]:
    edits: dict[str, Any] = {
        "assignment": line.maybe("assignment") or "",
        "deviation_reason": line.maybe("deviation") or "",
    }
    if line.maybe("type"):
        types = {fold(row.code): row.id for row in stage.all(CollaborationType)}
        edits["collaboration_type_id"] = line.one_of("type", types)
    if line.maybe("indicator"):
        edits["aspect_id"] = line.one_of("indicator", {fold(row.code): row.id for row in stage.all(Indicator)})
        edits["aspect_year"] = _judged_in(stage, edits["aspect_id"])
    return edits


def _judged_in(stage: Stage, indicator_id: int) -> int | None:
    """The edition on which the coalitions were made: the first there is, that of the application."""
    asked = Observation.indicator_id == indicator_id
    return stage.session.scalar(select(func.min(Observation.year)).where(asked, Observation.partner_id.is_not(None)))


def plan_progress(stage: Stage, calendar: Calendar) -> None:
    """A few days before each steering group; for the next one only the first have reported."""
    for line in told("reports.csv", *REPORTS):
        meeting = calendar.steering[(line.whole("round") or 0) - 1]
        days = stage.dice(f"progress-{line.number}").randint(2, 9)
        day = min(meeting.planned_on, stage.today) - timedelta(days=days)
        stage.on(day, partial(_report, stage, meeting, line))


def _report(stage: Stage, meeting: Meeting, line: Line) -> None:
    """Who has nothing to say of the project confirms that nothing changed."""
    project = stage.project(line)
    by = stage.editor_of(project.atelier_id)
    texts = {name: line.maybe(name) or "" for name in ("done", "next", "blocked")}
    edits = _edits(project, line) if texts["done"] else {}
    report = ProgressReport(
        project_id=project.id,
        meeting_id=meeting.id,
        health=edits.get("health", project.health),
        progress=edits.get("progress", project.progress),
        confirmed_unchanged=not texts["done"],
        by_id=by.user_id,
        at=clock.now(),
        **texts,
    )
    work_on_projects(stage.session, by, rows=[report], edits=[(project, edits)])


def _edits(project: Project, line: Line) -> dict[str, Any]:
    edits: dict[str, Any] = {"health": line.word("health", Health), "progress": line.whole("progress")}
    if project.phase is Phase.PREPARATION:
        edits["phase"] = Phase.EXECUTION
    if (moved := line.whole("moved")) and project.end_expected_on:
        edits["end_expected_on"] = project.end_expected_on + timedelta(days=moved)
    return edits
