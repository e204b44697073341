"""The challenges that a viewer may edit, as a form, a grid or a workbook takes and gives them back."""

import pandas as pd
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Dimension, Partner, Service, Theme
from portal.db.sorting import bytewise
from portal.permissions import Permission, Viewer, scope
from portal.queries.frames import frame

COLUMNS = (
    *("id", "version", "code", "partner", "title", "description", "theme", "dimension", "service", "urgency"),
    *("status", "visibility", "raised_by", "inventoried_on"),
)


def editable_challenges(session: Session, viewer: Viewer, code: str = "") -> pd.DataFrame:
    """All of them, or the one with this code; by code. Nothing for who may edit none.

    Columns: id, version (int), code, partner (slug), title, description (str), theme, dimension, service (codes),
    urgency (int), status, visibility (words), raised_by (str), inventoried_on (date or None).
    """
    reach = scope(viewer, Permission.EDIT_INVENTORY)
    own = true() if reach.partner_ids is None else Challenge.partner_id.in_(sorted(reach.partner_ids))
    query = (
        select(
            *(Challenge.id, Challenge.version, Challenge.code, Partner.slug, Challenge.title, Challenge.description),
            *(Theme.code, Dimension.code, Service.code, Challenge.urgency, Challenge.status, Challenge.visibility),
            *(Challenge.raised_by, Challenge.inventoried_on),
        )
        .join(Challenge.partner)
        .join(Challenge.theme)
        .join(Challenge.dimension)
        .join(Challenge.service)
        .where(Challenge.archived_at.is_(None), own)
        .order_by(bytewise(Challenge.code))
    )
    if code:
        query = query.where(Challenge.code == code)
    return frame(COLUMNS, session.execute(query))
