"""The results promised and the dated steps to them: how far each is, what is late, and what is due."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Row, Select, and_, func, or_, select
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

RESULT_COLUMNS = (
    *("id", "version", "code", "title", "atelier", "atelier_title", "part", "part_title"),
    *("target_kind", "target_value", "target_unit", "state", "state_label", "reached"),
    *("partners", "reached_by", "not_yet", "first_on", "expected_on", "done_on", "slip_days"),
    *("milestones", "milestones_done", "milestones_late", "owner_after_grant", "note"),
)
ATELIER_COLUMNS = (
    *("code", "title", "subtitle", "results", *(state.value for state in ResultState)),
    *("milestones", "milestones_done", "milestones_late"),
)
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


class Step(NamedTuple):
    """A milestone as far as its result needs to know."""

    due_first: date
    due_expected: date
    done_on: date | None

    @property
    def ends_on(self) -> date:
        return self.done_on or self.due_expected


def deliverable_rows(session: Session, viewer: Viewer, atelier: str | None = None) -> pd.DataFrame:
    """Every result, or those of one atelier (its code), in the order of atelier, part and result. Python values.

    Columns: id, version (int), code, title, atelier (code), atelier_title, part (code), part_title, target_kind (str),
    target_value (float or None), target_unit, state, state_label (str), reached (float: ticks for a target in partners,
    else what was reported; None when nobody did), partners (int: how many there are), reached_by, not_yet (tuple of
    names), first_on, expected_on (date or None: of the last milestone; expected is the day it was reached once it is),
    done_on (date or None), slip_days (int or None), milestones, milestones_done, milestones_late (int),
    owner_after_grant, note (str).
    """
    steps, ticks, partners = _steps(session), _ticks(session), _partners(session)
    today = clock.today()
    return frame(
        RESULT_COLUMNS,
        (
            _row(found, steps.get(found[0].id, []), _Ticked.of(ticks.get(found[0].id), partners), today)
            for found in session.execute(_selected(atelier))
        ),
    )


def results_per_atelier(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Every atelier in order, with how many of its results are in each state.

    Columns: code, title, subtitle (str), results (int), a column per value of ResultState (int), milestones,
    milestones_done, milestones_late (int).
    """
    rows = deliverable_rows(session, viewer)
    ateliers = session.execute(
        select(Atelier.code, Atelier.title, Atelier.subtitle).order_by(Atelier.position, Atelier.id)
    )
    return frame(ATELIER_COLUMNS, ((*named, *_counts(rows[rows["atelier"] == named[0]])) for named in ateliers))


def _counts(rows: pd.DataFrame) -> tuple[int, ...]:
    states = Counter(rows["state"])
    return (
        len(rows),
        *(states[state.value] for state in ResultState),
        *(int(rows[column].sum()) for column in ("milestones", "milestones_done", "milestones_late")),
    )


class _Ticked(NamedTuple):
    """Who reached a result, of the partners there are now; `ticks` None when nobody ever counted."""

    ticks: int | None
    by: tuple[str, ...]
    not_yet: tuple[str, ...]

    @classmethod
    def of(cls, ticks: frozenset[int] | None, partners: Sequence[tuple[int, str]]) -> "_Ticked":
        by = tuple(name for partner_id, name in partners if partner_id in (ticks or ()))
        not_yet = tuple(name for partner_id, name in partners if partner_id not in (ticks or ()))
        return cls(None if ticks is None else len(by), by, not_yet)


def _row(
    found: Row[Deliverable, Part, Atelier], steps: Sequence[Step], ticked: _Ticked, today: date
) -> tuple[object, ...]:
    result, part, atelier = found
    reached = ticked.ticks if result.target_kind is TargetKind.PARTNERS else result.reached_value
    done = sum(step.done_on is not None for step in steps)
    late = 0 if result.done_on else sum(step.done_on is None and step.due_expected < today for step in steps)
    state = result_state(
        Facts(result.target_kind, result.target_value, reached, result.done_on is not None, len(steps), done, late)
    )
    first = max((step.due_first for step in steps), default=None)
    expected = result.done_on or max((step.ends_on for step in steps), default=None)
    return (
        *(result.id, result.version, result.code, result.title, atelier.code, atelier.title, part.code, part.title),
        *(result.target_kind.value, result.target_value, result.target_unit, state.value, state.label, reached),
        *(len(ticked.by) + len(ticked.not_yet), ticked.by, ticked.not_yet),
        *(first, expected, result.done_on, slip_days(first, expected), len(steps), done, late),
        *(result.owner_after_grant, result.note),
    )


