"""The progress round: the period up to the next steering group, who still has to report, and whom a mail is due to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, true
from sqlalchemy.orm import Session

from portal import clock
from portal.db.lookups import newest_reports
from portal.db.models import Atelier, Meeting, ProgressReport, Project, ReminderSent, User
from portal.db.types import bytewise
from portal.letters import Letter, Waiting
from portal.permissions import Permission, Role, RowNotFound, Viewer, require, scope
from portal.queries.coalitions.coalitions import company_of
from portal.queries.meetings.calendar import steering_calendar
from portal.queries.people import viewer_of
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import SHARED_SCOPES, Health, ProjectScope, ReminderKind


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A living project to report on, with its newest report; without one, None or "" from `at` on. `lead`: names;
    `atelier`: its code; `days_silent` None: never reported; `reported`: in this round."""

    id: int
    version: int
    code: str
    title: str
    lead: str | None
    atelier: str | None
    owes: bool
    health: Health
    progress: int | None
    end_expected_on: date | None
    days_silent: int | None
    last_reported_on: date | None
    reported: bool
    at: datetime | None
    by: str | None
    unchanged: bool
    done: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report, at the region's time. `meeting`: the number of the steering group it was written for, if any."""

    id: int
    at: datetime
    meeting: int | None
    health: Health
    progress: int | None
    done: str
    next: str
    blocked: str
    confirmed_unchanged: bool
    by: str | None

    @property
    def on(self) -> date:
        return self.at.date()

    @property
    def unchanged(self) -> str:
        return "ja" if self.confirmed_unchanged else ""


@dataclass(frozen=True, slots=True)
class Round:
    """What is reported after `since` is for the steering group of `until`. None: none was held, or none is planned."""

    today: date
    since: date | None
    until: date | None
    number: int | None
    meeting_id: int | None

    @property
    def days_left(self) -> int | None:
        return (self.until - self.today).days if self.until else None

    def holds(self, at: datetime, meeting_id: int | None) -> bool:
        """A report of this instant, written for this meeting, is of this round.

        On the day of a meeting both rounds have reports: of this round are those that were written for its meeting.
        """
        day = _day(at)
        if self.since is None or day > self.since:
            return True
        return day == self.since and meeting_id is not None and meeting_id == self.meeting_id


def round_now(session: Session, viewer: Viewer) -> Round:
    """The round that runs today."""
    calendar = steering_calendar(session, viewer)
    held = next(iter(calendar.held), None)
    return Round(calendar.today, held, calendar.next_on, calendar.next_number, calendar.next_id)


def round_projects(session: Session, viewer: Viewer) -> list[RoundRow]:
    """The living projects that this viewer reports on; longest silent first.

    Who coordinates or leads an atelier owes a report on each shared one; a director may report on the own local ones
    and owes none.
    """
    current = round_now(session, viewer)
    found = session.execute(_newest_of_each(viewer)).all()
    leads, _ = company_of(session, [row.Project.id for row in found])
    rows = [_row(row, leads.get(row.Project.id), current) for row in found]
    return sorted(rows, key=lambda row: row.last_reported_on or date.min)


def still_to_report(session: Session, viewer: Viewer) -> list[RoundRow]:
    """Those that owe a report and did not give it in this round."""
    return [row for row in round_projects(session, viewer) if row.owes and not row.reported]


def _newest_of_each(viewer: Viewer) -> Select[Project, str, ProgressReport, str]:
    newest = newest_reports()
    shared = is_shared() if scope(viewer, Permission.EDIT_PROJECTS).everything else or_(is_shared(), _own_local(viewer))
    return (
        select(Project, Atelier.code.label("atelier"), ProgressReport, User.name.label("by"))
        .select_from(Project)
        .outerjoin(Project.atelier)
        .outerjoin(newest, newest.c.project_id == Project.id)
        .outerjoin(ProgressReport, ProgressReport.id == newest.c.id)
        .outerjoin(User, User.id == ProgressReport.by_id)
        .where(visible_projects(viewer), is_living(), may_report(viewer), shared)
        .order_by(bytewise(Project.title_key), Project.id)
    )


