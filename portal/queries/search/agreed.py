"""What stands on agendas, was decided and was promised, as far as the viewer reads it on the page of its meeting."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.closed import Closed
from portal.db.models import AgendaItem, Meeting, Partner, Project
from portal.permissions import Permission, Viewer
from portal.queries.meetings.editable import spot_name
from portal.queries.meetings.meetings import visible_meetings
from portal.queries.meetings.open_work import AgreedRow, all_actions, all_decisions
from portal.queries.search.kinds import THE_REGION, Findable, Going, Place
from portal.queries.search.said import Said
from portal.queries.visible import visible_projects
from portal.vocabulary import MeetingState


def decisions(session: Session, viewer: Viewer) -> Iterator[Said]:
    slugs = _slugs(session)
    for row in all_decisions(session, viewer):
        place = Place(slugs[row.partner], row.partner) if row.partner in slugs else THE_REGION
        yield Said(
            Findable.DECISION,
            row.text,
            _meeting(row.spot),
            text=_about(row),
            place=place,
            where=row.meeting,
            state="beslist",
            going=Going.DECIDED,
            on=row.taken_on,
        )


def actions(session: Session, viewer: Viewer) -> Iterator[Said]:
    for row in all_actions(session, viewer):
        done = row.done_on is not None
        yield Said(
            Findable.ACTION,
            row.text,
            _meeting(row.spot),
            text=" · ".join(filter(None, (_about(row), row.done_note))),
            place=Place(row.owner_slug, row.owner),
            where=row.meeting,
            state="klaar" if done else "te laat" if (row.days_left or 0) < 0 else "open",
            going=Going.DONE if done else Going.OPEN,
            on=row.done_on or row.due_on,
        )


def agenda(session: Session, viewer: Viewer, closed: Closed) -> Iterator[Said]:
    """A note on the agenda is for who follows the open meetings."""
    notes = viewer.may(Permission.VIEW_OPEN_MEETINGS)
    found = (
        select(AgendaItem, Meeting, Project.title)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(Project, (Project.id == AgendaItem.project_id) & visible_projects(viewer))
        .where(AgendaItem.archived_at.is_(None), visible_meetings(viewer))
        .order_by(Meeting.planned_on.desc(), Meeting.body, AgendaItem.position, AgendaItem.id)
    )
    for item, meeting, project in session.execute(found):
        near = str(item.project_id) in closed.projects
        title = closed.out_of(item.title, near=True)
        note = closed.out_of(item.note, near=near) if notes else ""
        about = project if project and project not in title else ""
        yield Said(
            Findable.AGENDA,
            title,
            _meeting(spot_name(meeting.body, meeting.number)),
            text=" · ".join(filter(None, (about, note))),
            where=f"{meeting.body.label} {meeting.number}",
            state=item.kind.label,
            going=Going.DONE if meeting.state is MeetingState.FROZEN else Going.OPEN,
            on=meeting.held_on or meeting.planned_on,
        )


def _about(row: AgreedRow) -> str:
    return row.about_title or ""


def _meeting(spot: str) -> str:
    return f"/stuurgroep?vergadering={spot}"


def _slugs(session: Session) -> dict[str, str]:
    found = session.execute(select(Partner.title, Partner.slug).where(Partner.archived_at.is_(None)))
    return {row.title: row.slug for row in found}
