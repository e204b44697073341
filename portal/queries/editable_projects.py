"""The projects that a viewer may edit, as a form, a grid or a workbook takes and gives them back."""

import pandas as pd
from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.orm import Session

from portal.db.models import Project
from portal.db.sorting import bytewise
from portal.entities.inventory import PROJECT
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import frame_of, rows_of
from portal.queries.visible import visible_projects
from portal.vocabulary import ProjectScope


def editable_projects(session: Session, viewer: Viewer, code: str = "") -> pd.DataFrame:
    """All of them, or the one with this code; by code. Nothing for who may edit none. Columns: those of `rows_of`."""
    query = rows_of(viewer, PROJECT).where(in_reach(viewer), Project.code == code if code else true())
    return frame_of(session, query.order_by(bytewise(Project.code)))


def in_reach(viewer: Viewer) -> ColumnElement[bool]:
    """Holds for the projects that the viewer may edit: everybody's, of own ateliers, or own and local."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    if reach.partner_ids is None or reach.atelier_ids is None:
        return visible_projects(viewer)
    own = and_(Project.scope == ProjectScope.LOCAL, Project.reported_by_id.in_(sorted(reach.partner_ids)))
    return and_(visible_projects(viewer), or_(own, Project.atelier_id.in_(sorted(reach.atelier_ids))))
