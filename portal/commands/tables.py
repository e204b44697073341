"""What people do with a row of each table that they may put away and bring back, each by its own right."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.commands import money, results, risks
from portal.commands.acts import Acts, nobody
from portal.commands.base import command
from portal.commands.coalitions import endorsements
from portal.commands.inventory import challenges, projects
from portal.commands.meetings import agreed, meetings
from portal.permissions import Permission, RowNotFound, Viewer

RULES = (challenges, projects, endorsements, results, risks, money, meetings, agreed)
ACTS: Mapping[str, Acts[Any]] = {
    each.entity.model.__tablename__: each
    for module in RULES
    for each in vars(module).values()
    if isinstance(each, Acts) and each.restore is not nobody
}


@command(Permission.VIEW_AUDIT)
def bring_back(session: Session, by: Viewer, *, entity: str, row_id: int) -> None:
    """Raises RowNotFound for a kind of row that is never put away, and whatever its command raises."""
    acts = ACTS.get(entity)
    if acts is None:
        raise RowNotFound(f"{entity} {row_id}")
    acts.restore(session, by, row_id)
