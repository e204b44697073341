"""Every change carries a token of the session it belongs to: forms as a field, Dash's callbacks as a header."""

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFProtect, generate_csrf

from portal.auth.guard import PAGES
from portal.config import Settings

COOKIE = "_csrf_token"  # the cookie that Dash's renderer copies into the header X-CSRFToken


def install(server: Flask, settings: Settings) -> None:
    server.config["WTF_CSRF_TIME_LIMIT"] = None  # the token lives as long as its session
    CSRFProtect(server)

    @server.after_request
    def hand_out(response: Response) -> Response:
        if request.url_rule and request.url_rule.rule in PAGES and g.get("viewer"):
            response.set_cookie(COOKIE, generate_csrf(), secure=settings.production, samesite="Lax", path="/")
        return response
