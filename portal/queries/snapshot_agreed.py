"""Meetings, decisions and actions, as rows of a state."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.db.models import Action, Decision, Deliverable, Meeting, Partner, Project
from portal.permissions import Viewer
from portal.queries.snapshot_work import spelled
from portal.queries.visible import visible_projects
from portal.snapshots.state import Row, Scalar


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
