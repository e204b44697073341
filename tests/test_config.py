"""What the environment may ask for, and what the portal will not start with."""

import pytest
from pydantic import ValidationError

from portal.config import DEMO_TRAIL_KEY, Environment, Settings, SettingsRefused
from portal.db.engine import database_url

GOOD = "k8Zq1vT5mX2rB7nL0sW4yD9hJ3fG6cP8"


@pytest.fixture(autouse=True)
def _nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch):
    for name in (
        "DATABASE_URL",
        "SECRET_KEY",
        "TRAIL_KEY",
        "TRAIL_KEYS_PAST",
        "ENV",
        "TRUSTED_HOSTS",
        "SESSION_IDLE_MINUTES",
        "MAX_UPLOAD_MB",
    ):
        monkeypatch.delenv(f"PORTAL_{name}", raising=False)


@pytest.mark.parametrize("address", ["", "mysql://x/y", "C:/portaal.db", "portal.db", "sqlite:/x.db", "SQLITE:///x.db"])
def test_an_address_of_another_kind_of_database_is_refused(address):
    with pytest.raises(ValidationError, match="PORTAL_DATABASE_URL begint met"):
        Settings(database_url=address)


@pytest.mark.parametrize(
    "address", ["sqlite:///x.db", "postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"]
)
def test_both_databases_are_accepted_in_every_usual_spelling(address):
    assert Settings(database_url=address).database_url == address


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("postgres://u:p@h:5432/d", "postgresql+psycopg"),
        ("postgresql://u:p@h:5432/d", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@h:5432/d", "postgresql+psycopg"),
        ("sqlite:///x.db", "sqlite"),
    ],
)
def test_an_address_is_read_with_the_driver_that_is_installed(written, driver):
    read = database_url(written)
    assert read.drivername == driver
    if driver != "sqlite":
        assert (read.username, read.password, read.host, read.port, read.database) == ("u", "p", "h", 5432, "d")


@pytest.mark.parametrize("name", ["session_idle_minutes", "session_absolute_hours", "max_upload_mb"])
@pytest.mark.parametrize("value", [0, -1])
def test_a_limit_below_one_is_refused(name, value):
    with pytest.raises(ValidationError, match="minstens 1"):
        Settings(**{name: value})
    assert getattr(Settings(**{name: 1}), name) == 1


def test_a_missing_key_is_refused_with_the_way_to_make_one():
    with pytest.raises(SettingsRefused, match="token_urlsafe"):
        Settings(secret_key=None).required_secret()
    with pytest.raises(SettingsRefused, match="ontbreekt"):
        Settings(secret_key="").required_secret()


@pytest.mark.parametrize(
    "secret", ["kort", GOOD[:31], "a" * 64, "abcabcabc" * 8, "123456789" * 8], ids=["4", "31", "same", "three", "nine"]
)
def test_a_short_or_simple_key_is_refused(secret):
    with pytest.raises(SettingsRefused, match="te kort of te eenvoudig"):
        Settings(secret_key=secret).required_secret()


@pytest.mark.parametrize("word", ["secret", "ChangeMe", "change-me", "password", "WACHTWOORD", "voorbeeld"])
def test_a_key_with_a_well_known_word_in_it_is_refused_whatever_its_length(word):
    with pytest.raises(SettingsRefused, match="bekend woord"):
        Settings(secret_key=GOOD + word).required_secret()


def test_a_random_key_is_used_as_it_is_and_never_shown():
    given = Settings(secret_key=GOOD)
    assert given.required_secret() == GOOD
    assert GOOD not in repr(given)
    assert GOOD not in str(given.model_dump())


@pytest.mark.parametrize("key", [None, "", "kort", "a" * 64, GOOD + "voorbeeld", GOOD + ",komma"])
def test_production_has_a_good_key_for_its_trail_or_is_refused_in_one_sentence(key):
    with pytest.raises(SettingsRefused, match="PORTAL_TRAIL_KEY") as refused:
        Settings(env="production", trail_key=key, trail_keys_past=GOOD).trail_keys()
    assert len(str(refused.value).splitlines()) == 1
    assert GOOD not in str(refused.value)


def test_the_key_in_use_comes_first_and_everybodys_key_is_of_a_demo_alone():
    given = {"trail_key": GOOD, "trail_keys_past": " vorige , ,eerste"}
    assert Settings(env="production", **given).trail_keys() == (GOOD, "vorige", "eerste")
    assert Settings(env="demo", **given).trail_keys() == (GOOD, "vorige", "eerste", DEMO_TRAIL_KEY)
    assert Settings(env="demo").trail_keys() == (DEMO_TRAIL_KEY,)
    assert GOOD not in repr(Settings(env="demo", **given))


def test_without_a_word_it_is_production_and_a_demo_must_be_asked_for(monkeypatch):
    assert Settings().production
    monkeypatch.setenv("PORTAL_ENV", "demo")
    assert Settings().env is Environment.DEMO
    assert not Settings().production
    monkeypatch.setenv("PORTAL_ENV", "prodcution")
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    ("written", "hosts"),
    [
        ("", []),
        (" , ,", []),
        ("portaal.example", ["portaal.example"]),
        (" a.example , .b.example", ["a.example", ".b.example"]),
    ],
)
def test_hosts_are_a_list_with_commas(written, hosts):
    assert Settings(trusted_hosts=written).hosts == hosts
