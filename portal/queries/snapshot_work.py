"""Results, milestones, projects and challenges, as rows of a state."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from portal.db.models import Atelier, Challenge, Deliverable, Milestone, Part, Partner, Project
from portal.permissions import Viewer
from portal.queries.calendar import SteeringCalendar, steering_calendar
from portal.queries.coalitions import company_of
from portal.queries.deliverables import deliverable_rows
from portal.queries.project_money import MoneyFacts, money_facts
from portal.queries.signals import computed_signal, facts_of, last_seen_per_project
from portal.queries.visible import visible_challenges, visible_projects
from portal.snapshots.state import Row, Scalar
from portal.vocabulary import ENDED_PHASES, SHARED_SCOPES

# columns, not entities: a state reads every row there is, and changes none
OF_PROJECT = (
    *(Project.id, Project.code, Project.title, Project.scope, Project.phase, Project.health, Project.progress),
    *(Project.external_lead, Project.start_on, Project.end_first_planned_on, Project.end_expected_on, Project.ended_on),
)
OF_CHALLENGE = (Challenge.id, Challenge.code, Challenge.title, Challenge.status, Challenge.urgency)


def results(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """code, title, atelier, state, reached, target (number or None), unit, partners (how many there are), reached_by
    (names), first_on, expected_on, done_on, owner_after_grant."""
    for row in deliverable_rows(session, viewer).to_dict("records"):
        yield (
            str(row["id"]),
            {
                "code": row["code"],
                "title": row["title"],
                "atelier": row["atelier"],
                "state": row["state"],
                "kind": row["target_kind"],
                "reached": row["reached"],
                "target": row["target_value"],
                "unit": row["target_unit"],
                "partners": row["partners"],
                "reached_by": "; ".join(row["reached_by"]),
                "first_on": spelled(row["first_on"]),
                "expected_on": spelled(row["expected_on"]),
                "done_on": spelled(row["done_on"]),
                "owner_after_grant": row["owner_after_grant"],
            },
        )


def milestones(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """code, title, of_code, of_title, project_code (None for a result), atelier, due_first, due_expected, done_on.

    Also of projects that ended: a milestone does not go because its project is done.
    """
    part_of = aliased(Atelier)
    found = (
        select(Milestone, Deliverable, Project, func.coalesce(part_of.code, Atelier.code))
        .select_from(Milestone)
        .outerjoin(Deliverable, Deliverable.id == Milestone.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(part_of, part_of.id == Part.atelier_id)
        .outerjoin(Project, (Project.id == Milestone.project_id) & visible_projects(viewer))
        .outerjoin(Atelier, Atelier.id == Project.atelier_id)
        .where(Milestone.archived_at.is_(None), Deliverable.archived_at.is_(None))
        .where(Deliverable.id.is_not(None) | Project.id.is_not(None))
        .order_by(Milestone.id)
    )
    for step, result, project, atelier in session.execute(found):
        of = result or project
        yield (
            str(step.id),
            {
                "code": step.code,
                "title": step.title,
                "of_code": of.code,
                "of_title": of.title,
                "project_code": project.code if project else None,
                "atelier": atelier,
                "due_first": spelled(step.due_first),
                "due_expected": spelled(step.due_expected),
                "done_on": spelled(step.done_on),
            },
        )


def projects(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """code, title, scope, atelier, phase, health, progress, lead (names or None), reported_by, start_on,
    end_first_planned_on, end_expected_on, ended_on, last_seen; and of a living shared project the computed signal, why,
    quiet (bool): None of any other."""
    found = session.execute(
        select(*OF_PROJECT, Atelier.code.label("atelier"), Partner.title.label("reported_by"))
        .select_from(Project)
        .outerjoin(Atelier, Atelier.id == Project.atelier_id)
        .outerjoin(Partner, Partner.id == Project.reported_by_id)
        .where(visible_projects(viewer))
        .order_by(Project.id)
    ).all()
    shared = [row.id for row in found if row.scope in SHARED_SCOPES]
    leads, partners = company_of(session, shared)
    seen, money = last_seen_per_project(session, shared), money_facts(session, shared)
    calendar = steering_calendar(session, viewer)
    for project in found:
        yield (
            str(project.id),
            {
                "code": project.code,
                "title": project.title,
                "scope": project.scope.value,
                "atelier": project.atelier,
                "phase": project.phase.value,
                "health": project.health.value,
                "progress": project.progress,
                "lead": leads.get(project.id) or project.external_lead,
                "partners": partners.get(project.id, 0),
                "reported_by": project.reported_by,
                "start_on": spelled(project.start_on),
                "end_first_planned_on": spelled(project.end_first_planned_on),
                "end_expected_on": spelled(project.end_expected_on),
                "ended_on": spelled(project.ended_on),
                "last_seen": spelled(seen.get(project.id)),
                **_signal(project, seen.get(project.id), money.get(project.id, MoneyFacts()), calendar),
            },
        )


def _signal(project: Any, seen: date | None, money: MoneyFacts, calendar: SteeringCalendar) -> dict[str, Scalar]:
    if project.scope not in SHARED_SCOPES or project.phase in ENDED_PHASES:
        return {"signal": None, "why": None, "quiet": None}
    facts = facts_of(project, seen, money, calendar)
    signal, why = computed_signal(facts)
    return {"signal": signal.value, "why": why, "quiet": facts.quiet}


def challenges(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """code, title, partner, slug, status, urgency."""
    found = (
        select(*OF_CHALLENGE, Partner.title.label("partner"), Partner.slug)
        .select_from(Challenge)
        .join(Partner, Partner.id == Challenge.partner_id)
        .where(visible_challenges(viewer))
        .order_by(Challenge.id)
    )
    for row in session.execute(found):
        told = {"code": row.code, "title": row.title, "partner": row.partner, "slug": row.slug}
        yield str(row.id), told | {"status": row.status.value, "urgency": row.urgency}


def spelled(day: date | None) -> str | None:
    return day.isoformat() if day else None
