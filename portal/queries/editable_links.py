"""The links between projects and challenges that a viewer may make and break."""

import pandas as pd
from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Project, ProjectChallenge
from portal.db.sorting import bytewise
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_projects import in_reach
from portal.queries.frames import frame
from portal.queries.visible import visible_challenges, visible_projects

COLUMNS = ("project", "challenge")


def editable_links(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Where the viewer knows of both and may change one of the two; by project and challenge.

    Columns: project, challenge (codes).
    """
    partners = scope(viewer, Permission.EDIT_INVENTORY).partner_ids
    own = true() if partners is None else Challenge.partner_id.in_(sorted(partners))
    query = (
        select(Project.code, Challenge.code)
        .select_from(ProjectChallenge)
        .join(Project, Project.id == ProjectChallenge.project_id)
        .join(Challenge, Challenge.id == ProjectChallenge.challenge_id)
        .where(visible_projects(viewer), visible_challenges(viewer), or_(own, in_reach(viewer)))
        .order_by(bytewise(Project.code), bytewise(Challenge.code))
    )
    return frame(COLUMNS, session.execute(query) if viewer.may(Permission.EDIT_PROJECTS) else ())