def _selected(atelier: str | None) -> Select[Deliverable, Part, Atelier]:
    found = (
        select(Deliverable, Part, Atelier)
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .where(Deliverable.archived_at.is_(None))
        .order_by(Atelier.position, Part.position, Part.id, Deliverable.position, Deliverable.id)
    )
    return found.where(Atelier.code == atelier) if atelier else found


def _steps(session: Session) -> dict[int, list[Step]]:
    found = (
        select(Deliverable.id, Milestone.due_first, Milestone.due_expected, Milestone.done_on)
        .join(Milestone, Milestone.deliverable_id == Deliverable.id)
        .where(Milestone.archived_at.is_(None))
    )
    steps: dict[int, list[Step]] = defaultdict(list)
    for result_id, first, expected, done in session.execute(found):
        steps[result_id].append(Step(first, expected, done))
    return steps


def _ticks(session: Session) -> dict[int, frozenset[int]]:
    """Per result somebody counts: the partners with a day on which they reached it."""
    ticks: dict[int, frozenset[int]] = {}
    found = select(DeliverablePartner.deliverable_id, DeliverablePartner.partner_id, DeliverablePartner.reached_on)
    for result_id, partner_id, reached_on in session.execute(found):
        ticks[result_id] = ticks.get(result_id, frozenset()) | ({partner_id} if reached_on else frozenset())
    return ticks


def _partners(session: Session) -> list[tuple[int, str]]:
    found = select(Partner.id, Partner.title).where(Partner.archived_at.is_(None))
    return [(row.id, row.title) for row in session.execute(found.order_by(bytewise(Partner.title_key), Partner.id))]


COLUMNS = (
    *("id", "version", "code", "title", "of_code", "of_title", "project_code", "atelier"),
    *("due_first", "due_expected", "done_on", "slip_days", "waiting", "days_late"),
)
_LAST = 10_000  # after every place in a list of the reference folder


def milestone_rows(session: Session, viewer: Viewer, atelier: str | None = None) -> pd.DataFrame:
    """The milestones of every result and of every living project, or those of one atelier (its code). Python values.

    Results in the order of their atelier and part, then projects by title; within each the soonest first.
    Columns: id, version (int), code, title (str), of_code, of_title (str: the result or project), project_code (str;
    None for a result), atelier (code or None), due_first, due_expected (date), done_on (date or None), slip_days (int),
    waiting (bool: still to be done, and its result not reached), days_late (int: waiting and past; else None).
    """
    today = clock.today()
    return frame(COLUMNS, (_step(found, today) for found in session.execute(_chosen_steps(viewer, atelier))))


def urgent_milestones(session: Session, viewer: Viewer) -> pd.DataFrame:
    """What is late or due up to the day of the next steering group the viewer knows of; most days late first.

    Columns: those of `milestone_rows`.
    """
    calendar = steering_calendar(session, viewer)
    rows = milestone_rows(session, viewer)
    chosen = [
        waiting and is_urgent(due, calendar.today, calendar.next_on)
        for waiting, due in zip(rows["waiting"], rows["due_expected"], strict=True)
    ]
    return rows[pd.Series(chosen, index=rows.index, dtype=bool)].sort_values("due_expected", kind="stable")


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


def _step(found: Row[Milestone, Deliverable, Project, str | None], today: date) -> tuple[object, ...]:
    step, result, project, atelier = found
    of = result or project
    waiting = step.done_on is None and (result is None or result.done_on is None)
    return (
        *(step.id, step.version, step.code, step.title, of.code, of.title, project and project.code, atelier),
        *(step.due_first, step.due_expected, step.done_on),
        slip_days(step.due_first, step.done_on or step.due_expected),
        *(waiting, overdue_days(step.due_expected, today) if waiting else None),
    )
