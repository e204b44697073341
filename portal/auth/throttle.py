"""Failed sign-ins are counted per account and per address, in the database, so that every worker counts along."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal import clock
from portal.credentials import folded_address
from portal.db.engine import writing
from portal.db.models import SignInAttempt

ACCOUNT_LIMIT, ADDRESS_LIMIT = 8, 30
WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Keys:
    """Keyed hashes: the table tells nobody who tried from where."""

    account: str
    address: str


def keys_of(secret: bytes, email: str, address: str) -> Keys:
    return Keys(
        _keyed(secret, f"account {folded_address(email)}"),
        _keyed(secret, f"address {address}"),
    )


def seconds_to_wait(keys: Keys, engine: Engine | None = None) -> int:
    """Counts this try as a failure until `forget` says otherwise. 0: go on; else the seconds until another try.

    The try is written before it is counted: of many at once, on many workers, none goes uncounted. A try that has
    to wait is taken back, so that knocking on does not make the wait longer.
    """
    at = clock.now()
    with writing(engine) as own:
        own.execute(delete(SignInAttempt).where(SignInAttempt.at <= at - WINDOW))
        attempt = SignInAttempt(account_key=keys.account, address_key=keys.address, at=at)
        own.add(attempt)
        own.commit()
        free_at = max(
            _free_at(own, attempt, SignInAttempt.account_key, ACCOUNT_LIMIT),
            _free_at(own, attempt, SignInAttempt.address_key, ADDRESS_LIMIT),
        )
        if free_at > at:
            own.execute(delete(SignInAttempt).where(SignInAttempt.id == attempt.id))
        own.commit()
    return max(0, ceil((free_at - at).total_seconds()))


def forget(keys: Keys, engine: Engine | None = None) -> None:
    """The password was right: the account's failures no longer count."""
    with writing(engine) as own:
        own.execute(delete(SignInAttempt).where(SignInAttempt.account_key == keys.account))
        own.commit()


def _free_at(own: Session, attempt: SignInAttempt, key: InstrumentedAttribute[str], limit: int) -> datetime:
    """When fewer than `limit` other tries with the same key are left in the window."""
    decisive = own.scalar(
        select(SignInAttempt.at)
        .where(
            key == getattr(attempt, key.key),
            SignInAttempt.id != attempt.id,
            SignInAttempt.at > attempt.at - WINDOW,
        )
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
        .offset(limit - 1)
        .limit(1)
    )
    return attempt.at if decisive is None else decisive + WINDOW


def _keyed(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
