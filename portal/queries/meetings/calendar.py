"""When each body meets, how often it means to; a round is the time between two meetings of the steering group."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.lookups import coming_steering_group
from portal.db.models import GovernanceBody, Meeting
from portal.permissions import Permission, Viewer
from portal.vocabulary import MeetingBody, MeetingState


def rhythm_days(session: Session) -> dict[MeetingBody, int | None]:
    """Per body; None for one without a rhythm of its own."""
    found = session.execute(select(GovernanceBody.code, GovernanceBody.rhythm_days))
    days = {row.code: row.rhythm_days for row in found}
    return {body: days.get(body.value) for body in MeetingBody}


ROUNDS_OF_SILENCE = 2


@dataclass(frozen=True, slots=True)
class SteeringCalendar:
    """Days of the steering group's meetings; `held` newest first. `next_*` None when none is planned or visible."""

    today: date
    held: tuple[date, ...]
    next_on: date | None
    next_number: int | None
    next_id: int | None = None

    @property
    def days_to_next(self) -> int | None:
        return (self.next_on - self.today).days if self.next_on else None

    @property
    def quiet_since(self) -> date | None:
        """Who did nothing after this day is quiet: the day of the last meeting but one. None with fewer meetings."""
        return self.held[ROUNDS_OF_SILENCE - 1] if len(self.held) >= ROUNDS_OF_SILENCE else None


def steering_calendar(session: Session, viewer: Viewer) -> SteeringCalendar:
    """The steering group's calendar as of today."""
    today = clock.today()
    day = func.coalesce(Meeting.held_on, Meeting.planned_on)
    steering = (Meeting.body == MeetingBody.STEERING, Meeting.archived_at.is_(None))
    held = session.scalars(
        select(day)
        .where(*steering, Meeting.state == MeetingState.FROZEN, day <= today)
        .order_by(day.desc(), Meeting.id)
    ).all()
    coming = None
    if viewer.may(Permission.VIEW_OPEN_MEETINGS):
        coming = session.scalars(coming_steering_group(today)).one_or_none()
    told = (coming.planned_on, coming.number, coming.id) if coming else (None, None)
    return SteeringCalendar(today, tuple(held), *told)
