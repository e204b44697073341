"""Two open doors for whoever watches the portal: does the process live, and can it serve. And a connection of its own
to the database for each process that serves."""

import os
from collections.abc import Callable
from functools import lru_cache

from flask import Blueprint, Flask, Response, jsonify
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from portal import requests_log
from portal.db.engine import Trouble, Unavailable, current_engine, engine_for, reading, try_to_write
from portal.db.migrate import newest_revision

PATIENCE_MS, WRITE_PATIENCE_MS = 2_000, 200


def install_health(server: Flask, engine: Callable[[], Engine]) -> None:
    """Adds `GET /healthz` (the process) and `GET /readyz` (the database, at this release's revision)."""
    doors = Blueprint("health", __name__)

    @doors.get("/healthz")
    def healthz() -> Response:
        return _says("ok", 200)

    @doors.get("/readyz")
    def readyz() -> Response:
        return _says("ok", 200) if is_ready(engine()) else _says("niet klaar", 503)

    server.register_blueprint(doors)


def is_ready(engine: Engine) -> bool:
    """Whether the database answers, stands at the revision of this release and can be written to; busy is ready too.

    The reason only goes to the log.
    """
    try:
        with reading(engine, patience_ms=PATIENCE_MS) as session:
            found = session.scalar(text("SELECT version_num FROM alembic_version"))
        if found == _expected():
            try_to_write(engine, WRITE_PATIENCE_MS)
    except Unavailable as away:
        requests_log.not_ready(away.trouble)
        return away.unchanged and away.trouble is Trouble.BUSY  # busy writing, and that is what it is for
    except SQLAlchemyError as fault:
        requests_log.not_ready(type(fault).__name__)
        return False
    if found != _expected():
        requests_log.not_ready(f"schema at {found}, not at {_expected()}")
    return bool(found == _expected())


@lru_cache(maxsize=1)
def _expected() -> str:
    return newest_revision()


def _says(status: str, code: int) -> Response:
    answer = jsonify(status=status)
    answer.status_code = code
    answer.headers["Cache-Control"] = "no-store"
    return answer


def keep_connections_apart() -> None:
    """Closes what this process opened while it loaded, and makes every later fork forget what it inherited."""
    current_engine().dispose()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_forget)


def _forget() -> None:
    current_engine().dispose(close=False)  # the parent still talks through them
    engine_for.cache_clear()
    current_engine()  # now, with one thread: two first requests at once would each make one
