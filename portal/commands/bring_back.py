"""Brings a row back from the archive, whatever its kind: by its own table's command, with that command's right."""

from sqlalchemy.orm import Session

from portal.commands.base import command
from portal.commands.tables import ACTS
from portal.permissions import Permission, RowNotFound, Viewer


@command(Permission.VIEW_AUDIT)
def bring_back(session: Session, by: Viewer, *, entity: str, row_id: int) -> None:
    """Raises RowNotFound for a kind of row that is never put away, and whatever its command raises."""
    acts = ACTS.get(entity)
    if acts is None:
        raise RowNotFound(f"{entity} {row_id}")
    acts.restore(session, by, row_id)
