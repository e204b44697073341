"""What people do with a row of each table that they may put away and bring back, each by its own right."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from sqlalchemy.orm import Session

from portal import commands
from portal.commands.acts import Acts, nobody
from portal.commands.base import command
from portal.permissions import Permission, RowNotFound, Viewer

ACTS: Mapping[str, Acts[Any]] = {
    each.entity.model.__tablename__: each
    for found in walk_packages(commands.__path__, f"{commands.__name__}.")
    if found.name != __name__
    for each in vars(import_module(found.name)).values()
    if isinstance(each, Acts) and each.restore is not nobody
}
"""By the name of the table, from wherever its rules stand."""


@command(Permission.VIEW_AUDIT)
def bring_back(session: Session, by: Viewer, *, entity: str, row_id: int) -> None:
    """Raises RowNotFound for a kind of row that is never put away, and whatever its command raises."""
    acts = ACTS.get(entity)
    if acts is None:
        raise RowNotFound(f"{entity} {row_id}")
    acts.restore(session, by, row_id)
