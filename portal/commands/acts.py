"""What people do with a row of any table: add it, change it, put it away, bring it back. What only its table knows is
said beside: how it begins, whose it is, what may not be, and what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import changed, command
from portal.commands.editing import Values, columns_of, edit, put
from portal.entities.fields import Entity
from portal.permissions import Permission, Viewer

R = TypeVar("R")
Begun = Callable[..., tuple[R, Values]]
"""(session, by, values, and by name what is said once): the bare row, not yet in the session, and the values with what
they begin with. Refuses who may not add one there."""
Own = Callable[[Session, Viewer, int, bool], R]
"""(session, by, id, archived): the row, held, archived or not as asked. Raises RowNotFound for a row that this person
may not know of, PermissionDenied for one that is another's to change."""
Before = Mapping[str, Any]
"""What the row said until now, by the keys that are said; empty for a new row."""
Checked = Callable[[Session, Viewer, Any, Values], Values]
Settled = Callable[[Session, Viewer, Any, Values, Before], None]
Follows = Callable[[Session, Viewer, Any], None]


def nobody(*_: Any, **__: Any) -> Any:
    """An act that a table does not have."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Acts(Generic[R]):
    """add: (session, by, values=..., and by name what is said once); change: (session, by, row_id, version, values);
    archive: (session, by, row_id, version); restore: (session, by, row_id)."""

    entity: Entity
    right: Permission
    change: Callable[..., R]
    archive: Callable[..., R] = nobody
    restore: Callable[..., R] = nobody
    add: Callable[..., R] = nobody

    def add_said(self, session: Session, by: Viewer, said: Values, **of: Any) -> R:
        """As a form or a file says it: what people do not type by key of the table, goes by its name."""
        typed = self.entity.shape.fields
        named = {key: value for key, value in said.items() if key not in typed and value is not None}
        values = {key: value for key, value in said.items() if key in typed}
        return self.add(session, by, values=values, **{**of, **named})


def _as_said(_: Session, __: Viewer, ___: Any, values: Values) -> Values:
    return values


def _nothing(*_: Any) -> None:
    return None


def add_of(
    name: str,
    right: Permission,
    entity: Entity,
    begun: Begun[R],
    *,
    checked: Checked = _as_said,
    settled: Settled = _nothing,
) -> Callable[..., R]:
    """The command that adds a row, by the keys of the entity's shape; `checked` and `settled` as for a change."""

    def add(session: Session, by: Viewer, *, values: Values, **of: Any) -> R:
        row: Any
        row, said = begun(session, by, values, **of)
        said = checked(session, by, row, entity.shape.needed | dict(said))
        put(row, columns_of(session, said, entity.shape))
        with session.no_autoflush:
            session.add(row)
            settled(session, by, row, values, {})
        session.flush()
        return row  # type: ignore[no-any-return]

    return _command(right, add, name, begun, entity)


def change_of(
    name: str,
    right: Permission,
    entity: Entity,
    own: Own[R],
    *,
    checked: Checked = _as_said,
    settled: Settled = _nothing,
) -> Callable[..., R]:
    """The command that changes a row. `checked` gives the values as they may be set; `settled`, once something changed,
    does what follows from it. Both may raise Refused."""
    fields = entity.shape.fields

    def change(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> R:
        row: Any = own(session, by, row_id, False)
        allowed = checked(session, by, row, values)
        before = {key: getattr(row, fields[key].attribute) for key in allowed if key in fields}
        with session.no_autoflush:  # what cannot be is told in words, not by the database
            if edit(session, row, version, allowed, entity.shape):
                settled(session, by, row, allowed, before)
        return row  # type: ignore[no-any-return]

    return _command(right, change, f"change_{name}", own, entity)


def archive_of(
    name: str, right: Permission, entity: Entity, own: Own[R], leaves: Follows = _nothing
) -> Callable[..., R]:
    """The command that puts a row away. `leaves` does what follows, or refuses it."""

    def archive(session: Session, by: Viewer, row_id: int, version: int) -> R:
        row: Any = own(session, by, row_id, False)
        edit(session, row, version, {}, entity.shape)
        changed(row, archived_at=clock.now())
        leaves(session, by, row)
        return row  # type: ignore[no-any-return]

    return _command(right, archive, f"archive_{name}", own, entity)


def restore_of(
    name: str, right: Permission, entity: Entity, own: Own[R], returns: Follows = _nothing
) -> Callable[..., R]:
    """The command that brings a row back. `returns` does what follows, or refuses it."""

    def restore(session: Session, by: Viewer, row_id: int) -> R:
        row: Any = own(session, by, row_id, True)
        if row.archived_at is not None:
            changed(row, archived_at=None)
            returns(session, by, row)
        return row  # type: ignore[no-any-return]

    return _command(right, restore, f"restore_{name}", own, entity)


def acts(
    name: str,
    right: Permission,
    entity: Entity,
    own: Own[R],
    begun: Begun[R] | None = None,
    *,
    adds: str = "",
    checked: Checked = _as_said,
    settled: Settled = _nothing,
    leaves: Follows = _nothing,
    returns: Follows = _nothing,
) -> Acts[R]:
    """The four that most tables have, under one right; `name` (and `adds`, else add_<name>) as the trace calls them."""
    return Acts(
        entity,
        right,
        change_of(name, right, entity, own, checked=checked, settled=settled),
        archive_of(name, right, entity, own, leaves),
        restore_of(name, right, entity, own, returns),
        add_of(adds or f"add_{name}", right, entity, begun, checked=checked, settled=settled) if begun else nobody,
    )


def _command(
    right: Permission, act: Callable[..., R], name: str, of: Callable[..., Any], entity: Entity
) -> Callable[..., R]:
    """Called after its table, listed where its rules stand, and known to give a row of it."""
    act.__name__ = act.__qualname__ = name
    act.__module__ = of.__module__
    act.__annotations__["return"] = entity.model
    return command(right)(act)
