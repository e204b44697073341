"""One door before every request: closed unless listed here."""

from collections.abc import Callable
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, jsonify, redirect, request
from werkzeug.exceptions import MethodNotAllowed, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from portal import requests_log
from portal.auth.viewer import Unauthorised, viewer_or_none
from portal.permissions import Viewer

SIGN_IN = "/aanmelden"
METHODS = frozenset({"GET", "HEAD", "POST"})
OPEN = frozenset(
    {
        "/healthz",
        "/readyz",
        SIGN_IN,
        "/afmelden",
        "/uitnodiging/<token>",
        "/privacy",
        "/toegankelijkheid",
    }
)
OPEN_BELOW = ("/assets/", "/bootstrap/static/")
PAGES = frozenset({"/", "/<path:path>"})
SIGNED_IN = PAGES | {
    "/_dash-layout",
    "/_dash-dependencies",
    "/_dash-update-component",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/_favicon.ico",
}
SIGNED_IN_BELOW = ("/download/",)
ANSWERS_JSON = ("/_dash-", "/download/")

PageExists = Callable[[str, Viewer], bool]


def install(server: Flask, page_exists: PageExists) -> None:
    """Register it before CSRFProtect: an ended sign-in must answer 401, not 400."""
    server.extensions["portal_page_exists"] = page_exists
    server.before_request(guard)


def guard() -> AnyResponse | None:
    """Lets an open rule through, turns strangers away, and answers 404 for what is not listed or not there."""
    if isinstance(request.routing_exception, SecurityError):
        abort(400)
    rule = request.url_rule.rule if request.url_rule else ""
    if isinstance(request.routing_exception, MethodNotAllowed):
        raise request.routing_exception
    if request.method not in METHODS:
        abort(405)
    if is_open(rule):
        return None
    viewer = viewer_or_none()
    if viewer is None:
        return turn_away()
    if not is_for_signed_in(rule) or (rule in PAGES and not _page_exists(viewer)):
        abort(404)
    return None


def is_open(rule: str) -> bool:
    """Whether a stranger may ask for this rule."""
    return rule in OPEN or rule.startswith(OPEN_BELOW)


def is_for_signed_in(rule: str) -> bool:
    """Whether anybody who is signed in may ask for this rule; what comes back is decided behind it."""
    return rule in SIGNED_IN or rule.startswith(SIGNED_IN_BELOW)


def turn_away() -> AnyResponse:
    """To the sign-in page and back, for a page; 401 for everything else."""
    requests_log.refusal("niet aangemeld")
    if request.path.startswith(ANSWERS_JSON):
        return _unauthorised()
    if request.method == "POST":
        raise Unauthorised
    here = request.full_path.rstrip("?")
    return redirect(SIGN_IN if here == "/" else f"{SIGN_IN}?next={quote(here, safe='/')}")


def _unauthorised() -> Response:
    answer = jsonify(message=Unauthorised.description, reference=requests_log.reference())
    answer.status_code = 401
    return answer


def _page_exists(viewer: Viewer) -> bool:
    exists: PageExists = current_app.extensions["portal_page_exists"]
    return exists(request.path, viewer)
