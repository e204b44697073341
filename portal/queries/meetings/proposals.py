"""What the portal proposes for an agenda: what needs attention, and is not on it yet."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import AgendaItem, Atelier, Audit, Deliverable, Meeting, Project
from portal.db.trail_seal import fields_of
from portal.permissions import Permission, RowNotFound, Viewer, require, scope
from portal.queries.meetings.meetings import live_report, visible_meetings
from portal.snapshots.proposed import About, Proposal, proposed
from portal.snapshots.report import Report
from portal.snapshots.state import Kind
from portal.vocabulary import AgendaKind, AuditAction, MeetingState


def proposals(session: Session, viewer: Viewer, meeting_id: int, seen: Report | None = None) -> list[Proposal]:
    """Per atelier, what asks for a decision first; nothing for a meeting that is frozen.

    `seen`: what the meeting sees now (`live_report`), where the caller has it already. Who leads ateliers gets those of
    the own ones. Raises PermissionDenied for who edits no agenda, RowNotFound for a meeting that is not there.
    """
    require(viewer, Permission.EDIT_MEETINGS)
    meeting = session.scalars(select(Meeting).where(Meeting.id == meeting_id, visible_meetings(viewer))).one_or_none()
    if meeting is None:
        raise RowNotFound(f"meeting {meeting_id}")
    if meeting.state is MeetingState.FROZEN:
        return []
    report = seen or live_report(session, meeting)
    there, reach = set(_on_agenda(session, meeting_id)), scope(viewer, Permission.EDIT_MEETINGS).atelier_ids
    own = reach and set(session.scalars(select(Atelier.code).where(Atelier.id.in_(sorted(reach)))))
    return [
        *(_unapproved(session, meeting) if reach is None else ()),
        *(
            one
            for one in proposed(report, _moves(session, report))
            if (one.about, one.code) not in there and (own is None or one.atelier in own)
        ),
    ]


def _unapproved(session: Session, meeting: Meeting) -> Iterator[Proposal]:
    """The report of the meeting before, as long as it is a draft and nobody put it on this agenda."""
    found = select(Meeting).where(Meeting.body == meeting.body, Meeting.state == MeetingState.FROZEN)
    kept = found.where(Meeting.snapshot.is_not(None), Meeting.archived_at.is_(None))
    before = kept.where(Meeting.planned_on < meeting.planned_on).order_by(Meeting.planned_on.desc()).limit(1)
    last = session.scalars(before).one_or_none()
    if last is None or last.approved_on is not None:
        return
    title, spot = f"Verslag van {last.body.label} {last.number}", f"{last.body.value}-{last.number}"
    there = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id, AgendaItem.archived_at.is_(None))
    if session.scalar(there.where(AgendaItem.title == title)) is None:
        path = f"/stuurgroep?vergadering={spot}&deel=verslag"
        why = "Het verslag is een ontwerp tot deze vergadering het goedkeurt."
        yield Proposal(About.MEETING, spot, title, "", why, path, AgendaKind.DECISION)


def _on_agenda(session: Session, meeting_id: int) -> Iterator[tuple[About, str]]:
    found = session.execute(
        select(Project.code, Deliverable.code, Atelier.code)
        .select_from(AgendaItem)
        .outerjoin(Project, Project.id == AgendaItem.project_id)
        .outerjoin(Deliverable, Deliverable.id == AgendaItem.deliverable_id)
        .outerjoin(Atelier, Atelier.id == AgendaItem.atelier_id)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.archived_at.is_(None))
    )
    for project, result, atelier in found:
        if project or result:
            yield (About.PROJECT, project) if project else (About.RESULT, result)
        elif atelier:
            yield About.ATELIER, atelier


def _moves(session: Session, report: Report) -> Counter[str]:
    """How often each milestone that moved since the last meeting was given another day, ever."""
    moved = [int(line.key) for line in report.lines if line.kind is Kind.MILESTONE and line.act == "verschoven"]
    found = session.execute(
        select(Audit.entity_id, Audit.before).where(
            Audit.entity == "milestone", Audit.entity_id.in_(moved), Audit.action == AuditAction.CHANGED
        )
    )
    return Counter(str(entity_id) for entity_id, before in found if fields_of(before).get("due_expected"))
