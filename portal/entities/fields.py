"""The fields of a table as people edit them, read from the model's own lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Enum, String, Text, inspect
from sqlalchemy.orm import ColumnProperty

from portal.db.base import SHOWN, Base, Shown, kind_of
from portal.values import Kind, Ref


@dataclass(frozen=True, slots=True)
class Pointer:
    """A row of `model`, which people name by its `code`: the attribute of that name."""

    model: Any
    code: str


@dataclass(frozen=True, slots=True)
class Field:
    """A column under the key that people know it by: `theme` for `theme_id`.

    `required`: it is never empty. `begins`: the database fills it where nothing is said, `start` with what. `empty`: as
    what the column keeps nothing.
    """

    key: str
    attribute: str
    shown: Shown
    kind: Kind
    required: bool
    begins: bool
    empty: str | None
    start: str | None = None
    points_at: Pointer | None = None

    @property
    def label(self) -> str:
        return self.shown.label


@cache
def fields_of(model: Any) -> Mapping[str, Field]:
    """Every column that has a label, by the key that people use; in the order of the model."""
    found = (_field(model, each) for each in inspect(model).column_attrs if SHOWN in each.columns[0].info)
    return {field.key: field for field in found}


def _field(model: Any, attribute: ColumnProperty[Any]) -> Field:
    column = attribute.columns[0]
    text = isinstance(column.type, String | Text) and not getattr(column.type, "enums", None)
    may_be_nothing = text and not column.nullable and column.default is not None
    return Field(
        key=attribute.key.removesuffix("_id"),
        attribute=attribute.key,
        shown=column.info[SHOWN],
        kind=kind_of(column) or Ref(),  # type: ignore[arg-type]
        required=not column.nullable and not may_be_nothing,
        begins=column.default is not None,
        empty="" if may_be_nothing else None,
        start=column.default.arg.value if isinstance(column.type, Enum) and column.default is not None else None,
        points_at=_pointed_at(model, attribute.key),
    )


def _pointed_at(model: Any, attribute: str) -> Pointer | None:
    """People name a row by its code, and a partner by its slug."""
    key = next(iter(model.__table__.c[model.__mapper__.column_attrs[attribute].columns[0].name].foreign_keys), None)
    if key is None:
        return None
    target = next(each.class_ for each in Base.registry.mappers if each.local_table is key.column.table)
    code = next((name for name in ("code", "slug") if hasattr(target, name)), "")
    return Pointer(target, code) if code else None


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a row of `model` people may edit: its fields by their keys."""

    model: Any
    fields: Mapping[str, Field]

    @property
    def needed(self) -> dict[str, None]:
        """What a new row must say, still empty."""
        return {key: None for key, field in self.fields.items() if field.required and not field.begins}


def shape(model: Any, keys: str) -> Shape:
    """Of the fields of this model, those with these keys (separated by spaces)."""
    known = fields_of(model)
    return Shape(model, {key: known[key] for key in keys.split()})


@dataclass(frozen=True, slots=True)
class Entity:
    """A table that people edit, by the keys of its fields (separated by spaces), in the order of form and sheet.

    `typed` may change; `once` is said when a row is added, and stays; `told` the portal says itself.
    """

    model: Any
    many: str
    typed: str
    once: str = ""
    told: str = "code"

    @property
    def one(self) -> str:
        return str(self.model.called)

    @property
    def shape(self) -> Shape:
        return shape(self.model, self.typed)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(f"{self.told} {self.once} {self.typed}".split())
