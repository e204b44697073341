"""The projects that a viewer may edit, as a form, a grid or a workbook takes and gives them back."""

import pandas as pd
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, CollaborationType, Dimension, Indicator, Partner, Project, Service, Theme
from portal.db.sorting import bytewise
from portal.permissions import Permission, Viewer, scope
from portal.queries.frames import frame
from portal.queries.visible import visible_projects
from portal.vocabulary import ProjectScope

COLUMNS = (
    *("id", "version", "code", "reported_by", "title", "description", "scope", "phase", "visibility", "start_on"),
    *("end_first_planned_on", "end_expected_on", "ended_on", "theme", "dimension", "service", "atelier"),
    *("collaboration_type", "aspect", "assignment", "deviation_reason", "funding", "service_effect", "external_lead"),
)


def editable_projects(session: Session, viewer: Viewer, code: str = "") -> pd.DataFrame:
    """All of them, or the one with this code; by code. Nothing for who may edit none.

    Columns: id, version (int), code, reported_by (slug or None), title, description (str), scope, phase, visibility
    (words), start_on, end_first_planned_on, end_expected_on, ended_on (date or None), theme, dimension, service,
    atelier, collaboration_type, aspect (codes or None), assignment, deviation_reason (str), funding (word or None),
    service_effect (str), external_lead (str or None).
    """
    query = (
        select(
            *(Project.id, Project.version, Project.code, Partner.slug, Project.title, Project.description),
            *(Project.scope, Project.phase, Project.visibility, Project.start_on, Project.end_first_planned_on),
            *(Project.end_expected_on, Project.ended_on, Theme.code, Dimension.code, Service.code, Atelier.code),
            *(CollaborationType.code, Indicator.code, Project.assignment, Project.deviation_reason),
            *(Project.funding, Project.service_effect, Project.external_lead),
        )
        .select_from(Project)
        .outerjoin(Project.reported_by)
        .outerjoin(Project.theme)
        .outerjoin(Project.dimension)
        .outerjoin(Project.service)
        .outerjoin(Project.atelier)
        .outerjoin(Project.collaboration_type)
        .outerjoin(Indicator, Indicator.id == Project.aspect_id)
        .where(in_reach(viewer))
        .order_by(bytewise(Project.code))
    )
    if code:
        query = query.where(Project.code == code)
    return frame(COLUMNS, session.execute(query))


def in_reach(viewer: Viewer) -> ColumnElement[bool]:
    """Holds for the projects that the viewer may edit: everybody's, of own ateliers, or own and local."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    if reach.partner_ids is None or reach.atelier_ids is None:
        return visible_projects(viewer)
    own = and_(Project.scope == ProjectScope.LOCAL, Project.reported_by_id.in_(sorted(reach.partner_ids)))
    return and_(visible_projects(viewer), or_(own, Project.atelier_id.in_(sorted(reach.atelier_ids))))
