"""One door before every request: closed unless listed here. Who asks, and the token that every change carries."""

from collections.abc import Callable
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, g, jsonify, redirect, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.exceptions import MethodNotAllowed, SecurityError, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from portal import requests_log
from portal.config import Settings
from portal.permissions import Viewer


class Unauthorised(Unauthorized):
    """Nobody is signed in, or the sign-in has ended."""

    description = "Meld u aan om verder te gaan."


def current_viewer() -> Viewer:
    """The session's person, looked up once per request. Raises Unauthorised when there is none."""
    viewer = viewer_or_none()
    if viewer is None:
        raise Unauthorised
    return viewer


def viewer_or_none() -> Viewer | None:
    return current_user.viewer if current_user and current_user.is_authenticated else None


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


CSRF_COOKIE = "_csrf_token"  # the cookie that Dash's renderer copies into the header X-CSRFToken


def protect_changes(server: Flask, settings: Settings) -> None:
    server.config["WTF_CSRF_TIME_LIMIT"] = None  # the token lives as long as its session
    CSRFProtect(server)

    @server.after_request
    def hand_out(response: Response) -> Response:
        if request.url_rule and request.url_rule.rule in PAGES and g.get("viewer"):
            response.set_cookie(CSRF_COOKIE, generate_csrf(), secure=settings.production, samesite="Lax", path="/")
        return response
