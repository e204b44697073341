"""Marks that assets/address.js reads: where links choose a value, and which fields an address sets."""

import json
from collections.abc import Mapping
from typing import Any


def choosing(key: str) -> dict[str, Any]:
    """Links inside add or remove their one value of this key of the address, and leave the others as they are."""
    return {"data-choose": key}


def setting(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The fields that a link to this page sets, by key: `id`, `many` (a list), `empty` (what it is without a value),
    and `day` for one that is typed as 31/12/2026 and stands in the address as 2026-12-31."""
    return {"data-fields": json.dumps(fields)}
