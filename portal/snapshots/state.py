"""A state of the programme on one day: plain values by kind and key, to JSON and back, and what differs between two."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

Scalar = str | int | float | bool | None
"""What a row holds: dates as 2026-11-22, euro as '1234.50', never a float for money."""

Row = Mapping[str, Scalar]


class Kind(StrEnum):
    """What a row is about, in the order of the pack. Its key is the id of the row, unless said otherwise."""

    DECISION = "decision"
    ACTION = "action"
    RESULT = "result"
    MILESTONE = "milestone"
    PROJECT = "project"
    RISK = "risk"
    PARTICIPATION = "participation"  # key: project id, a dot, partner id
    ENDORSEMENT = "endorsement"
    CONDITION = "condition"
    MONEY = "money"  # the four amounts of one atelier; key: its code, or 'zonder-atelier'
    LINE = "line"  # a budget line
    GRANT = "grant"
    CHALLENGE = "challenge"
    MEETING = "meeting"


class FormFault(ValueError):
    """A text that is no state of ours."""


@dataclass(frozen=True, slots=True)
class State:
    """`rows` by kind and key; rows of one kind have the same fields. `sequence` is the newest change it holds."""

    as_of: date
    sequence: int = 0
    rows: Mapping[Kind, Mapping[str, Row]] = field(default_factory=dict)

    def of(self, kind: Kind) -> Mapping[str, Row]:
        return self.rows.get(kind, {})

    def row(self, kind: Kind, key: str) -> Row | None:
        return self.of(kind).get(key)

    def to_json(self) -> str:
        """Canonical: equal states give equal texts. The fields of a kind are spelled once."""
        packed = {kind.value: _packed(rows) for kind, rows in self.rows.items() if rows}
        told = {"as_of": self.as_of.isoformat(), "sequence": self.sequence, "rows": packed}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Raises FormFault for what `to_json` did not write."""
        try:
            told = json.loads(text)
            rows = {Kind(kind): _unpacked(packed) for kind, packed in told["rows"].items()}
            return cls(date.fromisoformat(told["as_of"]), int(told["sequence"]), rows)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise FormFault(str(fault)) from fault


def _packed(rows: Mapping[str, Row]) -> dict[str, Any]:
    fields = sorted(next(iter(rows.values())))
    return {"fields": fields, "rows": {key: [row[name] for name in fields] for key, row in rows.items()}}


def _unpacked(packed: Mapping[str, Any]) -> dict[str, Row]:
    fields = packed["fields"]
    return {key: dict(zip(fields, values, strict=True)) for key, values in packed["rows"].items()}


def day_of(row: Row, name: str) -> date | None:
    """A date of a row; None when it has none."""
    value = row.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else None


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


def _order(key: str) -> tuple[int, ...] | tuple[int, str]:
    """Ids as numbers: 9 before 10. What is no number comes after, by its text."""
    parts = key.split(".")
    return (0, *map(int, parts)) if all(part.isdecimal() and part.isascii() for part in parts) else (1, key)
