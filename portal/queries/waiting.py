"""What waits for somebody: open actions, and reports that a round still lacks."""

from datetime import date

import pandas as pd
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Action, Meeting, Partner, Project
from portal.permissions import Permission, Viewer
from portal.queries.closed import closed_to
from portal.queries.frames import frame
from portal.queries.rounds import still_to_report
from portal.queries.visible import visible_projects

ACTIONS = (
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
        return frame(ACTIONS, ())
    today = clock.today()
    found = _open_actions(viewer)
    if partners is not None:
        found = found.where(Action.owner_partner_id.in_(sorted(partners)))
    rows, closed = session.execute(found).all(), closed_to(session, viewer)
    return frame(
        ACTIONS,
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
