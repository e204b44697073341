"""A browser remembers, in a signed cookie, for which accounts somebody signed in there; others cannot use up its tries.

It opens nothing: a forged, foreign or old cookie makes its browser a stranger's, and so does another account.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from portal import clock
from portal.credentials import folded_address, new_token

KNOWN_FOR = timedelta(days=180)
MOST_ACCOUNTS = 10  # of a shared machine; who signed in longest ago is forgotten first
SALT = "portal known browser"


@dataclass(frozen=True, slots=True)
class Browser:
    """Its random name, and per account, as a keyed hash, the second of the newest sign-in."""

    name: str
    accounts: Mapping[str, int] = field(default_factory=dict)


def browser_for(account: str) -> str | None:
    """The name of this request's browser when somebody signed in there for the account; None for a stranger's."""
    browser = _sent()
    return browser.name if browser and _hashed(account) in browser.accounts else None


def remember(answer: Response, account: str) -> None:
    """Somebody signed in: the browser is known for this account from now on."""
    browser = _sent() or Browser(new_token())
    accounts = {**browser.accounts, _hashed(account): int(clock.now().timestamp())}
    newest = sorted(accounts, key=lambda one: accounts[one], reverse=True)[:MOST_ACCOUNTS]
    answer.set_cookie(
        cookie_name(),
        _signer().dumps([browser.name, {one: accounts[one] for one in newest}]),
        max_age=KNOWN_FOR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def cookie_name() -> str:
    """Beside the cookie of the sign-in, and as well guarded."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}-browser"


def _sent() -> Browser | None:
    try:
        name, accounts = _signer().loads(request.cookies.get(cookie_name(), ""))
    except BadData:
        return None
    oldest = (clock.now() - KNOWN_FOR).timestamp()
    return Browser(name, {account: at for account, at in accounts.items() if at > oldest})


def _hashed(account: str) -> str:
    key = f"{SALT} {current_app.secret_key!r}".encode()
    return hmac.new(key, folded_address(account).encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)
