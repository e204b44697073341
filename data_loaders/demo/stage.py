"""The stage on which a demo is played: its region, its people, and scenes that each have their day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.base import Base
from portal.db.models import (
    Atelier,
    Deliverable,
    GovernanceBody,
    Indicator,
    Part,
    Participation,
    Partner,
    Project,
    User,
    UserPartner,
)
from portal.permissions import Role, Viewer
from portal.vocabulary import SHARED_SCOPES, MeetingBody, ProjectScope

SEED = 2022
PAST_ROUNDS = 6
DAYS_TO_NEXT = 12
THURSDAY = 3
WITHOUT_SEQUEL = "zonder vervolg"
B = TypeVar("B", bound=Base)


@dataclass(order=True, slots=True)
class Scene:
    """What happens on a day, after what was planned before it."""

    day: date
    number: int
    act: Callable[[], None] = field(compare=False)


@dataclass(slots=True)
class Stage:
    """Everything is chosen from the database's own rows by their place in the list and a fixed seed."""

    session: Session
    today: date
    scenes: list[Scene] = field(default_factory=list)
    people: dict[Role, Viewer] = field(default_factory=dict)
    directors: dict[int, Viewer] = field(default_factory=dict)
    planned: int = 0
    current: date = date.min
    partners: list[Partner] = field(init=False)
    ateliers: list[Atelier] = field(init=False)
    deliverables: list[Deliverable] = field(init=False)
    indicators: list[Indicator] = field(init=False)
    shared: list[Project] = field(init=False)
    with_everybody: list[Project] = field(init=False)

    def __post_init__(self) -> None:
        self.partners = self.all(Partner)
        self.ateliers = self.all(Atelier)
        self.deliverables = self.all(Deliverable)
        self.indicators = self.all(Indicator)
        self.shared = list(
            self.session.scalars(select(Project).where(Project.scope.in_(SHARED_SCOPES)).order_by(Project.code))
        )
        self.with_everybody = self._with_everybody()

    def _with_everybody(self) -> list[Project]:
        """Projects in which every partner takes part from the start."""
        counted = select(Participation.project_id, func.count()).group_by(Participation.project_id)
        counts = dict(self.session.execute(counted).all())
        return [project for project in self.shared if counts.get(project.id, 0) >= len(self.partners)]

    def all(self, model: type[B]) -> list[B]:
        """Every row of a listed model, in the order of its list."""
        return list(self.session.scalars(select(model).order_by(model.position)))  # type: ignore[attr-defined]

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

    @property
    def next_round(self) -> date:
        """The next steering group: a Thursday, about twelve days ahead."""
        day = self.today + timedelta(days=DAYS_TO_NEXT)
        return day + timedelta(days=(THURSDAY - day.weekday() + 3) % 7 - 3)

    @property
    def rounds(self) -> list[date]:
        """The days of the past steering groups, oldest first, and of the next."""
        rhythm = timedelta(days=self.rhythm(MeetingBody.STEERING))
        return [self.next_round - rhythm * back for back in range(PAST_ROUNDS, -1, -1)]

    @property
    def begun(self) -> date:
        """The first day of the grant, two years ago."""
        return date(self.today.year - 2, self.today.month, 1)

    @property
    def ends(self) -> date:
        """The last day of the grant, in about a year."""
        return date(self.today.year + 1, self.today.month, 1) - timedelta(days=1)

    @property
    def running(self) -> list[Project]:
        """Shared projects that are worked on."""
        return [project for project in self.shared if WITHOUT_SEQUEL not in project.source]

    @property
    def quiet(self) -> list[Project]:
        """The three that fell silent two rounds ago."""
        regional = [project for project in self.running if project.scope is ProjectScope.REGIONAL]
        wider = [project for project in self.running if project.scope is ProjectScope.WIDER]
        return [*regional[3:4], *wider[0:1], *wider[3:4]]

    def editor_of(self, atelier_id: int | None) -> Viewer:
        """The atelier's own lead where there is one, else the coordinator."""
        lead = self.acting(Role.ATELIER)
        return lead if atelier_id in lead.atelier_ids else self.acting(Role.COORDINATOR)

    @property
    def waited_for(self) -> list[Partner]:
        """Partners whose director can sign in: something waits there for an answer."""
        wanted = select(UserPartner.partner_id).join(User, User.id == UserPartner.user_id)
        ids = set(self.session.scalars(wanted.where(User.password_hash.is_not(None))))
        return [partner for partner in self.partners if partner.id in ids]

    def atelier_of(self, result: Deliverable) -> int:
        return self.session.get_one(Part, result.part_id).atelier_id
