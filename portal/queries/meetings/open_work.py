"""What was agreed on a project, an atelier or a partner, and what of it still waits for somebody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, null, or_, select, true
from sqlalchemy.orm import Session, aliased

from portal import clock
from portal.closed import Closed
from portal.db.models import (
    Action,
    AgendaItem,
    Atelier,
    Decision,
    Deliverable,
    Meeting,
    Part,
    Partner,
    Project,
    ProjectDeliverable,
)
from portal.permissions import Permission, Viewer, scope
from portal.queries.closed import closed_to
from portal.queries.meetings.editable import spot_name
from portal.queries.meetings.meetings import visible_meetings
from portal.queries.visible import visible_projects
from portal.vocabulary import AgendaKind, MeetingState


@dataclass(frozen=True, slots=True)
class Concern:
    """A project (its code), a partner (its slug), a result (its code) with the projects that work on it, or results:
    those of one atelier (its code), or of all ("")."""

    project: str | None = None
    partner: str | None = None
    results_of: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """`meeting`: "Exello 4", and `spot` "exello-4"; `about`: the code of the project or result, if any."""

    id: int
    text: str
    meeting: str
    spot: str
    met_on: date
    about: str | None
    about_title: str | None
    is_of_project: bool


@dataclass(frozen=True, slots=True)
class DecisionRow(AgreedRow):
    taken_on: date
    partner: str | None


@dataclass(frozen=True, slots=True)
class ActionRow(AgreedRow):
    """`days_left`: negative when overdue, None without a day; `age`: days since the meeting. Whether this viewer may
    close it, or open it again."""

    owner: str
    owner_slug: str
    due_on: date | None
    days_left: int | None
    age: int
    done_on: date | None
    done_note: str
    closable: bool
    reopenable: bool

    @property
    def project_title(self) -> str | None:
        return self.about_title if self.is_of_project else None


@dataclass(frozen=True, slots=True)
class ItemRow(AgreedRow):
    """An item of the agenda of a meeting to come, `met_on` its planned day."""

    kind: AgendaKind


def items_to_come(session: Session, viewer: Viewer, concern: Concern) -> list[ItemRow]:
    """The soonest first, in the order of each agenda; none for who follows no open meetings."""
    coming = and_(Meeting.state != MeetingState.FROZEN, Meeting.planned_on >= clock.today())
    found = _selected(viewer, AgendaItem, null(), and_(_concerned(concern), coming))
    found, closed = found.order_by(Meeting.planned_on, AgendaItem.position, AgendaItem.id), closed_to(session, viewer)
    return [
        ItemRow(
            id=row.id,
            text=closed.out_of(row.title, near=True),
            **_place(meeting, project or result),
            is_of_project=project is not None,
            kind=row.kind,
        )
        for row, meeting, _, project, result in session.execute(found)
    ]


def decisions_on(session: Session, viewer: Viewer, concern: Concern) -> list[DecisionRow]:
    """Of the meetings that the viewer may know of, newest first."""
    return _decisions(session, viewer, _concerned(concern))


def all_decisions(session: Session, viewer: Viewer) -> list[DecisionRow]:
    """Whatever they are about; as `decisions_on`."""
    return _decisions(session, viewer, true())


def _decisions(session: Session, viewer: Viewer, wanted: ColumnElement[bool]) -> list[DecisionRow]:
    found = _selected(viewer, Decision, Decision.partner_id, wanted)
    found, closed = found.order_by(Decision.taken_on.desc(), Decision.id.desc()), closed_to(session, viewer)
    return [
        DecisionRow(
            **_agreed(row, closed, meeting, project or result),
            is_of_project=project is not None,
            taken_on=row.taken_on,
            partner=whom and whom.title,
        )
        for row, meeting, whom, project, result in session.execute(found)
    ]


def actions_on(session: Session, viewer: Viewer, concern: Concern) -> list[ActionRow]:
    """The open ones first, longest overdue first, then the newest done; none for who follows no open meetings."""
    return _actions(session, viewer, _concerned(concern))


def open_actions(session: Session, viewer: Viewer) -> list[ActionRow]:
    """Of everybody, those that are not done, longest overdue first; as `actions_on`."""
    return _actions(session, viewer, Action.done_on.is_(None))


def all_actions(session: Session, viewer: Viewer) -> list[ActionRow]:
    """Of everybody, done or not; as `actions_on`."""
    return _actions(session, viewer, true())


def _actions(session: Session, viewer: Viewer, wanted: ColumnElement[bool]) -> list[ActionRow]:
    if not viewer.may(Permission.VIEW_OPEN_MEETINGS):
        return []
    reach, today = scope(viewer, Permission.CLOSE_ACTIONS), clock.today()
    closed = closed_to(session, viewer)
    found = _selected(viewer, Action, Action.owner_partner_id, wanted).order_by(
        Action.done_on.is_not(None), Action.done_on.desc(), func.coalesce(Action.due_on, date.max), Action.id
    )
    return [
        ActionRow(
            **_agreed(row, closed, meeting, project or result),
            owner=owner.title,
            owner_slug=owner.slug,
            due_on=row.due_on,
            days_left=(row.due_on - today).days if row.due_on else None,
            age=(today - (meeting.held_on or meeting.planned_on)).days,
            is_of_project=project is not None,
            done_on=row.done_on,
            done_note=closed.out_of_agreed(row.done_note, row.project_id),
            closable=row.done_on is None and reach.has_partner(row.owner_partner_id),
            reopenable=row.done_on is not None and viewer.may(Permission.FREEZE_MEETINGS),
        )
        for row, meeting, owner, project, result in session.execute(found)
    ]


def _agreed(row: Any, closed: Closed, meeting: Meeting, about: Project | Deliverable | None) -> dict[str, Any]:
    text = closed.out_of_agreed(row.text, row.project_id)
    return {"id": row.id, "text": text, **_place(meeting, about)}


def _place(meeting: Meeting, about: Project | Deliverable | None) -> dict[str, Any]:
    return {
        "meeting": f"{meeting.body.label} {meeting.number}",
        "spot": spot_name(meeting.body, meeting.number),
        "met_on": meeting.held_on or meeting.planned_on,
        "about": about and about.code,
        "about_title": about and about.title,
    }


def _selected(viewer: Viewer, model: Any, partner_id: Any, wanted: ColumnElement[bool]) -> Select[Any]:
    """The row, its meeting, the partner it names, and the project or result it is about."""
    found: Select[Any] = (
        select(model, Meeting, Partner, Project, Deliverable)
        .select_from(model)
        .join(Meeting, Meeting.id == model.meeting_id)
        .outerjoin(Partner, Partner.id == partner_id)
        .outerjoin(Project, (Project.id == model.project_id) & visible_projects(viewer))
        .outerjoin(Deliverable, Deliverable.id == model.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(Atelier, Atelier.id == Part.atelier_id)
        .where(model.archived_at.is_(None), visible_meetings(viewer), wanted)
    )
    return found


def _concerned(concern: Concern) -> ColumnElement[bool]:
    if concern.project is not None:
        return Project.code == concern.project
    if concern.partner is not None:
        return Partner.slug == concern.partner
    if concern.result is not None:
        aim = aliased(Deliverable)
        serving = select(ProjectDeliverable.project_id).join(aim, aim.id == ProjectDeliverable.deliverable_id)
        serving = serving.where(aim.code == concern.result)
        return or_(Deliverable.code == concern.result, Project.id.in_(serving))
    if concern.results_of is not None:
        return Atelier.code == concern.results_of if concern.results_of else Atelier.id.is_not(None)
    return false()
