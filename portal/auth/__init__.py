"""Who comes in, and how far: sign-in, the guard, the border before Dash's callbacks, the headers."""

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import requests_log
from portal.auth import guard, sessions, sign_in
from portal.auth.border import protect_dash
from portal.auth.callbacks import callback, clientside, guarded_layout
from portal.auth.guard import PageExists, current_viewer, viewer_or_none
from portal.auth.start import check_start, signing_key
from portal.auth.throttle import counted_try
from portal.config import Settings
from portal.credentials import nobodys_hash
from portal.db.engine import reading
from portal.queries.trace.verify import trail_anchor

__all__ = [
    "callback",
    "check_start",
    "clientside",
    "counted_try",
    "current_viewer",
    "guarded_layout",
    "install",
    "protect_dash",
    "viewer_or_none",
]

MEGABYTE = 1024 * 1024
AS_TEXT = 1.5  # a file travels in a callback as base64, with the rest of the page's state
COOKIE = "portal"


def install(server: Flask, settings: Settings, page_exists: PageExists) -> None:
    """Before Dash: log, guard, CSRF, sign-ins, the open pages, headers. `page_exists` decides on a real 404."""
    _configure(server, settings)
    requests_log.install(server, _where_the_trail_stands)
    guard.install(server, page_exists)
    guard.protect_changes(server, settings)
    sessions.install(server, settings)
    server.extensions["portal_settings"] = settings
    server.register_blueprint(sign_in.doors)
    guard.protect_browsers(server, settings)
    nobodys_hash()  # made now, so that the first unknown person costs no more than the second


def _configure(server: Flask, settings: Settings) -> None:
    server.secret_key = signing_key(settings)
    server.config.update(
        MAX_CONTENT_LENGTH=int(settings.max_upload_mb * MEGABYTE * AS_TEXT) + MEGABYTE,
        # __Host-: only over https, only from this host, for every path
        SESSION_COOKIE_NAME=f"__Host-{COOKIE}" if settings.production else COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_PATH="/",
        TRUSTED_HOSTS=settings.hosts or None,
    )
    if settings.proxies:
        hops = settings.proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _where_the_trail_stands() -> str:
    try:
        with reading() as session:
            return str(trail_anchor(session))
    except SQLAlchemyError:
        return ""  # a later request says it
