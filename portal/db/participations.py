"""A participation as people edit it: one partner in one project, through all the states it went through."""

from typing import Any

from sqlalchemy import Subquery, func, select

from portal.db.models import Participation


def editions(*conditions: Any) -> Subquery:
    """Columns: project_id, partner_id, first_id, version.

    It is known by the id of its first row, which stays when a state ends and the next begins; its version counts
    every change to any of its rows, so that it never has the same version twice.
    """
    row = Participation
    return (
        select(row.project_id, row.partner_id)
        .add_columns(func.min(row.id).label("first_id"), func.sum(row.version).label("version"))
        .where(*conditions)
        .group_by(row.project_id, row.partner_id)
        .subquery()
    )
