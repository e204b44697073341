"""The rows of a table that people edit, as forms, grids and workbooks take them: asked by the keys of its fields."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from portal.db.models import Challenge, Project
from portal.entities.fields import Entity, Field, fields_of
from portal.permissions import Viewer
from portal.queries.inventory.filters import AnySelect
from portal.queries.visible import visible_challenges, visible_projects

Labelled: TypeAlias = dict[str, Any]
"""A row by the keys of its fields; values of Python."""
VISIBLE: Mapping[Any, Callable[..., Any]] = {Project: visible_projects, Challenge: visible_challenges}
"""Tables of which a viewer may not know every row."""


def rows_of(viewer: Viewer, entity: Entity, **more: Any) -> Select[Any]:
    """Of the rows that are not archived: id, version, then each key of the entity; what points at another row as that
    row's code, None where the viewer may not know of it. `more`: further columns, and other readings of its keys."""
    model, fields = entity.model, fields_of(entity.model)
    said = {"id": model.id, "version": model.version} | more
    found = select(*(said[key].label(key) for key in ("id", "version"))).select_from(model)
    found = found.where(model.archived_at.is_(None))
    for key in dict.fromkeys((*entity.keys, *more)):
        if key in {"id", "version"}:
            continue
        if key in more:
            found = found.add_columns(more[key].label(key))
        elif (field := fields[key]).points_at is None:
            found = found.add_columns(getattr(model, field.attribute).label(key))
        else:
            found = _with_code(found, viewer, model, field)
    return found


def labelled(session: Session, query: AnySelect) -> list[Labelled]:
    """The rows of a query, under the names that it gives its columns."""
    return [dict(row) for row in session.execute(query).mappings()]


def _with_code(found: Select[Any], viewer: Viewer, model: Any, field: Field) -> Select[Any]:
    """Outer joined, so that nothing is lost of a row that points nowhere."""
    if field.points_at is None:
        return found
    target = aliased(field.points_at.model)
    on = target.id == getattr(model, field.attribute)
    may_know = VISIBLE.get(field.points_at.model)
    joined = found.outerjoin(target, and_(on, may_know(viewer, target)) if may_know else on)
    return joined.add_columns(getattr(target, field.points_at.code).label(field.key))
