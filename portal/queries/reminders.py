"""Which mail of the round is due today, and to whom: whoever still owes a report and did not get it yet."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import ReminderSent, User
from portal.db.sorting import bytewise
from portal.letters import Letter, Waiting
from portal.permissions import Permission, Role, Viewer, require
from portal.queries.people import viewer_of
from portal.queries.rounds import Round, round_now, still_to_report
from portal.vocabulary import ReminderKind

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
    owing = [(user, waiting) for user in _reporters(session) if (waiting := _waiting(session, user))]
    letters = tuple(_letter(wanted, current, user, waiting) for user, waiting in owing if user.id not in got_it)
    return Mailing(wanted, current, letters, len(owing) - len(letters))


def _reporters(session: Session) -> list[User]:
    found = select(User).where(User.active, User.archived_at.is_(None), User.role.in_(REPORTERS))
    return list(session.scalars(found.order_by(bytewise(User.name), User.id)))


def _waiting(session: Session, user: User) -> tuple[Waiting, ...]:
    viewer = viewer_of(session, user.id)
    rows = still_to_report(session, viewer).to_dict("records") if viewer else []
    return tuple(Waiting(row["code"], row["title"], row["health_label"], row["last_reported_on"]) for row in rows)


def _letter(kind: ReminderKind, current: Round, user: User, waiting: tuple[Waiting, ...]) -> Letter:
    """Of a round that ends at a meeting that is planned."""
    meeting_id, number, until, left = current.meeting_id, current.number, current.until, current.days_left
    if meeting_id is None or number is None or until is None or left is None:
        raise LookupError("no steering group is planned")
    return Letter(kind, meeting_id, number, until, left, user.id, user.name, user.email, waiting)
