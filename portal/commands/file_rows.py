"""The rows of a file, as a command takes them: each a new one, or a change of one that is there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.editing import Values
from portal.permissions import RowNotFound, Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """A row by its key: its code (None for a new row that gets its own), or what else tells it from others.

    `version` is the one that was seen, None for a new row; `of` is whose a new row is, or where it belongs. `values`
    are only those to set, by the keys of the command that sets them.
    """

    key: Any
    values: Values
    version: int | None = None
    of: str | None = None


def put_rows(
    session: Session,
    by: Viewer,
    entries: Sequence[Entry],
    *,
    change: Callable[..., Any],
    add: Callable[[Entry], Any],
    ids: Callable[[Session], Mapping[Any, int]],
) -> None:
    """Each in the order they come. `ids` gives the rows that are there by their keys: one question, however many rows.

    Raises RowNotFound for a change of a row that is not there, and whatever `change` and `add` do.
    """
    there = ids(session) if any(one.version is not None for one in entries) else {}
    for one in entries:
        if one.version is None:
            add(one)
        elif one.key not in there:
            raise RowNotFound(str(one.key))
        else:
            change(session, by, row_id=there[one.key], version=one.version, values=one.values)


def by_code(model: Any) -> Callable[[Session], Mapping[Any, int]]:
    """The rows of the model that are not archived, by code."""

    def ids(session: Session) -> Mapping[Any, int]:
        return dict(session.execute(select(model.code, model.id).where(model.archived_at.is_(None))).all())

    return ids
