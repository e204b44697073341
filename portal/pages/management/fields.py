"""The fields of the search in the trace: the key each has in the address."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs

from portal.pages.management.ids import Ids
from portal.text import day

CONTROLS = {
    "wie": Ids.TRACE_WHO,
    "van": Ids.TRACE_SINCE,
    "tot": Ids.TRACE_UNTIL,
    "soort": Ids.TRACE_KIND,
    "rij": Ids.TRACE_ROW,
    "tekst": Ids.TRACE_TEXT,
    "import": Ids.TRACE_RUN,
}
KEYS = list(CONTROLS)
DAYS = {"van", "tot"}  # in the address 2026-09-01, in the field 01/09/2026
SCRIPT: dict[str, dict[str, Any]] = {
    key: {"id": control.value, "many": False, "empty": "", "day": key in DAYS} for key, control in CONTROLS.items()
}


def values_in(query: str) -> dict[str, str]:
    """What each field shows for this address."""
    given = parse_qs(query[:2000])
    found = {key: given.get(key, [""])[0] for key in KEYS}
    return found | {key: _typed(found[key]) for key in DAYS}


def _typed(told: str) -> str:
    """What is no day stays as it is."""
    try:
        return day(date.fromisoformat(told))
    except ValueError:
        return told
