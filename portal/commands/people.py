"""Changes to who may sign in, as whom and for what. Whatever narrows or moves a right ends the older sign-ins."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, changed, command
from portal.commands.editing import conflict
from portal.credentials import (
    PASSWORD_RULE,
    CountedTry,
    folded_address,
    hash_of,
    is_acceptable,
    is_address,
    matches,
    new_token,
    token_hash,
)
from portal.db.lookups import whom_it_invites
from portal.db.models import Atelier, CalendarAddress, Partner, User, UserAtelier, UserPartner
from portal.entities.fields import shape
from portal.permissions import Permission, Role, RowNotFound, Viewer

INVITATION_LASTS = timedelta(days=7)
ROLE = shape(User, "role")
INVITATION_GONE = "Deze uitnodiging is gebruikt, verlopen of ongeldig; vraag de beheerder een nieuwe."


@command(Permission.MANAGE_PORTAL)
def add_user(
    session: Session,
    by: Viewer,
    *,
    email: str,
    name: str,
    role: Role,
    partner_ids: Collection[int] = (),
    atelier_ids: Collection[int] = (),
    password: str | None = None,
) -> User:
    """A new person, who cannot sign in before there is a password."""
    address = folded_address(email)
    if not is_address(address):
        raise Refused("Dit is geen geldig e-mailadres; er is niemand toegevoegd.")
    if session.scalar(select(User.id).where(User.email == address)) is not None:
        raise Refused("Er is al een gebruiker met dit e-mailadres; er is niemand toegevoegd.")
    if not name.strip():
        raise Refused("Een gebruiker heeft een naam nodig; er is niemand toegevoegd.")
    _require_places(role, partner_ids, atelier_ids)
    user = User(email=address, name=name.strip(), role=role, active=True, epoch=1)
    if password is not None:
        user.password_hash = _accepted_hash(password, address)
    session.add(user)
    session.flush()
    _place(session, user, partner_ids, atelier_ids)
    return user


@command(Permission.MANAGE_PORTAL)
def invite_user(
    session: Session,
    by: Viewer,
    *,
    email: str,
    name: str,
    role: Role,
    partner_ids: Collection[int] = (),
    atelier_ids: Collection[int] = (),
) -> str:
    """Adds a person and returns the token of a one-time link (`/uitnodiging/<token>`); it is kept nowhere."""
    user = add_user(session, by, email=email, name=name, role=role, partner_ids=partner_ids, atelier_ids=atelier_ids)
    return renew_invitation(session, by, user_id=user.id)


@command(Permission.MANAGE_PORTAL)
def renew_invitation(session: Session, by: Viewer, *, user_id: int) -> str:
    """Returns the token of a new one-time link; an earlier link of this person no longer works."""
    user = _user(session, user_id)
    if not user.active:
        raise Refused("Deze gebruiker is uitgeschakeld en kan niet uitgenodigd worden; er is niets gewijzigd.")
    token = new_token()
    changed(user, invite_hash=token_hash(token), invite_until=clock.now() + INVITATION_LASTS)
    return token


@command(Permission.MANAGE_PORTAL)
def accept_invitation(session: Session, by: Viewer, *, counted: CountedTry, token: str, password: str) -> User:
    """The portal's own act, for whoever holds the link: sets the password and uses the link up."""
    user = whom_it_invites(session, counted, token, clock.now(), lock=True)
    if user is None:
        raise Refused(INVITATION_GONE)
    _set_password(user, password)
    return user


@command(Permission.MANAGE_PORTAL)
def change_role(
    session: Session,
    by: Viewer,
    *,
    user_id: int,
    role: Role,
    partner_ids: Collection[int] = (),
    atelier_ids: Collection[int] = (),
    version: int | None = None,
) -> User:
    """Role, partners and ateliers as they are from now on; ends the person's sign-ins when anything differs.

    Raises Conflict when `version`, what was seen, is no longer the newest.
    """
    admins = _admins(session)
    user = _user(session, user_id)
    if version not in {None, user.version}:
        raise conflict(session, user, {"role": role}, ROLE)
    _require_places(role, partner_ids, atelier_ids)
    if role is not Role.ADMIN:
        _keep_an_admin(admins, user)
    moved = _place(session, user, partner_ids, atelier_ids)
    if changed(user, role=role) or moved:
        user.epoch += 1
    return user


@command(Permission.MANAGE_PORTAL)
def disable_user(session: Session, by: Viewer, *, user_id: int) -> User:
    """The person can no longer sign in, and every sign-in and invitation ends."""
    admins = _admins(session)
    user = _user(session, user_id)
    _keep_an_admin(admins, user)
    if changed(user, active=False, invite_hash=None, invite_until=None):
        user.epoch += 1
    return user


@command(Permission.MANAGE_PORTAL)
def enable_user(session: Session, by: Viewer, *, user_id: int) -> User:
    user = _user(session, user_id)
    changed(user, active=True)
    return user


