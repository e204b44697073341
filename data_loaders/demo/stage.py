"""The stage on which a demo is played: its region, its people, and scenes that each have their day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from heapq import heappop, heappush
from pathlib import Path
from random import Random
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.reference.files import Line, lines_of
from portal import clock
from portal.db.base import Base
from portal.db.models import Atelier, Deliverable, GovernanceBody, Part, Partner, Project
from portal.permissions import Role, Viewer
from portal.vocabulary import SHARED_SCOPES, MeetingBody
from portal.words import fold

SEED = 2022
PAST_ROUNDS = 6
DAYS_TO_NEXT = 11
SATURDAY, SUNDAY = 5, 6
MONTHS, MONTHS_BACK = 36, 25
WITHOUT_SEQUEL = "zonder vervolg"
FOLDER = Path(__file__).parent
B = TypeVar("B", bound=Base)


def told(name: str, *columns: str) -> list[Line]:
    """What a file of the story says; raises ReferenceRefused when a column is not there."""
    return lines_of(FOLDER / name, *columns)


def workday(day: date) -> date:
    """The day itself, or the nearest on which people work."""
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


@dataclass(order=True, slots=True)
class Scene:
    """What happens on a day, after what was planned before it."""

    day: date
    number: int
    act: Callable[[], None] = field(compare=False)


@dataclass
class Stage:
    """Everything is found in the database's own rows by what the story calls it, or chosen by a fixed seed."""

    session: Session
    today: date
    scenes: list[Scene] = field(default_factory=list)
    people: dict[Role, Viewer] = field(default_factory=dict)
    directors: dict[int, Viewer] = field(default_factory=dict)
    planned: int = 0
    current: date = date.min

    @cached_property
    def partners(self) -> list[Partner]:
        return self.all(Partner)

    @cached_property
    def ateliers(self) -> list[Atelier]:
        return self.all(Atelier)

    @cached_property
    def deliverables(self) -> list[Deliverable]:
        return self.all(Deliverable)

    @cached_property
    def shared(self) -> list[Project]:
        shared = select(Project).where(Project.scope.in_(SHARED_SCOPES))
        return list(self.session.scalars(shared.order_by(Project.code)))

    @property
    def running(self) -> list[Project]:
        """Shared projects that are worked on."""
        return [project for project in self.shared if WITHOUT_SEQUEL not in project.source]

    def all(self, model: type[B]) -> list[B]:
        """Every row of a listed model, in the order of its list."""
        return list(self.session.scalars(select(model).order_by(model.position)))  # type: ignore[attr-defined]

    def about(self, line: Line, column: str = "about") -> Project | Deliverable | Atelier | None:
        """The shared project, result or atelier of this code; None for an empty cell."""
        if line.maybe(column) is None:
            return None
        rows: list[Project | Deliverable | Atelier] = [*self.shared, *self.deliverables, *self.ateliers]
        return line.one_of(column, {fold(row.code): row for row in rows})

    def project(self, line: Line) -> Project:
        return line.one_of("project", {fold(project.code): project for project in self.shared})

    def result(self, line: Line) -> Deliverable:
        return line.one_of("result", {fold(result.code): result for result in self.deliverables})

    def partner(self, line: Line, column: str) -> Partner:
        return line.one_of(column, {fold(partner.title): partner for partner in self.partners})

    def partners_in(self, line: Line) -> list[Partner]:
        """Those that the column `partners` names, with a semicolon between them."""
        names = filter(None, (line.maybe("partners") or "").split(";"))
        return [self.partner(Line(line.file, line.number, {"partner": name}), "partner") for name in names]

    def day(self, line: Line, column: str) -> date | None:
        """So many days from the day of the demo, negative in the past."""
        days = line.whole(column)
        return None if days is None else self.today + timedelta(days=days)

    def before_round(self, number: int, days: int = 4) -> date:
        """A day in the week before the steering group of that number."""
        return self.rounds[number - 1] - timedelta(days=days)

    def on(self, day: date, act: Callable[[], None]) -> None:
        """Plans a scene; what would happen today or later happens yesterday, what would come too late comes now."""
        self.planned += 1
        day = max(min(day, self.today - timedelta(days=1)), self.current)
        heappush(self.scenes, Scene(day, self.planned, act))

    def play(self) -> None:
        """Plays every scene in the order of the days, also those that a scene plans; each a little after the last."""
        instant = datetime.min.replace(tzinfo=UTC)
        while self.scenes:
            scene = heappop(self.scenes)
            self.current = scene.day
            morning = datetime.combine(scene.day, time(9), tzinfo=clock.REGION_TIME)
            instant = max(morning, instant + timedelta(seconds=90))
            with clock.standing_at(instant):
                scene.act()

    def acting(self, role: Role) -> Viewer:
        return self.people.get(role, Viewer.system())

    def director_of(self, partner_id: int) -> Viewer:
        return self.directors.get(partner_id, Viewer.system())

    def dice(self, what: str) -> Random:
        """Chance that is the same for every demo, and of its own for every subject."""
        return Random(f"{SEED}-{what}")  # noqa: S311 - no secret depends on it

    def rhythm(self, body: MeetingBody) -> int:
        """Days between two meetings; a body without a rhythm meets every second steering group."""
        days = dict(self.session.execute(select(GovernanceBody.code, GovernanceBody.rhythm_days)).all())
        return days.get(body) or 2 * (days.get(MeetingBody.STEERING) or 42)

    @cached_property
    def rounds(self) -> list[date]:
        """The days of the past steering groups, oldest first, and of the next: eleven days ahead, or the nearest day on
        which people work."""
        coming = workday(self.today + timedelta(days=DAYS_TO_NEXT))
        rhythm = timedelta(days=self.rhythm(MeetingBody.STEERING))
        return [coming - rhythm * back for back in range(PAST_ROUNDS, -1, -1)]

    @property
    def begun(self) -> date:
        """The first day of the grant: of the month that is nearest to 25 months ago."""
        return _first_of_month(self.today + timedelta(days=15), -MONTHS_BACK)

    @property
    def ends(self) -> date:
        """The last day of the grant, three years later."""
        return _first_of_month(self.begun, MONTHS) - timedelta(days=1)

    def editor_of(self, atelier_id: int | None) -> Viewer:
        """The atelier's own lead where there is one, else the coordinator."""
        lead = self.acting(Role.ATELIER)
        return lead if atelier_id in lead.atelier_ids else self.acting(Role.COORDINATOR)

    def atelier_of(self, row: Deliverable | Project | Atelier) -> int | None:
        if isinstance(row, Atelier):
            return row.id
        return row.atelier_id if isinstance(row, Project) else self.session.get_one(Part, row.part_id).atelier_id


def _first_of_month(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
