"""Addresses, passwords and tokens."""

import argon2
import pytest

from portal.credentials import (
    MOST_GUESSED,
    CountedTry,
    folded_address,
    hash_of,
    is_acceptable,
    is_address,
    is_outdated,
    matches,
    new_token,
    nobodys_hash,
    token_hash,
)

GOOD = "een lange zin om te testen"


def test_a_weak_password_is_refused(subtests: pytest.Subtests) -> None:
    for password in [
        "",
        "elf tekens!",
        "a" * 12,
        "an@voorbeeld.test",
        "AN@Voorbeeld.test",
        "x an@voorbeeld.test",
        "Wachtwoord123",
        "Wachtwoord-123",
        "x" * 201,
        *sorted(MOST_GUESSED)[:3],
    ]:
        with subtests.test(password=password):
            assert not is_acceptable(password, "an@voorbeeld.test")


@pytest.mark.parametrize("password", [GOOD, "12 tekens ok", "paard-batterij", "één à twee ÿ 😀"])
def test_a_long_password_is_taken(password: str) -> None:
    assert is_acceptable(password, "an@voorbeeld.test")


def test_the_most_guessed_are_long_enough_to_matter() -> None:
    assert all(len(word) >= 12 for word in MOST_GUESSED)


def test_a_password_matches_its_own_hash_only() -> None:
    kept = hash_of(GOOD)
    assert not matches(CountedTry(), kept, GOOD + " ")
    assert not matches(CountedTry(), None, GOOD)
    assert not matches(CountedTry(), "geen hash", GOOD)
    assert matches(CountedTry(), kept, GOOD)
    assert hash_of(GOOD) != kept


def test_one_password_typed_on_two_keyboards_is_one_password() -> None:
    assert matches(CountedTry(), hash_of("café zonder suiker"), "cafe\u0301 zonder suiker")


def test_nobodys_hash_costs_what_a_persons_costs() -> None:
    assert not is_outdated(nobodys_hash())
    assert not is_outdated(hash_of(GOOD))
    assert is_outdated(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD))


@pytest.mark.parametrize("text", ["", "an", "an@", "@voorbeeld.test", "an@voorbeeld", "a b@voorbeeld.test", "a@b@c.d",
                                  "a\x00@voorbeeld.test", "a" * 250 + "@b.be"])  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    assert not is_address(text)


def test_an_address_has_one_spelling() -> None:
    assert folded_address("  An.Peeters@Voorbeeld.TEST ") == "an.peeters@voorbeeld.test"
    assert is_address("an.peeters+x@mail.voorbeeld.test")


def test_a_token_is_random_and_its_hash_tells_nothing() -> None:
    token = new_token()
    assert len(token) == 43
    assert token != new_token()
    assert token not in token_hash(token)
    assert len(token_hash("\udcff")) == 64
