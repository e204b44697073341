"""The invented inventory: as many challenges and projects per municipality as were published, and its past year."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import select

from data_loaders.demo.stage import Stage
from data_loaders.reference.files import Line, lines_of
from portal import clock
from portal.commands.demo import take_inventory, work_on_projects
from portal.db.models import Atelier, Challenge, Dimension, Project, ProjectChallenge, Service, Theme
from portal.permissions import Viewer
from portal.vocabulary import ENDED_PHASES, ChallengeStatus, Health, Phase, ProjectFunding, Status2022, Visibility
from portal.words import fold

FOLDER = Path(__file__).parent
WRITTEN_FOR = date(2026, 11, 1)  # the day whose phases the file tells; a later demo shifts its plans along
CHALLENGES = (
    *("demo_id", "gemeente", "titel", "omschrijving", "thema", "dimensie", "domein"),
    *("zichtbaarheid", "ingebracht_door", "urgentie", "datum_inventaris"),
)
PROJECTS = (
    *("demo_id", "gemeente", "titel", "omschrijving", "status_inventaris_2022", "fase_2026", "start", "einde"),
    *("thema", "dimensie", "domein", "atelier", "uitdaging_demo_id", "regionaal"),
)
LEFT_LATE, LATE = 0.6, 110
PUT_OFF = timedelta(days=61)  # no project is put off by more than a quarter, but for those of which the story tells
DELIVERED = ENDED_PHASES | {Phase.AFTERCARE}


def plan_inventory(stage: Stage) -> date:
    """Plans the day on which the inventory was taken, and gives it."""
    challenges = lines_of(FOLDER / "challenges.csv", *CHALLENGES)
    projects = lines_of(FOLDER / "projects.csv", *PROJECTS)
    day = max(_day(line, "datum_inventaris") for line in challenges) + timedelta(days=10)
    stage.on(day, lambda: _take(stage, challenges, projects))
    return day


def _take(stage: Stage, challenges: list[Line], projects: list[Line]) -> None:
    shelves = Shelves(stage)
    by_code = {_code(line, "demo_id"): _challenge(line, shelves) for line in challenges}
    take_inventory(stage.session, Viewer.system(), rows=by_code.values())
    dice = stage.dice("inventory")
    known = datetime.combine(stage.today, time(8), tzinfo=clock.REGION_TIME)
    with clock.standing_at(known):  # the file tells what became of them since
        made = [(line, _project(line, shelves, dice, stage.today)) for line in projects]
    work_on_projects(stage.session, Viewer.system(), rows=[project for _, project in made])
    links = [
        ProjectChallenge(project_id=project.id, challenge_id=by_code[_code(line, "uitdaging_demo_id")].id)
        for line, project in made
        if line.maybe("uitdaging_demo_id")
    ]
    work_on_projects(stage.session, Viewer.system(), rows=links)


class Shelves:
    """The words by which the inventory is sorted out, found by code, by title, or by every word of a title."""

    def __init__(self, stage: Stage) -> None:
        self.partners = {fold(partner.title): partner.id for partner in stage.partners}
        self.themes = self._named(stage, Theme)
        self.dimensions = self._named(stage, Dimension)
        self.services = self._named(stage, Service)
        self.ateliers = self._named(stage, Atelier)

    @staticmethod
    def _named(stage: Stage, model: type[Theme | Dimension | Service | Atelier]) -> dict[str, int]:
        rows = stage.session.execute(select(model.id, model.code, model.title)).all()
        return {fold(name): row.id for row in rows for name in (row.title, row.code)}

    @staticmethod
    def find(line: Line, column: str, known: Mapping[str, int]) -> int:
        """Raises ReferenceRefused when nothing, or more than one, fits."""
        words = set(fold(line.text(column)).split())
        like = {key for name, key in known.items() if words <= set(name.split())}
        if fold(line.text(column)) not in known and len(like) == 1:
            return like.pop()
        return line.one_of(column, known)


def _challenge(line: Line, shelves: Shelves) -> Challenge:
    return Challenge(
        code=_code(line, "demo_id"),
        title=line.text("titel"),
        description=line.maybe("omschrijving") or "",
        urgency=line.whole("urgentie"),
        visibility=line.word("zichtbaarheid", Visibility),
        raised_by=line.maybe("ingebracht_door") or "",
        inventoried_on=_day(line, "datum_inventaris"),
        partner_id=shelves.find(line, "gemeente", shelves.partners),
        theme_id=shelves.find(line, "thema", shelves.themes),
        dimension_id=shelves.find(line, "dimensie", shelves.dimensions),
        service_id=shelves.find(line, "domein", shelves.services),
    )


def _project(line: Line, shelves: Shelves, dice: Random, today: date) -> Project:
    phase = line.word("fase_2026", Phase)
    start = _day(line, "start")
    first, expected, ended = _ends(_day(line, "einde"), phase, dice, today)
    return Project(
        code=_code(line, "demo_id"),
        title=line.text("titel"),
        description=line.maybe("omschrijving") or "",
        reported_by_id=shelves.find(line, "gemeente", shelves.partners),
        phase=phase,
        status_2022=line.word("status_inventaris_2022", Status2022),
        start_on=start,
        end_first_planned_on=max(first, start),
        end_expected_on=max(expected, start),
        ended_on=ended,
        theme_id=shelves.find(line, "thema", shelves.themes),
        dimension_id=shelves.find(line, "dimensie", shelves.dimensions),
        service_id=shelves.find(line, "domein", shelves.services),
        atelier_id=shelves.find(line, "atelier", shelves.ateliers),
        funding=ProjectFunding.PROGRAMME if line.yes_or_no("regionaal") else ProjectFunding.LOCAL,
        health=_health(phase, dice),
        progress=_progress(phase, dice),
        source="demo-inventaris",
    )


def _ends(end: date, phase: Phase, dice: Random, today: date) -> tuple[date, date, date | None]:
    """First planned, expected and real end: late here and there, and in the past only when it ended."""
    if phase in DELIVERED:
        end = min(end, today - timedelta(days=20))
        return end - timedelta(days=dice.choice((0, 0, 0, 30, 61, 92))), end, end
    end += max(today - WRITTEN_FOR, timedelta())
    if end > today:
        return end, end + timedelta(days=dice.choice((0, 0, 0, 0, 10, 31, 61))), None
    if dice.random() < LEFT_LATE:
        end = max(end, today - timedelta(days=dice.randint(5, LATE)))
        return end, end, None
    end = today + timedelta(days=dice.randint(20, 160))
    return end - timedelta(days=dice.choice((0, 31, 61))), end, None


def _health(phase: Phase, dice: Random) -> Health:
    if phase in DELIVERED:
        return Health.GREEN if phase is not Phase.STOPPED else Health.UNKNOWN
    if phase is Phase.ON_HOLD:
        return Health.RED
    return dice.choice((Health.GREEN, Health.GREEN, Health.GREEN, Health.AMBER, Health.RED, Health.UNKNOWN))


def _progress(phase: Phase, dice: Random) -> int | None:
    match phase:
        case Phase.FINISHED | Phase.AFTERCARE:
            return 100
        case Phase.IDEA | Phase.STOPPED:
            return None
        case Phase.PREPARATION:
            return dice.randint(1, 4) * 5
        case _:
            return dice.randint(4, 18) * 5


def _code(line: Line, column: str) -> str:
    return line.text(column).removeprefix("DEMO-")


def _day(line: Line, column: str) -> date:
    try:
        return date.fromisoformat(line.text(column))
    except ValueError as fault:
        raise line.refused(f"kolom {column} is geen datum als 2022-01-31; verbeter de cel.") from fault


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
    first, expected = project.end_first_planned_on, project.end_expected_on
    if number % 4 == 0 and first and expected and day < expected <= first + PUT_OFF:
        edits["end_expected_on"] = expected + timedelta(days=31)
    if number % 3 == 0:
        edits["health"] = (Health.AMBER, Health.GREEN, Health.RED)[number // 3 % 3]
    if project.phase is Phase.PREPARATION:
        edits["phase"] = Phase.EXECUTION
    work_on_projects(stage.session, stage.director_of(project.reported_by_id), edits=[(project, edits)])
