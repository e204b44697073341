"""The state of the programme today, as a meeting sees it: what everybody at the table may know, nothing internal."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from portal import clock
from portal.db.models import (
    Action,
    Atelier,
    Challenge,
    Decision,
    Deliverable,
    Meeting,
    Milestone,
    Part,
    Partner,
    Project,
)
from portal.permissions import Role, Viewer
from portal.queries.about import data_version
from portal.queries.coalitions.coalitions import company_of
from portal.queries.meetings import state_money
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.meetings.state_money import spelled
from portal.queries.money.lines import MoneyFacts, money_facts
from portal.queries.results.deliverables import deliverable_rows
from portal.queries.results.signals import computed_signal, facts_of, last_seen_per_project
from portal.queries.visible import visible_challenges, visible_projects
from portal.snapshots.state import Kind, Row, Scalar, State
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


def decisions(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """body, number (of the meeting), text, taken_on, project_code, result_code, partner, slug: what it concerns."""
    for row, meeting, partner, project_code, result_code in session.execute(_agreed(viewer, Decision)):
        about: dict[str, Scalar] = {"project_code": project_code, "result_code": result_code}
        whom = {"partner": partner and partner.title, "slug": partner and partner.slug}
        yield str(row.id), _of(meeting) | about | whom | {"text": row.text, "taken_on": spelled(row.taken_on)}


def actions(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """body, number, met_on (of the meeting), text, partner, slug (who does it), due_on, done_on, done_note,
    project_code, result_code."""
    for row, meeting, partner, project_code, result_code in session.execute(_agreed(viewer, Action)):
        about: dict[str, Scalar] = {"project_code": project_code, "result_code": result_code}
        whom: dict[str, Scalar] = {"partner": partner.title, "slug": partner.slug, "text": row.text}
        days: dict[str, Scalar] = {"due_on": spelled(row.due_on), "done_on": spelled(row.done_on)}
        days["done_note"] = row.done_note
        yield str(row.id), _of(meeting) | about | whom | days


def meetings(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """body, number, planned_on, held_on, state."""
    found = session.scalars(select(Meeting).where(Meeting.archived_at.is_(None)).order_by(Meeting.id))
    for row in found:
        days: dict[str, Scalar] = {"planned_on": spelled(row.planned_on), "held_on": spelled(row.held_on)}
        named: dict[str, Scalar] = {"body": row.body.value, "number": row.number, "state": row.state.value}
        yield str(row.id), named | days


def _agreed(viewer: Viewer, model: Any) -> Select[Any]:
    whom = model.owner_partner_id if model is Action else model.partner_id
    return (
        select(model, Meeting, Partner, Project.code, Deliverable.code)
        .select_from(model)
        .join(Meeting, Meeting.id == model.meeting_id)
        .outerjoin(Partner, Partner.id == whom)
        .outerjoin(Project, (Project.id == model.project_id) & visible_projects(viewer))
        .outerjoin(Deliverable, Deliverable.id == model.deliverable_id)
        .where(model.archived_at.is_(None))
        .order_by(model.id)
    )


def _of(meeting: Meeting) -> dict[str, Scalar]:
    return {
        "body": meeting.body.value,
        "number": meeting.number,
        "met_on": spelled(meeting.held_on or meeting.planned_on),
    }


TABLE = Viewer(role=Role.STEERING)
"""Who sits at the table: a state shows to nobody what the steering group may not see."""

Rows = Iterable[tuple[str, Row]]
FILLED: Mapping[Kind, Callable[[Session, Viewer], Rows]] = {
    Kind.RESULT: results,
    Kind.MILESTONE: milestones,
    Kind.PROJECT: projects,
    Kind.PARTICIPATION: state_money.participations,
    Kind.ENDORSEMENT: state_money.endorsements,
    Kind.CONDITION: state_money.conditions,
    Kind.MONEY: state_money.per_atelier,
    Kind.LINE: state_money.lines,
    Kind.GRANT: state_money.grants,
    Kind.CHALLENGE: challenges,
    Kind.DECISION: decisions,
    Kind.ACTION: actions,
    Kind.MEETING: meetings,
}


def state_now(session: Session) -> State:
    """Every kind, as of today; the sequence is that of the newest change."""
    rows = {kind: dict(rows(session, TABLE)) for kind, rows in FILLED.items()}
    return State(clock.today(), data_version(session), {kind: found for kind, found in rows.items() if found})
