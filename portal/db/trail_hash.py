"""How a row of the trace is spelled: one spelling, so that a hash means the same everywhere."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.db.models import Audit


def canonical(values: Any) -> str:
    """JSON with one spelling."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def fields_of(text: str) -> dict[str, Any]:
    """The fields of `before` or `after` of one row, as they are spelled."""
    values: dict[str, Any] = json.loads(text)
    return values


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
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
