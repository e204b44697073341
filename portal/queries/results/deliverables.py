"""The results promised and the dated steps to them: how far each is, what is late, and what is due."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Row, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Atelier, Deliverable, DeliverablePartner, Milestone, Part, Partner, Project
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.frames import frame
from portal.queries.inventory.project_rows import slip_days
from portal.queries.meetings.calendar import steering_calendar
from portal.queries.results.signals import overdue_days
from portal.queries.visible import is_living, visible_projects
from portal.vocabulary import ResultState, TargetKind

ATELIER_COLUMNS = (
    *("code", "title", "subtitle", "results", *(state.value for state in ResultState)),
    *("milestones", "milestones_done", "milestones_late", "of_model"),
)
MODEL_PART = "A"  # the model of steering: promised outside the lists of the ateliers, which begin at B
# of a rhythm, or of work that goes on, the number says how often: it is never reached
_COUNTED = frozenset({TargetKind.PARTNERS, TargetKind.COUNT, TargetKind.PERCENTAGE, TargetKind.YES_NO})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the state of a result is computed from; `reached` None: nobody counted anything yet, which is not 0."""

    kind: TargetKind
    target: float | None = None
    reached: float | None = None
    noted_done: bool = False
    milestones: int = 0
    milestones_done: int = 0
    milestones_late: int = 0


def result_state(facts: Facts) -> ResultState:
    """Reached when that was noted or the number aimed at is there, whatever is late; late before busy."""
    if facts.noted_done or is_met(facts):
        return ResultState.REACHED
    if facts.milestones_late:
        return ResultState.OVERDUE
    if facts.milestones_done or facts.reached:
        return ResultState.RUNNING
    if facts.milestones or facts.reached is not None:
        return ResultState.NOT_STARTED
    return ResultState.UNKNOWN


def is_met(facts: Facts) -> bool:
    """The number reached is at least the target."""
    if facts.kind not in _COUNTED or not facts.target or facts.reached is None:
        return False
    return facts.reached >= facts.target


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result, whose part and atelier are codes. `reached`: ticks for a target in partners, else what was reported, or
    None; `first_on` and `expected_on`: of the last milestone, but the day it was reached once it is."""

    id: int
    version: int
    code: str
    title: str
    atelier: str
    atelier_title: str
    part: str
    part_title: str
    target_kind: TargetKind
    target_value: float | None
    target_unit: str
    state: ResultState
    reached: float | None
    reached_by: tuple[str, ...]
    not_yet: tuple[str, ...]
    first_on: date | None
    expected_on: date | None
    done_on: date | None
    milestones: int
    milestones_done: int
    milestones_late: int
    owner_after_grant: str
    note: str

    @property
    def partners(self) -> int:
        """How many there are."""
        return len(self.reached_by) + len(self.not_yet)

    @property
    def slip_days(self) -> int | None:
        return slip_days(self.first_on, self.expected_on)


def deliverable_rows(
    session: Session, viewer: Viewer, atelier: str | None = None, code: str | None = None
) -> list[ResultRow]:
    """Every result, those of one atelier (its code), or the one with this code; in the order of atelier, part and
    result."""
    steps: dict[int | None, list[Milestone]] = defaultdict(list)
    only = Deliverable.code == code if code is not None else true()
    of = Milestone.deliverable_id.in_(select(Deliverable.id).where(only))
    for step in session.scalars(select(Milestone).where(Milestone.archived_at.is_(None), of)):
        steps[step.deliverable_id].append(step)
    found = select(Partner.id, Partner.title).where(Partner.archived_at.is_(None))
    partners = [(row.id, row.title) for row in session.execute(found.order_by(bytewise(Partner.title_key), Partner.id))]
    results = (
        select(Deliverable, Part, Atelier)
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .where(Deliverable.archived_at.is_(None), only, Atelier.code == atelier if atelier else true())
        .order_by(Atelier.position, Part.position, Part.id, Deliverable.position, Deliverable.id)
    )
    ticks, today = _ticks(session), clock.today()
    return [_row(row, steps[row[0].id], ticks.get(row[0].id), partners, today) for row in session.execute(results)]


def results_per_atelier(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Every atelier in order, with how many of its results are in each state.

    Columns: code, title, subtitle (str), results (int), a column per value of ResultState (int), milestones,
    milestones_done, milestones_late (int), of_model (int): the results of the model of steering.
    """
    rows = deliverable_rows(session, viewer)
    ateliers = session.execute(
        select(Atelier.code, Atelier.title, Atelier.subtitle).order_by(Atelier.position, Atelier.id)
    )
    return frame(
        ATELIER_COLUMNS, ((*named, *_counts([row for row in rows if row.atelier == named[0]])) for named in ateliers)
    )


def _counts(rows: Sequence[ResultRow]) -> tuple[int, ...]:
    states = Counter(row.state for row in rows)
    milestones = (sum(getattr(row, name) for row in rows) for name in ATELIER_COLUMNS[-4:-1])
    of_model = sum(row.part == MODEL_PART for row in rows)
    return (len(rows), *(states[state] for state in ResultState), *milestones, of_model)


