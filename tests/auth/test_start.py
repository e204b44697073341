"""What the portal does not start with."""

import pytest
from dash._configs import load_dash_env_vars

from portal.auth.start import HARMLESS, MOVES, SWITCHES, check_start, signing_key
from portal.config import Settings, SettingsRefused

GOOD = "kP3v9QxT7mWz2LrB8nYc5HdJ6fGs4AeU1oIi0tRq"


def production(secret: str | None) -> Settings:
    return Settings(env="production", secret_key=secret)  # type: ignore[arg-type]


@pytest.mark.parametrize("secret", [None, "", "kort", "a" * 64, "changeme-changeme-changeme-0123456789", GOOD[:31]])
def test_production_refuses_a_missing_short_or_well_known_secret(secret: str | None) -> None:
    with pytest.raises(SettingsRefused, match="PORTAL_SECRET_KEY"):
        check_start(production(secret), {})
    with pytest.raises(SettingsRefused):
        signing_key(production(secret))


@pytest.mark.parametrize("value", ["1", "true", "True", "on", "0"])
@pytest.mark.parametrize("name", [*sorted(SWITCHES), "dash_debug", "dash_mcp_enabled"])
def test_debug_and_mcp_are_not_switched_on_from_outside(name: str, value: str) -> None:
    with pytest.raises(SettingsRefused, match=name):
        check_start(production(GOOD), {name: value})


@pytest.mark.parametrize("name", sorted(MOVES))
def test_nothing_moves_what_the_portal_serves(name: str) -> None:
    with pytest.raises(SettingsRefused, match=name):
        check_start(Settings(), {name: "/elders/"})


def test_a_sound_environment_starts() -> None:
    check_start(production(GOOD), {"DASH_DEBUG": "false", "FLASK_DEBUG": "", "PATH": "/bin"})
    assert signing_key(production(GOOD)) == GOOD


def test_a_demo_without_a_key_makes_its_own_each_time() -> None:
    check_start(Settings(), {})
    assert len(signing_key(Settings())) > 32
    assert signing_key(Settings()) != signing_key(Settings())


def test_every_variable_that_dash_reads_was_judged() -> None:
    read = {name for name in load_dash_env_vars() if name.startswith("DASH_")}
    assert read <= SWITCHES | MOVES | HARMLESS
