"""Two open doors for whoever watches the portal: does the process live, and can it serve."""

import logging
from collections.abc import Callable
from functools import lru_cache

from flask import Blueprint, Flask, Response, jsonify
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from portal.db.engine import kind_of, reading
from portal.db.migrate import newest_revision

PATIENCE_MS = 2_000
log = logging.getLogger(__name__)


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
    """Whether the database answers and stands at the revision of this release; the reason only goes to the log."""
    try:
        with reading(engine) as session:
            if kind_of(session) == "postgresql":
                session.execute(text(f"SET LOCAL statement_timeout = {PATIENCE_MS}"))
            found = session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError as fault:
        log.warning("not ready: %s", type(fault).__name__)
        return False
    if found != _expected():
        log.warning("not ready: the schema is at %s, not at %s", found, _expected())
    return bool(found == _expected())


@lru_cache(maxsize=1)
def _expected() -> str:
    return newest_revision()


def _says(status: str, code: int) -> Response:
    answer = jsonify(status=status)
    answer.status_code = code
    answer.headers["Cache-Control"] = "no-store"
    return answer
