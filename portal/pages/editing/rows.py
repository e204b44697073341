"""The rows that somebody may edit, as a grid or a form takes them."""

from collections.abc import Hashable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.pages.editing.kinds import Choice, Editable, Field
from portal.permissions import Viewer
from portal.values import Ref, Words

Choices = dict[str, tuple[Choice, ...]]


def choices_of(session: Session, viewer: Viewer, fields: tuple[Field, ...]) -> Choices:
    """The choices of each field that has them, by its key."""
    return {field.key: _choices(session, viewer, field) for field in fields if isinstance(field.kind, Ref | Words)}


def _choices(session: Session, viewer: Viewer, field: Field) -> tuple[Choice, ...]:
    listed = field.kind.options if isinstance(field.kind, Words) else ()
    return tuple(Choice(*option) for option in (field.choices(session, viewer) if field.choices else listed))


def grid_rows(editable: Editable, found: list[dict[Hashable, Any]]) -> list[dict[str, Any]]:
    """Rows of the frame as the grid has them: id and version, and each field as it is typed."""
    return [grid_row(editable, row) for row in found]


def grid_row(editable: Editable, row: Mapping[Hashable, Any]) -> dict[str, Any]:
    cells = {field.key: field.kind.typed(row[field.key]) for field in editable.fields if field.in_grid}
    return {"id": int(row["id"]), "version": int(row["version"]), **cells}


def row_with(session: Session, viewer: Viewer, editable: Editable, of: str, row_id: int) -> dict[str, Any] | None:
    """The row as the grid has it now; None when this viewer may not, or no longer, edit it."""
    found = editable.rows(session, viewer, of)
    mine = found[found["id"] == row_id].to_dict("records")
    return grid_row(editable, mine[0]) if mine else None