def may_report(viewer: Viewer) -> ColumnElement[bool]:
    """Holds for the projects that the viewer may report on, ended or not."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    own = Project.atelier_id.in_(sorted(reach.atelier_ids or ()))
    return true() if reach.everything else or_(own, _own_local(viewer))


def _own_local(viewer: Viewer) -> ColumnElement[bool]:
    partners = sorted(scope(viewer, Permission.EDIT_PROJECTS).partner_ids or ())
    return and_(Project.scope == ProjectScope.LOCAL, Project.reported_by_id.in_(partners))


def _row(row: Row[Project, str, ProgressReport, str], lead: str | None, current: Round) -> RoundRow:
    project, report = row.Project, row.ProgressReport
    day = _day(report.at) if report else None
    return RoundRow(
        id=project.id,
        version=project.version,
        code=project.code,
        title=project.title,
        lead=lead or project.external_lead,
        atelier=row.atelier,
        owes=project.scope in SHARED_SCOPES,
        health=project.health,
        progress=project.progress,
        end_expected_on=project.end_expected_on,
        days_silent=(current.today - day).days if day else None,
        last_reported_on=day,
        reported=report is not None and current.holds(report.at, report.meeting_id),
        at=report and report.at,
        by=row.by,
        unchanged=report is not None and report.confirmed_unchanged,
        done=report.done if report else "",
    )


def reports_of(session: Session, viewer: Viewer, code: str) -> list[ReportRow]:
    """What this project reported over time, newest first. Raises RowNotFound as its page does."""
    found = session.scalar(select(Project.id).where(Project.code == code, visible_projects(viewer)))
    if found is None:
        raise RowNotFound(code)
    return reports_on(session, found)


def reports_on(session: Session, project_id: int) -> list[ReportRow]:
    """The same of a project that the caller may know of."""
    found = (
        select(ProgressReport, Meeting.number, User.name)
        .select_from(ProgressReport)
        .outerjoin(Meeting, Meeting.id == ProgressReport.meeting_id)
        .outerjoin(User, User.id == ProgressReport.by_id)
        .where(ProgressReport.project_id == project_id)
        .order_by(ProgressReport.at.desc(), ProgressReport.id.desc())
    )
    return [
        ReportRow(
            *(r.id, r.at.astimezone(clock.REGION_TIME), number, r.health, r.progress, r.done, r.next, r.blocked),
            *(r.confirmed_unchanged, name),
        )
        for r, number, name in session.execute(found)
    ]


def _day(at: datetime) -> date:
    return at.astimezone(clock.REGION_TIME).date()


REMINDED_DAYS, CLOSING_DAYS = 7, 1
REPORTERS = (Role.COORDINATOR, Role.ATELIER)  # who owes a report on a shared project


@dataclass(frozen=True, slots=True)
class Mailing:
    """What to send in this round; `had_it` counts those who got this kind before and still owe a report."""

    kind: ReminderKind
    round: Round
    letters: tuple[Letter, ...]
    had_it: int


def due_kind(current: Round) -> ReminderKind | None:
    """The day before the meeting and on its day it closes, the week before that is for reminding, until then it opened.

    None while no steering group is planned.
    """
    if current.days_left is None:
        return None
    if current.days_left <= CLOSING_DAYS:
        return ReminderKind.CLOSING
    return ReminderKind.REMINDER if current.days_left <= REMINDED_DAYS else ReminderKind.OPENING


def mailing(session: Session, viewer: Viewer, kind: ReminderKind | None = None) -> Mailing | None:
    """Of the kind that is due, or of this one, by name; None while no steering group is planned.

    Raises PermissionDenied for who does not manage the portal.
    """
    require(viewer, Permission.MANAGE_PORTAL)
    current = round_now(session, viewer)
    wanted = kind or due_kind(current)
    if wanted is None or current.meeting_id is None:
        return None
    sent = select(ReminderSent.user_id).where(
        ReminderSent.meeting_id == current.meeting_id, ReminderSent.kind == wanted
    )
    got_it = set(session.scalars(sent))
    owing = list(_owing(session))
    letters = tuple(_letter(wanted, current, user, waiting) for user, waiting in owing if user.id not in got_it)
    return Mailing(wanted, current, letters, len(owing) - len(letters))


def _owing(session: Session) -> Iterator[tuple[User, tuple[Waiting, ...]]]:
    found = select(User).where(User.active, User.archived_at.is_(None), User.role.in_(REPORTERS))
    for user in session.scalars(found.order_by(bytewise(User.name), User.id)):
        viewer = viewer_of(session, user.id)
        rows = still_to_report(session, viewer) if viewer else []
        if rows:
            yield user, tuple(Waiting(row.code, row.title, row.health.label, row.last_reported_on) for row in rows)


def _letter(kind: ReminderKind, current: Round, user: User, waiting: tuple[Waiting, ...]) -> Letter:
    """Of a round that ends at a meeting that is planned."""
    meeting_id, number, until, left = current.meeting_id, current.number, current.until, current.days_left
    if meeting_id is None or number is None or until is None or left is None:
        raise LookupError("no steering group is planned")
    return Letter(kind, meeting_id, number, until, left, user.id, user.name, user.email, waiting)
