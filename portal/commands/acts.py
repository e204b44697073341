"""What people do with any row that is there: change it, put it away, bring it back. What only its table knows is said
beside: whose it is, what may not be, and what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import changed, command
from portal.commands.editing import Values, edit
from portal.entities.fields import Shape
from portal.permissions import Permission, Viewer

R = TypeVar("R")
Own = Callable[[Session, Viewer, int, bool], R]
"""(session, by, id, archived): the row, held, archived or not as asked. Raises RowNotFound for a row that this person
may not know of, PermissionDenied for one that is another's to change."""
Before = Mapping[str, Any]
"""What the row said until now, by the keys that are said."""


@dataclass(frozen=True, slots=True)
class Acts(Generic[R]):
    """change: (session, by, row_id, version, values); archive: (session, by, row_id, version); restore: (session, by,
    row_id)."""

    change: Callable[..., R]
    archive: Callable[..., R]
    restore: Callable[..., R]


def _as_said(_: Session, __: Viewer, ___: Any, values: Values) -> Values:
    return values


def _nothing(*_: Any) -> None:
    return None


def change_of(
    name: str,
    right: Permission,
    shape: Shape,
    own: Own[R],
    *,
    checked: Callable[[Session, Viewer, R, Values], Values] = _as_said,
    settled: Callable[[Session, Viewer, R, Values, Before], None] = _nothing,
) -> Callable[..., R]:
    """The command that changes a row: (session, by, row_id, version, values), with the keys of `shape`.

    `name` as the trace calls it. `checked` gives the values as they may be set; `settled`, once something changed,
    does what follows from it. Both may raise Refused.
    """

    def change(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> R:
        row: Any = own(session, by, row_id, False)
        allowed = checked(session, by, row, values)
        before = {key: getattr(row, shape.fields[key].attribute) for key in allowed if key in shape.fields}
        with session.no_autoflush:  # what cannot be is told in words, not by the database
            if edit(session, row, version, allowed, shape):
                settled(session, by, row, allowed, before)
        return row  # type: ignore[no-any-return]

    return _command(right, change, name, own, shape)


def archive_of(
    name: str, right: Permission, shape: Shape, own: Own[R], *, leaves: Callable[[Session, Viewer, R], None] = _nothing
) -> Callable[..., R]:
    """The command that puts a row away: (session, by, row_id, version). `leaves` does what follows, or refuses it."""

    def archive(session: Session, by: Viewer, row_id: int, version: int) -> R:
        row: Any = own(session, by, row_id, False)
        edit(session, row, version, {}, shape)
        changed(row, archived_at=clock.now())
        leaves(session, by, row)
        return row  # type: ignore[no-any-return]

    return _command(right, archive, name, own, shape)


def restore_of(
    name: str, right: Permission, shape: Shape, own: Own[R], *, returns: Callable[[Session, Viewer, R], None] = _nothing
) -> Callable[..., R]:
    """The command that brings a row back: (session, by, row_id). `returns` does what follows, or refuses it."""

    def restore(session: Session, by: Viewer, row_id: int) -> R:
        row: Any = own(session, by, row_id, True)
        if row.archived_at is not None:
            changed(row, archived_at=None)
            returns(session, by, row)
        return row  # type: ignore[no-any-return]

    return _command(right, restore, name, own, shape)


def acts(
    name: str,
    right: Permission,
    shape: Shape,
    own: Own[R],
    *,
    checked: Callable[[Session, Viewer, R, Values], Values] = _as_said,
    settled: Callable[[Session, Viewer, R, Values, Before], None] = _nothing,
    leaves: Callable[[Session, Viewer, R], None] = _nothing,
    returns: Callable[[Session, Viewer, R], None] = _nothing,
) -> Acts[R]:
    """The three that most tables have, under one right."""
    return Acts(
        change_of(name, right, shape, own, checked=checked, settled=settled),
        archive_of(name, right, shape, own, leaves=leaves),
        restore_of(name, right, shape, own, returns=returns),
    )


def _command(right: Permission, act: Callable[..., R], name: str, own: Own[R], shape: Shape) -> Callable[..., R]:
    """Called after its table, listed where its rules stand, and known to give a row of it."""
    act.__name__ = act.__qualname__ = f"{act.__name__}_{name}"
    act.__module__ = own.__module__
    act.__annotations__["return"] = shape.model
    return command(right)(act)
