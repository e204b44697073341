"""How a row of the trace is spelled, and its seals: keyed hashes over its rows, its head and its secrets.

One spelling, so that a hash means the same everywhere. Who writes in the database without the key cannot make a row, an
end or a secret that fits.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from portal.config import settings
from portal.db.models import Audit, PortalInfo


def canonical(values: Any) -> str:
    """JSON with one spelling."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def fields_of(text: str) -> dict[str, Any]:
    """The fields of `before` or `after` of one row, as they are spelled."""
    values: dict[str, Any] = json.loads(text)
    return values


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the trace")


def fingerprint(row: Audit) -> str:
    """The hash without a key that the next row carries where this one was written before there were keys."""
    fields = [
        row.sequence,
        row.at.isoformat(),
        row.user_id,
        row.source,
        row.command,
        row.entity,
        row.entity_id,
        row.action,
        row.before,
        row.after,
        row.import_run_id,
        row.previous_hash,
        *(value for value in (row.once_key, row.secrets) if value is not None),  # no such row had one
    ]
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


MARK = 24  # signs of a seal that a person copies


class KeyUnknown(LookupError):
    """It was sealed with a key that this portal does not have."""


@dataclass(frozen=True, slots=True)
class Seals:
    """The keys by their ids, the one in use first."""

    keys: Mapping[str, bytes]

    @classmethod
    def with_keys(cls, keys: Iterable[str]) -> "Seals":
        return cls({_id_of(key): key.encode() for key in keys})

    @property
    def newest(self) -> str:
        """The id of the key in use."""
        return next(iter(self.keys))

    def age_of(self, key_id: str) -> int:
        """0 for the key in use, 1 for the one before it; raises KeyUnknown."""
        if key_id not in self.keys:
            raise KeyUnknown(key_id)
        return list(self.keys).index(key_id)

    def of_row(self, row: Audit) -> str:
        """What the next row carries: over every column of this one. Unkeyed for a row of before there were keys.

        What is empty is left out, so that a column of a later release does not change the seals of older rows.
        """
        if row.key_id is None:
            return fingerprint(row)
        values = ((each.name, getattr(row, each.name)) for each in Audit.__table__.columns if each.name != "id")
        return self._sealed(row.key_id, "row", {name: value for name, value in values if value is not None})

    def of_head(self, sequence: int, sealed_from: int, last: str, key_id: str) -> str:
        return f"{key_id}:{self._sealed(key_id, 'head', [sequence, sealed_from, last])}"

    def seal_head(self, head: PortalInfo) -> None:
        head.audit_seal = self.of_head(head.audit_sequence, head.audit_sealed_from, head.audit_hash, self.newest)

    def head_fits(self, sequence: int, sealed_from: int, last: str, seal: str) -> bool:
        """Raises KeyUnknown."""
        return hmac.compare_digest(seal, self.of_head(sequence, sealed_from, last, seal.partition(":")[0]))

    def of_secret(self, place: str, value: str, key_id: str) -> str:
        """By what a secret is known without telling it; `place` says whose it is, so that equal ones look different."""
        return self._sealed(key_id, "secret", [place, value])

    def _sealed(self, key_id: str, kind: str, said: Any) -> str:
        if key_id not in self.keys:
            raise KeyUnknown(key_id)
        return hmac.new(self.keys[key_id], f"{kind}\n{canonical(said)}".encode(), hashlib.sha256).hexdigest()


def current_seals() -> Seals:
    """With the keys of the environment; raises SettingsRefused where they are missing."""
    return Seals.with_keys(settings().trail_keys())


def place_of(entity: str, entity_id: int, field: str) -> str:
    """Where a secret stands."""
    return f"{entity}:{entity_id}:{field}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row of the trace by its number and the beginning of its seal: kept elsewhere, it holds the trace to it."""

    sequence: int
    mark: str

    @classmethod
    def at(cls, sequence: int, seal: str) -> "Anchor":
        return cls(sequence, seal[:MARK])

    @classmethod
    def read(cls, text: str) -> "Anchor":
        """As it was written, the full stop after it too; raises ValueError for anything else."""
        sequence, dash, mark = text.strip().rstrip(".").partition("-")
        if not (dash and sequence.isdecimal() and len(mark) == MARK and set(mark) <= set("0123456789abcdef")):
            raise ValueError("no anchor")
        return cls(int(sequence), mark)

    def __str__(self) -> str:
        return f"{self.sequence}-{self.mark}"


def _id_of(key: str) -> str:
    return hashlib.sha256(f"portal trail key\n{key}".encode()).hexdigest()[:12]
