"""One JSON line per request, refusal, fault and warning: who by number, what by rule; no address, cookie or body."""

import json
import logging
import secrets
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterable
from datetime import date
from types import FrameType
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from portal import clock
from portal.permissions import Viewer

log = logging.getLogger("portal.requests")
FRAMES = 12
OURS = frozenset({"portal", "data_loaders"})


def install(server: Flask, anchor: Callable[[], str]) -> None:
    """Register it first: every later refusal then has a reference and a line.

    `anchor`: where the trace of changes stands, "" when that cannot be said; each worker writes it once a day.
    """
    _write_lines()
    warnings.showwarning = warned  # type: ignore[assignment] # it asks for the first two, however many come
    server.before_request(_open)
    server.after_request(_daily(anchor))
    server.after_request(_close)


def reference() -> str:
    """What a person can quote and the log can be searched for; a new one outside a request."""
    if not has_request_context():
        return _new_reference()
    if "request_id" not in g:
        g.request_id = _new_reference()
    found: str = g.request_id
    return found


def refusal(reason: str, permission: str = "") -> None:
    """One line for what somebody tried and may not."""
    _write(logging.WARNING, "refusal", reason=reason, permission=permission)


def fault(error: BaseException) -> None:
    """One line for what broke: kinds and places, without the message, which may hold what a person typed."""
    chain: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(chain) < FRAMES:
        chain.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    _write(logging.ERROR, "fault", kinds=chain, trace=_places(traceback.walk_tb(error.__traceback__)))


def warned(_words: Warning | str, category: type[Warning], *_: Any) -> None:
    """One line for what a library warns of: its kind and where we were, without its words, which may hold values."""
    stack = reversed(list(traceback.walk_stack(None)))
    ours = [place for place in stack if place[0].f_globals.get("__name__", "").partition(".")[0] in OURS]
    _write(logging.WARNING, "warning", kind=category.__qualname__, trace=_places(ours))


def unavailable(trouble: str, error: BaseException, *, unchanged: bool) -> None:
    """One line for what the database could not do: the kind and the place, no address and no values."""
    _write(
        logging.ERROR,
        "database",
        trouble=trouble,
        unchanged=unchanged,
        trace=_places(traceback.walk_tb(error.__traceback__)),
    )


def not_ready(reason: str) -> None:
    """One line for a portal that should get no visitors now."""
    _write(logging.WARNING, "not ready", reason=reason)


def _new_reference() -> str:
    digits = secrets.token_hex(5).upper()
    return f"{digits[:5]}-{digits[5:]}"


def _open() -> None:
    g.request_id = _new_reference()
    g.request_began = time.perf_counter()


def _close(response: Response) -> Response:
    began = g.get("request_began", time.perf_counter())
    response.headers["X-Request-ID"] = reference()
    _write(logging.INFO, "request", status=response.status_code, ms=round((time.perf_counter() - began) * 1000, 1))
    return response


def _daily(anchor: Callable[[], str]) -> Callable[[Response], Response]:
    """After the first request of the day by somebody who is signed in: then the database answers."""
    told: set[date] = set()

    def tell(response: Response) -> Response:
        today = clock.today()
        if g.get("viewer") and today not in told and (stands := anchor()):
            told.clear()
            told.add(today)
            _write(logging.INFO, "trail", anchor=stands)
        return response

    return tell


def _places(frames: Iterable[tuple[FrameType, int]]) -> list[str]:
    places = [f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}" for frame, line in frames]
    return places[-FRAMES:]


def _write(level: int, event: str, **more: Any) -> None:
    line: dict[str, Any] = {"time": clock.now().isoformat(timespec="milliseconds"), "event": event, "id": reference()}
    if has_request_context():
        viewer: Viewer | None = g.get("viewer")
        line |= {
            "method": request.method,
            "rule": request.url_rule.rule if request.url_rule else None,
            "user": viewer.user_id if viewer else None,
            "role": viewer.role.value if viewer else None,
        }
    log.log(level, json.dumps(line | more, ensure_ascii=False))


def _write_lines() -> None:
    if log.handlers:
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
