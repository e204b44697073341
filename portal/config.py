"""Settings from the environment, read once. Nothing here has a default that is a secret."""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
ADDRESSES = ("sqlite:///", "postgres://", "postgresql://", "postgresql+psycopg://")
DEMO_TRAIL_KEY = "iedereen kent deze sleutel: het spoor van een demo bewijst niets"
SECRET_LENGTH = 32
DIFFERENT_CHARACTERS = 10
WELL_KNOWN = (
    "secret",
    "changeme",
    "change-me",
    "password",
    "wachtwoord",
    "development",
    "please-change",
    "voorbeeld",
)


def instance_folder() -> Path:
    """Where the portal keeps what is its own: beside a checkout's code, else in the folder it is run from."""
    return (ROOT if (ROOT / "pyproject.toml").exists() else Path.cwd()) / "instance"


class Environment(StrEnum):
    DEMO = "demo"
    PRODUCTION = "production"


class SettingsRefused(ValueError):
    """The environment asks for something the portal will not start with."""


class Settings(BaseSettings):
    """What the environment says; see the table in the README."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", extra="ignore")

    database_url: str = f"sqlite:///{ROOT / 'instance' / 'portal.db'}"
    secret_key: SecretStr | None = None
    trail_key: SecretStr | None = None
    trail_keys_past: SecretStr | None = None  # separated by commas: rows they sealed can still be verified
    env: Environment = Environment.PRODUCTION
    trusted_hosts: str = ""
    proxies: int = 0
    session_idle_minutes: int = 60
    session_absolute_hours: int = 12
    max_upload_mb: int = 10
    reference_dir: Path = ROOT / "data_loaders" / "reference"
    demo_password: SecretStr = SecretStr("zuidwest-demo")
    base_url: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_starttls: bool = True
    mail_from: str = ""

    @field_validator("database_url")
    @classmethod
    def _address_is_one_we_know(cls, address: str) -> str:
        if not address.startswith(ADDRESSES):
            raise ValueError("PORTAL_DATABASE_URL begint met sqlite:///, postgres:// of postgresql://")
        return address

    @field_validator("base_url")
    @classmethod
    def _address_of_the_portal(cls, address: str) -> str:
        if address and not address.startswith(("https://", "http://")):
            raise ValueError("PORTAL_BASE_URL begint met https:// of http://")
        return address.rstrip("/")

    @field_validator("mail_from")
    @classmethod
    def _mail_has_one_sender(cls, address: str) -> str:
        if address and (address.count("@") != 1 or not address.isprintable()):
            raise ValueError("PORTAL_MAIL_FROM is één e-mailadres")
        return address

    @model_validator(mode="after")
    def _limits_are_sensible(self) -> Self:
        if (
            min(
                self.session_idle_minutes,
                self.session_absolute_hours,
                self.max_upload_mb,
            )
            < 1
        ):
            raise ValueError("PORTAL_SESSION_IDLE_MINUTES en PORTAL_MAX_UPLOAD_MB zijn minstens 1")
        return self

    @property
    def production(self) -> bool:
        return self.env is Environment.PRODUCTION

    @property
    def hosts(self) -> list[str]:
        return [host.strip() for host in self.trusted_hosts.split(",") if host.strip()]

    def required_secret(self) -> str:
        """The key that signs cookies; raises SettingsRefused when it is missing, short or well known."""
        return _strong("PORTAL_SECRET_KEY", self.secret_key)

    def trail_keys(self) -> tuple[str, ...]:
        """The keys of the trace, the one in use first; a demo without one has a key that everybody knows.

        Raises SettingsRefused outside a demo when the one in use is missing, short or well known.
        """
        past = self.trail_keys_past.get_secret_value() if self.trail_keys_past else ""
        older = tuple(key.strip() for key in past.split(",") if key.strip())
        own = self.trail_key.get_secret_value() if self.trail_key else ""
        if "," in own:
            raise SettingsRefused("PORTAL_TRAIL_KEY bevat een komma; die scheidt vroegere sleutels: maak een andere")
        if self.production:
            return (_strong("PORTAL_TRAIL_KEY", self.trail_key), *older)
        return (*((own,) if own else ()), *older, DEMO_TRAIL_KEY)


def _strong(name: str, given: SecretStr | None) -> str:
    secret = given.get_secret_value() if given else ""
    if not secret:
        raise SettingsRefused(
            f"{name} ontbreekt; maak er een met: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if len(secret) < SECRET_LENGTH or len(set(secret)) < DIFFERENT_CHARACTERS:
        raise SettingsRefused(
            f"{name} is te kort of te eenvoudig; gebruik minstens {SECRET_LENGTH} willekeurige tekens"
        )
    if any(word in secret.lower() for word in WELL_KNOWN):
        raise SettingsRefused(f"{name} bevat een bekend woord; maak een willekeurige sleutel")
    return secret


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
