"""The challenges that a viewer may edit, as a form, a grid or a workbook takes and gives them back."""

import pandas as pd
from sqlalchemy import true
from sqlalchemy.orm import Session

from portal.db.models import Challenge
from portal.db.sorting import bytewise
from portal.entities.inventory import CHALLENGE
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import frame_of, rows_of


def editable_challenges(session: Session, viewer: Viewer, code: str = "") -> pd.DataFrame:
    """All of them, or the one with this code; by code. Nothing for who may edit none. Columns: those of `rows_of`."""
    reach = scope(viewer, Permission.EDIT_INVENTORY)
    own = true() if reach.partner_ids is None else Challenge.partner_id.in_(sorted(reach.partner_ids))
    query = rows_of(viewer, CHALLENGE).where(own, Challenge.code == code if code else true())
    return frame_of(session, query.order_by(bytewise(Challenge.code)))
