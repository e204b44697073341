"""Who may sign in, and which sign-ins still hold."""

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import CODE, TITLE, Base, Versioned, foreign, shown
from portal.permissions import Role
from portal.vocabulary import ReminderKind


class User(Versioned, Base):
    """A person; `epoch` rises when role, partners or password change, which ends every older session."""

    __tablename__ = "user_account"
    called = "gebruiker"

    email: Mapped[str] = shown("E-mail", String(TITLE), unique=True)
    name: Mapped[str] = shown("Naam", String(TITLE))
    role: Mapped[Role] = shown("Rol")
    password_hash: Mapped[str | None] = shown("Wachtwoord", String(TITLE))
    active: Mapped[bool] = shown("Actief", default=True)
    epoch: Mapped[int] = shown("Aanmeldperiode", default=1)
    invite_hash: Mapped[str | None] = shown("Uitnodiging", String(TITLE))
    invite_until: Mapped[datetime | None] = shown("Uitnodiging tot")
    welcomed_at: Mapped[datetime | None] = shown("Eerste stappen gesloten op")


class UserPartner(Base):
    __tablename__ = "user_partner"
    called = "partner van gebruiker"
    __table_args__ = (UniqueConstraint("user_id", "partner_id"),)

    user_id: Mapped[int] = foreign("user_account.id", "Gebruiker", index=False, cascade=True)
    partner_id: Mapped[int] = foreign("partner.id", "Partner")


class UserAtelier(Base):
    __tablename__ = "user_atelier"
    called = "atelier van gebruiker"
    __table_args__ = (UniqueConstraint("user_id", "atelier_id"),)

    user_id: Mapped[int] = foreign("user_account.id", "Gebruiker", index=False, cascade=True)
    atelier_id: Mapped[int] = foreign("atelier.id", "Atelier")


class LoginSession(Base):
    """A sign-in: the cookie holds a random id of which only the hash is kept here."""

    __tablename__ = "login_session"

    token_hash: Mapped[str] = mapped_column(String(TITLE), unique=True)
    user_id: Mapped[int] = foreign("user_account.id", cascade=True)
    epoch: Mapped[int]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class CalendarAddress(Base):
    """Where somebody's own calendar asks for the meetings: the address holds a random token, of which only the hash is
    kept here; whoever holds it reads them with that person's rights."""

    __tablename__ = "calendar_address"
    called = "agenda-adres"

    user_id: Mapped[int] = foreign("user_account.id", "Gebruiker", index=False, unique=True, cascade=True)
    token_hash: Mapped[str] = shown("Sleutel van de agenda", String(TITLE), unique=True)
    made_at: Mapped[datetime] = shown("Gemaakt op")
    revoked_at: Mapped[datetime | None] = shown("Ingetrokken op")


class RememberedList(Base):
    """How a person explained a file of their own, by the shape of its headings: next month's is read the same way.

    `mapped` is the JSON of `data_loaders.mapping.file_map`.
    """

    __tablename__ = "remembered_list"
    called = "onthouden lijst"
    __table_args__ = (UniqueConstraint("user_id", "kind", "shape"),)

    user_id: Mapped[int] = foreign("user_account.id", "Gebruiker", index=False, cascade=True)
    kind: Mapped[str] = shown("Soort gegevens", String(CODE))
    shape: Mapped[str] = shown("Vorm", String(TITLE))
    name: Mapped[str] = shown("Naam", String(TITLE))
    mapped: Mapped[str] = shown("Wat is wat", Text, info={"unlimited": True})
    saved_at: Mapped[datetime] = shown("Bewaard op")


class SignInAttempt(Base):
    """A failed try, counted per account and address, or per browser that signed in before; all kept as keyed hashes."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_account_key_at", "account_key", "at"),
        Index("ix_sign_in_attempt_address_key_at", "address_key", "at"),
        Index("ix_sign_in_attempt_browser_key_at", "browser_key", "at"),
    )

    account_key: Mapped[str] = mapped_column(String(TITLE))
    address_key: Mapped[str] = mapped_column(String(TITLE))
    browser_key: Mapped[str | None] = mapped_column(String(TITLE))
    at: Mapped[datetime]


class ReminderSent(Base):
    """A mail that went out: never twice for one round, kind and person."""

    __tablename__ = "reminder_sent"
    called = "verstuurde mail"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id", "kind"),)

    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering", index=False)
    user_id: Mapped[int] = foreign("user_account.id", "Gebruiker")
    kind: Mapped[ReminderKind] = shown("Soort mail")
    sent_at: Mapped[datetime] = shown("Verstuurd op")
