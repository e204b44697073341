"""One door before every request: closed unless listed here. Who asks, the token that every change carries, and what
each answer says to the browser about what it may do."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, g, jsonify, redirect, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.exceptions import Forbidden, MethodNotAllowed, SecurityError, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from portal import requests_log
from portal.config import Settings
from portal.permissions import Viewer


class Unauthorised(Unauthorized):
    """Nobody is signed in, or the sign-in has ended."""

    description = "Meld u aan om verder te gaan."


class RightMissing(Forbidden):
    """The role does not hold the right that a callback or page asks for."""

    description = "U mag dit niet doen; er is niets gewijzigd."


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
        "/stuurgroep/kalender.ics",
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
    exists: PageExists = current_app.extensions["portal_page_exists"]
    if not is_for_signed_in(rule) or (rule in PAGES and not exists(request.path, viewer)):
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
        answer = jsonify(message=Unauthorised.description, reference=requests_log.reference())
        answer.status_code = 401
        return answer
    if request.method == "POST":
        raise Unauthorised
    here = request.full_path.rstrip("?")
    return redirect(SIGN_IN if here == "/" else f"{SIGN_IN}?next={quote(here, safe='/')}")


CSRF_COOKIE = "_csrf_token"  # the cookie that Dash's renderer copies into the header X-CSRFToken


def protect_changes(server: Flask, settings: Settings) -> None:
    server.config["WTF_CSRF_TIME_LIMIT"] = None  # the token lives as long as its session
    CSRFProtect(server)

    @server.after_request
    def hand_out(response: Response) -> Response:
        if request.url_rule and request.url_rule.rule in PAGES and g.get("viewer"):
            response.set_cookie(CSRF_COOKIE, generate_csrf(), secure=settings.production, samesite="Lax", path="/")
        return response


NOT_PRIVATE = ("/assets/", "/bootstrap/static/", "/_dash-component-suites/", "/_favicon.ico")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
WIRING = "/_dash-dependencies"  # the same for everybody who is signed in
ONE_YEAR = "max-age=31536000"


def protect_browsers(server: Flask, settings: Settings) -> None:
    allow_scripts(server, ())

    @server.after_request
    def say(response: Response) -> Response:
        response.headers.update(ALWAYS)
        response.headers["Content-Security-Policy"] = server.extensions["portal_csp"]
        if settings.production:
            response.headers["Strict-Transport-Security"] = ONE_YEAR
        if request.path == WIRING and response.status_code == HTTPStatus.OK:
            return _asked_again(response)
        if not request.path.startswith(NOT_PRIVATE):
            response.headers["Cache-Control"] = "no-store"
        return response


def _asked_again(response: Response) -> Response:
    """Which callbacks there are is nobody's secret and long: the browser keeps it, and asks whether it still holds."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def allow_scripts(server: Flask, hashes: Iterable[str]) -> None:
    """Scripts inside a page run only when their hash is listed here."""
    server.extensions["portal_csp"] = "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src blob: 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
