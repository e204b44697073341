"""The money that a viewer may edit, as a form, a grid or a workbook takes and gives it back.

Lines, bookings and forecasts are those of the ateliers that the viewer answers for; a subsidy file and its conditions
are for who answers for all. `grant` is the code of the file they belong to; "" is every file. Archived rows, and what
hangs on them, are left out.
"""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, false, select, true
from sqlalchemy.orm import Session

from portal.db.models import (
    Booking,
    BudgetLine,
    Forecast,
    Grant,
    GrantCondition,
    Project,
    SubsidyCall,
    SubsidyCondition,
)
from portal.db.sorting import bytewise
from portal.entities.money import BOOKING, BUDGET_LINE, FORECAST, GRANT, GRANT_CONDITION
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import frame_of, rows_of
from portal.queries.reference import Option, atelier_options, own_atelier_options
from portal.queries.visible import is_shared
from portal.vocabulary import Visibility


def editable_lines(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """By code. Columns: those of `rows_of`."""
    query = _on_lines(rows_of(viewer, BUDGET_LINE), BudgetLine, viewer, grant)
    return frame_of(session, query.order_by(bytewise(BudgetLine.code)))


def editable_bookings(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """Newest first, then by code. Columns: those of `rows_of`; a correction has a negative amount."""
    query = _on_lines(rows_of(viewer, BOOKING), Booking, viewer, grant)
    return frame_of(session, query.order_by(Booking.on.desc(), bytewise(Booking.code)))


def editable_forecasts(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """Newest first, then by line. Columns: those of `rows_of`."""
    query = _on_lines(rows_of(viewer, FORECAST), Forecast, viewer, grant)
    return frame_of(session, query.order_by(Forecast.as_of.desc(), bytewise(BudgetLine.code)))


def editable_grants(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """By code. Columns: those of `rows_of`; the rate is a share."""
    query = rows_of(viewer, GRANT).where(_of_all(viewer), _in_grant(grant))
    return frame_of(session, query.order_by(bytewise(Grant.code)))


def editable_conditions(session: Session, viewer: Viewer, grant: str = "") -> pd.DataFrame:
    """In the order of the subsidy. Columns: those of `rows_of`, and the code and title (str) of the condition."""
    query = (
        rows_of(viewer, GRANT_CONDITION, code=SubsidyCondition.code, title=SubsidyCondition.title)
        .join(Grant, Grant.id == GrantCondition.grant_id)
        .join(SubsidyCondition, SubsidyCondition.id == GrantCondition.subsidy_condition_id)
        .where(_of_all(viewer), _in_grant(grant))
        .order_by(bytewise(Grant.code), SubsidyCondition.position, SubsidyCondition.id)
    )
    return frame_of(session, query)


def may_edit_grants(viewer: Viewer) -> bool:
    return scope(viewer, Permission.EDIT_MONEY).everything


def grant_options(session: Session, _: Viewer | None = None) -> list[Option]:
    found = select(Grant.code, Grant.title).where(Grant.archived_at.is_(None)).order_by(bytewise(Grant.code))
    return [Option(*row) for row in session.execute(found)]


def call_options(session: Session, _: Viewer | None = None) -> list[Option]:
    found = select(SubsidyCall.code, SubsidyCall.title).order_by(bytewise(SubsidyCall.code))
    return [Option(*row) for row in session.execute(found)]


def money_projects(session: Session, _: Viewer | None = None) -> list[Option]:
    """What money may be for, by code: the shared projects that everybody may know of, also those that ended."""
    open_to_all = and_(Project.archived_at.is_(None), is_shared(), Project.visibility != Visibility.INTERNAL)
    found = select(Project.code, Project.title).where(open_to_all).order_by(bytewise(Project.code))
    return [Option(*row) for row in session.execute(found)]


def editable_ateliers(session: Session, viewer: Viewer) -> list[Option]:
    """The ateliers whose lines this viewer may edit, in their order."""
    return atelier_options(session) if may_edit_grants(viewer) else own_atelier_options(session, viewer)


def _on_lines(rows: Select[Any], model: Any, viewer: Viewer, grant: str) -> Select[Any]:
    """Those on lines of the ateliers that the viewer answers for, within this file."""
    if model is not BudgetLine:
        rows = rows.join(BudgetLine, BudgetLine.id == model.budget_line_id)
    reach = scope(viewer, Permission.EDIT_MONEY)
    own = true() if reach.atelier_ids is None else BudgetLine.atelier_id.in_(sorted(reach.atelier_ids))
    in_grant = rows.join(Grant, Grant.id == BudgetLine.grant_id)
    return in_grant.where(BudgetLine.archived_at.is_(None), own, _in_grant(grant))


def _of_all(viewer: Viewer) -> ColumnElement[bool]:
    return true() if may_edit_grants(viewer) else false()


def _in_grant(grant: str) -> ColumnElement[bool]:
    return and_(Grant.archived_at.is_(None), Grant.code == grant if grant else true())
