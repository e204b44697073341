"""The people who sign in, and as whoever manages the portal sees them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.credentials import CountedTry, folded_address, token_hash
from portal.db.lookups import whom_it_invites
from portal.db.models import Atelier, CalendarAddress, LoginSession, Partner, PortalInfo, User, UserAtelier, UserPartner
from portal.permissions import Permission, Role, RowNotFound, Viewer, require
from portal.vocabulary import DatabaseKind


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


Places = tuple[tuple[str, str], ...]  # the code and the title of each, in their order


@dataclass(frozen=True, slots=True)
class UserRow:
    """`invited_until` and `last_sign_in` in UTC; None: not invited, and not lately."""

    id: int
    version: int
    email: str
    name: str
    role: Role
    partners: Places
    ateliers: Places
    active: bool
    invited_until: datetime | None
    has_password: bool
    last_sign_in: datetime | None

    @property
    def places(self) -> str:
        return ", ".join(title for _, title in (*self.partners, *self.ateliers))


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


def calendar_made_at(session: Session, viewer: Viewer) -> datetime | None:
    """When the viewer made the address by which an own calendar asks for the meetings (UTC); None where none opens."""
    mine = select(CalendarAddress.made_at).where(CalendarAddress.user_id == viewer.user_id)
    return session.scalar(mine.where(CalendarAddress.revoked_at.is_(None)))


def calendar_holder(session: Session, token: str) -> Viewer | None:
    """Whose calendar asks with this token, as the person may know the meetings now; None as in `viewer_of`, and for a
    token that was revoked or never made."""
    user_id = session.scalar(
        select(CalendarAddress.user_id).where(
            CalendarAddress.token_hash == token_hash(token), CalendarAddress.revoked_at.is_(None)
        )
    )
    return None if user_id is None else viewer_of(session, user_id)


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


def is_first_visit(session: Session, viewer: Viewer) -> bool:
    """Nobody closed the first steps as this person; never for the portal itself."""
    if viewer.user_id is None:
        return False
    return session.scalar(select(User.id).where(User.id == viewer.user_id, User.welcomed_at.is_(None))) is not None


def invited_person(session: Session, counted: CountedTry, token: str, at: datetime) -> str | None:
    """The e-mail address that a one-time link invites; None when the link is unknown, used or too old."""
    found = whom_it_invites(session, counted, token, at)
    return found.email if found else None


def users(session: Session, viewer: Viewer) -> list[UserRow]:
    """By e-mail address."""
    require(viewer, Permission.MANAGE_PORTAL)
    people = session.scalars(select(User).where(User.archived_at.is_(None)).order_by(User.email)).all()
    partners = _places(session, select(UserPartner.user_id, Partner.slug, Partner.title), Partner)
    ateliers = _places(session, select(UserAtelier.user_id, Atelier.code, Atelier.title), Atelier)
    signed_in = dict(
        session.execute(select(LoginSession.user_id, func.max(LoginSession.created_at)).group_by("user_id")).all()
    )
    return [
        UserRow(
            id=user.id,
            version=user.version,
            email=user.email,
            name=user.name,
            role=user.role,
            partners=tuple(partners[user.id]),
            ateliers=tuple(ateliers[user.id]),
            active=user.active,
            invited_until=user.invite_until,
            has_password=user.password_hash is not None,
            last_sign_in=signed_in.get(user.id),
        )
        for user in people
    ]


def _places(
    session: Session, links: Select[int, str, str], place: type[Partner] | type[Atelier]
) -> defaultdict[int, list[tuple[str, str]]]:
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for user_id, code, title in session.execute(links.join(place).order_by(place.position, place.id)):
        found[user_id].append((code, title))
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
