"""Whom to call: the general directors of partners."""

from collections.abc import Collection

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Partner, User, UserPartner
from portal.db.sorting import bytewise
from portal.permissions import Permission, Role, Viewer, require
from portal.queries.frames import frame


def contacts_of(session: Session, viewer: Viewer, slugs: Collection[str]) -> pd.DataFrame:
    """The general directors of these partners who may sign in; a partner without one has no row. Python values.

    Columns: partner_slug, partner, name, email (str). By partner, then by name and address.
    """
    require(viewer, Permission.VIEW_PORTAL)
    found = (
        select(Partner.slug, Partner.title, User.name, User.email)
        .join(UserPartner, UserPartner.partner_id == Partner.id)
        .join(User, User.id == UserPartner.user_id)
        .where(Partner.slug.in_(sorted(slugs)), User.role == Role.DIRECTOR, User.active, User.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), bytewise(User.name), bytewise(User.email))
    )
    return frame(("partner_slug", "partner", "name", "email"), session.execute(found))
