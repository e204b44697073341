"""The fields of a table as people edit them, read from the model's own lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Enum, String, Text, inspect
from sqlalchemy.orm import ColumnProperty

from portal.db.base import SHOWN, Base, Shown, kind_of
from portal.snapshots import state
from portal.snapshots.described import Rules
from portal.snapshots.lines import Topic
from portal.snapshots.state import Row
from portal.values import Kind, Ref


@dataclass(frozen=True, slots=True)
class Pointer:
    """A row of `model`, which people name by its `code`: the attribute of that name."""

    model: Any
    code: str

    @property
    def table(self) -> str:
        return str(self.model.__tablename__)


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
    target = target_of(model, attribute)
    code = next((name for name in ("code", "slug") if hasattr(target, name)), "")
    return Pointer(target, code) if code else None


def target_of(model: Any, attribute: str) -> Any:
    """The model that this attribute points at; None for one that points at nothing."""
    key = next(iter(model.__mapper__.column_attrs[attribute].columns[0].foreign_keys), None)
    return key and next(each.class_ for each in Base.registry.mappers if each.local_table is key.column.table)


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Heard:
    """What a meeting hears of a table: the keys of a row of its state (separated by spaces), in the order of the pack.

    A key is that of a field, or says where it is found: `level=endorsement.level`, or the first that is there of
    `of=deliverable.code|project.code`. What a query makes stands in `made`, with its heading and kind; keys in `also`
    are on no sheet. `what` and `path` name a row by its keys in braces. A change of a field of the table itself is told
    in plain words, unless it is `silent`; `rules` say what means more, and tell of other keys too ("": a row that came
    or went). `under`: the pointers without whose row it is not heard of; `id`: the columns that make its key.
    """

    kind: state.Kind
    topic: Topic
    fields: str
    what: str | Callable[[Row], str]
    path: str | Callable[[Row], str]
    also: str = ""
    silent: str = ""
    under: str = ""
    id: str = "id"
    made: Mapping[str, tuple[str, Kind]] = field(default_factory=dict)
    rules: Rules = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def found(self) -> dict[str, tuple[str, ...]]:
        """Where each key that no query makes is found: the fields to follow, the first that is there."""
        said = (each.partition("=") for each in f"{self.fields} {self.also}".split())
        return {key: tuple((path or key).split("|")) for key, _, path in said if key not in self.made}


@dataclass(frozen=True, slots=True)
class Entity:
    """A table that people edit, by the keys of its fields (separated by spaces), in the order of form and sheet.

    `typed` may change; `once` is said when a row is added, and stays; `told` the portal says itself. `named`: what
    a row without a name of its own is called by, where that is not what it ties together. `telling`: what tells of one
    that was made or removed, where that is not its name.
    """

    model: Any
    many: str
    typed: str
    once: str = ""
    told: str = "code"
    named: str = ""
    telling: str = ""
    heard: Heard | None = None

    @property
    def one(self) -> str:
        return str(self.model.called)

    @property
    def shape(self) -> Shape:
        return shape(self.model, self.typed)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(f"{self.told} {self.once} {self.typed}".split())
