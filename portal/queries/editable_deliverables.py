"""The results that a viewer may bring up to date, and who reached them, as a form, a grid or a workbook takes them."""

from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Deliverable, DeliverablePartner, Part, Partner
from portal.db.sorting import bytewise
from portal.entities.results import DELIVERABLE
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import frame_of, rows_of
from portal.queries.frames import frame
from portal.vocabulary import TargetKind

TICK_COLUMNS = ("id", "deliverable", "title", "atelier", "partner", "reached_on")
IN_ORDER = (Atelier.position, Part.position, Part.id, Deliverable.position, Deliverable.id)


def editable_deliverables(session: Session, viewer: Viewer, code: str = "") -> pd.DataFrame:
    """All of them, or the one with this code; in the order of atelier, part and result. Nothing for who may edit none.

    Columns: those of `rows_of`, numbers as Decimal; and atelier (code).
    """
    query = (
        rows_of(viewer, DELIVERABLE, atelier=Atelier.code)
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .where(in_reach(viewer))
        .order_by(*IN_ORDER)
    )
    if code:
        query = query.where(Deliverable.code == code)
    found = frame_of(session, query)
    for name in ("target_value", "reached_value"):
        found[name] = pd.Series([exact(value) for value in found[name]], dtype=object)
    return found


def editable_ticks(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Every partner beside every result that is counted by partner, or that a partner reached; by result, then name.

    Columns: id (int, of the result), deliverable (code), title, atelier (code), partner (slug), reached_on (date, or
    None for not yet).
    """
    reached = select(DeliverablePartner.deliverable_id).where(DeliverablePartner.reached_on.is_not(None))
    ticked = Deliverable.id.in_(reached.correlate(None))
    query = (
        select(
            *(Deliverable.id, Deliverable.code, Deliverable.title, Atelier.code, Partner.slug),
            DeliverablePartner.reached_on,
        )
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .join(Partner, Partner.archived_at.is_(None))
        .outerjoin(
            DeliverablePartner,
            and_(
                DeliverablePartner.deliverable_id == Deliverable.id,
                DeliverablePartner.partner_id == Partner.id,
            ),
        )
        .where(Deliverable.archived_at.is_(None), in_reach(viewer))
        .where(or_(Deliverable.target_kind == TargetKind.PARTNERS, ticked))
        .order_by(*IN_ORDER, bytewise(Partner.title_key), Partner.id)
    )
    return frame(TICK_COLUMNS, session.execute(query))


def in_reach(viewer: Viewer, atelier_id: Any = Part.atelier_id) -> ColumnElement[bool]:
    """Holds for the rows of the ateliers whose results and milestones this viewer may edit."""
    reach = scope(viewer, Permission.EDIT_DELIVERABLES)
    return true() if reach.atelier_ids is None else atelier_id.in_(sorted(reach.atelier_ids))


def exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.2f}")
