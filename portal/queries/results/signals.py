"""The computed signal, beside the colour a project reports and never over it."""

from dataclasses import dataclass
from datetime import date
from math import isinf
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal import clock
from portal.db.models import Atelier, Audit, Milestone, Participation, ProgressReport, Project
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.inventory.project_rows import slip_days
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.money.lines import MoneyFacts, money_facts
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import Health, Phase

OVERDUE_DAYS, SLIP_DAYS, OVER_BUDGET = 42, 14, 0.10


@dataclass(frozen=True, slots=True)
class Facts:
    """What a signal is computed from. Unknown days are None; `over_budget` as in `project_money.MoneyFacts`."""

    overdue_days: int | None = None
    slip_days: int | None = None
    quiet: bool = False
    spent_after_end: bool = False
    over_budget: float | None = None


def computed_signal(facts: Facts) -> tuple[Health, str]:
    """The colour and why, in words. Red is late by more than 42 days, spent after the end, or over budget by > 10 %."""
    if facts.overdue_days is not None and facts.overdue_days > OVERDUE_DAYS:
        return Health.RED, f"{facts.overdue_days} dagen te laat"
    if facts.spent_after_end:
        return Health.RED, "uitgegeven na de einddatum"
    if facts.over_budget is not None and facts.over_budget > OVER_BUDGET:
        share = "zonder begroting" if isinf(facts.over_budget) else f"{100 * facts.over_budget:.1f} % boven begroot"
        return Health.RED, f"prognose {share}".replace(".", ",")
    reasons = []
    if facts.slip_days is not None and facts.slip_days > SLIP_DAYS:
        reasons.append(f"{facts.slip_days} dagen uitloop")
    if facts.quiet:
        reasons.append("stil")
    return (Health.AMBER, " en ".join(reasons)) if reasons else (Health.GREEN, "op schema")


def facts_of(project: Any, seen: date | None, money: MoneyFacts, calendar: SteeringCalendar) -> Facts:
    """`project`: a row or instance with the days of a project; `seen`: of `last_seen_per_project`."""
    return Facts(
        overdue_days=overdue_days(project.end_expected_on, calendar.today),
        slip_days=slip_days(project.end_first_planned_on, project.end_expected_on),
        quiet=is_quiet(seen, calendar, project.start_on),
        spent_after_end=money.spent_after_end,
        over_budget=money.over_budget,
    )


def is_quiet(last_seen: date | None, calendar: SteeringCalendar, born_on: date | None) -> bool:
    """No report and no change since the last meeting but one; what began after that is not yet quiet."""
    since = calendar.quiet_since
    if since is None or (born_on is not None and born_on > since):
        return False
    return last_seen is None or last_seen <= since


@dataclass(frozen=True, slots=True)
class Signal:
    """A project with its reported colour and its computed signal. `atelier`: a code; `last_seen`: of its last report or
    change."""

    code: str
    title: str
    atelier: str | None
    phase: Phase
    health: Health
    signal: Health
    why: str
    slip_days: int | None
    overdue_days: int | None
    last_seen: date | None
    quiet: bool
    end_first_planned: date | None
    end_expected: date | None


def project_signals(session: Session, viewer: Viewer) -> list[Signal]:
    """The living shared projects, worst signal first."""
    calendar = steering_calendar(session, viewer)
    found = session.execute(
        select(Project, Atelier.code.label("atelier"))
        .outerjoin(Project.atelier)
        .where(visible_projects(viewer), is_living(), is_shared())
        .order_by(bytewise(Project.title_key), Project.id)
    ).all()
    ids = [project.id for project, _ in found]
    seen, money = last_seen_per_project(session, ids), money_facts(session, ids)
    rows = []
    for one, atelier in found:
        facts = facts_of(one, seen.get(one.id), money[one.id], calendar)
        signal, why = computed_signal(facts)
        rows.append(
            Signal(
                code=one.code,
                title=one.title,
                atelier=atelier,
                phase=one.phase,
                health=one.health,
                signal=signal,
                why=why,
                slip_days=facts.slip_days,
                overdue_days=facts.overdue_days,
                last_seen=seen.get(one.id),
                quiet=facts.quiet,
                end_first_planned=one.end_first_planned_on,
                end_expected=one.end_expected_on,
            )
        )
    worst = [Health.RED, Health.AMBER, Health.GREEN]
    return sorted(rows, key=lambda row: worst.index(row.signal))


def overdue_days(expected_on: date | None, today: date) -> int | None:
    """Days past the expected day of what is not done yet; None while it is not past, or has no day."""
    return (today - expected_on).days if expected_on is not None and expected_on < today else None


def last_seen_per_project(session: Session, project_ids: list[int]) -> dict[int, date]:
    """The region's day of the newest report or change of each project, its milestones or its participations.

    Bringing in reference data is no sign of life: only what a person did counts.
    """
    reports = select(ProgressReport.project_id, func.max(ProgressReport.at)).group_by(ProgressReport.project_id)
    found = [
        *session.execute(reports.where(ProgressReport.project_id.in_(project_ids))),
        *session.execute(_changed_at(Project.id, Project.id, project_ids)),
        *session.execute(_changed_at(Milestone.project_id, Milestone.id, project_ids)),
        *session.execute(_changed_at(Participation.project_id, Participation.id, project_ids)),
    ]
    newest: dict[int, date] = {}
    for project_id, at in found:
        day = at.astimezone(clock.REGION_TIME).date()
        newest[project_id] = max(day, newest.get(project_id, day))
    return newest


def _changed_at(
    project_id: InstrumentedAttribute[Any], row_id: InstrumentedAttribute[int], project_ids: list[int]
) -> Select[Any]:
    return (
        select(project_id, func.max(Audit.at))
        .join(Audit, (Audit.entity_id == row_id) & (Audit.entity == row_id.class_.__tablename__))
        .where(project_id.in_(project_ids), Audit.user_id.is_not(None))
        .group_by(project_id)
    )
