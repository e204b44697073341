"""What a person signs in with: an address, a password, a one-time token; and what is kept of each."""

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.words import fold

SHORTEST, LONGEST, ADDRESS_LENGTH, FEWEST_SIGNS = 12, 200, 254, 5
PASSWORD_RULE = (
    f"Kies een wachtwoord van {SHORTEST} tot {LONGEST} tekens dat niet uw e-mailadres is "
    "en niet bij de meest geraden wachtwoorden hoort."
)
MOST_GUESSED = frozenset(
    {
        "wachtwoord123",
        "wachtwoord1234",
        "wachtwoord12345",
        "welkom123456",
        "welkom1234567",
        "password1234",
        "password12345",
        "passwordpassword",
        "123456789012",
        "1234567890123",
        "123456789101112",
        "azertyuiop12",
        "azertyuiop123",
        "qwertyuiop12",
        "qwertyuiop123",
        "1q2w3e4r5t6y",
        "qwerty123456",
        "azerty123456",
        "administrator",
        "administrator1",
        "beheerder123",
        "beheerder1234",
        "gemeente1234",
        "letmeinletmein",
    }
)
_ADDRESS = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]+")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@dataclass(slots=True)
class CountedTry:
    """One try at a secret that was counted before anybody looks at the secret; only the throttle makes one.

    Whoever holds something against a secret takes it as an argument and says in it whether the try was right.
    """

    right: bool = False


def folded_address(text: str) -> str:
    """The one spelling of an e-mail address by which a person is found."""
    return unicodedata.normalize("NFC", text).strip().lower()


def is_address(text: str) -> bool:
    return len(text) <= ADDRESS_LENGTH and _ADDRESS.fullmatch(text) is not None


def new_token() -> str:
    """256 random bits, for a link or a cookie; only `token_hash` of it is kept."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_acceptable(password: str, address: str) -> bool:
    """Whether the password keeps to PASSWORD_RULE."""
    bare = fold(password).replace(" ", "")
    return (
        SHORTEST <= len(password) <= LONGEST
        and len(set(password)) >= FEWEST_SIGNS
        and bare not in MOST_GUESSED
        and folded_address(address) not in folded_address(password)
    )


def hash_of(password: str) -> str:
    return _HASHER.hash(_normal(password))


def matches(counted: CountedTry, kept: str | None, password: str) -> bool:
    """Whether the password belongs to the kept hash. Without a hash it costs the same and is False."""
    try:
        _HASHER.verify(kept or nobodys_hash(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    counted.right = kept is not None
    return counted.right


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other costs than today's."""
    return _HASHER.check_needs_rehash(kept)


@lru_cache(maxsize=1)
def nobodys_hash() -> str:
    """The hash that stands in for a person who does not exist."""
    return _HASHER.hash(new_token())


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password[: LONGEST + 1])