@command(Permission.MANAGE_PORTAL)
def set_password_by_admin(session: Session, by: Viewer, *, user_id: int, password: str) -> User:
    user = _user(session, user_id)
    _set_password(user, password)
    return user


@command(Permission.EDIT_OWN_ACCOUNT)
def change_own_password(session: Session, by: Viewer, *, counted: CountedTry, current: str, password: str) -> User:
    """Ends every sign-in of the person, this one too."""
    if by.user_id is None:
        raise RowNotFound("no person")
    user = _user(session, by.user_id)
    if not matches(counted, user.password_hash, current):
        raise Refused("Het huidige wachtwoord klopt niet; er is niets gewijzigd.")
    _set_password(user, password)
    return user


@command(Permission.EDIT_OWN_ACCOUNT)
def close_first_steps(session: Session, by: Viewer) -> User:
    """The person needs them no longer; closing them again changes nothing."""
    if by.user_id is None:
        raise RowNotFound("no person")
    user = _user(session, by.user_id)
    changed(user, welcomed_at=user.welcomed_at or clock.now())
    return user


@command(Permission.EDIT_OWN_ACCOUNT)
def make_calendar_address(session: Session, by: Viewer) -> str:
    """Returns the token of the person's own calendar address; an earlier one no longer works. It is kept nowhere."""
    token, at = new_token(), clock.now()
    there = _calendar_address(session, by)
    if there is None:
        session.add(CalendarAddress(user_id=by.user_id, token_hash=token_hash(token), made_at=at))
    else:
        changed(there, token_hash=token_hash(token), made_at=at, revoked_at=None)
    return token


@command(Permission.EDIT_OWN_ACCOUNT)
def revoke_calendar_address(session: Session, by: Viewer) -> None:
    """The address opens nothing from now on; where there is none, nothing changes."""
    there = _calendar_address(session, by)
    if there is not None:
        changed(there, revoked_at=there.revoked_at or clock.now())


def _calendar_address(session: Session, by: Viewer) -> CalendarAddress | None:
    """The person's own, held: two who make one at once get one."""
    if by.user_id is None:
        raise RowNotFound("no person")
    _user(session, by.user_id)
    return session.scalars(select(CalendarAddress).filter_by(user_id=by.user_id)).one_or_none()


@command(Permission.MANAGE_PORTAL)
def renew_password_hash(session: Session, by: Viewer, *, user_id: int, password: str) -> None:
    """The portal's own act after a sign-in: the same password, hashed with today's costs; no sign-in ends."""
    changed(_user(session, user_id), password_hash=hash_of(password))


def _user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id, with_for_update=True, populate_existing=True)
    if user is None or user.archived_at is not None:
        raise RowNotFound("user")
    return user


def _accepted_hash(password: str, address: str) -> str:
    if not is_acceptable(password, address):
        raise Refused(PASSWORD_RULE)
    return hash_of(password)


def _set_password(user: User, password: str) -> None:
    kept = _accepted_hash(password, user.email)
    changed(user, password_hash=kept, invite_hash=None, invite_until=None, epoch=user.epoch + 1)


def _admins(session: Session) -> list[int]:
    """The active administrators, held in one order before anybody else is: of two who disable each other at once one
    waits and is refused, and neither waits for the other."""
    active = select(User.id).where(User.role == Role.ADMIN, User.active, User.archived_at.is_(None))
    return list(session.scalars(active.order_by(User.id).with_for_update()))


def _keep_an_admin(admins: list[int], user: User) -> None:
    if admins == [user.id]:
        raise Refused("Dit is de laatste actieve beheerder; er is niets gewijzigd.")


def _require_places(role: Role, partner_ids: Collection[int], atelier_ids: Collection[int]) -> None:
    if role is Role.DIRECTOR and not partner_ids:
        raise Refused("Een algemeen directeur hoort bij minstens één partner; er is niets gewijzigd.")
    if role is Role.ATELIER and not atelier_ids:
        raise Refused("Een atelierverantwoordelijke hoort bij minstens één atelier; er is niets gewijzigd.")


def _place(session: Session, user: User, partner_ids: Collection[int], atelier_ids: Collection[int]) -> bool:
    """Makes the links what they should be; True when any came or went."""
    partners = _linked(session, user, UserPartner, Partner, frozenset(partner_ids))
    return _linked(session, user, UserAtelier, Atelier, frozenset(atelier_ids)) or partners


def _linked(session: Session, user: User, model: Any, place: Any, ids: frozenset[int]) -> bool:
    if ids != set(session.scalars(select(place.id).where(place.id.in_(ids)))):
        raise RowNotFound(place.__tablename__)
    key = f"{place.__tablename__}_id"
    there = {getattr(link, key): link for link in session.scalars(select(model).where(model.user_id == user.id))}
    for each in there.keys() - ids:
        session.delete(there[each])
    session.add_all(model(user_id=user.id, **{key: each}) for each in sorted(ids - there.keys()))
    return ids != there.keys()
