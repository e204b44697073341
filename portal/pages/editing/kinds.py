"""What can be edited: fields, editables, and their rows between browser and database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy.orm import Session

from portal.db.engine import reading
from portal.pages import PAGES
from portal.permissions import Permission, RowNotFound, Viewer
from portal.values import Kind, Line, Ref, Words

Values: TypeAlias = Mapping[str, object]
A_LINE = Line()


class Choice(NamedTuple):
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field under the key that rows and commands know it by.

    `choices` are what a pointer may point at, asked for each time. `fixed` is shown in the grid and never typed there,
    `pinned` stays in sight there, `wraps` goes over several lines; `empty` is what an empty cell says. `only_new` is
    only in the form that adds, `in_grid=False` only in forms; `start` is what an empty form begins with.
    """

    key: str
    label: str
    kind: Kind = A_LINE
    required: bool = False
    choices: Callable[[Session, Viewer], Sequence[tuple[str, str]]] | None = None
    width: int = 150
    fixed: bool = False
    only_new: bool = False
    in_grid: bool = True
    pinned: bool = False
    wraps: bool = False
    empty: str = "leeg"
    start: str | None = None
    hint: str = ""

    def among(self, choices: Sequence[Choice]) -> Kind:
        """The kind, with what can be chosen now."""
        return self.kind.among(choices) if isinstance(self.kind, Ref) else self.kind


class RowAt(NamedTuple):
    """A row by its id, at the place that is about `of`."""

    of: str
    id: int


class Added(NamedTuple):
    """What was added: what people call it, the page it has (or ""), and what to say besides (or "")."""

    name: str
    href: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """Something there is already that is like what somebody is about to add.

    `hint` says what to do with it. `join` is the label of the button that adds beside it, "" for none; `code` names
    the row then.
    """

    name: str
    where: str
    href: str
    why: str = ""
    hint: str = "bestaat al?"
    join: str = ""
    code: str = ""


Rows: TypeAlias = Callable[[Session, Viewer, str], Sequence[Mapping[str, Any]]]
"""(session, viewer, of) -> only what this viewer may edit, by id, version, and the key of every field."""


@dataclass(frozen=True, slots=True)
class Editable:
    """`name` stands in ids and addresses, `one` in sentences ("uitdaging"). `of` is what a page's place is about: a
    code, or "" for everything.

    change: (session, by, id, version, values); add: (session, by, of, values); archive: (session, by, id, version);
    restore: (session, by, id). What is None cannot be done. `may_add` narrows the right for one `of`.

    twins: (session, viewer, title typed so far). One of them is joined with one click, in the words that were typed:
    join: (session, by, of, values, its code); from_twin: (session, viewer, its code) -> what empty fields take over.

    Where cells have no version: change_seen: (session, by, row, what was seen, values) instead of change. `more` are
    fields of the grid that come from data, after `fields`.

    `remark`: (session, viewer, id, values) -> what to say besides "saved", as a warning that stops nobody. `switch` and
    `opener` are the words on the switch and on the button that opens the form for a new row. `opened`: the form for a
    row stands open, without a switch (behind the button, when `opener` says its word), and what it means to send it as
    it is, its command says; `send` is the word on its button.
    """

    name: str
    one: str
    right: Permission
    fields: tuple[Field, ...]
    rows: Rows
    change: Callable[[Session, Viewer, int, int, Values], object] | None = None
    add: Callable[[Session, Viewer, str, Values], Added] | None = None
    change_seen: Callable[[Session, Viewer, RowAt, Values, Values], object] | None = None
    more: Callable[[Session, Viewer], Sequence[Field]] | None = None
    archive: Callable[[Session, Viewer, int, int], object] | None = None
    restore: Callable[[Session, Viewer, int], object] | None = None
    may_add: Callable[[Session, Viewer, str], bool] | None = None
    twins: Callable[[Session, Viewer, str], Sequence[Twin]] | None = None
    from_twin: Callable[[Session, Viewer, str], Values] | None = None
    join: Callable[[Session, Viewer, str, Values, str], Added] | None = None
    remark: Callable[[Session, Viewer, int, Values], str] | None = None
    switch: str = "Bewerken"
    opener: str = ""
    opened: bool = False
    send: str = "Bewaren"

    def field(self, key: str) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)

    def filled_out(self, session: Session, viewer: Viewer) -> "Editable":
        """With the fields that come from data."""
        return replace(self, fields=(*self.fields, *self.more(session, viewer)), more=None) if self.more else self

    @property
    def can_change(self) -> bool:
        return self.change is not None or self.change_seen is not None

    def required(self, key: str) -> bool:
        field = self.field(key)
        return field is not None and field.required

    @property
    def typed(self) -> tuple[Field, ...]:
        """The fields of the form that changes a row."""
        return tuple(field for field in self.fields if not field.fixed and not field.only_new)

    @property
    def new(self) -> tuple[Field, ...]:
        """The fields of the form that adds a row."""
        return tuple(field for field in self.fields if field.only_new or not field.fixed)


@cache
def editables() -> dict[str, Editable]:
    """By name; a name is given once."""
    found: dict[str, Editable] = {}
    for page in PAGES:
        if find_spec(f"{page.module}.editing"):
            for one in page.file("editing").EDITABLES:
                if one.name in found:
                    raise ValueError(f"two editables are called {one.name}")
                found[one.name] = one
    return found


def editable_named(name: object) -> Editable:
    """Raises RowNotFound for a name that no page has."""
    found = editables().get(name) if isinstance(name, str) else None
    if found is None:
        raise RowNotFound(f"editable {name}")
    return found


def editable_for(viewer: Viewer, name: object) -> Editable:
    """With the fields that come from data. Raises RowNotFound for a name that no page has."""
    found = editable_named(name)
    if found.more is None:
        return found
    with reading() as session:
        return found.filled_out(session, viewer)


Choices = dict[str, tuple[Choice, ...]]


def choices_of(session: Session, viewer: Viewer, fields: tuple[Field, ...]) -> Choices:
    """The choices of each field that has them, by its key."""
    return {field.key: _choices(session, viewer, field) for field in fields if isinstance(field.kind, Ref | Words)}


def choices_now(viewer: Viewer, field: Field) -> tuple[Choice, ...]:
    """Of this field alone."""
    with reading() as session:
        return choices_of(session, viewer, (field,)).get(field.key, ())


def _choices(session: Session, viewer: Viewer, field: Field) -> tuple[Choice, ...]:
    listed = field.kind.options if isinstance(field.kind, Words) else ()
    return tuple(Choice(*option) for option in (field.choices(session, viewer) if field.choices else listed))


def grid_row(editable: Editable, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the grid has it: id and version, and each field as it is typed."""
    cells = {field.key: field.kind.typed(row[field.key]) for field in editable.fields if field.in_grid}
    return {"id": int(row["id"]), "version": int(row["version"]), **cells}


def row_with(session: Session, viewer: Viewer, editable: Editable, of: str, row_id: int) -> dict[str, Any] | None:
    """The row as the grid has it now; None when this viewer may not, or no longer, edit it."""
    rows = editable.rows(session, viewer, of)
    return next((grid_row(editable, row) for row in rows if row["id"] == row_id), None)
