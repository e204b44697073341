"""What a meeting hears of a table, as rows of a state: read where its entity says, spelled as JSON keeps it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, inspect, or_, select
from sqlalchemy.orm import Session, aliased

from portal.entities.fields import Heard, fields_of, target_of
from portal.entities.heard import heard
from portal.permissions import Viewer
from portal.queries.editable_rows import VISIBLE
from portal.snapshots.state import Kind, Row, Scalar


def heard_rows(session: Session, viewer: Viewer, kind: Kind, *only: ColumnElement[bool]) -> Iterator[tuple[str, Row]]:
    """Of every row that is not archived, and that the viewer may know of."""
    found = session.execute(heard_of(viewer, kind).where(*only))
    return (key_and_row(kind, row) for row in found)


def heard_of(viewer: Viewer, kind: Kind) -> Select[Any]:
    """The same, still to be asked: each key that no query makes under its own name, in the order of the rows' keys."""
    entity, of = heard()[kind]
    model, known = entity.model, VISIBLE.get(entity.model)
    walk = _Walk(viewer, model, of)
    ids = [getattr(model, name) for name in of.id.split()]
    columns = [walk.first(paths).label(key) for key, paths in of.found.items()]
    there = list(walk.there())
    found = select(*(each.label(f"key {place}") for place, each in enumerate(ids)), *columns).select_from(model)
    for target, on in walk.joined.values():
        found = found.outerjoin(target, on)
    may_know = known(viewer) if known else model.archived_at.is_(None)
    return found.where(may_know, *there).order_by(*ids)


def key_and_row(kind: Kind, row: Any) -> tuple[str, dict[str, Scalar]]:
    """As a state holds it; of what a query makes, the columns that it adds."""
    _, of = heard()[kind]
    key = ".".join(str(each) for each in row[: len(of.id.split())])
    return key, {name: spelled(row._mapping[name]) for name in (*of.found, *of.made) if name in row._mapping}


def spelled(value: Any) -> Scalar:
    """A day as 2026-11-22, an amount as '1234.50', a word by its value."""
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:.2f}"
        case _:
            return value  # type: ignore[no-any-return]


class _Walk:
    """The rows that a row points at, each joined once, and only where the viewer may know of it."""

    def __init__(self, viewer: Viewer, model: Any, of: Heard) -> None:
        self.viewer, self.model, self.under = viewer, model, of.under.split()
        self.joined: dict[tuple[str, ...], tuple[Any, ColumnElement[bool]]] = {}

    def first(self, paths: tuple[str, ...]) -> ColumnElement[Any]:
        columns = [self._column(path.split(".")) for path in paths]
        return func.coalesce(*columns) if len(columns) > 1 else columns[0]

    def there(self) -> Iterator[ColumnElement[bool]]:
        """What it is under is there, or it is not under it."""
        for step in self.under:
            yield or_(getattr(self.model, f"{step}_id").is_(None), self._at(step).id.is_not(None))

    def _column(self, path: list[str]) -> Any:
        *steps, last = path
        at = self._at(*steps)
        return at.id if last == "id" else getattr(at, fields_of(_class_of(at))[last].attribute)

    def _at(self, *steps: str) -> Any:
        if not steps:
            return self.model
        if steps not in self.joined:
            before, attribute = self._at(*steps[:-1]), f"{steps[-1]}_id"
            model = target_of(_class_of(before), attribute)
            target, may_know = aliased(model), VISIBLE.get(model)
            on = target.id == getattr(before, attribute)
            if may_know:
                on = and_(on, may_know(self.viewer, target))
            elif steps[0] in self.under and len(steps) == 1:
                on = and_(on, target.archived_at.is_(None))
            self.joined[steps] = target, on
        return self.joined[steps][0]


def _class_of(at: Any) -> Any:
    return inspect(at).mapper.class_
