"""Failed tries at a secret are counted in the database, so that every worker counts along.

A stranger's browser is counted per account and address together, and more widely per account and per address. A browser
that signed in to the account before is counted by itself: strangers neither keep it out nor are helped by it. It
remembers, in a signed cookie, for which accounts somebody signed in there. That opens nothing: a forged, foreign or old
cookie makes its browser a stranger's, and so does another account.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import ColumnElement, Engine, delete, insert, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal import clock
from portal.commands.base import MustWait
from portal.credentials import CountedTry, folded_address, new_token
from portal.db.engine import writing
from portal.db.models import SignInAttempt

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


PAIR_LIMIT, BROWSER_LIMIT = 8, 8
ACCOUNT_LIMIT, ADDRESS_LIMIT = 40, 30
WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Keys:
    """Keyed hashes: the table tells nobody who tried from where. `browser`: None for a stranger's."""

    account: str
    address: str
    browser: str | None = None

    @property
    def own(self) -> ColumnElement[bool]:
        """The tries of who tries now: of this browser, or of a stranger for this account at this address."""
        if self.browser is not None:
            return SignInAttempt.browser_key == self.browser
        return (SignInAttempt.account_key == self.account) & self._at_this_address

    @property
    def limits(self) -> tuple[tuple[ColumnElement[bool], int], ...]:
        if self.browser is not None:
            return ((self.own, BROWSER_LIMIT),)
        by_strangers = (SignInAttempt.account_key == self.account) & SignInAttempt.browser_key.is_(None)
        return (self.own, PAIR_LIMIT), (by_strangers, ACCOUNT_LIMIT), (self._at_this_address, ADDRESS_LIMIT)

    @property
    def _at_this_address(self) -> ColumnElement[bool]:
        return (SignInAttempt.address_key == self.address) & SignInAttempt.browser_key.is_(None)


def keys_of(secret: bytes, account: str, address: str, browser: str | None = None) -> Keys:
    account = folded_address(account)
    return Keys(
        _keyed(secret, f"account {account}"),
        _keyed(secret, f"address {address}"),
        _keyed(secret, f"browser {browser} {account}") if browser else None,
    )


@contextmanager
def counted_try(account: str) -> Iterator[CountedTry]:
    """The one way to a `CountedTry`: this request's try at the secret of an account, forgotten when it was right.

    Raises MustWait before anything is looked at when there were too many.
    """
    secret = hashlib.sha256(f"throttle {current_app.secret_key!r}".encode()).digest()
    keys = keys_of(secret, account, request.remote_addr or "", browser_for(account))
    wait = seconds_to_wait(keys)
    if wait:
        raise MustWait(wait)
    counted = CountedTry()
    try:
        yield counted
    finally:
        if counted.right:
            forget(keys)


def seconds_to_wait(keys: Keys, engine: Engine | None = None) -> int:
    """Counts this try as a failure until `forget` says otherwise. 0: go on; else the seconds until another try.

    The try is written before it is counted: of many at once, on many workers, none goes uncounted. A try that has
    to wait is taken back, so that knocking on does not make the wait longer.
    """
    at = clock.now()
    with writing(engine) as own:
        _remove(own, SignInAttempt.at <= at - WINDOW)
        this = own.scalar(
            insert(SignInAttempt)
            .values(account_key=keys.account, address_key=keys.address, browser_key=keys.browser, at=at)
            .returning(SignInAttempt.id)
        )
        own.commit()
        free_at = max(_free_at(own, others & (SignInAttempt.id != this), limit, at) for others, limit in keys.limits)
        if free_at > at:
            _remove(own, SignInAttempt.id == this)
            own.commit()
    return max(0, ceil((free_at - at).total_seconds()))


def forget(keys: Keys, engine: Engine | None = None) -> None:
    """The secret was right: the own failures no longer count; those of others go on."""
    with writing(engine) as own:
        _remove(own, keys.own)
        own.commit()


def _remove(own: Session, which: ColumnElement[bool]) -> None:
    """What another is removing at this moment is left to them: two who waited for each other would both fail."""
    rows = select(SignInAttempt.id).where(which).order_by(SignInAttempt.id).with_for_update(skip_locked=True)
    own.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(rows)))


def _free_at(own: Session, others: ColumnElement[bool], limit: int, at: datetime) -> datetime:
    """When fewer than `limit` of the other tries are left in the window."""
    decisive = own.scalar(
        select(SignInAttempt.at)
        .where(others, SignInAttempt.at > at - WINDOW)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
        .offset(limit - 1)
        .limit(1)
    )
    return at if decisive is None else decisive + WINDOW


def _keyed(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
