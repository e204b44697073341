"""Who works together and who works side by side: per partner its coalitions, and its local projects others also do."""

import pandas as pd
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.db.models import Partner, Project, ProjectLike
from portal.permissions import Viewer
from portal.queries.frames import COUNT, frame
from portal.queries.partners import partner_list
from portal.queries.standing import coalitions_per_partner
from portal.queries.visible import is_living, visible_projects
from portal.vocabulary import ProjectScope

COLUMNS = ("slug", "partner", "coalitions", "leads", "local", "side_by_side")


def together_and_alone(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Every partner, municipalities first, then by name; counts of living projects that the viewer may know of.

    Columns: slug, partner (str), coalitions, leads (int64: shared projects it takes part in, and leads), local (int64:
    local projects it reported), side_by_side (int64: those of them that are like a local project of another).
    """
    joined = coalitions_per_partner(session, viewer).set_index("slug")
    local, alike = _local(session, viewer), _alike(session, viewer)
    rows = [
        (
            *(slug, name, joined.at[slug, "coalitions"], joined.at[slug, "leads"]),
            *(local.get(slug, 0), alike.get(slug, 0)),
        )
        for slug, name in partner_list(session, viewer)[["slug", "name"]].itertuples(index=False)
    ]
    return frame(COLUMNS, rows, **dict.fromkeys(COLUMNS[2:], COUNT))


def _local(session: Session, viewer: Viewer) -> dict[str, int]:
    found = (
        select(Partner.slug, func.count().label("projects"))
        .join(Project, Project.reported_by_id == Partner.id)
        .where(visible_projects(viewer), is_living(), Project.scope == ProjectScope.LOCAL)
        .group_by(Partner.slug)
    )
    return {row.slug: row.projects for row in session.execute(found)}


def _alike(session: Session, viewer: Viewer) -> dict[str, int]:
    """Both of a pair are local, of two partners, visible and living."""
    own, other = aliased(Project), aliased(Project)
    pair = or_(
        and_(ProjectLike.one_id == own.id, ProjectLike.other_id == other.id),
        and_(ProjectLike.other_id == own.id, ProjectLike.one_id == other.id),
    )
    matched = exists().where(pair, visible_projects(viewer, other), is_living(other), other.scope == ProjectScope.LOCAL)
    found = (
        select(Partner.slug, func.count().label("projects"))
        .join(own, own.reported_by_id == Partner.id)
        .where(visible_projects(viewer, own), is_living(own), own.scope == ProjectScope.LOCAL, matched)
        .group_by(Partner.slug)
    )
    return {row.slug: row.projects for row in session.execute(found)}
