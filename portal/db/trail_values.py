"""What the trace spells, as the value it was; and what may point at a row."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Date, Enum, Numeric, Table

from portal.db import models
from portal.db.base import Base
from portal.db.types import Euro, Instant

MODELS: Mapping[str, Any] = {model.__tablename__: model for model in (getattr(models, name) for name in models.__all__)}


def value_of(model: Any, field: str, spelled: Any) -> Any:
    """The Python value of this attribute, from its JSON in the trace."""
    if spelled is None:
        return None
    kind = model.__mapper__.column_attrs[field].columns[0].type
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(spelled)
    if isinstance(kind, Date):
        return date.fromisoformat(spelled)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(spelled)
    if isinstance(kind, Euro) or (isinstance(kind, Numeric) and kind.asdecimal):
        return Decimal(str(spelled))
    return spelled


def pointing_at(table: Table) -> Iterator[Column[Any]]:
    """Every column that points at a row of this table."""
    for other in Base.metadata.sorted_tables:
        yield from (key.parent for key in other.foreign_keys if key.column.table is table)
