"""Selects that queries and commands ask alike, each in one place."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, Subquery, func, select
from sqlalchemy.orm import Session

from portal.credentials import CountedTry, token_hash
from portal.db.models import Meeting, Observation, Participation, ProgressReport, User
from portal.vocabulary import MeetingBody, MeetingState

LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)  # before the programme began


def whom_it_invites(
    session: Session, counted: CountedTry, token: str, at: datetime, *, lock: bool = False
) -> User | None:
    """Whom the link invites; None when it is unknown, used or too old."""
    wanted = select(User).where(User.invite_hash == token_hash(token), User.invite_until > at, User.active)
    found = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    counted.right = found is not None
    return found


def editions(*conditions: Any) -> Subquery:
    """Columns: project_id, partner_id, first_id, version.

    It is known by the id of its first row, which stays when a state ends and the next begins; its version counts
    every change to any of its rows, so that it never has the same version twice.
    """
    row = Participation
    return (
        select(row.project_id, row.partner_id)
        .add_columns(func.min(row.id).label("first_id"), func.sum(row.version).label("version"))
        .where(*conditions)
        .group_by(row.project_id, row.partner_id)
        .subquery()
    )


def newest_reports() -> Subquery:
    """Columns: id, project_id. The newest report of each project that has one."""
    row = ProgressReport
    place = func.row_number().over(partition_by=row.project_id, order_by=(row.at.desc(), row.id.desc()))
    every = select(row.id, row.project_id, place.label("place")).subquery()
    return select(every.c.id, every.c.project_id).where(every.c.place == 1).subquery()


def reported_version(version: int, at: datetime | None) -> int:
    """What tells how a project stands and what it last reported from any time before or after, also where a report was
    taken back: the version of the project, and the second of its newest report (None: never reported)."""
    return version + (int((at - LONG_AGO).total_seconds()) if at else 0)


def survey_years(*conditions: Any) -> Select[int]:
    """The years in which partners were surveyed, newest first: the editions."""
    found = select(Observation.year).where(Observation.partner_id.is_not(None), *conditions).distinct()
    return found.order_by(Observation.year.desc())


def coming_steering_group(today: date) -> Select[Meeting]:
    """The first that is planned or open, today or later; no row when none is."""
    return (
        select(Meeting)
        .where(Meeting.body == MeetingBody.STEERING, Meeting.archived_at.is_(None))
        .where(Meeting.state != MeetingState.FROZEN, Meeting.planned_on >= today)
        .order_by(Meeting.planned_on, Meeting.id)
        .limit(1)
    )
