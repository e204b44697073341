"""What the portal refuses to start with."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import SecretStr
from sqlalchemy.exc import DBAPIError

from portal.config import Environment, Settings, SettingsRefused, fault_in_key
from portal.db import migrate
from portal.db.engine import Unavailable, engine_for, reading
from portal.queries.about import portal_state
from portal.vocabulary import DatabaseKind

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


SECRET, TRAIL = "PORTAL_SECRET_KEY", "PORTAL_TRAIL_KEY"
ANYWHERE = frozenset(Environment)
PRODUCTION, DEMO = frozenset({Environment.PRODUCTION}), frozenset({Environment.DEMO})


@dataclass(frozen=True)
class Start:
    """All that decides on a start."""

    settings: Settings
    environ: Mapping[str, str]

    @cached_property
    def database(self) -> tuple[str | None, DatabaseKind | None]:
        """Its revision, None while it is empty; and at this release's revision its kind."""
        try:
            with reading(engine_for(self.settings.database_url)) as asking:
                revision = migrate.revision_in(asking.connection())
                current = revision == migrate.newest_revision()
                return revision, portal_state(asking).kind if current else None
        except (DBAPIError, Unavailable) as fault:
            raise SettingsRefused(
                "De database antwoordt niet; kijk na of ze draait en of PORTAL_DATABASE_URL klopt,"
                " of maak ze met: portal migrate"
            ) from fault

    @property
    def keys(self) -> dict[str, SecretStr]:
        """What is given of the keys, by name."""
        every = {SECRET: self.settings.secret_key, TRAIL: self.settings.trail_key}
        return {name: key for name, key in every.items() if key and key.get_secret_value()}


def _switched_on(start: Start) -> str | None:
    return next(
        (
            f"{name} staat op {value!r}; daarmee start het portaal niet: haal ze weg"
            for name, value in start.environ.items()
            if name.upper() in SWITCHES and value.lower() not in OFF  # Dash reads both spellings
        ),
        None,
    )


def _moved(start: Start) -> str | None:
    found = (name for name, value in start.environ.items() if name.upper() in MOVES and value)
    return next((f"{name} zou verplaatsen wat het portaal aanbiedt; haal ze weg" for name in found), None)


def _key_missing(start: Start) -> str | None:
    return next((fault_in_key(name, None) for name in (SECRET, TRAIL) if name not in start.keys), None)


def _key_weak(start: Start) -> str | None:
    return next((fault for name, key in start.keys.items() if (fault := fault_in_key(name, key))), None)


def _one_key_for_two(start: Start) -> str | None:
    if len(set(start.keys.values())) == len(start.keys):
        return None
    return f"{TRAIL} is dezelfde sleutel als {SECRET}; geef het spoor een eigen sleutel"


def _no_hosts(start: Start) -> str | None:
    if start.settings.hosts:
        return None
    return "PORTAL_TRUSTED_HOSTS ontbreekt; zet er de namen in waarop het portaal antwoordt, zoals portaal.example.be"


def _another_schema(start: Start) -> str | None:
    found, newest = start.database[0], migrate.newest_revision()
    if found == newest:
        return None
    way_on = "voer eerst uit: portal migrate" if start.settings.production else "bouw de demo met: portal demo --fresh"
    return f"Het schema staat op {found or 'leeg'} en deze versie vraagt {newest}; {way_on}"


def _demo_database(start: Start) -> str | None:
    if start.database[1] is not DatabaseKind.DEMO:
        return None
    return (
        "Dit is een demodatabase, waarvan iedereen het wachtwoord van de beheerder kent; "
        "geef met PORTAL_DATABASE_URL een andere database, of toon de demo met PORTAL_ENV=demo"
    )


def _real_database(start: Start) -> str | None:
    if start.database[1] is not DatabaseKind.REAL:
        return None
    return (
        "Dit is geen demodatabase, en PORTAL_ENV=demo toont accounts en gebruikt zwakke sleutels; "
        "haal PORTAL_ENV weg, of maak een demo met: portal demo"
    )


REFUSALS: tuple[tuple[Callable[[Start], str | None], frozenset[Environment]], ...] = (
    (_switched_on, ANYWHERE),
    (_moved, ANYWHERE),
    (_key_missing, PRODUCTION),
    (_key_weak, ANYWHERE),
    (_one_key_for_two, ANYWHERE),
    (_no_hosts, PRODUCTION),
    (_another_schema, ANYWHERE),
    (_demo_database, PRODUCTION),
    (_real_database, DEMO),
)
"""What the portal does not start with, and in which environment; the first that applies is said."""


def check_start(settings: Settings, environ: Mapping[str, str] | None = None) -> None:
    """What everything that serves the portal asks first. Raises SettingsRefused with one Dutch sentence."""
    start = Start(settings, os.environ if environ is None else environ)
    for fault_in, environments in REFUSALS:
        if settings.env in environments and (fault := fault_in(start)):
            raise SettingsRefused(fault)


def signing_key(settings: Settings) -> str:
    """The key that signs cookies; in a demo without one, a key for this process alone."""
    if settings.production or settings.secret_key:
        return settings.required_secret()
    return secrets.token_urlsafe(48)
