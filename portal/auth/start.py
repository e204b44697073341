"""What the portal refuses to start with."""

import os
import secrets
from collections.abc import Mapping

from portal.config import Settings, SettingsRefused

OFF = frozenset({"", "false"})  # what Dash takes for "no": even "0" switches things on
SWITCHES = frozenset(
    {
        "DASH_DEBUG",
        "DASH_HOT_RELOAD",
        "DASH_MCP_ENABLED",
        "DASH_PROPS_CHECK",
        "DASH_SERVE_DEV_BUNDLES",
        "DASH_UI",
        "DASH_VALIDATE_CALLBACKS",
        "FLASK_DEBUG",
    }
)
MOVES = frozenset(
    {
        "DASH_ASSETS_EXTERNAL_PATH",
        "DASH_INCLUDE_ASSETS_FILES",
        "DASH_MCP_PATH",
        "DASH_PROXY",
        "DASH_REQUESTS_PATHNAME_PREFIX",
        "DASH_ROUTES_PATHNAME_PREFIX",
        "DASH_SUPPRESS_CALLBACK_EXCEPTIONS",
        "DASH_URL_BASE_PATHNAME",
    }
)
HARMLESS = frozenset(
    {
        "DASH_APP_NAME",
        "DASH_COMPONENTS_CACHE_MAX_AGE",
        "DASH_COMPRESS",
        "DASH_DISABLE_VERSION_CHECK",
        "DASH_HOT_RELOAD_INTERVAL",
        "DASH_HOT_RELOAD_MAX_RETRY",
        "DASH_HOT_RELOAD_WATCH_INTERVAL",
        "DASH_PRUNE_ERRORS",
        "DASH_SILENCE_ROUTES_LOGGING",
    }
)


def check_start(settings: Settings, environ: Mapping[str, str] | None = None) -> None:
    """Raises SettingsRefused for a bad secret in production, and for debug, MCP or moved paths from the environment."""
    if settings.production:
        settings.required_secret()
    for name, value in (os.environ if environ is None else environ).items():
        known = name.upper()  # Dash reads both spellings
        if known in SWITCHES and value.lower() not in OFF:
            raise SettingsRefused(f"{name} staat op {value!r}; daarmee start het portaal niet: haal ze weg")
        if known in MOVES and value:
            raise SettingsRefused(f"{name} zou verplaatsen wat het portaal aanbiedt; haal ze weg")


def signing_key(settings: Settings) -> str:
    """The key that signs cookies; in a demo without one, a key for this process alone."""
    if settings.production or settings.secret_key:
        return settings.required_secret()
    return secrets.token_urlsafe(48)
