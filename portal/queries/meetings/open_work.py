"""What was agreed on a project, an atelier or a partner, and what of it still waits for somebody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Action, Atelier, Decision, Deliverable, Meeting, Part, Partner, Project
from portal.permissions import Permission, Viewer, scope
from portal.queries.closed import closed_to
from portal.queries.frames import frame
from portal.queries.meetings.editable import spot_name
from portal.queries.meetings.meetings import visible_meetings
from portal.queries.meetings.rounds import still_to_report
from portal.queries.visible import visible_projects

MEETING = ("meeting", "spot", "met_on")
ABOUT = ("about", "about_title", "atelier")
DECISIONS = ("id", "text", "taken_on", "partner", *MEETING, *ABOUT)
ACTIONS = (
    *("id", "text", "owner", "due_on", "days_left", "age", "done_on", "done_note", "closable", "reopenable"),
    *(*MEETING, *ABOUT),
)


@dataclass(frozen=True, slots=True)
class Concern:
    """A project (its code), a partner (its slug), or results: those of one atelier (its code), or of all ("")."""

    project: str | None = None
    partner: str | None = None
    results_of: str | None = None


def decisions_on(session: Session, viewer: Viewer, concern: Concern) -> pd.DataFrame:
    """Of the meetings that the viewer may know of, newest first.

    Columns: id (int), text (str), taken_on (date), partner (name or None), meeting ("Exello 4"), spot ("exello-4"),
    met_on (date), about (code of the project or result, or None), about_title, atelier (code of the result's, or None).
    """
    found = _selected(viewer, Decision, concern, Decision.partner_id).order_by(
        Decision.taken_on.desc(), Decision.id.desc()
    )
    closed = closed_to(session, viewer)
    return frame(
        DECISIONS,
        (
            (
                row.id,
                closed.out_of_agreed(row.text, row.project_id),
                row.taken_on,
                whom and whom.title,
                *_met(meeting),
                *about,
            )
            for row, meeting, whom, *about in session.execute(found)
        ),
    )


def actions_on(session: Session, viewer: Viewer, concern: Concern) -> pd.DataFrame:
    """The open ones first, longest overdue first, then the newest done; nothing for who does not follow open meetings.

    Columns: id (int), text, owner (str), due_on (date or None), days_left (int or None), age (int: days since the
    meeting), done_on (date or None), done_note (str), closable, reopenable (bool: this viewer may close it, or open it
    again), and those of `decisions_on` from meeting on.
    """
    if not viewer.may(Permission.VIEW_OPEN_MEETINGS):
        return frame(ACTIONS, ())
    reach, today = scope(viewer, Permission.CLOSE_ACTIONS), clock.today()
    closed = closed_to(session, viewer)
    found = _selected(viewer, Action, concern, Action.owner_partner_id).order_by(
        Action.done_on.is_not(None), Action.done_on.desc(), func.coalesce(Action.due_on, date.max), Action.id
    )
    return frame(
        ACTIONS,
        (
            (
                *(row.id, closed.out_of_agreed(row.text, row.project_id), owner.title, row.due_on),
                (row.due_on - today).days if row.due_on else None,
                *((today - _day(meeting)).days, row.done_on, closed.out_of_agreed(row.done_note, row.project_id)),
                row.done_on is None and reach.has_partner(row.owner_partner_id),
                row.done_on is not None and viewer.may(Permission.FREEZE_MEETINGS),
                *(*_met(meeting), *about),
            )
            for row, meeting, owner, *about in session.execute(found)
        ),
    )


def _selected(viewer: Viewer, model: Any, concern: Concern, partner_id: Any) -> Select[Any]:
    """The row, its meeting, the partner it names, and the code, title and atelier of what it is about."""
    found: Select[Any] = (
        select(
            *(model, Meeting, Partner, func.coalesce(Project.code, Deliverable.code)),
            *(func.coalesce(Project.title, Deliverable.title), Atelier.code),
        )
        .select_from(model)
        .join(Meeting, Meeting.id == model.meeting_id)
        .outerjoin(Partner, Partner.id == partner_id)
        .outerjoin(Project, (Project.id == model.project_id) & visible_projects(viewer))
        .outerjoin(Deliverable, Deliverable.id == model.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(Atelier, Atelier.id == Part.atelier_id)
        .where(model.archived_at.is_(None), visible_meetings(viewer), _concerned(concern))
    )
    return found


def _concerned(concern: Concern) -> ColumnElement[bool]:
    if concern.project is not None:
        return Project.code == concern.project
    if concern.partner is not None:
        return Partner.slug == concern.partner
    if concern.results_of is not None:
        return Atelier.code == concern.results_of if concern.results_of else Atelier.id.is_not(None)
    return false()


def _met(meeting: Meeting) -> tuple[object, ...]:
    return f"{meeting.body.label} {meeting.number}", spot_name(meeting.body, meeting.number), _day(meeting)


def _day(meeting: Meeting) -> date:
    return meeting.held_on or meeting.planned_on


OPEN_ACTIONS = (
    "id",
    "version",
    "text",
    "owner",
    "owner_slug",
    "due_on",
    "days_left",
    "meeting",
    "age",
    "project_code",
    "project_title",
)
REPORTS = ("code", "title", "atelier", "health", "health_label", "last_reported_on")


def open_actions(session: Session, viewer: Viewer, partners: frozenset[int] | None = None) -> pd.DataFrame:
    """Actions that are not done, longest overdue first; nothing for who does not follow the open meetings.

    Columns: id, version (int), text, owner, owner_slug (str), due_on (date or None), days_left (int or None, negative
    when overdue), meeting (str: "Stuurgroep 6"), age (int: days since it), project_code, project_title (str or None).
    `partners`: only those owned by one of these.
    """
    if not viewer.may(Permission.VIEW_OPEN_MEETINGS):
        return frame(OPEN_ACTIONS, ())
    today = clock.today()
    found = _open_actions(viewer)
    if partners is not None:
        found = found.where(Action.owner_partner_id.in_(sorted(partners)))
    rows, closed = session.execute(found).all(), closed_to(session, viewer)
    return frame(
        OPEN_ACTIONS,
        (
            (
                *(
                    action.id,
                    action.version,
                    closed.out_of_agreed(action.text, action.project_id),
                    owner,
                    slug,
                    action.due_on,
                ),
                (action.due_on - today).days if action.due_on else None,
                f"{meeting.body.label} {meeting.number}",
                (today - (meeting.held_on or meeting.planned_on)).days,
                *(code, title),
            )
            for action, meeting, owner, slug, code, title in rows
        ),
    )


def _open_actions(viewer: Viewer) -> Select[Action, Meeting, str, str, str, str]:
    return (
        select(Action, Meeting, Partner.title, Partner.slug, Project.code, Project.title)
        .join(Meeting, Meeting.id == Action.meeting_id)
        .join(Partner, Partner.id == Action.owner_partner_id)
        .outerjoin(Project, (Project.id == Action.project_id) & visible_projects(viewer))
        .where(Action.done_on.is_(None), Action.archived_at.is_(None))
        .order_by(func.coalesce(Action.due_on, date.max), Action.id)
    )


def reports_due(session: Session, viewer: Viewer) -> pd.DataFrame:
    """The living shared projects this viewer reports on that did not report in the round that runs.

    Columns: code, title (str), atelier (code or None), health, health_label (str), last_reported_on (date or None).
    Longest silent first. Before the first steering group, what never reported is due.
    """
    return still_to_report(session, viewer)[list(REPORTS)]
