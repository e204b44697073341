"""One result: how far it is, partner by partner; its steps, the projects that work on it, and who answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import (
    Atelier,
    Deliverable,
    DeliverablePartner,
    Grant,
    Milestone,
    Participation,
    Partner,
    Project,
    User,
    UserAtelier,
)
from portal.db.types import bytewise
from portal.permissions import Permission, Role, RowNotFound, Viewer, require
from portal.queries.closed import closed_to
from portal.queries.inventory.filters import is_current
from portal.queries.inventory.projects import ProjectStep, steps_where
from portal.queries.results.deliverables import ResultRow, deliverable_rows
from portal.queries.results.serving import ServingProject, projects_of
from portal.vocabulary import ParticipationState


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a partner stands: the day on which it reached the result, and its state in what works on it (in the project
    with that code), None where it has none. `asked_on`: invited, and no answer yet."""

    partner: str
    slug: str
    reached_on: date | None
    state: ParticipationState | None = None
    project: str = ""
    expected_on: date | None = None
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class AfterGrant:
    """The last day of the last grant, if any, the days left (negative when it is past), and of how many results how
    many have nobody after it."""

    ends_on: date | None
    days_left: int | None
    results: int
    ownerless: int


@dataclass(frozen=True, slots=True, eq=False)
class ResultDetail:
    """`row` is what the list of results says of it. Ticks by partner, steps soonest first, projects that live first."""

    row: ResultRow
    ticks: list[Tick]
    steps: list[ProjectStep]
    projects: list[ServingProject]
    leads: list[Person]
    after: AfterGrant

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def title(self) -> str:
        return self.row.title


def result_exists(session: Session, viewer: Viewer, code: str) -> bool:
    """Everybody knows every result."""
    require(viewer, Permission.VIEW_PORTAL)
    there = select(Deliverable.id).where(Deliverable.code == code, Deliverable.archived_at.is_(None))
    return session.scalar(there) is not None


def result_detail(session: Session, viewer: Viewer, code: str) -> ResultDetail:
    """Raises RowNotFound when there is none."""
    require(viewer, Permission.VIEW_PORTAL)
    found = deliverable_rows(session, viewer, code=code)
    if not found:
        raise RowNotFound(code)
    row, closed = found[0], closed_to(session, viewer)
    told: Any = {name: closed.out_of(getattr(row, name)) for name in ("title", "note", "owner_after_grant")}
    projects = projects_of(session, viewer, row.id)
    return ResultDetail(
        row=replace(row, **told),
        ticks=_ticks(session, row.id, [one.id for one in projects if one.is_living]),
        steps=steps_where(session, Milestone.deliverable_id == row.id),
        projects=projects,
        leads=_leads(session, row.atelier),
        after=_after(session),
    )


def _ticks(session: Session, result_id: int, projects: Sequence[int]) -> list[Tick]:
    """Every partner by name, with the state that says most in one of these projects."""
    order, states = list(ParticipationState), dict[int, Any]()
    told = (
        select(Participation.partner_id, Participation.state, Participation.expected_on, Participation.asked_on)
        .add_columns(Project.code.label("project"))
        .join(Project, Project.id == Participation.project_id)
        .where(Participation.project_id.in_(projects), is_current())
        .order_by(bytewise(Project.code))
    )
    for one in sorted(session.execute(told), key=lambda one: order.index(one.state)):
        states.setdefault(one.partner_id, one)
    found = (
        select(Partner.id, Partner.title, Partner.slug, DeliverablePartner.reached_on)
        .outerjoin(
            DeliverablePartner,
            (DeliverablePartner.partner_id == Partner.id) & (DeliverablePartner.deliverable_id == result_id),
        )
        .where(Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    return [
        Tick(title, slug, reached_on, **_state(states.get(partner_id)))
        for partner_id, title, slug, reached_on in session.execute(found)
    ]


def _state(told: Any) -> dict[str, Any]:
    names = ("state", "project", "expected_on", "asked_on")
    return {} if told is None else {name: getattr(told, name) for name in names}


def _leads(session: Session, atelier: str) -> list[Person]:
    """Who leads the atelier and may sign in, by name."""
    found = (
        select(User.name, User.email)
        .join(UserAtelier, UserAtelier.user_id == User.id)
        .join(Atelier, Atelier.id == UserAtelier.atelier_id)
        .where(Atelier.code == atelier, User.role == Role.ATELIER, User.active, User.archived_at.is_(None))
        .order_by(bytewise(User.name), bytewise(User.email))
    )
    return [Person(*row) for row in session.execute(found)]


def _after(session: Session) -> AfterGrant:
    ends_on = session.scalar(select(func.max(Grant.ends_on)).where(Grant.archived_at.is_(None)))
    left = (ends_on - clock.today()).days if ends_on else None
    owners = session.scalars(select(Deliverable.owner_after_grant).where(Deliverable.archived_at.is_(None))).all()
    return AfterGrant(ends_on, left, len(owners), sum(not owner for owner in owners))
