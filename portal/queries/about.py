"""What this database is, how fresh it is, and the one number that counts per page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Audit, Challenge, Deliverable, Meeting, Partner, PortalInfo, Project
from portal.permissions import Permission, Viewer
from portal.queries.visible import COUNTER, is_living, is_shared, visible_challenges, visible_projects
from portal.vocabulary import DatabaseKind, MeetingBody, MeetingState


@dataclass(frozen=True, slots=True)
class PortalState:
    """`as_of` is the region's day of the newest change; `audit_sequence` is the version of the data."""

    kind: DatabaseKind
    as_of: date
    audit_sequence: int
    reference_version: str
    programme: str
    region: str

    @property
    def is_demo(self) -> bool:
        return self.kind is DatabaseKind.DEMO


@dataclass(frozen=True, slots=True)
class MenuNumbers:
    """What the menu shows beside its pages: the same for everybody but the meeting."""

    challenges: int
    projects: int  # reported by a partner
    coalitions: int  # living shared projects
    deliverables: int
    partners: int
    days_to_steering: int | None  # None: none planned, or not for this viewer


def portal_state(session: Session) -> PortalState:
    """The state of this database; one that was never filled counts as real, and as of today."""
    info = session.scalars(select(PortalInfo)).one_or_none()
    if info is None:
        return PortalState(DatabaseKind.REAL, clock.today(), 0, "", "", "")
    changed_at = session.scalar(select(Audit.at).order_by(Audit.sequence.desc()).limit(1))
    as_of = (changed_at or info.created_at).astimezone(clock.REGION_TIME).date()
    return PortalState(info.kind, as_of, info.audit_sequence, info.reference_version, info.programme, info.region)


def is_begun(session: Session) -> bool:
    """Whether the reference data came in: then the database says what it is."""
    return session.scalar(select(PortalInfo.id)) is not None


def menu_numbers(session: Session, viewer: Viewer) -> MenuNumbers:
    """One statement for the counts, one for the calendar."""
    counts = (
        select(func.count()).select_from(Challenge).where(visible_challenges(COUNTER)),
        select(func.count()).select_from(Project).where(visible_projects(COUNTER), Project.reported_by_id.is_not(None)),
        select(func.count()).select_from(Project).where(visible_projects(COUNTER), is_shared(), is_living()),
        select(func.count()).select_from(Deliverable).where(Deliverable.archived_at.is_(None)),
        select(func.count()).select_from(Partner).where(Partner.archived_at.is_(None)),
    )
    row: tuple[int, int, int, int, int] = session.execute(select(*(count.scalar_subquery() for count in counts))).one()
    return MenuNumbers(*row, _days_to_steering(session, viewer))


def _days_to_steering(session: Session, viewer: Viewer) -> int | None:
    if not viewer.may(Permission.VIEW_OPEN_MEETINGS):
        return None
    today = clock.today()
    upcoming = select(func.min(Meeting.planned_on)).where(
        Meeting.body == MeetingBody.STEERING,
        Meeting.state != MeetingState.FROZEN,
        Meeting.archived_at.is_(None),
        Meeting.planned_on >= today,
    )
    planned_on = session.scalar(upcoming)
    return (planned_on - today).days if planned_on else None


def data_version(session: Session) -> int:
    """The sequence of the newest audit row: the same number means the same data."""
    return session.scalar(select(PortalInfo.audit_sequence)) or 0
