"""The people who may sign in, as whoever manages the portal sees them."""

from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, LoginSession, Partner, User, UserAtelier, UserPartner
from portal.permissions import Permission, RowNotFound, Viewer, require
from portal.queries.people import users


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
