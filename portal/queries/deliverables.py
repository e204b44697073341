"""The results promised: how far each is, by whom it is reached, and when it was and is expected."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Atelier, Deliverable, DeliverablePartner, Milestone, Part, Partner
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.frames import frame
from portal.queries.project_rows import slip_days
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
