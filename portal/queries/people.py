"""The people who sign in, and as whoever manages the portal sees them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.credentials import CountedTry, folded_address
from portal.db.lookups import whom_it_invites
from portal.db.models import Atelier, LoginSession, Partner, PortalInfo, User, UserAtelier, UserPartner
from portal.permissions import Permission, Role, RowNotFound, Viewer, require
from portal.vocabulary import DatabaseKind

USERS = ["id", "email", "name", "role", "partners", "ateliers", "active", "invited_until", "has_password"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is held against."""

    user_id: int
    password_hash: str | None
    epoch: int
    active: bool


@dataclass(frozen=True, slots=True)
class DemoAccount:
    email: str
    name: str
    role: Role


def viewer_of(session: Session, user_id: int) -> Viewer | None:
    """The person as a query or command may know them; None when unknown, disabled or archived."""
    rows = session.execute(
        select(User.role, User.name, UserPartner.partner_id, UserAtelier.atelier_id)
        .outerjoin(UserPartner, UserPartner.user_id == User.id)
        .outerjoin(UserAtelier, UserAtelier.user_id == User.id)
        .where(User.id == user_id, User.active, User.archived_at.is_(None))
    ).all()
    if not rows:
        return None
    return Viewer(
        role=rows[0].role,
        user_id=user_id,
        name=rows[0].name,
        partner_ids=frozenset(row.partner_id for row in rows if row.partner_id is not None),
        atelier_ids=frozenset(row.atelier_id for row in rows if row.atelier_id is not None),
    )


def viewer_at(session: Session, address: str) -> Viewer | None:
    """The person with this e-mail address, for the command line's `--as`; None as in `viewer_of`."""
    user_id = session.scalar(select(User.id).where(User.email == folded_address(address)))
    return None if user_id is None else viewer_of(session, user_id)


def credentials_of(session: Session, address: str) -> Credentials | None:
    """What to hold a sign-in against; None when nobody has this address."""
    found = session.execute(
        select(User.id, User.password_hash, User.epoch, User.active, User.archived_at).where(
            User.email == folded_address(address)
        )
    ).one_or_none()
    if found is None:
        return None
    return Credentials(found.id, found.password_hash, found.epoch, found.active and found.archived_at is None)


def own_address(session: Session, viewer: Viewer) -> str:
    """The e-mail address the viewer signs in with; "" for the portal itself."""
    return session.scalar(select(User.email).where(User.id == viewer.user_id)) or ""


def invited_person(session: Session, counted: CountedTry, token: str, at: datetime) -> str | None:
    """The e-mail address that a one-time link invites; None when the link is unknown, used or too old."""
    found = whom_it_invites(session, counted, token, at)
    return found.email if found else None


def users(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Columns: id, email, name, role (Role), partners and ateliers (titles, comma-separated), active (bool),
    invited_until (datetime or None), has_password (bool). By e-mail address."""
    require(viewer, Permission.MANAGE_PORTAL)
    people = session.scalars(select(User).where(User.archived_at.is_(None)).order_by(User.email)).all()
    partners = _places(session, UserPartner, UserPartner.partner_id, Partner)
    ateliers = _places(session, UserAtelier, UserAtelier.atelier_id, Atelier)
    rows = [
        (
            user.id,
            user.email,
            user.name,
            user.role,
            ", ".join(partners.get(user.id, ())),
            ", ".join(ateliers.get(user.id, ())),
            user.active,
            user.invite_until,
            user.password_hash is not None,
        )
        for user in people
    ]
    return pd.DataFrame(rows, columns=USERS, dtype=object)


def _places(
    session: Session,
    link: type[UserPartner] | type[UserAtelier],
    place_id: object,
    place: type[Partner] | type[Atelier],
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for user_id, title in session.execute(
        select(link.user_id, place.title).join(place, place.id == place_id).order_by(place.position, place.id)
    ):
        found.setdefault(user_id, []).append(title)
    return found


def demo_accounts(session: Session) -> tuple[DemoAccount, ...]:
    """The accounts to try a demo database with, in the order of the roles; none in a real database."""
    if session.scalar(select(PortalInfo.kind)) != DatabaseKind.DEMO:
        return ()
    people = session.execute(
        select(User.email, User.name, User.role).where(User.active, User.password_hash.is_not(None))
    )
    order = list(Role)
    accounts = [DemoAccount(row.email, row.name, row.role) for row in people]
    return tuple(sorted(accounts, key=lambda account: (order.index(account.role), account.email)))


def accounts(session: Session, viewer: Viewer) -> pd.DataFrame:
    """The columns of `users`, and version (int), partner_slugs, atelier_codes (tuples of str), last_sign_in (datetime,
    UTC, or None: not lately). By e-mail address."""
    found = users(session, viewer)
    versions = dict(session.execute(select(User.id, User.version)).all())
    slugs = _codes(session, select(UserPartner.user_id, Partner.slug).join(Partner).order_by(Partner.position))
    codes = _codes(session, select(UserAtelier.user_id, Atelier.code).join(Atelier).order_by(Atelier.position))
    signed_in = dict(
        session.execute(select(LoginSession.user_id, func.max(LoginSession.created_at)).group_by("user_id")).all()
    )
    ids = found["id"].tolist()
    return found.assign(
        version=[versions[each] for each in ids],
        partner_slugs=pd.Series([tuple(slugs.get(each, ())) for each in ids], dtype=object),
        atelier_codes=pd.Series([tuple(codes.get(each, ())) for each in ids], dtype=object),
        last_sign_in=pd.Series([signed_in.get(each) for each in ids], dtype=object),
    )


def place_ids(
    session: Session, viewer: Viewer, partners: Collection[str], ateliers: Collection[str]
) -> tuple[list[int], list[int]]:
    """The ids of partners by slug and of ateliers by code. Raises RowNotFound for one that is unknown."""
    require(viewer, Permission.MANAGE_PORTAL)
    found = (
        session.scalars(select(Partner.id).where(Partner.slug.in_(partners), Partner.archived_at.is_(None))).all(),
        session.scalars(select(Atelier.id).where(Atelier.code.in_(ateliers))).all(),
    )
    if (len(found[0]), len(found[1])) != (len(set(partners)), len(set(ateliers))):
        raise RowNotFound("place")
    return list(found[0]), list(found[1])


def _codes(session: Session, query: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for user_id, code in session.execute(query):
        found.setdefault(user_id, []).append(code)
    return found