def _row(
    found: Row[Deliverable, Part, Atelier],
    steps: Sequence[Milestone],
    ticks: frozenset[int] | None,
    partners: Sequence[tuple[int, str]],
    today: date,
) -> ResultRow:
    """`ticks`: the partners that reached it; None when nobody ever counted."""
    result, part, atelier = found
    by = tuple(name for partner_id, name in partners if partner_id in (ticks or ()))
    reached = result.reached_value
    if result.target_kind is TargetKind.PARTNERS:
        reached = None if ticks is None else len(by)
    done = sum(step.done_on is not None for step in steps)
    late = 0 if result.done_on else sum(step.done_on is None and step.due_expected < today for step in steps)
    counted = (len(steps), done, late)
    return ResultRow(
        **{name: getattr(result, name) for name in _AS_THEY_ARE},
        atelier=atelier.code,
        atelier_title=atelier.title,
        part=part.code,
        part_title=part.title,
        state=result_state(
            Facts(result.target_kind, result.target_value, reached, result.done_on is not None, *counted)
        ),
        reached=reached,
        reached_by=by,
        not_yet=tuple(name for partner_id, name in partners if partner_id not in (ticks or ())),
        first_on=max((step.due_first for step in steps), default=None),
        expected_on=result.done_on or max((step.done_on or step.due_expected for step in steps), default=None),
        milestones=len(steps),
        milestones_done=done,
        milestones_late=late,
    )


_AS_THEY_ARE = (
    *("id", "version", "code", "title", "target_kind", "target_value", "target_unit", "done_on"),
    *("owner_after_grant", "note"),
)


def _ticks(session: Session) -> dict[int, frozenset[int]]:
    """Per result somebody counts: the partners with a day on which they reached it."""
    ticks: dict[int, frozenset[int]] = {}
    found = select(DeliverablePartner.deliverable_id, DeliverablePartner.partner_id, DeliverablePartner.reached_on)
    for result_id, partner_id, reached_on in session.execute(found):
        ticks[result_id] = ticks.get(result_id, frozenset()) | ({partner_id} if reached_on else frozenset())
    return ticks


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A dated step. `of_code` and `of_title`: of the result or project, `project_code` None for a result; `atelier`: a
    code; `waiting`: still to be done, and its result not reached; `days_late`: waiting and past, else None."""

    id: int
    version: int
    code: str
    title: str
    of_code: str
    of_title: str
    project_code: str | None
    atelier: str | None
    due_first: date
    due_expected: date
    done_on: date | None
    waiting: bool
    days_late: int | None

    @property
    def slip_days(self) -> int | None:
        return slip_days(self.due_first, self.done_on or self.due_expected)


_LAST = 10_000  # after every place in a list of the reference folder


def milestone_rows(session: Session, viewer: Viewer, atelier: str | None = None) -> list[MilestoneRow]:
    """The milestones of every result and of every living project, or those of one atelier (its code): results in the
    order of their atelier and part, then projects by title; within each the soonest first."""
    today = clock.today()
    rows = []
    for step, result, project, place in session.execute(_chosen_steps(viewer, atelier)):
        of = result or project
        waiting = step.done_on is None and (result is None or result.done_on is None)
        rows.append(
            MilestoneRow(
                **{name: getattr(step, name) for name in _OF_A_STEP},
                of_code=of.code,
                of_title=of.title,
                project_code=project.code if project else None,
                atelier=place,
                waiting=waiting,
                days_late=overdue_days(step.due_expected, today) if waiting else None,
            )
        )
    return rows


_OF_A_STEP = ("id", "version", "code", "title", "due_first", "due_expected", "done_on")


def urgent_milestones(session: Session, viewer: Viewer) -> list[MilestoneRow]:
    """What is late or due up to the day of the next steering group the viewer knows of; most days late first."""
    calendar = steering_calendar(session, viewer)
    urgent = [
        row
        for row in milestone_rows(session, viewer)
        if row.waiting and is_urgent(row.due_expected, calendar.today, calendar.next_on)
    ]
    return sorted(urgent, key=lambda row: row.due_expected)


def is_urgent(due: date, today: date, next_meeting: date | None) -> bool:
    """Past, or due up to the day of the next meeting."""
    return due < today or (next_meeting is not None and due <= next_meeting)


def _chosen_steps(viewer: Viewer, atelier: str | None) -> Select[Milestone, Deliverable, Project, str | None]:
    of_result = and_(Milestone.deliverable_id.is_not(None), Deliverable.archived_at.is_(None))
    of_project = and_(Milestone.project_id.is_not(None), visible_projects(viewer), is_living())
    found = (
        select(Milestone, Deliverable, Project, Atelier.code)
        .select_from(Milestone)
        .outerjoin(Deliverable, Deliverable.id == Milestone.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(Project, Project.id == Milestone.project_id)
        .outerjoin(Atelier, Atelier.id == func.coalesce(Part.atelier_id, Project.atelier_id))
        .where(Milestone.archived_at.is_(None), or_(of_result, of_project))
        .order_by(
            Milestone.deliverable_id.is_(None),
            *(func.coalesce(place, _LAST) for place in (Atelier.position, Part.position, Deliverable.position)),
            bytewise(func.coalesce(Project.title_key, "")),
            *(func.coalesce(Milestone.deliverable_id, 0), func.coalesce(Milestone.project_id, 0)),
            *(func.coalesce(Milestone.done_on, Milestone.due_expected), Milestone.id),
        )
    )
    return found.where(Atelier.code == atelier) if atelier else found
