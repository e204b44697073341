"""What a file brings in: each row a new one or a change of one that is there, all of them or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from portal.commands.acts import Acts
from portal.commands.base import command
from portal.commands.editing import Values, many_at_once
from portal.commands.inventory.likeness import likeness_at_once
from portal.permissions import Permission, Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a file: all that is `said` of it by key, what names it too, and what of that `changes` the row that was
    seen, of which this was the version, and this what it said. Without a row it is a new one."""

    said: Mapping[str, Any]
    changes: Values = field(default_factory=dict)
    row_id: int | None = None
    version: int | None = None
    was: Mapping[str, Any] = field(default_factory=dict)


Put: TypeAlias = Callable[[Session, Viewer, Entry], object]


def put_by(acts: Acts[Any]) -> Put:
    """Adds or changes the row as people do."""

    def put(session: Session, by: Viewer, one: Entry) -> object:
        if one.row_id is None:
            return acts.add_said(session, by, one.said)
        return acts.change(session, by, one.row_id, one.version, one.changes)

    return put


@command(Permission.IMPORT_DATA)
def load_rows(
    session: Session,
    by: Viewer,
    *,
    rows: Sequence[tuple[Put, Sequence[Entry]]],
    holds: Callable[[Session], object] = lambda _: None,
) -> None:
    """Each in the order they come, by what puts it. What is alike is worked out once. `holds` is done first.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; then nothing is loaded.
    """
    holds(session)
    new = (one.said.get("code") for _, those in rows for one in those if one.row_id is None)
    with many_at_once(session, {str(code) for code in new if code}), likeness_at_once(session):
        for put, those in rows:
            for one in those:
                put(session, by, one)
            session.flush()  # what follows holds these rows, and holding reads them anew
