"""How a person explained files of their own: kept, named otherwise, forgotten. Nobody reads or changes another's."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, changed, command
from portal.db.base import TITLE
from portal.db.models import RememberedList, User
from portal.permissions import Permission, RowNotFound, Viewer

MOST = 100
NAMELESS = "Een onthouden lijst heeft een naam; er is niets gewijzigd."
TOO_MANY = f"U onthoudt al {MOST} lijsten; vergeet er eerst een."


@command(Permission.IMPORT_DATA)
def remember_list(session: Session, by: Viewer, *, kind: str, shape: str, name: str, mapped: str) -> RememberedList:
    """One for each shape: what was explained last stays, under the name that it has."""
    if by.user_id is None:
        raise RowNotFound("no person")
    session.get(User, by.user_id, with_for_update=True)  # two tabs at once keep one
    own = select(RememberedList).filter_by(user_id=by.user_id)
    there = session.scalars(own.filter_by(kind=kind, shape=shape)).one_or_none()
    if there is not None:
        if there.mapped != mapped:
            changed(there, mapped=mapped, saved_at=clock.now())
        return there
    if len(session.scalars(own.limit(MOST)).all()) == MOST:
        raise Refused(TOO_MANY)
    row = RememberedList(
        user_id=by.user_id, kind=kind, shape=shape, name=name[:TITLE], mapped=mapped, saved_at=clock.now()
    )
    session.add(row)
    return row


@command(Permission.IMPORT_DATA)
def rename_list(session: Session, by: Viewer, *, list_id: int, name: str) -> RememberedList:
    row = _own(session, by, list_id)
    if not name.strip():
        raise Refused(NAMELESS)
    changed(row, name=name.strip()[:TITLE])
    return row


@command(Permission.IMPORT_DATA)
def forget_list(session: Session, by: Viewer, *, list_id: int) -> None:
    session.delete(_own(session, by, list_id))


def _own(session: Session, by: Viewer, list_id: int) -> RememberedList:
    row = session.get(RememberedList, list_id, with_for_update=True)
    if row is None or by.user_id is None or row.user_id != by.user_id:
        raise RowNotFound(f"remembered list {list_id}")
    return row
