"""The one place that holds a one-time link against what is kept of it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.credentials import CountedTry, token_hash
from portal.db.models import User


def whom_it_invites(
    session: Session, counted: CountedTry, token: str, at: datetime, *, lock: bool = False
) -> User | None:
    """Whom the link invites; None when it is unknown, used or too old."""
    wanted = select(User).where(User.invite_hash == token_hash(token), User.invite_until > at, User.active)
    found = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    counted.right = found is not None
    return found
