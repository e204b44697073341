"""The money that a viewer may edit, as a form, a grid or a workbook takes and gives it back.

Lines, bookings and forecasts are those of the ateliers that the viewer answers for; a subsidy file and its conditions
are for who answers for all. `grant` is the code of the file they belong to; "" is every file. Archived rows, and what
hangs on them, are left out.
"""

import pandas as pd
from sqlalchemy import ColumnElement, and_, false, select, true
from sqlalchemy.orm import Session

from portal.db.models import (
    Atelier,
    Booking,
    BudgetLine,
    Forecast,
    Grant,
    GrantCondition,
    Partner,
    SubsidyCall,
    SubsidyCondition,
)
from portal.db.sorting import bytewise
from portal.permissions import Permission, Viewer, scope
from portal.queries.frames import frame
from portal.queries.reference import Option, atelier_options, own_atelier_options

LINES = (
    *("id", "version", "code", "grant", "atelier", "partner", "year", "cost_kind", "funding", "funding_state"),
    *("description", "amount"),
)
BOOKINGS = ("id", "version", "code", "budget_line", "kind", "on", "amount", "description", "reference")
FORECASTS = ("id", "version", "budget_line", "as_of", "amount")
GRANTS = (
    *("id", "version", "code", "title", "subsidy_call", "requested", "awarded", "subsidy_rate", "starts_on"),
    *("ends_on", "holder"),
)
CONDITIONS = ("id", "version", "grant", "code", "title", "met", "note")


def editable_lines(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """By code. Columns: id, version (int), code, grant (str), atelier, partner (code, slug, or None), year (int),
    cost_kind, funding, funding_state (words), description (str), amount (Decimal).
    """
    query = (
        select(
            *(BudgetLine.id, BudgetLine.version, BudgetLine.code, Grant.code, Atelier.code, Partner.slug),
            *(BudgetLine.year, BudgetLine.cost_kind, BudgetLine.funding, BudgetLine.funding_state),
            *(BudgetLine.description, BudgetLine.amount),
        )
        .join(Grant, Grant.id == BudgetLine.grant_id)
        .outerjoin(Atelier, Atelier.id == BudgetLine.atelier_id)
        .outerjoin(Partner, Partner.id == BudgetLine.partner_id)
        .where(_on_own_lines(viewer, grant))
        .order_by(bytewise(BudgetLine.code))
    )
    return frame(LINES, session.execute(query))


def editable_bookings(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """Newest first, then by code. Columns: id, version (int), code, budget_line (code), kind (word), on (date), amount
    (Decimal, negative for a correction), description, reference (str).
    """
    query = (
        select(
            *(Booking.id, Booking.version, Booking.code, BudgetLine.code, Booking.kind, Booking.on, Booking.amount),
            *(Booking.description, Booking.reference),
        )
        .join(BudgetLine, BudgetLine.id == Booking.budget_line_id)
        .join(Grant, Grant.id == BudgetLine.grant_id)
        .where(Booking.archived_at.is_(None), _on_own_lines(viewer, grant))
        .order_by(Booking.on.desc(), bytewise(Booking.code))
    )
    return frame(BOOKINGS, session.execute(query))


def editable_forecasts(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """Newest first, then by line. Columns: id, version (int), budget_line (code), as_of (date), amount (Decimal)."""
    query = (
        select(Forecast.id, Forecast.version, BudgetLine.code, Forecast.as_of, Forecast.amount)
        .join(BudgetLine, BudgetLine.id == Forecast.budget_line_id)
        .join(Grant, Grant.id == BudgetLine.grant_id)
        .where(Forecast.archived_at.is_(None), _on_own_lines(viewer, grant))
        .order_by(Forecast.as_of.desc(), bytewise(BudgetLine.code))
    )
    return frame(FORECASTS, session.execute(query))


def editable_grants(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """By code. Columns: id, version (int), code, title, subsidy_call (code), requested, awarded, subsidy_rate (Decimal
    or None; the rate is a share), starts_on, ends_on (date or None), holder (slug or None).
    """
    query = (
        select(
            *(Grant.id, Grant.version, Grant.code, Grant.title, SubsidyCall.code, Grant.requested, Grant.awarded),
            *(Grant.subsidy_rate, Grant.starts_on, Grant.ends_on, Partner.slug),
        )
        .join(SubsidyCall, SubsidyCall.id == Grant.subsidy_call_id)
        .outerjoin(Partner, Partner.id == Grant.holder_id)
        .where(_of_all(viewer), _in_grant(grant))
        .order_by(bytewise(Grant.code))
    )
    return frame(GRANTS, session.execute(query))


def editable_conditions(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """In the order of the subsidy. Columns: id, version (int), grant, code, title (str), met (bool or None), note."""
    query = (
        select(
            *(GrantCondition.id, GrantCondition.version, Grant.code, SubsidyCondition.code, SubsidyCondition.title),
            *(GrantCondition.met, GrantCondition.note),
        )
        .join(Grant, Grant.id == GrantCondition.grant_id)
        .join(SubsidyCondition, SubsidyCondition.id == GrantCondition.subsidy_condition_id)
        .where(GrantCondition.archived_at.is_(None), _of_all(viewer), _in_grant(grant))
        .order_by(bytewise(Grant.code), SubsidyCondition.position, SubsidyCondition.id)
    )
    return frame(CONDITIONS, session.execute(query))


def may_edit_grants(viewer: Viewer) -> bool:
    return scope(viewer, Permission.EDIT_MONEY).everything


def grant_options(session: Session, _: Viewer | None = None) -> list[Option]:
    found = select(Grant.code, Grant.title).where(Grant.archived_at.is_(None)).order_by(bytewise(Grant.code))
    return [Option(*row) for row in session.execute(found)]


def call_options(session: Session, _: Viewer | None = None) -> list[Option]:
    found = select(SubsidyCall.code, SubsidyCall.title).order_by(bytewise(SubsidyCall.code))
    return [Option(*row) for row in session.execute(found)]


def editable_ateliers(session: Session, viewer: Viewer) -> list[Option]:
    """The ateliers whose lines this viewer may edit, in their order."""
    return atelier_options(session) if may_edit_grants(viewer) else own_atelier_options(session, viewer)


def _on_own_lines(viewer: Viewer, grant: str) -> ColumnElement[bool]:
    reach = scope(viewer, Permission.EDIT_MONEY)
    own = true() if reach.atelier_ids is None else BudgetLine.atelier_id.in_(sorted(reach.atelier_ids))
    return and_(BudgetLine.archived_at.is_(None), own, _in_grant(grant))


def _of_all(viewer: Viewer) -> ColumnElement[bool]:
    return true() if may_edit_grants(viewer) else false()


def _in_grant(grant: str) -> ColumnElement[bool]:
    return and_(Grant.archived_at.is_(None), Grant.code == grant if grant else true())
