"""What differs between two states: every row that came or went, every field that changed; nothing more or less."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.snapshots.state import Kind, Row, Scalar, State


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a row, from `old` to `new`; or, without `field`, a row that came (`after`) or went (`before`)."""

    kind: Kind
    key: str
    field: str = ""
    old: Scalar = None
    new: Scalar = None
    before: Row | None = None
    after: Row | None = None

    @property
    def came(self) -> bool:
        return not self.field and self.before is None

    @property
    def went(self) -> bool:
        return not self.field and self.after is None


def diff(before: State, after: State) -> list[Change]:
    """By kind, then key, then field."""
    return [
        change
        for kind in Kind
        for key in sorted(before.of(kind).keys() | after.of(kind).keys(), key=_order)
        for change in _of_row(kind, key, before.row(kind, key), after.row(kind, key))
    ]


def _of_row(kind: Kind, key: str, old: Row | None, new: Row | None) -> Iterable[Change]:
    if old is None or new is None:
        return [Change(kind, key, before=old, after=new)]
    fields = sorted(old.keys() | new.keys())
    return [
        Change(kind, key, name, old.get(name), new.get(name))
        for name in fields
        if not _same(old.get(name), new.get(name))
    ]


def _same(old: Scalar, new: Scalar) -> bool:
    """True is not 1: the JSON of the two differs."""
    return old == new and isinstance(old, bool) is isinstance(new, bool)


def applied(before: State, changes: Iterable[Change], *, as_of: date, sequence: int) -> State:
    """The state after the changes: `applied(a, diff(a, b))` has the rows of b."""
    rows: dict[Kind, dict[str, dict[str, Scalar]]] = {
        kind: {key: dict(row) for key, row in before.of(kind).items()} for kind in Kind
    }
    for change in changes:
        of_kind = rows[change.kind]
        if change.field:
            of_kind[change.key][change.field] = change.new
        elif change.after is None:
            del of_kind[change.key]
        else:
            of_kind[change.key] = dict(change.after)
    return State(as_of, sequence, _without_empty(rows))


def _without_empty(rows: Mapping[Kind, Mapping[str, Row]]) -> Mapping[Kind, Mapping[str, Row]]:
    return {kind: of_kind for kind, of_kind in rows.items() if of_kind}


def _order(key: str) -> tuple[int, ...] | tuple[int, str]:
    """Ids as numbers: 9 before 10. What is no number comes after, by its text."""
    parts = key.split(".")
    return (0, *map(int, parts)) if all(part.isdecimal() and part.isascii() for part in parts) else (1, key)
