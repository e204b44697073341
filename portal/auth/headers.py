"""What every answer says to the browser about what it may do."""

from collections.abc import Iterable
from http import HTTPStatus

from flask import Flask, Response, request

from portal.config import Settings

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


def install(server: Flask, settings: Settings) -> None:
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
