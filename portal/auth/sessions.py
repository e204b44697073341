"""Sign-ins live in the database: the cookie holds a random token, the table its hash, and either can end it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, Request, current_app, g, session
from flask_login import LoginManager, UserMixin
from sqlalchemy import delete, select, update

from portal import clock, requests_log
from portal.config import Settings
from portal.credentials import new_token, token_hash
from portal.db.engine import Unavailable, reading, writing
from portal.db.models import LoginSession, User
from portal.permissions import Viewer
from portal.queries.people import viewer_of

TOKEN = "sign-in"  # noqa: S105 - the key in the cookie, not what it holds
TOUCHED_EVERY = timedelta(minutes=1)
TOUCH_PATIENCE_MS = 500
KEPT_AFTER_END = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a sign-in holds: without a request, and at all."""

    idle: timedelta
    absolute: timedelta

    def ended(self, created_at: datetime, seen_at: datetime, at: datetime) -> bool:
        return at - seen_at >= self.idle or at - created_at >= self.absolute

    @property
    def touch(self) -> timedelta:
        return min(TOUCHED_EVERY, self.idle / 4)


@dataclass(frozen=True, slots=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """A sign-in that holds, with the person behind it."""

    session_id: int
    viewer: Viewer


class _Doorkeeper(LoginManager):  # type: ignore[misc]
    """Flask-Login without its "remember me": nobody is known beyond the session."""

    def _update_remember_cookie(self, response: object) -> object:
        return response


def install(server: Flask, settings: Settings) -> None:
    """Makes `flask_login.current_user` the session's SignedIn."""
    server.extensions["portal_limits"] = Limits(
        timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_absolute_hours)
    )
    keeper = _Doorkeeper()
    keeper.session_protection = None
    keeper.request_loader(_load)
    keeper.init_app(server, add_context_processor=False)  # no page asks who it is, least of all one about a fault


def limits() -> Limits:
    found: Limits = current_app.extensions["portal_limits"]
    return found


def begin(user_id: int, epoch: int) -> str:
    """Writes a new sign-in and returns its token; sign-ins long ended are forgotten."""
    token, at = new_token(), clock.now()
    with writing() as own:
        own.execute(delete(LoginSession).where(LoginSession.created_at < at - limits().absolute - KEPT_AFTER_END))
        own.add(LoginSession(token_hash=token_hash(token), user_id=user_id, epoch=epoch, created_at=at, seen_at=at))
        own.commit()
    return token


def end(token: str) -> None:
    """The token opens nothing from now on."""
    with writing() as own:
        own.execute(
            update(LoginSession)
            .where(LoginSession.token_hash == token_hash(token), LoginSession.revoked_at.is_(None))
            .values(revoked_at=clock.now())
        )
        own.commit()


def holder_of(token: str) -> SignedIn | None:
    """The sign-in behind a token; None when it was revoked, ended, or the person changed since (`epoch`)."""
    at = clock.now()
    with reading() as asking:
        found = asking.execute(
            select(LoginSession.id, LoginSession.user_id, LoginSession.created_at, LoginSession.seen_at)
            .join(User, User.id == LoginSession.user_id)
            .where(
                LoginSession.token_hash == token_hash(token),
                LoginSession.revoked_at.is_(None),
                LoginSession.epoch == User.epoch,
            )
        ).one_or_none()
        if found is None or limits().ended(found.created_at, found.seen_at, at):
            return None
        viewer = viewer_of(asking, found.user_id)
    if viewer is None:
        return None
    if at - found.seen_at >= limits().touch:
        _touch(found.id, at)
    return SignedIn(found.id, viewer)


def _touch(session_id: int, at: datetime) -> None:
    try:
        with writing(patience_ms=TOUCH_PATIENCE_MS) as own:
            own.execute(update(LoginSession).where(LoginSession.id == session_id).values(seen_at=at))
            own.commit()
    except Unavailable as away:  # reading goes on: a later request writes it
        requests_log.unavailable(away.trouble, away, unchanged=away.unchanged)


def _load(request: Request) -> SignedIn | None:
    token = session.get(TOKEN)
    holder = holder_of(token) if isinstance(token, str) else None
    g.viewer = holder.viewer if holder else None
    return holder
